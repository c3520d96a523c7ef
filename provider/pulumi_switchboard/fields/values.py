"""Plain values: those in the engine's requests, in state, and in a model that became a bag.

A bag is a dict of plain values. Two kinds of values are special: values that are not known yet, and
numbers. The engine turns every number into a float. A number that does not fit into a float is a `Decimal` in
a vendor's answer, and a text in a bag.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

Bag: TypeAlias = dict[str, Any]


class Unknown:
    """A value that is known only during the update. It is equal to nothing, not even to itself."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return False

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = Unknown()


def has_unknown(value: Any) -> bool:
    """Whether the value or any part of it is unknown."""
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(has_unknown(item) for item in value)
    return isinstance(value, Unknown)


def normalised(value: Any) -> Any:
    """The value with integral floats as ints, decimals as texts, and no nulls in dicts."""
    if isinstance(value, Mapping):
        return {key: normalised(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [normalised(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, Decimal) else value


def is_empty(value: Any) -> bool:
    """Whether the value is null or an empty text, list or map."""
    return value is None or (isinstance(value, str | list | dict) and not value)
