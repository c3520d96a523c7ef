"""How long after the end of an operation it is noticed, on a clock of its own."""

from __future__ import annotations

import random

from pulumi_switchboard.operations.poller import OperationPoller
from pulumi_switchboard.vendors.operation import Operation

from bench.result import Result
from tests.clock import Clock

BUDGET = 0.2
SHORTEST, LONGEST = 2.0, 60.0
DRAWS = 5000
PERCENTILE = 0.95


def measure() -> list[Result]:
    """The share of an operation's time that is waited after its end."""
    chance = random.Random(1)
    late = sorted(lateness(chance.uniform(SHORTEST, LONGEST), chance) for _ in range(DRAWS))
    found = late[int(PERCENTILE * DRAWS)]
    return [
        Result(
            "wait after an operation is over, 95th percentile",
            f"{found:.1%} of its time",
            f"{DRAWS} operations of {SHORTEST:.0f} s to {LONGEST:.0f} s, simulated",
            f"<= {BUDGET:.0%}",
            found <= BUDGET,
        )
    ]


def lateness(duration: float, chance: random.Random) -> float:
    """How much later than its end an operation of this duration is noticed, as a share of it."""
    clock = Clock()
    ends = clock.time + duration

    def look() -> Operation:
        return Operation("op", "COMPLETED" if clock.time >= ends else "RUNNING")

    OperationPoller("op", look, clock.deadline(), lambda _: None, chance).wait()
    return (clock.time - ends) / duration
