"""Makes text safe to show on a terminal.

Vendors decide the content of many of our messages: their explanations, ids, header values. Such a text may be
endless, may contain control characters or changes of the text direction, may contain what Pulumi's CLI reads
as its own colour codes (it panics on an unknown one), and may repeat a secret.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from pulumi_switchboard.sensitive import REDACTED
from pulumi_switchboard.transport.json_codec import replace_lone_surrogates
from pulumi_switchboard.transport.redaction import ELLIPSIS, redacted
from pulumi_switchboard.transport.urls import with_safe_urls

LONGEST_MESSAGE = 10_000
LONGEST_TEXT = 1000
"""Characters of a vendor's text within one of our messages."""
_PLACEHOLDER = "\ue000"
"""Stands for a secret until the URLs are processed, because a URL may contain one."""
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
"""The Unicode categories of control characters and of line separators."""


def safe_text(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these secrets, with safe URLs and visible characters only, and of limited length."""
    short = redacted(_cut(text, LONGEST_MESSAGE), secrets, _PLACEHOLDER)
    return _printable(with_safe_urls(short).replace(_PLACEHOLDER, REDACTED))


def in_one_line(text: str) -> str:
    """A vendor's text for one of our messages: in one line, and of limited length."""
    return _cut(" ".join(_cut(text, LONGEST_MESSAGE).split()), LONGEST_TEXT)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}{ELLIPSIS}"


def _printable(text: str) -> str:
    """The text with a visible escape for each invisible character except a line break."""
    visible = "".join(map(_visible, replace_lone_surrogates(text)))
    return visible.replace("<{%", "<{ %")


@cache
def _visible(character: str) -> str:
    if character == "\n" or unicodedata.category(character) not in _INVISIBLE:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - the largest byte
