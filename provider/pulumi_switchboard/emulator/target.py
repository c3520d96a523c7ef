"""The vendor's host and path of a request, and how the journal shows them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from starlette.requests import Request

from pulumi_switchboard.emulator.api import Vendor

_HIDDEN = "***"
_PLAIN = re.compile(r"[\w.~-]*", re.ASCII)
_PROXY_FORM = re.compile("https?://(?P<origin>[^/]*)(?P<path>.*)", re.IGNORECASE)
_PUBLIC_URL = re.compile(r"https?://[^/?#@\s]+(/[^?#\s]*)?")
_MOST_SHOWN = 2000


@dataclass(frozen=True)
class Target:
    """A host, a path and a query, as they were sent."""

    host: str
    canonical_host: str
    """A vendor's host without region and edge, and any other host as it is."""
    path: str
    query: str
    base: str
    """The URL of the host for the client, without a slash at the end."""
    own_url: str
    """The URL of the host that its objects name: the vendor's own, or else the public one."""
    vendor: Vendor | None
    """The vendor that the host belongs to; None if it is no vendor's."""

    @cached_property
    def segments(self) -> list[str]:
        """The decoded segments of the path; the first is empty, before the leading slash."""
        return [unquote(segment) for segment in self.path.split("/")]

    def shown_host(self) -> str:
        """Return the host for the journal."""
        return cut(_shown_segment(self.host))

    def shown_path(self, public_query: frozenset[str]) -> str:
        """Return path and query for the journal, with the values of public parameters only."""
        path = "/".join(_shown_segment(segment) for segment in self.path.split("/"))
        if not self.query:
            return cut(path)
        query = "&".join(_shown_pair(pair, public_query) for pair in self.query.split("&"))
        return cut(f"{path}?{query}")


def check_public_url(url: str) -> str:
    """Return a public URL without a slash at its end; one that is none is a ValueError."""
    try:
        is_url = _PUBLIC_URL.fullmatch(url) is not None and urlsplit(url).port != 0
    except ValueError:
        is_url = False
    if not is_url:
        raise ValueError(
            f"'{url}' is not a public URL; write https://NAME or https://NAME:PORT, with a path if there is "
            "one, and without user and query"
        )
    return url.rstrip("/")


def find_target(
    request: Request, vendor_of: Callable[[str], Vendor | None], public_url: str | None
) -> Target:
    """Read the host from the first path segment if it is a vendor's, else from the Host header.

    If neither is, the first segment counts as the host.
    """
    path = request.scope["raw_path"].decode("ascii")
    query = request.scope["query_string"].decode("ascii")
    origin = request.headers.get("host", "")
    if proxied := _PROXY_FORM.fullmatch(path):
        origin, path = proxied["origin"], proxied["path"]
    base = f"{request.scope['scheme']}://{origin}"
    host = origin.partition(":")[0].lower()
    named, slash, rest = path.removeprefix("/").partition("/")
    if vendor_of(named.lower()) is not None or vendor_of(host) is None:
        host, path, base = named.lower(), slash + rest, f"{base}/{named}"
    vendor = vendor_of(host)
    canonical_host = (vendor and vendor.canonical_host(host)) or host
    own_url = f"https://{canonical_host}"
    if public_url is not None:
        base = own_url = f"{public_url}/{host}"
    return Target(host, canonical_host, path, query, base, own_url, vendor)


def cut(text: str) -> str:
    """Return what the journal and the request log show of a text: its first 2,000 characters."""
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _shown_segment(segment: str) -> str:
    decoded = unquote(segment)
    return _HIDDEN if "://" in decoded or "@" in decoded else segment


def _shown_pair(pair: str, public_query: frozenset[str]) -> str:
    name, equals, value = pair.partition("=")
    if not equals or not _PLAIN.fullmatch(name):
        return _HIDDEN
    shown = name in public_query and _PLAIN.fullmatch(value)
    return pair if shown else f"{name}={_HIDDEN}"
