"""The vendor's host and path of a request, and how the journal shows them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.requests import Request

from pulumi_switchboard.emulator.api import Vendor

_HIDDEN = "***"
_PLAIN = re.compile(r"[\w.~-]*", re.ASCII)


@dataclass(frozen=True)
class Target:
    """A host, a path and a query, as they were sent."""

    host: str
    path: str
    query: str
    base: str
    """The part of the client's URL before the path."""
    vendor: Vendor | None
    """The vendor that the host belongs to; None if it is no vendor's."""

    @property
    def canonical_host(self) -> str:
        """A vendor's host without region and edge, and any other host as it is."""
        return (self.vendor and self.vendor.canonical_host(self.host)) or self.host

    @property
    def segments(self) -> list[str]:
        """The decoded segments of the path; the first is empty, before the leading slash."""
        return [unquote(segment) for segment in self.path.split("/")]

    def shown_host(self) -> str:
        """Return the host for the journal."""
        return _shown_segment(self.host)

    def shown_path(self, public_query: frozenset[str]) -> str:
        """Return path and query for the journal, with the values of public parameters only."""
        path = "/".join(_shown_segment(segment) for segment in self.path.split("/"))
        if not self.query:
            return path
        return f"{path}?{'&'.join(_shown_pair(pair, public_query) for pair in self.query.split('&'))}"


def find_target(request: Request, vendor_of: Callable[[str], Vendor | None]) -> Target:
    """Read the host from the Host header if it is a vendor's, else from the first path segment."""
    path = request.scope["raw_path"].decode("ascii")
    query = request.scope["query_string"].decode("ascii")
    origin = request.headers.get("host", "")
    base = f"{request.scope['scheme']}://{origin}"
    host = origin.partition(":")[0].lower()
    if vendor_of(host) is None:
        named, slash, rest = path.removeprefix("/").partition("/")
        host, path, base = named.lower(), slash + rest, f"{base}/{named}"
    return Target(host, path, query, base, vendor_of(host))


def _shown_segment(segment: str) -> str:
    decoded = unquote(segment)
    return _HIDDEN if "://" in decoded or "@" in decoded else segment


def _shown_pair(pair: str, public_query: frozenset[str]) -> str:
    name, equals, value = pair.partition("=")
    if not equals or not _PLAIN.fullmatch(name):
        return _HIDDEN
    shown = name in public_query and _PLAIN.fullmatch(value)
    return pair if shown else f"{name}={_HIDDEN}"
