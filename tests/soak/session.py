"""The commands of a life of the stack, each with what it said, and what goes wrong in it."""

from __future__ import annotations

import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Action, Hold, Injected

from tests.engine.processes import (
    Command,
    assert_no_provider_is_left,
    assert_nothing_is_left,
    end_all,
    language_hosts,
    programs,
    providers,
    wait_for_the_end_of,
)
from tests.engine.stack import Run, Stack
from tests.soak.disturbances import FAULTS, Disturbance, Kill, Point
from tests.soak.program import Program, source

REACHED_WITHIN = 120.0
LOOK_EVERY = 0.5
INTERRUPTED = re.compile(r"Traceback \(most recent call last\):\n(?:.*\n)*?.*KeyboardInterrupt")
"""What Python itself says when a signal interrupts the program or the provider."""
CLI, PROVIDER = "the CLI", "the provider process"
FINDERS: Mapping[str, Callable[[Path], list[psutil.Process]]] = {
    PROVIDER: providers,
    "the language host": language_hosts,
    "the program": programs,
}


@dataclass(frozen=True)
class Outcome:
    """What became of a command in which something went wrong."""

    is_success: bool
    is_cut_off: bool
    """Whether a held request was never answered, so that the next command has to send it again."""


@dataclass
class Session:
    """Runs commands of the CLI, and keeps a record of them."""

    stack: Stack
    emulator: Emulator
    prepared: Mapping[str, str]
    """What stands for ids in values of samples, and the ids."""
    told: list[str] = field(default_factory=list)
    """The commands of this round, each with its output."""
    counts: Counter[str] = field(default_factory=Counter)
    """How many commands, kills and faults there were."""

    def write(self, program: Program) -> None:
        text = source(program)
        for stands, id in self.prepared.items():
            text = text.replace(repr(stands), repr(id))
        self.stack.write(text)

    def run(self, *arguments: str) -> Run:
        """Run a command, whatever comes of it; afterwards none of its processes is left."""
        run = self._end(self._start(*arguments), arguments)
        assert_nothing_is_left(self.stack.folder)
        return run

    def succeed(self, *arguments: str) -> str:
        run = self.run(*arguments)
        assert run.status == 0, f"pulumi {' '.join(arguments)} has failed"
        return run.output

    def disturb(self, disturbance: Disturbance, *arguments: str) -> Outcome:
        """Run a command in which something goes wrong, and make the stack usable again."""
        if disturbance != Disturbance():
            self.told.append(f"during the next command: {disturbance}")
        kill, fault = disturbance.kill, disturbance.fault
        held = self._inject(kill.point, Hold(kill.side), times=None) if kill else None
        injected = self._inject(fault.point, FAULTS[fault.name](), times=fault.times) if fault else None
        command = self._start(*arguments)
        victim = self._kill(command, kill, held) if kill and held else ""
        run = self._end(command, arguments)
        self._settle(victim, kill)
        for point in (injected, held):
            if point is not None:
                point.remove(may_be_idle=True)
                assert point.fired, f"{disturbance} was never reached"
        if fault:
            self.counts[f"fault: {fault.name}"] += 1
        is_killed = kill is not None and kill.signal is signal.SIGKILL
        return Outcome(run.status == 0, is_killed and victim in (CLI, PROVIDER))

    def _inject(self, point: Point, action: Action, *, times: int | None) -> Injected:
        return self.emulator.inject(point.at, action, nth=point.nth, where=point.where, times=times)

    def _start(self, *arguments: str) -> Command:
        self.counts["commands"] += 1
        return self.stack.start(*arguments)

    def _kill(self, command: Command, kill: Kill, held: Injected) -> str:
        """Send the signal once the request is held; only a CLI that gets one waits with it held."""
        self._wait(command, held)
        victim = hit(command, kill.victims, kill.signal)
        self.told.append(f"the signal goes to {victim}")
        self.counts[f"{kill.signal.name} to {victim}"] += 1
        if victim != CLI:
            held.release()
        return victim

    def _wait(self, command: Command, held: Injected) -> None:
        deadline = time.monotonic() + REACHED_WITHIN
        while not held.fired:
            has_ended = command.process.poll() is not None
            if has_ended or time.monotonic() > deadline:
                said = command.output() if has_ended else ""
                raise AssertionError(f"the request to be held never came\n{said}")
            with suppress(TimeoutError):
                held.wait(LOOK_EVERY)

    def _settle(self, victim: str, kill: Kill | None) -> None:
        """Nothing of ours is left; what Pulumi's own processes leave when one of them is killed is ended."""
        assert_no_provider_is_left(self.stack.folder)
        if kill is None:
            assert_nothing_is_left(self.stack.folder)
        end_all(self.stack.folder)
        if victim == CLI and kill is not None and kill.signal is signal.SIGKILL:
            self.succeed("cancel", "--yes")

    def _end(self, command: Command, arguments: tuple[str, ...]) -> Run:
        """Wait for the end of a command; no secret is anywhere then."""
        output, status = command.output(), command.process.returncode
        self.told.append(f"$ pulumi {' '.join(arguments)}   # status {status}\n{output}")
        self.stack.assert_clean(INTERRUPTED.sub("", output))
        return Run(status, output)


def hit(command: Command, victims: tuple[str, ...], number: signal.Signals) -> str:
    """Send the signal to the first of these that runs, and say which one that was.

    Whoever is killed has ended when this returns. The CLI is not killed while it writes its state.
    """
    for name in victims:
        if name == CLI:
            if number is signal.SIGKILL:
                command.kill_cli()
            else:
                command.process.send_signal(number)
            return name
        if found := [process for process in FINDERS[name](command.home) if _gets(process, number)]:
            if number is signal.SIGKILL:
                wait_for_the_end_of(found)
            return name
    raise AssertionError("the command has no process")


def _gets(process: psutil.Process, number: signal.Signals) -> bool:
    """Send the signal to a process, and tell whether it had not ended by itself meanwhile."""
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return False
    return True
