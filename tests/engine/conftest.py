"""What the tests with the real CLI share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.stack import SECRET, Stack
from tests.engine.vendor import Vendor


@pytest.fixture(scope="session", autouse=True)
def _the_cli_is_here() -> None:
    """Without the CLI nothing is proven, so its absence is a failure."""
    assert shutil.which("pulumi"), "there is no `pulumi` on PATH: run `make setup`, then `make test`"


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """The vendors, with nothing in any account."""
    with Emulator() as running:
        yield running
        assert SECRET not in str(running.journal), "a credential in the journal"


@pytest.fixture
def vendor(emulator: Emulator) -> Vendor:
    """The vendors as seen by someone else: objects, requests, and changes behind our back."""
    return Vendor(emulator)


@pytest.fixture
def stack(tmp_path: Path, emulator: Emulator) -> Iterator[Stack]:
    """An empty stack with credentials of the environment."""
    stack = Stack(tmp_path, emulator.url)
    stack.create()
    yield stack
    for secret in stack.secrets:
        assert secret not in stack.state_text(), "a secret in the state file"
