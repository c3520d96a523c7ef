"""The provider process, of the running interpreter or of each pair of a Python and a Pulumi SDK."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.dynamic.host import SECRET, Process, provider_process
from tools.pythons.pairs import made

PYTHONS = made() or {"running": Path(sys.executable)}
"""The Python of each pair by its name: what `make pythons` has made, or else the running one alone."""

Start = Callable[..., Process]


@contextmanager
def starting(python: Path, folder: Path) -> Iterator[Start]:
    """Yield what starts provider processes of this Python; all are gone at the end."""
    with ExitStack() as processes:
        yield lambda **environment: processes.enter_context(
            provider_process(str(python), folder, **environment)
        )


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a provider process with these environment variables; all are gone after the test."""
    with starting(Path(sys.executable), tmp_path) as start:
        yield start


@pytest.fixture(params=PYTHONS.values(), ids=[*PYTHONS])
def start_each(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    """As `start`, for each pair."""
    with starting(request.param, tmp_path) as start:
        yield start


@pytest.fixture(scope="session")
def running() -> Iterator[Emulator]:
    """One emulator for all tests."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(running: Emulator) -> Iterator[Emulator]:
    """The emulator with nothing in any account."""
    running.reset()
    yield running
    assert SECRET not in str(running.journal)
