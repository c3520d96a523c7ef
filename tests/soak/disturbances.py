"""What goes wrong in a round: a signal to a process at some request, and faults of the vendor."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pulumi_switchboard.emulator.faults import Answer, Hold, Outage, Reset, Stall, Truncate
from pulumi_switchboard.emulator.faults.action import Action

from tests.soak.draw import Draw
from tests.soak.points import ANY, Point

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)

FAULTS: Mapping[str, Callable[[], Action]] = {
    "503": lambda: Answer(503),
    "503 after the effect": lambda: Answer(503, after=True),
    "429": lambda: Answer(429, retry_after=0),
    "a lost connection": Reset,
    "a lost connection after the effect": lambda: Reset(after=True),
    "half an answer": Truncate,
    "a slow request": lambda: Stall(0.3),
    "a slow answer": lambda: Stall(0.3, "after"),
    "an outage": lambda: Outage(0.5),
}
VICTIMS = ("the CLI", "the provider process", "the language host", "the program")
HARMLESS = ("429", "a slow request", "a slow answer")
"""The faults that no call fails of, so that what comes after them is certain to come."""


@dataclass(frozen=True)
class Kill:
    """A signal to a process at a request, which is held until the process has got it."""

    point: Point
    side: str
    """Whether the request is held `before` it is processed or `after` that."""
    victims: tuple[str, ...]
    """Who gets the signal: the first one of these that runs."""
    signal: signal.Signals

    @property
    def hold(self) -> Action:
        """What the emulator does at the request."""
        return Hold("before") if self.side == "before" else Hold("after")

    def __str__(self) -> str:
        return f"{self.signal.name} {self.side} {self.point}"


@dataclass(frozen=True)
class Fault:
    """Something that the vendor does at a request."""

    point: Point
    name: str
    times: int

    @property
    def action(self) -> Action:
        """What the emulator does at the request."""
        return FAULTS[self.name]()

    def __str__(self) -> str:
        return f"{self.name}, {self.times} times from {self.point}"


@dataclass(frozen=True)
class Disturbance:
    """All that goes wrong in one command."""

    kill: Kill | None = None
    fault: Fault | None = None

    def __str__(self) -> str:
        return " and ".join(str(part) for part in (self.fault, self.kill) if part) or "nothing"


def drawn_disturbance(draw: Draw, least: int, points: list[Point]) -> Disturbance:
    """A random disturbance of a command.

    Args:
        draw: Chance.
        least: How many requests the command certainly sends.
        points: Further requests that it certainly sends.
    """
    what = draw.number(1, 100)
    if not least or what <= 15:
        return Disturbance()
    if what <= 35:
        return Disturbance(fault=_fault(draw, Point(ANY, draw.number(1, least)), list(FAULTS)))
    if what <= 50 and least > 1:
        hit = draw.number(1, least - 1)
        fault = _fault(draw, Point(ANY, hit), HARMLESS)
        return Disturbance(_kill_at(draw, Point(ANY, draw.number(hit + 1, least))), fault)
    if points and draw.chance(50):
        return Disturbance(_kill_at(draw, draw.one(points)))
    return Disturbance(drawn_kill(draw, least))


def drawn_kill(draw: Draw, least: int) -> Kill:
    """A random kill at one of the requests of which there are at least this many."""
    return _kill_at(draw, Point(ANY, draw.number(1, least)))


def _kill_at(draw: Draw, point: Point) -> Kill:
    victims = tuple(draw.shuffled(list(VICTIMS)))
    return Kill(point, draw.one(["before", "after"]), victims, draw.one(SIGNALS))


def _fault(draw: Draw, point: Point, names: Sequence[str]) -> Fault:
    return Fault(point, draw.one(names), draw.number(1, 3))
