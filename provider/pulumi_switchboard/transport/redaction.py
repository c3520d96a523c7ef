"""Replaces secrets in a text, however they are spelled there.

Secrets are searched for in several decodings of the text: as it is, and with percent-encoding, backslash
escapes and character references decoded, several times. White space, invisible characters, backslashes, plus
signs and the case of letters are ignored. So a secret is also found where it is split over lines or encoded
as in a form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import islice
from urllib.parse import unquote

from pulumi_switchboard.sensitive import REDACTED

ELLIPSIS = "…"
"""Marks where a text was cut."""
SHORTEST_SECRET = 6
"""A shorter secret is not searched for: it would be found by chance within other words."""
SHORTEST_PHRASE = 12
"""A shorter secret that has only letters is only replaced where it is a whole word."""
SHORTEST_BEGINNING, LONGEST_BEGINNING = 4, 200
"""How many characters of a secret before an ellipsis are recognised as its beginning."""
MOST_CUTS = 20
"""How many ellipses are examined."""
LEVELS = 4
"""How many times a text may be encoded."""

_ENCODED = re.compile(
    r"(?P<percent>(?:%[0-9a-f]{2})+)|(?P<reference>&(?:#x?[0-9a-f]{1,8}|[a-z]{1,32});)"
    r"|(?<!\\)(?:(?P<unit>(?:\\+u[0-9a-f]{4})+)|\\+x(?P<byte>[0-9a-f]{2})|\\+(?P<blank>[nrtfb]))",
    re.IGNORECASE,
)


def redacted(text: str, secrets: Iterable[str], mark: str = REDACTED) -> str:
    """The text with a mark in place of each secret."""
    normalised = {"".join(map(_normalised, secret)) for secret in secrets}
    wanted = [secret for secret in normalised if len(secret) >= SHORTEST_SECRET]
    spans = sorted(span for decoding in _decodings(text) for span in decoding.find(wanted)) if wanted else []
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        if start >= done:
            pieces += (text[done:start], mark)
        done = max(done, end)
    return "".join([*pieces, text[done:]])


@dataclass(frozen=True)
class _Decoding:
    """A decoded text, and for each of its characters the span in the original text."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def decode(self) -> _Decoding:
        """The text with one more level of encoding removed."""
        pieces: list[str] = []
        spans: list[tuple[int, int]] = []
        done = 0
        for match in _ENCODED.finditer(self.text):
            decoded = _decoded(match)
            span = self.spans[match.start()][0], self.spans[match.end() - 1][1]
            pieces += (self.text[done : match.start()], decoded)
            spans += (*self.spans[done : match.start()], *[span] * len(decoded))
            done = match.end()
        return _Decoding("".join([*pieces, self.text[done:]]), (*spans, *self.spans[done:]))

    def find(self, secrets: Iterable[str]) -> Iterator[tuple[int, int]]:
        """The spans of the secrets in the original text."""
        text, positions = self._normalise()
        cuts = [*islice(_occurrences(text, ELLIPSIS), MOST_CUTS)]
        for secret in secrets:
            for start in _occurrences(text, secret):
                first, last = positions[start], positions[start + len(secret) - 1]
                if self._is_whole(first, last) or not (secret.isalpha() and len(secret) < SHORTEST_PHRASE):
                    yield self.spans[first][0], self.spans[last][1]
            for cut in cuts:
                longest = min(len(secret) - 1, LONGEST_BEGINNING, cut)
                lengths = range(longest, SHORTEST_BEGINNING - 1, -1)
                if length := next((n for n in lengths if text.endswith(secret[:n], 0, cut)), 0):
                    yield self.spans[positions[cut - length]][0], self.spans[positions[cut - 1]][1]

    def _is_whole(self, first: int, last: int) -> bool:
        around = self.text[max(first - 1, 0) : first] + self.text[last + 1 : last + 2]
        return not any(map(str.isalnum, around))

    def _normalise(self) -> tuple[str, list[int]]:
        """The normalised text, and the position of each of its characters in `text`."""
        kept = [(part, position) for position, one in enumerate(self.text) for part in _normalised(one)]
        return "".join(part for part, _ in kept), [position for _, position in kept]


def _decodings(text: str) -> Iterator[_Decoding]:
    decoding = _Decoding(text, tuple((at, at + 1) for at in range(len(text))))
    for _ in range(LEVELS):
        yield decoding
        if not _ENCODED.search(decoding.text):
            return
        decoding = decoding.decode()
    yield decoding


def _decoded(match: re.Match[str]) -> str:
    """The characters that an encoded part of a text stands for."""
    kind, part = match.lastgroup or "", match[match.lastgroup or 0]
    decode: dict[str, Callable[[str], str]] = {
        "percent": unquote,
        "unit": _from_utf16_units,
        "byte": lambda digits: chr(int(digits, 16)),
        "blank": lambda _: " ",
        "reference": unescape,
    }
    return decode[kind](part)


def _from_utf16_units(escapes: str) -> str:
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in re.findall(r"[0-9a-fA-F]{4}", escapes))
    return units.decode("utf-16-be", "replace")


def _occurrences(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


@cache
def _normalised(character: str) -> str:
    """The character in lower case; empty if it is ignored (blanks, invisible characters, escapes)."""
    ignored = character in "\\+" or character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
    return "" if ignored else character.lower()
