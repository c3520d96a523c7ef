"""The requests that an update certainly sends, so that a kill or fault placed there is certainly reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.soak.arguments import mark
from tests.soak.program import COLLECTIONS, SAMPLES, Item
from tests.soak.step import Step

LEAST = {"create": 2, "update": 2, "delete": 1}
"""How many requests a verb sends at least for an object of a collection, without an operation."""
LEAST_WITH_OPERATION = {"create": 3, "update": 4, "delete": 3}
LEAST_OF_A_SETTING = 1
ANY = "*"


@dataclass(frozen=True)
class Point:
    """A request, as `Emulator.inject` finds it."""

    at: str
    nth: int = 1
    where: str = ""

    def __str__(self) -> str:
        where = f" with {self.where!r}" if self.where else ""
        return f"request {self.nth} of {self.at}{where}"


def least_requests(step: Step) -> int:
    """How many requests there are at least."""
    created = sum(_least("create", item) for item in step.new())
    changed = sum(_least("update", item) for item in _changed(step))
    replaced = sum(_least("create", item) for item in _replaced(step) if not item.is_setting)
    deleted = sum(_least("delete", item) for item in step.removed())
    return created + changed + replaced + deleted


def least_requests_to_destroy(step: Step) -> int:
    """How many requests there are at least if all that the step leaves is destroyed."""
    return sum(_least("delete", item) for item in step.after)


def certain_points(step: Step, ids: Mapping[int, str]) -> list[Point]:
    """The requests for single objects that certainly come.

    Args:
        step: The update.
        ids: The ids of the objects that the stack has before it, by the numbers of the resources.
    """

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
