"""The one place that takes secrets out of text meant for people."""

from __future__ import annotations

from urllib.parse import urlsplit

UNREADABLE = "[unreadable URL]"


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
