"""The fixtures of the tests that read accounts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pulumi_switchboard.accounts.session import Session

from tests.conformance.conftest import world
from tests.conformance.world import SETTINGS, World

__all__ = ["session", "world"]


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    """A session with the credentials of the accounts."""
    with Session(SETTINGS, world.clock) as opened:
        yield opened
