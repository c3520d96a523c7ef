"""What the tests with the real CLI share."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.processes import assert_no_provider_is_left, end_all
from tests.engine.stack import Stack


@pytest.fixture(scope="session", autouse=True)
def _the_cli_is_here() -> None:
    """Without the CLI nothing is proven, so its absence is a failure."""
    assert shutil.which("pulumi"), "there is no `pulumi` on PATH: run `make setup`, then `make test`"


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """The vendors, with nothing in any account."""
    with Emulator() as running:
        yield running
        assert running.journal_dropped == 0, "places in the journal are not what the tests take them for"


@pytest.fixture
def printed(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Tells what this process, which is the emulator's, has printed and logged so far."""

    def tell() -> str:
        out, err = capfd.readouterr()
        sys.stdout.write(out)
        sys.stderr.write(err)
        return out + err + caplog.text

    return tell


@contextmanager
def _watched(folder: Path, stacks: Sequence[Stack], printed: Callable[[], str]) -> Iterator[None]:
    """See that the stacks below a folder leave no process and no secret."""
    try:
        yield
        assert_no_provider_is_left(folder)
    finally:
        end_all(folder)
    said = printed()
    for stack in stacks:
        stack.assert_clean()
        stack.canary.assert_absent(said, "what the emulator has printed")


@pytest.fixture
def stack(tmp_path: Path, emulator: Emulator, printed: Callable[[], str]) -> Iterator[Stack]:
    """An empty stack with credentials of the environment."""
    stack = Stack(tmp_path, emulator.url)
    stack.create()
    with _watched(tmp_path, [stack], printed):
        yield stack


@pytest.fixture
def new_project(
    tmp_path: Path, emulator: Emulator, printed: Callable[[], str]
) -> Iterator[Callable[[str], Stack]]:
    """Gives the stack of a project that does not exist yet; the folder of its name has nothing but state."""
    stacks: list[Stack] = []

    def give(name: str) -> Stack:
        (tmp_path / name / "state").mkdir(parents=True)
        stacks.append(Stack(tmp_path / name, emulator.url, project=name))
        return stacks[-1]

    with _watched(tmp_path, stacks, printed):
        yield give
