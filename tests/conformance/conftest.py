"""The fixtures of the conformance tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.world import World, new_world
from tests.environment import forget_settings
from tests.samples.sample import Sample


@pytest.fixture(autouse=True)
def _no_settings_of_the_tester(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the settings from the tests alone."""
    forget_settings(monkeypatch)


@pytest.fixture
def world(sample: Sample) -> Iterator[World]:
    """The type of the sample, at an emulator with the default switches."""
    with new_world(sample) as made:
        yield made
