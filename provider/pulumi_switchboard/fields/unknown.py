"""Members of a vendor's object that its model does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from pulumi_switchboard.fields.paths import Path
from pulumi_switchboard.fields.tree import ANYTHING, Field, tree
from pulumi_switchboard.fields.values import is_empty


def unknown_members(
    model: type[BaseModel], shown: Mapping[str, Any], expected: Mapping[str, Any]
) -> Iterator[Path]:
    """Where a decoded object has a value that its model does not have.

    Args:
        model: The model.
        shown: The object, with our names.
        expected: What each object of the type has besides, with our names.
    """
    return _unknown(tree(model), shown, expected, ())


def _unknown(field: Field, shown: Any, expected: Any, path: Path) -> Iterator[Path]:
    if is_empty(shown) or shown == expected:
        return
    if isinstance(shown, Mapping) and (field is not ANYTHING or isinstance(expected, Mapping)):
        for name, item in shown.items():
            inner = expected.get(name) if isinstance(expected, Mapping) else None
            yield from _unknown(field.child(name), item, inner, (*path, name))
    elif isinstance(shown, list) and field is not ANYTHING:
        for index, item in enumerate(shown):
            yield from _unknown(field.child(index), item, None, (*path, index))
    elif field is ANYTHING:
        yield path
