"""The tests see the processes that they should see, and when one has ended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.engine.processes import end_all, has_ended, providers, wait_for_the_end_of

SLEEPING = "import sys; print(flush=True); sys.stdin.read()"
WITHOUT_ITS_FIRST_THREAD = """
import ctypes, sys, threading
threading.Thread(target=sys.stdin.read).start()
print(flush=True)
ctypes.CDLL(None).pthread_exit(None)
"""
"""The first thread ends alone, and another one waits for the end of the input."""


@contextmanager
def running(code: str, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that looks like a provider's, up to the end of its input."""
    command = [sys.executable, "-c", code, "pulumi.dynamic"]
    with subprocess.Popen(
        command, env={"HOME": str(home)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process


def test_providers_are_seen_whose_home_is_a_folder_or_one_below_it(tmp_path: Path) -> None:
    with running(SLEEPING, tmp_path / "twin") as process:
        assert [found.pid for found in providers(tmp_path)] == [process.pid]
        assert [found.pid for found in providers(tmp_path / "twin")] == [process.pid]
        assert providers(tmp_path / "other") == []

        found = providers(tmp_path)
        end_all(tmp_path)

        wait_for_the_end_of(found)
        assert providers(tmp_path) == []


def test_a_process_has_not_ended_while_one_of_its_threads_lives(tmp_path: Path) -> None:
    with running(WITHOUT_ITS_FIRST_THREAD, tmp_path) as process:
        seen = psutil.Process(process.pid)
        while seen.status() != psutil.STATUS_ZOMBIE:
            """Its first thread is about to end."""

        assert not has_ended(seen)

        assert process.stdin is not None
        process.stdin.close()
        wait_for_the_end_of([seen])
