"""What an emulated API is made of: a vendor's manners, routes and their handlers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from pulumi_switchboard.emulator.fate import Fate
from pulumi_switchboard.emulator.pace import Pace
from pulumi_switchboard.emulator.store import Account, JsonObject
from pulumi_switchboard.emulator.switches import Switches


@dataclass(frozen=True)
class Call:
    """One request that was let in."""

    account: Account
    """The account of the credentials."""

    method: str
    path: str
    """The path at the vendor's host, as it was sent."""

    parameters: Mapping[str, str]
    """The values of the route's `{names}`."""

    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Looked up without regard to case."""

    body: bytes
    switches: Switches
    base: str
    """Where the client finds the vendor's host: what stands before the path in every URL of an answer."""

    pace: Pace
    """How long operations take."""

    retry_after: int | None
    """The header `Retry-After` of an accepted write, in seconds; None for none."""

    fate: Fate | None = None
    """What becomes of the operation that this request starts; None for what usually does."""

    @property
    def media_type(self) -> str:
        """What the body is said to be, in lower case; empty where nothing is said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def now(self) -> float:
        """The time of the emulator, in seconds since 1970."""
        return self.account.clock.now()


@dataclass(frozen=True)
class Reply:
    """An answer; without a body it has none at all, as a 204."""

    status: int
    body: JsonObject | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - `raise Refused` says what happens
    """A request that is answered with an error, which the vendor puts into its own shape.

    Args:
        status: The HTTP status.
        message: What is wrong, for the client.
        code: The vendor's own code where the status does not say which.
        body: The whole body where the vendor says more than the message.
        headers: Headers of the answer.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: int | None = None,
        body: JsonObject | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.body = body
        self.headers = headers or {}


@dataclass(frozen=True)
class Credentials:
    """Who sent a request, and the account that it is about."""

    username: str
    secret: str = field(repr=False)
    account: str


class Vendor(Protocol):
    """How a vendor names its hosts, reads credentials and reports errors."""

    def canonical_host(self, host: str) -> str | None:
        """Return the host without region and edge, None if it is not one of this vendor's."""
        ...

    def credentials(self, headers: Mapping[str, str]) -> Credentials:
        """Read the credentials of a request.

        Raises:
            Refused: They are missing or malformed.
        """
        ...

    def account(self, username: str) -> str | None:
        """Return the account that a user name belongs to, None if it is not well-formed."""
        ...

    def stranger(self) -> Refused:
        """Return the refusal of credentials that are well-formed but not let in."""
        ...

    def error(self, refused: Refused) -> Reply:
        """Put an error into the vendor's shape."""
        ...

    def headers(self) -> Mapping[str, str]:
        """Return the headers that every answer has."""
        ...


Handler: TypeAlias = Callable[[Call], Reply]
"""Answers a request, or raises `Refused`. It runs alone: no other handler runs at the same time."""

ErrorShape: TypeAlias = Callable[[Refused, Switches], Reply]
"""Puts an error into the shape that an API has of its own."""


@dataclass(frozen=True)
class Route:
    """A method and a path that are answered by a handler."""

    method: str
    template: tuple[str, ...]
    handler: Handler

    def match(self, segments: Sequence[str]) -> dict[str, str] | None:
        """Return the values of the template's `{names}`, None if the path is another."""
        if len(segments) != len(self.template):
            return None
        parameters: dict[str, str] = {}
        for expected, segment in zip(self.template, segments, strict=True):
            if expected.startswith("{") and segment:
                parameters[expected[1:-1]] = segment
            elif expected != segment:
                return None
        return parameters


class Api:
    """One API of a vendor: a module in `emulator.apis` has it under the name `api`.

    Several APIs may answer on the same host, each with paths of its own.

    Args:
        vendor: Whose it is.
        host: Where it answers, without region and edge: `voice.twilio.com`.
        public_query: The query parameters whose values the journal may show.
        error: The shape of its errors, if it is not the vendor's.
    """

    def __init__(
        self,
        vendor: Vendor,
        host: str,
        *,
        public_query: frozenset[str] = frozenset(),
        error: ErrorShape | None = None,
    ) -> None:
        self.vendor = vendor
        self.host = host
        self.public_query = public_query
        self.error = error
        self._routes: list[Route] = []

    @property
    def routes(self) -> Sequence[Route]:
        """Its routes in the order of their declaration."""
        return tuple(self._routes)

    def route(self, method: str, template: str) -> Callable[[Handler], Handler]:
        """Let the decorated handler answer a method and a path such as `/v2/Things/{id}`.

        Where a path fits two templates, the one declared first has it.
        """

        def register(handler: Handler) -> Handler:
            self._routes.append(Route(method, tuple(template.split("/")), handler))
            return handler

        return register

    def has(self, segments: Sequence[str]) -> bool:
        """Say whether a path is one of this API's, with any method."""
        return any(route.match(segments) is not None for route in self._routes)

    def find(self, method: str, segments: Sequence[str]) -> tuple[Route, dict[str, str]] | None:
        """Return the route of a request and its parameters, None if the path is none of this API's.

        Raises:
            Refused: The path is one of this API's, but not with this method.
        """
        fitting = [
            (route, parameters) for route in self._routes if (parameters := route.match(segments)) is not None
        ]
        if not fitting:
            return None
        template = fitting[0][0].template
        for route, parameters in fitting:
            if route.template == template and route.method == method:
                return route, parameters
        raise method_not_allowed(method)


def method_not_allowed(method: str) -> Refused:
    """Return the refusal of a method that a path does not have."""
    return Refused(405, f"The method {method} is not allowed here")
