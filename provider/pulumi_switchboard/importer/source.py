"""Prints Python expressions as `ruff format` leaves them with its default settings.

Only what declarations need is there: calls, names, dicts, lists and plain values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

LINE = 88
"""The longest line."""
_INDENT = 4
_FIRST_WIDE = "\u1100"
"""Each character before this one takes one column at most, and any other two."""
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Characters that nobody sees although Python counts them as printable."""


@dataclass(frozen=True)
class Name:
    """A name, or an attribute of one."""

    text: str


@dataclass(frozen=True)
class Call:
    """A call of a function or a class."""

    function: str
    positional: Sequence[Any] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)


_Item: TypeAlias = tuple[str, Any]
"""What stands before a value, and the value."""


def source(value: Any, before: str = "", after: str = "", indent: int = 0) -> str:
    """The lines of an expression; the first line has no indent.

    What does not fit into one line has a line for each item, and a comma after the last one, because of which
    `ruff format` leaves it so.

    Args:
        value: A `Call`, a `Name`, or a plain value in which they may be.
        before: What stands before it in its first line.
        after: What stands after it in its last line.
        indent: The columns before its first line.
    """
    opening, items, closing = _parts(value)
    line = f"{before}{_in_one_line(value)}{after}"
    if not items or indent + _columns(line) <= LINE:
        return line
    inner, outer = " " * (indent + _INDENT), " " * indent
    lines = [f"{inner}{source(item, start, ',', indent + _INDENT)}" for start, item in items]
    return "\n".join([f"{before}{opening}", *lines, f"{outer}{closing}{after}"])


def literal(text: str) -> str:
    """A text as `ruff format` quotes it. What cannot be seen, or moves what is near it, is escaped."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(f"\\{char}" if char == quote else _visible(char) for char in text) + quote


def _visible(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable() and not _BLANK.match(char):
        return char
    code = ord(char)
    if code < 0x100:  # noqa: PLR2004 - what two hexadecimal digits hold
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 - what four hold


def _columns(text: str) -> int:
    """The most columns that the text can take."""
    return sum(1 if char < _FIRST_WIDE else 2 for char in text)


def _parts(value: Any) -> tuple[str, list[_Item], str]:
    """What opens the expression, its items, and what closes it. Without items there is only the first."""
    if isinstance(value, Call):
        keywords = [(f"{name}=", item) for name, item in value.keywords.items()]
        return f"{value.function}(", [*(("", item) for item in value.positional), *keywords], ")"
    if isinstance(value, Mapping):
        return "{", [(f"{literal(key)}: ", item) for key, item in value.items()], "}"
    if isinstance(value, list):
        return "[", [("", item) for item in value], "]"
    if isinstance(value, Name):
        return value.text, [], ""
    if isinstance(value, str):
        return literal(value), [], ""
    if value is None or isinstance(value, bool | int | float):
        return repr(value).replace("e+", "e"), [], ""
    raise TypeError(f"a program cannot hold a {type(value).__name__}")


def _in_one_line(value: Any) -> str:
    opening, items, closing = _parts(value)
    return opening + ", ".join(f"{start}{_in_one_line(item)}" for start, item in items) + closing
