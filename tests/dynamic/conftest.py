"""The provider process, of the running interpreter or of each pair of a Python and a Pulumi SDK."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.dynamic.host import SECRET, Process, provider_process
from tools.pythons.pairs import made

PYTHONS = made() or {"running": Path(sys.executable)}
"""The Python of each pair by its name: what `make pythons` has made, or else the running one alone."""

Start = Callable[..., Process]


@pytest.fixture
def python() -> Path:
    return Path(sys.executable)


@pytest.fixture
def start(python: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts a provider process with these environment variables; all are gone after the test."""
    with ExitStack() as processes:
        yield lambda **environment: processes.enter_context(
            provider_process(str(python), tmp_path, **environment)
        )


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator
        assert SECRET not in str(emulator.journal)
