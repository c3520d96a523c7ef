"""Which parts of a URL may be shown, and which may be secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urlsplit

UNREADABLE_URL = "[unreadable URL]"
SHORTEST_SEGMENT = 16
"""In the path of a secret URL, a segment of this length is a secret by itself."""
SHORTEST_ODD_SEGMENT = 8
"""So is a segment of this length that is not just letters."""
_WORD = re.compile(r"""[^\s"'<>]+(?:'+[^\s"'<>]+)*""")
"""What may be a URL, without the quotes around it."""
_URL = re.compile(r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://.*", re.IGNORECASE | re.DOTALL)
_QUERY = re.compile(r"\?|(?<=.)#")
_TIMES_ENCODED = 3


def safe_url(url: str) -> str:
    """The URL without userinfo, query and fragment, because these may contain a secret."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return UNREADABLE_URL
    host = parts.hostname or ""
    if not parts.scheme or not host:
        return UNREADABLE_URL
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}"


def secrets_in_url(url: str) -> Iterator[str]:
    """What may be secret in any URL: user, password, the query and its values, and the fragment."""
    if set("@?#").isdisjoint(url):
        return  # most texts, so that they cost no parsing
    with suppress(ValueError):
        parts = urlsplit(url)
        values = [value for _, value in parse_qsl(parts.query)]
        found = (parts.username, parts.password, parts.query, *values, parts.fragment)
        yield from (unquote(part) for part in found if part)


def secrets_in_secret_url(url: str) -> Iterator[str]:
    """What is secret in a URL that is a secret as a whole: also its path and the segments of the path."""
    yield from secrets_in_url(url)
    with suppress(ValueError):
        path = urlsplit(url).path.strip("/")
        segments = (
            segment
            for segment in path.split("/")
            if len(segment) >= (SHORTEST_SEGMENT if segment.isalpha() else SHORTEST_ODD_SEGMENT)
        )
        yield from (unquote(part) for part in (path, *segments))


def host_of(url: str) -> str:
    """The host of a URL; empty if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def with_safe_urls(text: str) -> str:
    """The text with `safe_url` applied to its URLs, also to percent-encoded ones and those without scheme."""
    return _WORD.sub(lambda word: _safe_word(word[0]), text)


def _safe_word(word: str) -> str:
    """The word, or the safe part of it if it is a URL."""
    safe = decoded = _without_user_and_query(word)
    for _ in range(_TIMES_ENCODED):
        decoded = unquote(decoded)
    safe_decoded = _without_user_and_query(decoded)
    return safe if safe_decoded == decoded else safe_decoded


def _without_user_and_query(word: str) -> str:
    url = _URL.search(word)
    if url and set("@?#").isdisjoint(word[: url.start()]):
        word = word[: url.start()] + safe_url(url[0])
    user, _, rest = word.rpartition("@")
    safe = f"…@{rest}" if user else word
    query = _QUERY.search(safe)
    is_query = query and not set("./=").isdisjoint(safe) and re.search(r"\w", safe[query.end() :])
    return safe[: query.start()] if query and is_query else safe
