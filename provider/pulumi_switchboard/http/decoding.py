"""What others send, made fit to be passed on: to the engine, into state, into a message."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 100
"""Levels; nothing that a vendor keeps is nearly as deep."""


def decoded(body: bytes) -> Any:
    """The value that a JSON text stands for, with whole characters only.

    Raises:
        ValueError: The text is no JSON, or too deep.
    """
    try:
        value = json.loads(body)
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
