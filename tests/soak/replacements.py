"""Edits that give a resource a new object."""

from __future__ import annotations

from tests.samples.sample import at, having
from tests.soak.arguments import edited, replacing
from tests.soak.editing import Editing, NotPossibleError
from tests.soak.moves import moved
from tests.soak.program import COLLECTIONS, MARKED, SAMPLES, Item

REPLACEABLE = tuple(type for type in COLLECTIONS if replacing(type))


def regroup(editing: Editing) -> Editing:
    """Change what only a new object can have."""
    return _regrouped(editing, editing.one(*REPLACEABLE))


def rename_and_regroup(editing: Editing) -> Editing:
    """Rename a resource with an alias, and replace it in the same step."""
    item = editing.one(*REPLACEABLE)
    renamed = moved(editing, "rename", item, editing.free_place(item.type), has_alias=True)
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
    """Replace a resource with `--replace`."""
    item = editing.one()
    if editing.place_before(item) is None:
        raise NotPossibleError
    first = item.is_deleted_first or item.is_named
    return editing.changed("force the replacement of", item, is_deleted_first=first).forced(item)


def _regrouped(editing: Editing, item: Item) -> Editing:
    field = editing.draw.one(replacing(item.type))
    values = [at(SAMPLES[item.type].maximal, field.path), field.changed]
    others = [value for value in values if value != at(item.arguments, field.path)]
    arguments = having(item.arguments, {field.path: editing.draw.one(others)})
    first = editing.draw.chance(25)
    return editing.changed("regroup", item, arguments=arguments, is_deleted_first=first)
