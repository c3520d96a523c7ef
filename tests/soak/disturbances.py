"""What goes wrong in a round: a signal to a process at some request, and faults of the vendor.

It is placed at requests that certainly come, so that it certainly happens.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pulumi_switchboard.emulator.faults import Action, Answer, Outage, Reset, Stall, Truncate

from tests.soak.arguments import mark
from tests.soak.draw import Draw
from tests.soak.program import COLLECTIONS, SAMPLES, Item
from tests.soak.step import Step

LEAST = {"create": 2, "update": 2, "delete": 1}
"""How many requests a verb sends at least for an object of a collection, without an operation."""
LEAST_WITH_OPERATION = {"create": 3, "update": 4, "delete": 3}
LEAST_OF_A_SETTING = 1
ANY = "*"
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
class Point:
    """A request, as `Emulator.inject` finds it."""

    at: str
    nth: int = 1
    where: str = ""

    def __str__(self) -> str:
        where = f" with {self.where!r}" if self.where else ""
        return f"request {self.nth} of {self.at}{where}"


@dataclass(frozen=True)
class Kill:
    """A signal to a process at a request, which is held until the process has got it."""

    point: Point
    side: Literal["before", "after"]
    """When the request is held: before or after it is processed."""
    victims: tuple[str, ...]
    """Who gets the signal: the first one of these that runs."""
    signal: signal.Signals

    def __str__(self) -> str:
        return f"{self.signal.name} {self.side} {self.point}"


@dataclass(frozen=True)
class Fault:
    """Something that the vendor does at a request."""

    point: Point
    name: str
    times: int

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
    """A random disturbance of a command that certainly sends this many requests, and those of the points."""
    what = draw.randint(1, 100)
    if not least or what <= 15:
        return Disturbance()
    if what <= 35:
        return Disturbance(fault=_fault(draw, Point(ANY, draw.randint(1, least)), list(FAULTS)))
    if what <= 50 and least > 1:
        hit = draw.randint(1, least - 1)
        kill = _kill_at(draw, Point(ANY, draw.randint(hit + 1, least)))
        return Disturbance(kill, _fault(draw, Point(ANY, hit), HARMLESS))
    if points and draw.chance(50):
        return Disturbance(_kill_at(draw, draw.choice(points)))
    return Disturbance(drawn_kill(draw, least))


def drawn_kill(draw: Draw, least: int) -> Kill:
    """A random kill at one of the requests of which there are at least this many."""
    return _kill_at(draw, Point(ANY, draw.randint(1, least)))


def _kill_at(draw: Draw, point: Point) -> Kill:
    side: Literal["before", "after"] = draw.choice(["before", "after"])
    return Kill(point, side, tuple(draw.sample(VICTIMS, len(VICTIMS))), draw.choice(SIGNALS))


def _fault(draw: Draw, point: Point, names: Sequence[str]) -> Fault:
    return Fault(point, draw.choice(names), draw.randint(1, 3))


def least_requests(step: Step) -> int:
    created = sum(_least("create", item) for item in step.new())
    changed = sum(_least("update", item) for item in _changed(step))
    replaced = sum(_least("create", item) for item in _replaced(step) if not item.is_setting)
    deleted = sum(_least("delete", item) for item in step.removed())
    return created + changed + replaced + deleted


def least_requests_to_destroy(step: Step) -> int:
    """How many requests there are at least if all that the step leaves is destroyed."""
    return sum(_least("delete", item) for item in step.after)


def certain_points(step: Step, ids: Mapping[int, str]) -> list[Point]:
    """The requests for single objects that certainly come, given the ids of those that the stack has."""

    def place(item: Item) -> str:
        return f"{SAMPLES[item.type].collection}/{ids[item.number]}"

    made = [item for item in (*step.new(), *_replaced(step)) if item.type in COLLECTIONS]
    gone = [item for item in (*step.removed(), *_replaced(step)) if item.type in COLLECTIONS]
    changed = [item for item in _changed(step) if item.type in COLLECTIONS]
    return [
        *(Point(f"POST {SAMPLES[item.type].collection}", where=mark(item)) for item in made),
        *(Point(f"PUT {place(item)}") for item in changed),
        *(Point(f"DELETE {place(item)}") for item in gone),
    ]


def _changed(step: Step) -> list[Item]:
    """The resources whose objects certainly get changed."""
    pairs = ((old, item) for old, item in step.kept() if item.number not in step.replacing())
    return [item for old, item in pairs if _content(old, item) != _content(item, item)]


def _replaced(step: Step) -> list[Item]:
    """The resources that certainly get a new object."""
    return [item for _, item in step.kept() if item.number in step.replacing()]


def _content(item: Item, new: Item) -> Mapping[str, object]:
    """What a change of means a request. An object keeps its name if the new program gives none."""
    quiet = {"on_destroy"} | (set() if new.is_named else {SAMPLES[item.type].name})
    return {name: value for name, value in item.arguments.items() if name not in quiet}


def _least(verb: str, item: Item) -> int:
    if item.is_setting:
        return 0 if verb == "delete" and item.policy == "retain" else LEAST_OF_A_SETTING
    return (LEAST_WITH_OPERATION if SAMPLES[item.type].is_long_running else LEAST)[verb]
