"""The one place that takes secrets out of text meant for people."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit


def bare_url(url: str) -> str:
    """The URL without userinfo, query and fragment, any of which may hold a secret."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "[unreadable URL]"
    return urlunsplit((parts.scheme, host + port, parts.path, "", ""))
