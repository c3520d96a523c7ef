"""What may be shown of a URL, and what of it may be secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urlsplit

UNREADABLE = "[unreadable URL]"
SHORTEST_SEGMENT = 16
"""A segment of a secret URL's path that is so long is a secret by itself."""
SHORTEST_ODD_SEGMENT = 8
"""So is one of this length if it is not a word."""
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
    """What may be a secret in any URL: user, password, the query and its values, and the fragment."""
    with suppress(ValueError):
        parts = urlsplit(url)
        values = [value for _, value in parse_qsl(parts.query)]
        found = (parts.username, parts.password, parts.query, *values, parts.fragment)
        yield from (unquote(part) for part in found if part)


def parts_of_secret(url: str) -> Iterator[str]:
    """What is a secret in a URL that is one as a whole: also its path, and what the path is made of."""
    yield from secret_parts(url)
    with suppress(ValueError):
        path = urlsplit(url).path.strip("/")
        odd = (
            segment
            for segment in path.split("/")
            if len(segment) >= (SHORTEST_SEGMENT if segment.isalpha() else SHORTEST_ODD_SEGMENT)
        )
        yield from (unquote(part) for part in (path, *odd))


def host_of(url: str) -> str:
    """The host of a URL; empty if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def with_bare_urls(text: str) -> str:
    """The text with bare URLs only, also where a URL lacks its scheme or is percent-encoded."""
    return _WORD.sub(lambda word: _bare(word[0]), text)


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
