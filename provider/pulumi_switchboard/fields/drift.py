"""What a vendor shows differently from what the user wrote."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from pydantic import BaseModel

from pulumi_switchboard.fields.models import Unordered
from pulumi_switchboard.fields.tree import Field, tree
from pulumi_switchboard.fields.typed_values import meaning


def with_drift(model: type[BaseModel], name: str, written: Any, live: Any) -> Any:
    """The value that the user wrote, with only those parts replaced that the vendor shows differently."""
    return _with_drift(tree(model).members[name], written, live)


def _with_drift(field: Field, written: Any, live: Any) -> Any:
    if meaning(field, written) == meaning(field, live):
        return written
    if isinstance(written, list) and isinstance(live, list) and None not in live:
        pairs = zip_longest(written, in_order_of(field, written, live))
        items = [_with_drift(field.child(0), one, other) for one, other in pairs]
        return [item for item in items if item is not None]
    if isinstance(written, Mapping) and isinstance(live, Mapping):
        names = dict.fromkeys([*written, *live])
        members = {n: _with_drift(field.child(n), written.get(n), live.get(n)) for n in names}
        return {name: item for name, item in members.items() if item is not None}
    return live


def in_order_of(field: Field, written: Any, live: Any) -> Any:
    """The live value; if it is an unordered list, its items are where they were written.

    An item of the same meaning is as it was written. In the place of any other item is the next live one that
    is left, or None.
    """
    if not (field.has(Unordered) and isinstance(written, list) and isinstance(live, list)):
        return live
    inside, left = field.child(0), list(live)
    meanings = [meaning(inside, item) for item in live]
    is_shown = []
    for item in written:
        found = meaning(inside, item)
        is_shown.append(found in meanings)
        if is_shown[-1]:
            left.pop(meanings.index(found))
            meanings.remove(found)
    rest = iter(left)
    items = [item if shown else next(rest, None) for item, shown in zip(written, is_shown, strict=True)]
    return [*items, *rest]
