"""Random edits of a program. Each is something that users do, and leaves a program that can be deployed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.samples.sample import at, having
from tests.soak.arguments import edited, replacing
from tests.soak.draw import Draw
from tests.soak.editing import Editing, NotPossibleError
from tests.soak.program import (
    COLLECTIONS,
    MARKED,
    REFERENCES,
    SAMPLES,
    SETTINGS,
    Item,
    Place,
    Program,
    Target,
)
from tests.soak.step import Step

EDITS_TRIED = 40
NAMED = tuple(type for type, sample in SAMPLES.items() if sample.name)
REPLACEABLE = tuple(type for type in COLLECTIONS if replacing(type))


def add(editing: Editing) -> Editing:
    """Add a resource, of the account settings only one of each type.

    It often takes a name that another one had before, which still names it as an alias.
    """
    type = editing.draw.choice(
        [type for type in SAMPLES if not (type in SETTINGS and editing.after.of(type))]
    )
    left = editing.places_left(type)
    place = editing.draw.choice(left) if left and editing.draw.chance(60) else editing.free_place(type)
    item = editing.new(type, place)
    return editing.done(f"add {item.variable}", editing.after.added(item))


def change(editing: Editing) -> Editing:
    item = editing.one()
    arguments = edited(item, editing.draw)
    if item.type in REFERENCES:
        name, _ = REFERENCES[item.type]
        arguments = {**arguments, name: editing.target(item.type, item)}
    return editing.changed("change", item, arguments=arguments)


def remove(editing: Editing) -> Editing:
    """Remove a resource. One that refers to it refers to another one, or is removed, too."""
    item = editing.one()
    after = editing.after
    for other in after.of(*REFERENCES):
        argument, _ = REFERENCES[other.type]
        if other.arguments[argument] != Target(item.number):
            continue
        rest = [target for target in editing.targets(other.type, other) if target != Target(item.number)]
        if rest:
            after = after.changed(other, arguments={**other.arguments, argument: editing.draw.choice(rest)})
        else:
            after = after.without([other.number])
    return editing.done(f"remove {item.variable}", after.without([item.number]))


def name(editing: Editing) -> Editing:
    """Give an object a name of the program's own, or leave that to the provider."""
    item = editing.one(*NAMED)
    own = SAMPLES[item.type].name
    arguments = {name: value for name, value in item.arguments.items() if name != own}
    if not item.is_named:
        arguments[own] = editing.unique_name()
    may_be_replaced = bool(item.replace_on) or item.number in editing.step.replaced
    return editing.changed("name", item, arguments=arguments, is_deleted_first=may_be_replaced)


def depend(editing: Editing) -> Editing:
    item = editing.one()
    earlier = [other.number for other in editing.after][: editing.after.items.index(item)]
    if not earlier:
        raise NotPossibleError
    return editing.changed("order", item, depends_on=(editing.draw.choice(earlier),))


def move(editing: Editing) -> Editing:
    """Give a resource another name, another parent, or both."""
    item = editing.one()
    has_alias = item.is_named or editing.draw.chance(60)
    return _moved(editing, item, editing.free_place(item.type), has_alias=has_alias)


def regroup(editing: Editing) -> Editing:
    """Change what only a new object can have."""
    return _regrouped(editing, editing.one(*REPLACEABLE))


def move_and_regroup(editing: Editing) -> Editing:
    """Rename or move a resource with an alias, and replace it in the same step."""
    item = editing.one(*REPLACEABLE)
    renamed = _moved(editing, item, editing.free_place(item.type), has_alias=True)
    (same,) = (other for other in renamed.after if other.number == item.number)
    return _regrouped(renamed, same)


def replace_on_changes(editing: Editing) -> Editing:
    """Let changes of one argument replace a resource, and change it."""
    item = editing.one(*MARKED)
    arguments = edited(item, editing.draw)
    name = MARKED[item.type].partition(".")[0]
    first = editing.draw.chance(25) or item.is_named
    what = "replace on a change of"
    return editing.changed(what, item, arguments=arguments, replace_on=(name,), is_deleted_first=first)


def force(editing: Editing) -> Editing:
    item = editing.one()
    if editing.place_before(item) is None:
        raise NotPossibleError
    first = item.is_deleted_first or item.is_named
    return editing.changed("force the replacement of", item, is_deleted_first=first).forced(item)


def _moved(editing: Editing, item: Item, place: Place, *, has_alias: bool) -> Editing:
    old = editing.place_before(item)
    if old is None:
        return editing.changed("move", item, place=place)
    if has_alias:
        return editing.changed("move with an alias", item, place=place, aliases=(old,))
    generation = item.generation + 1
    return editing.changed("move without an alias", item, place=place, aliases=(), generation=generation)


def _regrouped(editing: Editing, item: Item) -> Editing:
    field = editing.draw.choice(replacing(item.type))
    values = [at(SAMPLES[item.type].maximal, field.path), field.changed]
    others = [value for value in values if value != at(item.arguments, field.path)]
    arguments = having(item.arguments, {field.path: editing.draw.choice(others)})
    first = editing.draw.chance(25)
    return editing.changed("regroup", item, arguments=arguments, is_deleted_first=first)


Edit = Callable[[Editing], Editing]
EDITS: Mapping[Edit, int] = {
    add: 4,
    change: 5,
    remove: 4,
    move: 7,
    regroup: 2,
    move_and_regroup: 2,
    replace_on_changes: 2,
    force: 2,
    name: 1,
    depend: 1,
}
"""All edits, and how often each is tried."""


def edited_step(before: Program, draw: Draw) -> Step:
    """A step with one to three random edits; the first step of a life adds a few resources."""
    if before.items:
        edits, count = [edit for edit, weight in EDITS.items() for _ in range(weight)], draw.randint(1, 3)
    else:
        edits, count = [add], draw.randint(3, 6)
    editing = Editing(Step(before, before), draw)
    for _ in range(EDITS_TRIED):
        if len(editing.step.edits) >= count:
            break
        try:
            editing = draw.choice(edits)(editing)
        except NotPossibleError:
            continue
    return editing.step
