"""Canaries: secrets that tests plant, and the search for them wherever one could turn up in plain."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, quote_plus

import requests

PROGRAM = "__main__"
"""The name of what may hold a secret, as source and compiled: the program, which is the test's own."""
LEAST_BASE64 = 6
"""Fewer characters than these are in any long text in base64 by chance."""
AROUND = 60


@dataclass(frozen=True)
class Canary:
    """Knows secrets, and finds each in whatever form it takes on its way.

    Looked for are the secret itself, what JSON, URLs, forms and Python make of it, also one within the other,
    and all of that in base64, whatever stands before and after it there: HTTP has credentials in such text.
    """

    secrets: Sequence[str]

    def assert_absent(self, text: str, where: str) -> None:
        """No secret is in the text, in any form."""
        for secret in self.secrets:
            for form in forms(secret):
                place = text.find(form)
                if place >= 0:
                    excerpt = text[max(place - AROUND, 0) : place + len(form) + AROUND]
                    raise AssertionError(f"the secret {secret!r} is in {where}, as {form!r}: …{excerpt}…")

    def assert_absent_from_files(self, *folders: Path) -> None:
        """No secret is in a file below the folders, nor in its name, but for the program."""
        for path in sorted({path for folder in folders for path in folder.rglob("*")}):
            if path.name.partition(".")[0] != PROGRAM and path.is_file() and not path.is_symlink():
                self.assert_absent(f"{path.name}\n{path.read_text(errors='replace')}", str(path))

    def assert_absent_from_journal(self, endpoint: str) -> None:
        """No secret is in the journal of the emulator there, if it can be asked now."""
        with suppress(requests.RequestException):
            answer = requests.get(f"{endpoint}/_emulator/journal", timeout=10)
            answer.raise_for_status()
            self.assert_absent(answer.text, "the journal of the emulator")


@cache
def forms(secret: str) -> frozenset[str]:
    """The secret, and all that it may look like."""
    assert secret, "nothing at all is no secret"
    found = {secret}
    for _ in range(2):
        found |= {encode(form) for encode in _ENCODINGS for form in found}
    return frozenset(found | {coded for form in found for coded in _base64(form.encode())})


def _base64(data: bytes) -> Iterator[str]:
    """The characters that stand for these bytes alone, in each of the three ways in which they may lie."""
    for before in range(3):
        first, end = (8 * before + 5) // 6, 8 * (before + len(data)) // 6
        if end - first >= LEAST_BASE64:
            coded = b64encode(bytes(before) + data).decode()[first:end]
            yield from (coded, coded.translate(_SAFE_IN_URLS))


def _json_of_go(text: str) -> str:
    """As the CLI writes it: without what means something in HTML."""
    escaped = json.dumps(text, ensure_ascii=False)[1:-1]
    return escaped.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


_ENCODINGS: tuple[Callable[[str], str], ...] = (
    lambda text: json.dumps(text)[1:-1],
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    _json_of_go,
    lambda text: quote(text, safe=""),
    lambda text: re.sub("%..", lambda found: found[0].lower(), quote(text, safe="")),
    quote,
    quote_plus,
    lambda text: repr(text)[1:-1],
)
_SAFE_IN_URLS = str.maketrans("+/", "-_")
