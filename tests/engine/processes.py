"""A command of the CLI under way, and the processes it has started: to be interrupted, killed and counted."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.engine.canary import Canary

SECONDS = 300.0
"""Whatever is waited for comes sooner, unless something is wrong."""
LOOK_EVERY = 0.25
"""Seconds between two looks at the arguments of processes."""
PROVIDER_MARKS = ("pulumi.dynamic", "pulumi-resource-pulumi-python")
PROGRAM_MARK = "pulumi-language-python-exec"
LANGUAGE_HOST = "pulumi-language-python"


@dataclass
class Command:
    """A command that runs."""

    process: subprocess.Popen[str]
    home: Path
    state: Path
    """The folder with the state of its stack."""
    canary: Canary
    """The secrets that must not be among the arguments of its processes."""
    seen: set[str] = field(default_factory=set)
    """The command lines of its processes, as far as they were looked at."""

    def interrupt(self) -> None:
        """Press Ctrl-C once, which the CLI alone hears."""
        self.look()
        self.process.send_signal(signal.SIGINT)

    def kill_cli(self) -> None:
        """Kill the CLI, which has no chance to tell anyone; but not while it writes its state.

        Half a file is no state to go on from, be it with our resources or others.
        """
        self.look()
        self._freeze()
        self.process.kill()

    def kill_both(self) -> None:
        """Kill the provider process and the CLI, which hears nothing of it before its own end."""
        self.look()
        self._freeze()
        self.kill_provider()
        self.process.kill()

    def kill_provider(self) -> None:
        """Kill all provider processes of this command."""
        self.look()
        found = providers(self.home)
        assert found, "there is no provider process to be killed"
        _kill(found)
        wait_for_the_end_of(found)

    def output(self) -> str:
        """What the command says, once it has ended; until then its processes are looked at."""
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                said, _ = self.process.communicate(timeout=LOOK_EVERY)
            except subprocess.TimeoutExpired:
                assert time.monotonic() < deadline, "the command does not end"
                self.look()
            else:
                self.canary.assert_absent("\n".join(self.seen), "the arguments of a process")
                return said

    def look(self) -> None:
        """Note the command lines of all its processes; one may end while we look."""
        with suppress(psutil.Error):
            cli = psutil.Process(self.process.pid)
            for process in (cli, *cli.children(recursive=True)):
                with suppress(psutil.Error):
                    self.seen.add("\0".join(process.cmdline()))

    def _freeze(self) -> None:
        """Stop the CLI at a moment at which it has no file of its state open.

        The state itself is replaced as a whole, but the file of its attributes beside it is written in place.
        """
        cli = psutil.Process(self.process.pid)
        while True:
            cli.suspend()
            # This returns when the last thread has stopped, which may go on for a moment after the first.
            _, status = os.waitpid(cli.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status), "the CLI has ended by itself"
            if not any(Path(file.path).is_relative_to(self.state) for file in cli.open_files()):
                return
            cli.resume()
            time.sleep(0.01)


def providers(folder: Path) -> list[psutil.Process]:
    """The provider processes of commands whose home is this folder or one below it."""
    return _of(folder, lambda line: any(mark in part for part in line for mark in PROVIDER_MARKS))


def programs(folder: Path) -> list[psutil.Process]:
    """The processes that run the program in such a command."""
    return _of(folder, lambda line: any(part.endswith(PROGRAM_MARK) for part in line))


def language_hosts(folder: Path) -> list[psutil.Process]:
    """The processes of Pulumi that start the program in such a command."""
    return _of(folder, lambda line: bool(line) and Path(line[0]).name == LANGUAGE_HOST)


def assert_no_provider_is_left(folder: Path) -> None:
    """Every provider process has ended, or does so by itself before long."""
    deadline = time.monotonic() + SECONDS / 4
    while left := providers(folder):
        assert time.monotonic() < deadline, f"provider processes are left: {left}"
        time.sleep(0.05)


def assert_nothing_is_left(folder: Path) -> None:
    """Every process of such a command has ended, or does so by itself before long."""
    wait_for_the_end_of(_of(folder))


def wait_for_the_end_of(processes: list[psutil.Process]) -> None:
    """Wait until all that these processes had open is closed: none of them can hear or say anything more."""
    deadline = time.monotonic() + SECONDS / 4
    while left := [process for process in processes if not has_ended(process)]:
        assert time.monotonic() < deadline, f"processes have not ended: {left}"
        time.sleep(0.01)


def end_all(folder: Path) -> None:
    """Kill what else is left, as a language host whose CLI was killed."""
    _kill(_of(folder))


def _kill(processes: list[psutil.Process]) -> None:
    """Kill those of the processes that have not ended by themselves meanwhile."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def has_ended(process: psutil.Process) -> bool:
    """Whether no thread of the process lives any more.

    A process whose first thread has ended has neither a command line nor an environment, and yet its other
    threads may live for a moment, and hold its connections.
    """
    try:
        return process.status() == psutil.STATUS_ZOMBIE and process.num_threads() == 1
    except psutil.NoSuchProcess:
        return True


def _of(folder: Path, has: Callable[[list[str]], bool] = lambda _: True) -> list[psutil.Process]:
    """The processes with such a command line whose home is this folder or one below it."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "environ", "status"])
        if process.info["status"] != psutil.STATUS_ZOMBIE
        and Path((process.info["environ"] or {}).get("HOME", "/")).is_relative_to(folder)
        and has(process.info["cmdline"] or [])
    ]
