"""The provider process of each interpreter that is to be proven.

Beside the running one, these are the interpreters of `SWITCHBOARD_TEST_PYTHONS`, each of a virtual
environment that has the package.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.dynamic.host import SECRET, Process, provider_process

PYTHONS = [sys.executable, *filter(None, os.environ.get("SWITCHBOARD_TEST_PYTHONS", "").split(os.pathsep))]

Start = Callable[..., Process]


@pytest.fixture(params=PYTHONS)
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    """Starts a provider process with these environment variables; all are gone after the test."""
    with ExitStack() as processes:
        yield lambda **environment: processes.enter_context(
            provider_process(request.param, tmp_path, **environment)
        )


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
