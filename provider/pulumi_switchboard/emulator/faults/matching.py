"""Which requests a fault matches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pulumi_switchboard.emulator.api import Api

_ANY = "*"


@dataclass(frozen=True)
class RequestSummary:
    """The parts of a request that decide which fault acts on it."""

    method: str
    host: str
    """Without region and edge."""
    segments: Sequence[str]
    texts: Sequence[str]
    """The texts that `where` is searched in: the decoded path and query, and the body."""


@dataclass(frozen=True)
class RequestPattern:
    """A method, a host and a path, or every request."""

    text: str
    """As it was given."""
    method: str = _ANY
    host: str = _ANY
    template: tuple[str, ...] = ()

    def matches(self, request: RequestSummary) -> bool:
        """Return whether a request matches."""
        if self.method not in {_ANY, request.method}:
            return False
        if self.host == _ANY:
            return True
        return (
            self.host == request.host
            and len(self.template) == len(request.segments)
            and all(map(_matches_segment, self.template, request.segments))
        )


def parse_pattern(text: str, apis: Iterable[Api]) -> RequestPattern:
    """Read a text such as `GET voice.twilio.com/v2/Configurations/Client/{id}`, or `*`.

    Raises:
        ValueError: No route matches it.
    """
    if text == _ANY:
        return RequestPattern(text)
    method, _, rest = text.partition(" ")
    host, *segments = rest.split("/")
    pattern = RequestPattern(text, method, host, ("", *segments))
    known = [(api.host, route.method, route.template) for api in apis for route in api.routes]
    for route_host, route_method, template in known:
        is_same_path = len(pattern.template) == len(template) and all(
            map(_matches_template, pattern.template, template)
        )
        if host == route_host and method in {_ANY, route_method} and is_same_path:
            return pattern
    routes = ", ".join(f"{method} {host}{'/'.join(template)}" for host, method, template in known)
    raise ValueError(f"at: '{text}' matches no route; use * for every request, or one of: {routes}")


def _matches_segment(expected: str, segment: str) -> bool:
    return bool(segment) if _is_placeholder(expected) else unquote(expected) == segment


def _matches_template(expected: str, segment: str) -> bool:
    """Return whether some path can match both segments, each of which can be a placeholder."""
    return expected == segment or _is_placeholder(expected) or (_is_placeholder(segment) and bool(expected))


def _is_placeholder(segment: str) -> bool:
    return segment.startswith("{") and segment.endswith("}")
