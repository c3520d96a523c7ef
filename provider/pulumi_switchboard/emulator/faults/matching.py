"""Which requests a fault matches."""

from collections.abc import Callable, Iterable, Sequence
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

    method: str = _ANY
    host: str = _ANY
    template: tuple[str, ...] = ()

    def matches(self, request: RequestSummary) -> bool:
        """Return whether a request matches."""
        is_same_place = self.host == request.host and _match(self.template, request.segments, _matches)
        return self.method in {_ANY, request.method} and (self.host == _ANY or is_same_place)


def parse_pattern(text: str, apis: Iterable[Api]) -> RequestPattern:
    """Read a text such as `GET voice.twilio.com/v2/Configurations/Client/{id}`, or `*`.

    If no route matches it, the ValueError says which there are.
    """
    if text == _ANY:
        return RequestPattern()
    method, _, rest = text.partition(" ")
    host, *segments = rest.split("/")
    pattern = RequestPattern(method, host, ("", *segments))
    known = [(route.method, api.host, route.template) for api in apis for route in api.routes]
    for route_method, route_host, template in known:
        if (
            host == route_host
            and method in {_ANY, route_method}
            and _match(pattern.template, template, _can_match)
        ):
            return pattern
    routes = ", ".join(f"{method} {host}{'/'.join(template)}" for method, host, template in known)
    raise ValueError(f"at: '{text}' matches no route; use * for every request, or one of: {routes}")


def _match(template: Sequence[str], path: Sequence[str], test: Callable[[str, str], bool]) -> bool:
    return len(template) == len(path) and all(map(test, template, path))


def _matches(expected: str, segment: str) -> bool:
    return bool(segment) if _is_placeholder(expected) else unquote(expected) == segment


def _can_match(expected: str, segment: str) -> bool:
    """Return whether some path can match both segments, each of which can be a placeholder."""
    return _matches(expected, segment) or (_is_placeholder(segment) and bool(expected))


def _is_placeholder(segment: str) -> bool:
    return segment.startswith("{") and segment.endswith("}")
