"""JSON of the vendors: decoded so that the engine and the state can hold it, and encoded without loss."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

DEEPEST = 100
"""Levels of nesting; no object of a vendor is nearly as deep."""
LARGEST = 2**53
"""A double holds every integer between this one and its negative."""
LONGEST = len(str(-LARGEST))
"""Characters of the longest integer that may be within that range."""


def decode_json(body: bytes) -> Any:
    """The value of a JSON text.

    The engine keeps all numbers as doubles. An integer that a double cannot hold and a number beyond its
    range become a `Decimal`, so that they can be sent back unchanged. NaN and the infinities become null:
    they are not JSON, but some vendors' libraries write them.

    Raises:
        ValueError: The text is not JSON, or is nested too deeply.
    """
    try:
        value = json.loads(body, parse_int=_integer, parse_float=_real, parse_constant=lambda _: None)
    except RecursionError:
        raise ValueError from None
    return _with_whole_characters(value, 0)


def encode_json(value: Any) -> str:
    """The JSON text of a value. A `Decimal`, which `json` refuses, is written as a number."""
    if isinstance(value, Mapping):
        members = (f"{json.dumps(name)}: {encode_json(item)}" for name, item in value.items())
        return "{" + ", ".join(members) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(encode_json, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def replace_lone_surrogates(text: str) -> str:
    """The text with U+FFFD in place of each surrogate without its partner.

    JSON can contain such surrogates, and a text that was cut within an emoji ends with one. The engine
    does not accept them.
    """
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _integer(text: str) -> int | Decimal | None:
    number = int(text) if len(text) <= LONGEST else None
    return number if number is not None and abs(number) <= LARGEST else _exact(text)


def _real(text: str) -> float | Decimal | None:
    number = float(text)
    return number if isfinite(number) else _exact(text)


def _exact(text: str) -> Decimal | None:
    """The number as it is written; None if its exponent is too large even for a `Decimal`."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _with_whole_characters(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError
    if isinstance(value, str):
        return replace_lone_surrogates(value)
    if isinstance(value, dict):
        return {
            replace_lone_surrogates(name): _with_whole_characters(item, depth + 1)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_with_whole_characters(item, depth + 1) for item in value]
    return value
