"""The one place that takes secrets out of text meant for people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

UNREADABLE = "[unreadable URL]"
SECRET = "[secret]"  # noqa: S105 - what stands in place of one
LONGEST_TEXT = 1000
SHORTEST_SECRET = 6
_PLACE = "\ue000"
"""Stands where a secret was until all URLs are bare: it can be a part of one."""
_WORD = re.compile(r"""[^\s"'<>]+(?:'+[^\s"'<>]+)*""")
"""What may be a URL; the quotes around it are none of it."""
_URL = re.compile(r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://.*", re.IGNORECASE | re.DOTALL)
_QUERY = re.compile(r"\?|(?<=.)#")
_TIMES_ENCODED = 3


def bare_url(url: str) -> str:
    """The URL without userinfo, query and fragment, any of which may hold a secret."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return UNREADABLE
    host = parts.hostname or ""
    if not parts.scheme or not host:
        return UNREADABLE
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}"


def secret_parts(url: str) -> Iterator[str]:
    """What may be a secret in a URL: user, password, the values of the query, and the fragment.

    Very short ones are not: they would be taken out of the midst of other words.
    """
    with suppress(ValueError):
        parts = urlsplit(url)
        values = [value for _, value in parse_qsl(parts.query)]
        found = (parts.username, parts.password, *values, parts.fragment)
        yield from (unquote(part) for part in found if part and len(part) >= SHORTEST_SECRET)


def in_one_line(text: str, secrets: Iterable[str] = ()) -> str:
    """Someone else's words, fit for a message of ours.

    They are in one line, not endless, without these secrets, and with bare URLs only: also where a URL
    lacks its scheme or is percent-encoded.
    """
    words = _WORD.sub(lambda word: _bare(word[0]), _without(text, secrets))
    line = " ".join(words.split()).replace(_PLACE, SECRET)
    return line if len(line) <= LONGEST_TEXT else f"{line[:LONGEST_TEXT]}…"


def _without(text: str, secrets: Iterable[str]) -> str:
    """The text with none of the secrets in it, in whatever way they are quoted; their places are marked."""
    spellings = {spelling for secret in secrets for spelling in _spellings(secret)} - {""}
    if not spellings:
        return text
    longest_first = sorted(map(re.escape, spellings), key=len, reverse=True)
    return re.sub("|".join(longest_first), _PLACE, text, flags=re.IGNORECASE)


def _spellings(secret: str) -> Iterator[str]:
    """The secret as URLs, forms, JSON and Python write it, also one within the other."""
    for once in {*_written(secret), *_written(secret.strip())}:
        yield from _written(once)


def _written(text: str) -> Iterator[str]:
    yield from (text, quote(text), quote(text, safe=""), quote_plus(text))
    for quoted in (repr(text), json.dumps(text), json.dumps(text, ensure_ascii=False)):
        yield quoted[1:-1]


def _bare(word: str) -> str:
    """A word, or as much of it as may be shown if it is a URL."""
    bare = decoded = _without_user_and_query(word)
    for _ in range(_TIMES_ENCODED):
        decoded = unquote(decoded)
    shown = _without_user_and_query(decoded)
    return bare if shown == decoded else shown


def _without_user_and_query(word: str) -> str:
    url = _URL.search(word)
    if url and set("@?#").isdisjoint(word[: url.start()]):
        word = word[: url.start()] + bare_url(url[0])
    user, _, place = word.rpartition("@")
    bare = f"…@{place}" if user else word
    query = _QUERY.search(bare)
    is_query = query and not set("./=").isdisjoint(bare) and re.search(r"\w", bare[query.end() :])
    return bare[: query.start()] if query and is_query else bare
