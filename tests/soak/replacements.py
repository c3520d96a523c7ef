"""Edits that give a resource a new object."""

from __future__ import annotations

from tests.soak.arguments import GROUPINGS, edited
from tests.soak.editing import Editing, NotPossibleError
from tests.soak.moves import moved
from tests.soak.program import COLLECTIONS, Item, Kind


def regroup(editing: Editing) -> Editing:
    """Change what only a new object can have."""
    return _regrouped(editing, editing.one(Kind.ORCHESTRATOR))


def rename_and_regroup(editing: Editing) -> Editing:
    """Rename a resource with an alias, and replace it in the same step."""
    item = editing.one(Kind.ORCHESTRATOR)
    renamed = moved(editing, "rename", item, editing.free_place(item.kind), has_alias=True)
    (same,) = (other for other in renamed.after if other.number == item.number)
    return _regrouped(renamed, same)


def replace_on_changes(editing: Editing) -> Editing:
    """Let changes of one argument replace a resource, and change it."""
    item = editing.one(*COLLECTIONS)
    arguments = edited(item.kind, item.arguments, editing.draw)
    name = "call_notification" if item.kind is Kind.CLIENT else "description"
    first = editing.draw.chance(25) or "unique_name" in arguments
    what = "replace on a change of"
    return editing.changed(what, item, arguments=arguments, replace_on=(name,), is_deleted_first=first)


def force(editing: Editing) -> Editing:
    """Replace a resource with `--replace`."""
    item = editing.one()
    if editing.place_before(item) is None:
        raise NotPossibleError
    first = item.is_deleted_first or "unique_name" in item.arguments
    return editing.changed("force the replacement of", item, is_deleted_first=first).forced(item)


def _regrouped(editing: Editing, item: Item) -> Editing:
    others = [g for g in GROUPINGS if g != item.arguments["conversation_grouping_type"]]
    arguments = {**item.arguments, "conversation_grouping_type": editing.draw.one(others)}
    first = editing.draw.chance(25)
    return editing.changed("regroup", item, arguments=arguments, is_deleted_first=first)
