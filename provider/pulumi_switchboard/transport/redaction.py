"""Takes secrets out of a text, in whatever way they are written there.

A secret is looked for in several readings of the text: as it is, and with its percent-encoding, its backslash
escapes and its character references decoded, up to a few levels. White space, invisible characters,
backslashes, plus signs and the case of letters do not count, so a secret is also found where it is split over
lines or written as a form writes it.
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

SECRET = "[secret]"  # noqa: S105 - what stands in place of one
ELLIPSIS = "…"
"""Stands where a text was cut."""
SHORTEST_SECRET = 6
"""A shorter secret is not looked for: it would be found by chance in the midst of other words."""
SHORTEST_PHRASE = 12
"""A shorter secret that is nothing but letters is only found where it is a whole word."""
SHORTEST_BEGINNING, LONGEST_BEGINNING = 4, 200
"""As much of a secret right before an ellipsis is taken for its beginning."""
MOST_CUTS = 20
"""How many ellipses are looked at."""
LEVELS = 4
"""How many times a text may be encoded."""

_ENCODED = re.compile(
    r"(?P<percent>(?:%[0-9a-f]{2})+)|(?P<reference>&(?:#x?[0-9a-f]{1,8}|[a-z]{1,32});)"
    r"|(?<!\\)(?:(?P<unit>(?:\\+u[0-9a-f]{4})+)|\\+x(?P<byte>[0-9a-f]{2})|\\+(?P<blank>[nrtfb]))",
    re.IGNORECASE,
)


def redacted(text: str, secrets: Iterable[str], mark: str = SECRET) -> str:
    """The text with a mark in place of each secret."""
    tight = {_tight(secret) for secret in secrets}
    wanted = [secret for secret in tight if len(secret) >= SHORTEST_SECRET]
    spans = sorted(span for reading in _readings(text) for span in reading.found(wanted)) if wanted else []
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        if start >= done:
            pieces += (text[done:start], mark)
        done = max(done, end)
    return "".join([*pieces, text[done:]])


@dataclass(frozen=True)
class _Reading:
    """What a text says, and where each character of that stands in it."""

    text: str
    places: tuple[tuple[int, int], ...]

    def decoded(self) -> _Reading:
        """The reading with one level of encoding removed."""
        characters: list[str] = []
        places: list[tuple[int, int]] = []
        done = 0
        for match in _ENCODED.finditer(self.text):
            meaning = _meaning(match)
            span = self.places[match.start()][0], self.places[match.end() - 1][1]
            characters += (self.text[done : match.start()], meaning)
            places += (*self.places[done : match.start()], *[span] * len(meaning))
            done = match.end()
        return _Reading("".join([*characters, self.text[done:]]), (*places, *self.places[done:]))

    def found(self, secrets: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Where the secrets stand in the text."""
        tight, at = self._tight()
        cuts = [*islice(_occurrences(tight, ELLIPSIS), MOST_CUTS)]
        for secret in secrets:
            for start in _occurrences(tight, secret):
                first, last = at[start], at[start + len(secret) - 1]
                if self._is_whole(first, last) or not (secret.isalpha() and len(secret) < SHORTEST_PHRASE):
                    yield self.places[first][0], self.places[last][1]
            for cut in cuts:
                longest = min(len(secret) - 1, LONGEST_BEGINNING, cut)
                lengths = range(longest, SHORTEST_BEGINNING - 1, -1)
                if length := next((n for n in lengths if tight.endswith(secret[:n], 0, cut)), 0):
                    yield self.places[at[cut - length]][0], self.places[at[cut - 1]][1]

    def _is_whole(self, first: int, last: int) -> bool:
        around = self.text[max(first - 1, 0) : first] + self.text[last + 1 : last + 2]
        return not any(map(str.isalnum, around))

    def _tight(self) -> tuple[str, list[int]]:
        """What counts of the text, and the place of each character of that."""
        counted = [(low, at) for at, one in enumerate(self.text) for low in _counted(one)]
        return "".join(low for low, _ in counted), [at for _, at in counted]


def _readings(text: str) -> Iterator[_Reading]:
    reading = _Reading(text, tuple((at, at + 1) for at in range(len(text))))
    for _ in range(LEVELS):
        yield reading
        last, reading = reading, reading.decoded()
        if reading.text == last.text:
            return
    yield reading


def _meaning(match: re.Match[str]) -> str:
    """What an encoded part of a text stands for."""
    kind, part = match.lastgroup or "", match[match.lastgroup or 0]
    decode: dict[str, Callable[[str], str]] = {
        "percent": unquote,
        "unit": _from_units,
        "byte": lambda digits: chr(int(digits, 16)),
        "blank": lambda _: " ",
        "reference": unescape,
    }
    return decode[kind](part)


def _from_units(escapes: str) -> str:
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in re.findall(r"[0-9a-fA-F]{4}", escapes))
    return units.decode("utf-16-be", "replace")


def _occurrences(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _tight(text: str) -> str:
    """What counts of a secret; how it is escaped does not."""
    return "".join(map(_counted, text))


@cache
def _counted(character: str) -> str:
    """The character as it counts: without its case, and not at all if it is blank, invisible or an escape."""
    ignored = character in "\\+" or character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
    return "" if ignored else character.lower()
