"""A step while it is being edited: what the edits are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.soak.arguments import drawn
from tests.soak.draw import Draw
from tests.soak.program import REFERENCES, SAMPLES, Item, Place, Program, Target
from tests.soak.step import Step

NAMES = ("alpha", "bravo", "charlie", "delta", "echo")
"""Few, so that a name is used again by another resource."""
MOST_ITEMS = 7


class NotPossibleError(Exception):
    """The program is not one for this edit."""


@dataclass(frozen=True)
class Editing:
    """The edits of one step so far."""

    step: Step
    draw: Draw

    @property
    def after(self) -> Program:
        return self.step.after

    def one(self, *types: str) -> Item:
        """One of the resources of these types that the edited program has; all types if none is given."""
        found = self.after.of(*(types or SAMPLES))
        if not found:
            raise NotPossibleError
        return self.draw.choice(found)

    def place_before(self, item: Item) -> Place | None:
        """Where the resource is in state, if it is."""
        old = self.step.before.get(item.number)
        return old.place if old is not None and item.continues(old) else None

    def free_place(self, type: str) -> Place:
        """A place that no resource of the type has, neither before the step nor after it."""
        places = [Place(name, in_team) for name in NAMES for in_team in (False, True)]
        free = [place for place in places if self.is_free(type, place)]
        if not free:
            raise NotPossibleError
        return self.draw.choice(free)

    def places_left(self, type: str) -> list[Place]:
        """The free places that resources of the type had before, and still have as aliases."""
        aliases = {place: None for item in self.step.before.of(type) for place in item.aliases}
        return [place for place in aliases if self.is_free(type, place)]

    def is_free(self, type: str, place: Place) -> bool:
        """Whether no resource of the type has the place, neither before the step nor after it."""
        return all(place != item.place for it in (self.step.before, self.after) for item in it.of(type))

    def new(self, type: str, place: Place) -> Item:
        if len(self.after.items) >= MOST_ITEMS:
            raise NotPossibleError
        arguments = drawn(type, self.draw)
        if type in REFERENCES:
            arguments = {**arguments, REFERENCES[type][0]: self.target(type, None)}
        elif SAMPLES[type].name and self.draw.chance(20):
            arguments = {**arguments, SAMPLES[type].name: self.unique_name()}
        return Item(type, self.draw.fresh(), place, arguments)

    def unique_name(self) -> str:
        return f"desk-{self.draw.fresh()}"

    def target(self, type: str, item: Item | None) -> Target:
        """One of the resources that a resource of the type can refer to; a new one if none is given."""
        targets = self.targets(type, item)
        if not targets:
            raise NotPossibleError
        return self.draw.choice(targets)

    def targets(self, type: str, item: Item | None) -> list[Target]:
        """The resources that a resource of the type can refer to, and that stand before it in the program."""
        items = self.after.items
        earlier = items if item is None else items[: items.index(item)]
        return [Target(other.number) for other in earlier if other.type == REFERENCES[type][1]]

    def done(self, what: str, after: Program) -> Editing:
        step = replace(self.step, after=after, edits=(*self.step.edits, what))
        return replace(self, step=step)

    def changed(self, what: str, item: Item, **changes: Any) -> Editing:
        return self.done(f"{what} {item.variable}", self.after.changed(item, **changes))

    def forced(self, item: Item) -> Editing:
        return replace(self, step=replace(self.step, replaced=tuple({*self.step.replaced, item.number})))
