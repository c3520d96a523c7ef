"""The requests that an update certainly sends, so that a kill or fault placed there is certainly reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.engine.programs import CLIENTS, CONFIGURATIONS
from tests.soak.arguments import mark
from tests.soak.program import Item, Kind
from tests.soak.step import Step

CREATES = {
    Kind.CLIENT: f"POST {CLIENTS}",
    Kind.ORCHESTRATOR: f"POST {CONFIGURATIONS}",
}
UPDATES = {Kind.CLIENT: f"PUT {CLIENTS}/{{id}}", Kind.ORCHESTRATOR: f"PUT {CONFIGURATIONS}/{{id}}"}
DELETES = {Kind.CLIENT: f"DELETE {CLIENTS}/{{id}}", Kind.ORCHESTRATOR: f"DELETE {CONFIGURATIONS}/{{id}}"}
LEAST_TO_CREATE = {Kind.CLIENT: 2, Kind.ORCHESTRATOR: 3}
LEAST_TO_UPDATE = {Kind.CLIENT: 2, Kind.ORCHESTRATOR: 4}
LEAST_TO_DELETE = {Kind.CLIENT: 1, Kind.ORCHESTRATOR: 3}
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
    created = sum(LEAST_TO_CREATE.get(item.kind, LEAST_OF_A_SETTING) for item in step.new())
    changed = sum(LEAST_TO_UPDATE.get(item.kind, LEAST_OF_A_SETTING) for item in _changed(step))
    replaced = sum(LEAST_TO_CREATE.get(item.kind, 0) for item in _replaced(step))
    deleted = sum(_least_to_delete(item) for item in step.removed())
    return created + changed + replaced + deleted


def least_requests_to_destroy(step: Step) -> int:
    """How many requests there are at least if all that the step leaves is destroyed."""
    return sum(_least_to_delete(item) for item in step.after)


def certain_points(step: Step, ids: Mapping[int, str]) -> list[Point]:
    """The requests of a kind that certainly come.

    Args:
        step: The update.
        ids: The ids of the objects that the stack has before it, by the numbers of the resources.
    """
    made = [item for item in (*step.new(), *_replaced(step)) if item.kind in CREATES]
    points = [Point(CREATES[item.kind], where=mark(item.kind, item.arguments)) for item in made]
    points += [
        Point(UPDATES[item.kind].replace("{id}", ids[item.number]))
        for item in _changed(step)
        if item.kind in UPDATES
    ]
    gone = [item for item in (*step.removed(), *_replaced(step)) if item.kind in DELETES]
    points += [Point(DELETES[item.kind].replace("{id}", ids[item.number])) for item in gone]
    return points


def _changed(step: Step) -> list[Item]:
    """The resources whose objects certainly get changed."""
    pairs = ((old, item) for old, item in step.kept() if item.number not in step.replacing())
    return [item for old, item in pairs if _content(old, item) != _content(item, item)]


def _replaced(step: Step) -> list[Item]:
    """The resources that certainly get a new object."""
    return [item for _, item in step.kept() if item.number in step.replacing()]


def _content(item: Item, new: Item) -> Mapping[str, object]:
    """What a change of means a request. An object keeps its name if the new program gives none."""
    quiet = {"on_destroy"} | (set() if "unique_name" in new.arguments else {"unique_name"})
    return {name: value for name, value in item.arguments.items() if name not in quiet}


def _least_to_delete(item: Item) -> int:
    if item.kind.is_setting:
        return 0 if item.policy == "retain" else LEAST_OF_A_SETTING
    return LEAST_TO_DELETE[item.kind]
