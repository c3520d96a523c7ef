"""The look-up of the stack's state by the program, as a share of an update that has nothing to do.

The program declares its resources meanwhile, so the figure is the longest that the look-up can take.
"""

from __future__ import annotations

from statistics import median

from pulumi_switchboard.emulator import Emulator

from bench.result import Result, seconds
from bench.stacks import stack
from tests.engine.programs import ALL_AT_ONCE

MANY = 1000
ROUNDS = 3
BUDGET = 0.15
PROGRAM = f"""
    import time

    from pulumi_switchboard.program.state import stack_state

    async def look_up():
        began = time.perf_counter()
        assert await stack_state() is not None
        return time.perf_counter() - began

    pulumi.export("seconds", pulumi.Output.from_input(look_up()))
    for number in range({MANY}):
        twilio.voice.ClientConfiguration(
            f"desk-{{number}}", call_notification={{"url": f"https://example.com/{{number}}"}}
        )
"""


def measure() -> list[Result]:
    """The time of the look-up, while the program goes on, beside that of the whole update."""
    once = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
    with Emulator() as emulator, stack(PROGRAM, emulator.url, **once) as large:
        large.up(None, *ALL_AT_ONCE)
        pairs = [(seconds(large.up), float(large.outputs()["seconds"])) for _ in range(ROUNDS)]
    update, look_up = (median(column) for column in zip(*pairs, strict=True))
    return [
        Result(
            f"look-up of the state of {MANY} configurations",
            f"{look_up * 1000:.0f} ms",
            f"no-op `pulumi up` {update:.2f} s: ratio {look_up / update:.3f}",
            f"<= {BUDGET}",
            look_up / update <= BUDGET,
        )
    ]
