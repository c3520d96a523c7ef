"""Stacks to be measured: a folder with a program, local state, and the real CLI."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engine.stack import Stack


@contextmanager
def stack(program: str, endpoint: str = "", **environment: str) -> Iterator[Stack]:
    """A new stack with this program."""
    with TemporaryDirectory() as folder:
        made = Stack(Path(folder), endpoint, environment={"PYTHONPATH": "", **environment})
        made.create()
        made.write(program)
        yield made
