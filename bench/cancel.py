"""One Ctrl-C: how soon after it the provider has ended all its calls, and itself.

The CLI may take longer: it gives a program up to five seconds that was cancelled, whatever its resources are.
"""

from __future__ import annotations

from time import perf_counter

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Action, Hold, Operation

from bench.result import Result
from bench.stacks import stack
from tests.engine.processes import providers, wait_for_the_end_of
from tests.engine.programs import ALL_AT_ONCE, CONFIGURATIONS, supports

MANY = 20
BUDGET = 2.0
CREATE = f"POST {CONFIGURATIONS}"
PROGRAM = supports(f"desk-{number}" for number in range(MANY))
WAITS: dict[str, Action] = {"waits for operations": Operation("PENDING"), "stalled calls": Hold("after")}


def measure() -> list[Result]:
    """The time from the signal to the end of the command, for each kind of wait."""
    return [_measured(kind, action) for kind, action in WAITS.items()]


def _measured(kind: str, action: Action) -> Result:
    with Emulator() as emulator, stack(PROGRAM, emulator.url) as interrupted:
        last = emulator.inject(CREATE, action, nth=MANY)
        others = emulator.inject(CREATE, action, times=None)
        command = interrupted.start("up", "--yes", "--skip-preview", *ALL_AT_ONCE)
        last.wait()
        began = perf_counter()
        at_work = providers(interrupted.folder)
        command.interrupt()
        wait_for_the_end_of(at_work)
        took = perf_counter() - began
        command.output()
        whole = perf_counter() - began
        others.release()
    return Result(
        f"Ctrl-C in {MANY} {kind}, until the provider has ended",
        f"{took:.2f} s",
        f"the command: {whole:.2f} s",
        f"<= {BUDGET:.0f} s",
        took <= BUDGET,
    )
