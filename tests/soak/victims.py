"""The processes of a command of the CLI, each of which can be hit by a signal."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

from tests.engine.processes import Command, language_hosts, programs, providers, wait_for_the_end_of

CLI, PROVIDER = "the CLI", "the provider process"
FINDERS: Mapping[str, Callable[[Path], list[psutil.Process]]] = {
    PROVIDER: providers,
    "the language host": language_hosts,
    "the program": programs,
}
VICTIMS = (CLI, *FINDERS)


def hit(command: Command, victims: tuple[str, ...], number: signal.Signals) -> str:
    """Send the signal to the first of these that runs, and say which one that was.

    Whoever is killed has ended when this returns. The CLI is not killed while it writes its state.
    """
    for name in victims:
        if name == CLI:
            _hit_cli(command, number)
            return name
        found = FINDERS[name](command.home)
        if found:
            for process in found:
                process.send_signal(number)
            if number is signal.SIGKILL:
                wait_for_the_end_of(found)
            return name
    raise AssertionError("the command has no process")


def _hit_cli(command: Command, number: signal.Signals) -> None:
    if number is signal.SIGKILL:
        command.kill_cli()
    else:
        command.process.send_signal(number)
