"""The one place that takes secrets out of text meant for people."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

UNREADABLE = "[unreadable URL]"
LONGEST_TEXT = 1000
_URL = re.compile(r"""[a-z][a-z0-9+.-]*://[^\s"'<>]+""", re.IGNORECASE)


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


def in_one_line(text: str) -> str:
    """Someone else's words, fit for a message of ours: in one line, not endless, and with bare URLs only."""
    line = _URL.sub(lambda url: bare_url(url[0]), " ".join(text.split()))
    return line if len(line) <= LONGEST_TEXT else f"{line[:LONGEST_TEXT]}…"
