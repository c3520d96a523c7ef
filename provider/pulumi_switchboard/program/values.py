"""Values as the program gets them from the engine."""

from __future__ import annotations

from typing import Any


def tidy(value: Any) -> Any:
    """The value with integral floats as ints and the keys of objects in a fixed order."""
    if isinstance(value, dict):
        return {key: tidy(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
