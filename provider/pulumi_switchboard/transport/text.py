"""Makes a text fit to be shown on a terminal.

Vendors decide what stands in many of our messages: their words, ids, header values. Such a text may be
endless, may hold characters that a terminal obeys or that turn the text around, may hold what Pulumi's CLI
takes for its own colour codes (it panics on one that it does not know), and may repeat a secret.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from pulumi_switchboard.transport.decoding import legible
from pulumi_switchboard.transport.redaction import ELLIPSIS, SECRET, redacted
from pulumi_switchboard.transport.urls import with_bare_urls

LONGEST_MESSAGE = 10_000
LONGEST_TEXT = 1000
"""Of what others say, in a message of ours."""
_PLACE = "\ue000"
"""Stands where a secret was until all URLs are bare: it can be a part of one."""
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
"""The Unicode categories of characters that control something, and of those that break a line."""


def safe_text(text: str, secrets: Iterable[str] = ()) -> str:
    """The text, not endless, without these secrets, with bare URLs only, and with harmless characters."""
    brief = redacted(_cut(text, LONGEST_MESSAGE), secrets, _PLACE)
    return _printable(with_bare_urls(brief).replace(_PLACE, SECRET))


def in_one_line(text: str) -> str:
    """Someone else's words, for a message of ours: in one line, and not endless."""
    return _cut(" ".join(_cut(text, LONGEST_MESSAGE).split()), LONGEST_TEXT)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}{ELLIPSIS}"


def _printable(text: str) -> str:
    """The text with a visible escape for each character that is not, save the ends of our own lines."""
    visible = "".join(map(_visible, legible(text)))
    return visible.replace("<{%", "<{ %")


@cache
def _visible(character: str) -> str:
    if character == "\n" or unicodedata.category(character) not in _INVISIBLE:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - what one byte holds
