"""Which requests a fault is for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pulumi_switchboard.emulator.api import Api

_ANY = "*"


@dataclass(frozen=True)
class Candidate:
    """A request, as far as it decides which fault hits it."""

    method: str
    host: str
    """Without region and edge."""

    segments: Sequence[str]
    texts: Sequence[str]
    """Where the text that a fault asks for may be: the decoded path and query, and the body."""


@dataclass(frozen=True)
class Place:
    """A method, a host and a path, or every request."""

    text: str
    """As it was given."""

    method: str = _ANY
    host: str = _ANY
    template: tuple[str, ...] = ()

    def has(self, candidate: Candidate) -> bool:
        """Say whether a request is one of these."""
        if self.method not in {_ANY, candidate.method}:
            return False
        if self.host == _ANY:
            return True
        return (
            self.host == candidate.host
            and len(self.template) == len(candidate.segments)
            and all(map(_stands_for, self.template, candidate.segments))
        )


def parse_place(text: str, apis: Iterable[Api]) -> Place:
    """Read a text such as `GET voice.twilio.com/v2/Configurations/Client/{id}`, or `*`.

    Raises:
        ValueError: No route fits it.
    """
    if text == _ANY:
        return Place(text)
    method, _, rest = text.partition(" ")
    host, *segments = rest.split("/")
    place = Place(text, method, host, ("", *segments))
    known = [(api.host, route.method, route.template) for api in apis for route in api.routes]
    for route_host, route_method, template in known:
        fits = len(place.template) == len(template) and all(map(_may_meet, place.template, template))
        if host == route_host and method in {_ANY, route_method} and fits:
            return place
    routes = ", ".join(f"{method} {host}{'/'.join(template)}" for host, method, template in known)
    raise ValueError(f"at: '{text}' fits no route; use * for every request, or one of: {routes}")


def _stands_for(expected: str, segment: str) -> bool:
    return bool(segment) if _is_placeholder(expected) else unquote(expected) == segment


def _may_meet(expected: str, of_route: str) -> bool:
    return expected == of_route or _is_placeholder(expected) or (_is_placeholder(of_route) and bool(expected))


def _is_placeholder(segment: str) -> bool:
    return segment.startswith("{") and segment.endswith("}")
