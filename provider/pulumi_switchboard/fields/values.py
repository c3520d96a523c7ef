"""Plain values: what the engine sends, what state holds, what a model becomes.

A bag is a dict of plain values. Two things need care everywhere and are dealt with here: a value
that the engine does not know yet, and numbers, which the engine turns into floats: one that no float can
hold is a `Decimal` in a vendor's answer, and a text in a bag.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

Bag: TypeAlias = dict[str, Any]


class Unknown:
    """A value that is known only when the update runs. It is equal to nothing, itself included."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return False

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = Unknown()


def has_unknown(value: Any) -> bool:
    """Whether the value is unknown, or anything inside it is."""
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(has_unknown(item) for item in value)
    return isinstance(value, Unknown)


def tidy(value: Any) -> Any:
    """The value with integral floats as ints, decimals as texts, and without the nulls of dicts."""
    if isinstance(value, Mapping):
        return {key: tidy(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, Decimal) else value


def is_empty(value: Any) -> bool:
    """Whether the value says nothing: null, an empty text, list or map."""
    return value is None or (isinstance(value, str | list | dict) and not value)
