"""Directories that are filled once and then shared by all checkouts of a user."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


def cache_directory() -> Path:
    """Return our place in the user's cache directory."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pulumi-switchboard"


@contextmanager
def locked(lock: Path) -> Iterator[None]:
    """Hold a lock file; whoever comes second waits."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def filled(directory: Path, fill: Callable[[Path], None]) -> Path:
    """Return the directory, after `fill` has filled it if it does not exist.

    It appears as a whole or not at all, and only one of several concurrent callers fills it.
    """
    if directory.is_dir():
        return directory
    with locked(directory.with_name(f"{directory.name}.lock")):
        if not directory.is_dir():
            with TemporaryDirectory(dir=directory.parent) as scratch:
                content = Path(scratch, "content")
                content.mkdir()
                fill(content)
                content.rename(directory)
    return directory
