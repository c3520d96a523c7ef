"""A command of the CLI under way, and the processes it has started: to be interrupted, killed and counted."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

SECONDS = 60.0
"""Whatever is waited for comes sooner, unless something is wrong."""
PROVIDER_MARKS = ("pulumi.dynamic", "pulumi-resource-pulumi-python")


@dataclass
class Command:
    """A command that runs."""

    process: subprocess.Popen[str]
    home: Path
    state: Path
    """Its state file."""

    def interrupt(self) -> None:
        """Press Ctrl-C once; of a terminal, too, the CLI alone would hear it."""
        self.process.send_signal(signal.SIGINT)

    def kill_cli(self) -> None:
        """Kill the CLI, which has no chance to tell anyone; but not while it writes its state.

        It writes the file in place, so what is killed at that moment leaves half a file, be it ours or not.
        """
        self._freeze()
        self.process.kill()

    def kill_both(self) -> None:
        """Kill the provider process and the CLI, which hears nothing of it before its own end."""
        self._freeze()
        self.kill_provider()
        self.process.kill()

    def _freeze(self) -> None:
        """Stop the CLI at a moment at which its state file is whole."""
        cli = psutil.Process(self.process.pid)
        while True:
            cli.suspend()
            while cli.status() != psutil.STATUS_STOPPED:
                time.sleep(0.001)
            if _is_whole(self.state):
                return
            cli.resume()
            time.sleep(0.01)

    def kill_provider(self) -> None:
        """Kill all provider processes of this command."""
        found = providers(self.home)
        assert found, "there is no provider process to be killed"
        for process in found:
            process.kill()
        while not all(map(_has_ended, found)):
            time.sleep(0.01)

    def output(self) -> str:
        """What the command says, once it has ended."""
        said, _ = self.process.communicate(timeout=SECONDS)
        return said


def _is_whole(state: Path) -> bool:
    try:
        json.loads(state.read_text())
    except ValueError:
        return False
    return True


def providers(home: Path) -> list[psutil.Process]:
    """The provider processes of commands that run with this home."""
    return [
        process
        for process in _of(home)
        if any(mark in argument for argument in process.info["cmdline"] or () for mark in PROVIDER_MARKS)
    ]


def assert_no_provider_is_left(home: Path) -> None:
    """Every provider process has ended, or does so by itself before long."""
    deadline = time.monotonic() + SECONDS / 2
    while left := providers(home):
        assert time.monotonic() < deadline, f"provider processes are left: {left}"
        time.sleep(0.05)


def end_all(home: Path) -> None:
    """Kill what else is left, as a language host whose CLI was killed."""
    for process in _of(home):
        process.kill()


def _has_ended(process: psutil.Process) -> bool:
    """Whether all that the process had open is closed; before that it has no command line any more."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _of(home: Path) -> list[psutil.Process]:
    """The processes that run with this home, which is a test's own folder."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "environ", "status"])
        if process.info["status"] != psutil.STATUS_ZOMBIE
        and (process.info["environ"] or {}).get("HOME") == str(home)
    ]
