"""Random edits of a program. Each is something that users do, and leaves a program that can be deployed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.soak.arguments import edited
from tests.soak.draw import Draw
from tests.soak.editing import Editing, NotPossibleError
from tests.soak.moves import NAMED, clash, keep_name, move, rename
from tests.soak.program import REFERENCES, SAMPLES, SETTINGS, Program, Target
from tests.soak.replacements import force, regroup, rename_and_regroup, replace_on_changes
from tests.soak.step import Step

EDITS_TRIED = 40


def add(editing: Editing) -> Editing:
    """Add a resource, of the account settings only one of each type.

    It often takes a name that another one had before, which still names it as an alias.
    """
    type = editing.draw.one([type for type in SAMPLES if not (type in SETTINGS and editing.after.of(type))])
    left = editing.places_left(type)
    place = editing.draw.one(left) if left and editing.draw.chance(60) else editing.free_place(type)
    item = editing.new(type, place)
    return editing.done(f"add {item.variable}", editing.after.added(item))


def change(editing: Editing) -> Editing:
    """Change the arguments of a resource."""
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
            after = after.changed(other, arguments={**other.arguments, argument: editing.draw.one(rest)})
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
    return editing.changed(
        "name", item, arguments=arguments, keeps_name=False, is_deleted_first=may_be_replaced
    )


def depend(editing: Editing) -> Editing:
    """Let a resource depend on an earlier one."""
    item = editing.one()
    earlier = [other.number for other in editing.after][: editing.after.items.index(item)]
    if not earlier:
        raise NotPossibleError
    return editing.changed("order", item, depends_on=(editing.draw.one(earlier),))


Edit = Callable[[Editing], Editing]
EDITS: Mapping[Edit, int] = {
    add: 4,
    change: 5,
    remove: 4,
    rename: 4,
    move: 3,
    regroup: 2,
    rename_and_regroup: 2,
    replace_on_changes: 2,
    force: 2,
    name: 1,
    keep_name: 1,
    depend: 1,
    clash: 1,
}
"""All edits, and how often each is tried."""


def edited_step(before: Program, draw: Draw) -> Step:
    """A step with one to three random edits; the first step of a life adds a few resources."""
    if before.items:
        edits, count = [edit for edit, weight in EDITS.items() for _ in range(weight)], draw.number(1, 3)
    else:
        edits, count = [add], draw.number(3, 6)
    editing = Editing(Step(before, before), draw)
    for _ in range(EDITS_TRIED):
        if len(editing.step.edits) >= count or editing.step.clashing is not None:
            break
        try:
            editing = draw.one(edits)(editing)
        except NotPossibleError:
            continue
    return editing.step
