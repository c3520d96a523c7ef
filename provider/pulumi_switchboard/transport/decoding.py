"""What others send, made fit to be passed on: to the engine, into state, into a message."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

DEEPEST = 100
"""Levels; nothing that a vendor keeps is nearly as deep."""
LARGEST = 2**53
"""Up to this number, and down to its negative, a double can hold every integer."""
LONGEST = len(str(-LARGEST))
"""Characters of the longest integer that may be within that range."""


def decode_json(body: bytes) -> Any:
    """The value that a JSON text stands for, with whole characters only.

    The engine keeps all numbers as doubles. An integer that a double can't hold, and any number beyond its
    range, is a `Decimal`, so that it can be sent back unchanged. NaN and the infinities are not JSON, though
    some vendors' libraries write them; they are null.

    Raises:
        ValueError: The text is no JSON, or too deep.
    """
    try:
        value = json.loads(body, parse_int=_integer, parse_float=_real, parse_constant=lambda _: None)
    except RecursionError:
        raise ValueError from None
    return _legible(value, 0)


def legible(text: str) -> str:
    """The text with a mark in place of each half of a character.

    JSON can spell such halves, and a text that was cut within an emoji holds one; but the engine takes none,
    and neither do state and most of what could show it.
    """
    return (
        text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )


def _integer(text: str) -> int | Decimal | None:
    number = int(text) if len(text) <= LONGEST else None
    return number if number is not None and abs(number) <= LARGEST else _exact(text)


def _real(text: str) -> float | Decimal | None:
    number = float(text)
    return number if isfinite(number) else _exact(text)


def _exact(text: str) -> Decimal | None:
    """The number as it is written; None if its exponent is beyond what even a `Decimal` holds."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _legible(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, dict):
        return {legible(name): _legible(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list):
        return [_legible(item, depth + 1) for item in value]
    return value
