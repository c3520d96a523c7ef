"""Edits that give a resource another name or parent, with an alias or without."""

from __future__ import annotations

from tests.soak.editing import Editing, NotPossibleError
from tests.soak.program import COLLECTIONS, SAMPLES, Item, Place, Program

NAMED = tuple(type for type, sample in SAMPLES.items() if sample.name)
"""The types whose objects have a name that no second one can have."""


def rename(editing: Editing) -> Editing:
    """Rename a resource."""
    item = editing.one()
    place = editing.free_place(item.type, in_team=item.place.in_team)
    return moved(editing, "rename", item, place, has_alias=_is_aliased(editing, item))


def move(editing: Editing) -> Editing:
    """Move a resource into the component or out of it, with its name or another one."""
    item = editing.one()
    place = Place(item.place.name, not item.place.in_team)
    if not editing.is_free(item.type, place) or editing.draw.chance(30):
        place = editing.free_place(item.type, in_team=not item.place.in_team)
    return moved(editing, "move", item, place, has_alias=_is_aliased(editing, item))


def keep_name(editing: Editing) -> Editing:
    """Ignore changes of the name that is generated from a resource's name, and rename the resource."""
    item = editing.one(*NAMED)
    if item.is_named:
        raise NotPossibleError
    kept = editing.changed("ignore the name of", item, keeps_name=True)
    (same,) = (other for other in kept.after if other.number == item.number)
    place = editing.free_place(item.type, in_team=item.place.in_team)
    return moved(kept, "rename", same, place, has_alias=True)


def clash(editing: Editing) -> Editing:
    """Rename a resource with an alias, and give its name to a new one in the same step: its only edit."""
    item = editing.one(*COLLECTIONS)
    if editing.step.edits:
        raise NotPossibleError
    renamed = moved(editing, "rename", item, editing.free_place(item.type), has_alias=True)
    other = renamed.new(item.type, item.place)
    if other.is_named:
        raise NotPossibleError
    items = (other, *renamed.after) if editing.draw.chance(50) else (*renamed.after, other)
    return renamed.done(f"give its name to {other.variable}", Program(items), clashing=other.number)


def moved(editing: Editing, what: str, item: Item, place: Place, *, has_alias: bool) -> Editing:
    """Put a resource at another place."""
    old = editing.place_before(item)
    if old is None:
        return editing.changed(what, item, place=place)
    if has_alias:
        return editing.changed(f"{what} with an alias", item, place=place, aliases=(old,))
    return editing.changed(
        f"{what} without an alias",
        item,
        place=place,
        aliases=(),
        generation=item.generation + 1,
        keeps_name=False,
    )


def _is_aliased(editing: Editing, item: Item) -> bool:
    """Chance decides, unless the object has a name of its own, which no second one can have."""
    return item.is_named or editing.draw.chance(60)
