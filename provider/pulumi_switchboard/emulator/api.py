"""The parts of an emulated API: vendor, routes, handlers, requests and replies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar

from pulumi_switchboard.emulator.operation_plan import OperationDuration, OperationPlan
from pulumi_switchboard.emulator.schema import Check
from pulumi_switchboard.emulator.store import JsonObject, StoredAccount

_Switches = TypeVar("_Switches")


@dataclass(frozen=True)
class ApiRequest:
    """One vendor request with valid credentials."""

    account: StoredAccount
    """The account of the credentials."""
    method: str
    path: str
    """The path at the vendor's host, as it was sent."""
    parameters: Mapping[str, str]
    """The values of the route's `{names}`."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names are looked up without regard to case."""
    body: bytes
    base: str
    """The URL of the vendor's host for the client: where to find an operation."""
    own_url: str
    """The URL of the vendor's host that an object shows as its own."""
    operation_duration: OperationDuration
    """How long operations take."""
    retry_after: int | None
    """The header `Retry-After` of an accepted write, in seconds; None to leave it out."""
    operation_plan: OperationPlan | None = None
    """What a fault wants to happen to the operation of this request; None without a fault."""

    @property
    def media_type(self) -> str:
        """The media type of the header `Content-Type` in lower case; empty without the header."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def now(self) -> float:
        """The time of the emulator, in seconds since 1970."""
        return self.account.clock.now()


@dataclass(frozen=True)
class Reply:
    """An answer. If `body` is None, the answer has no body, as a 204."""

    status: int
    body: JsonObject | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Refused(Exception):  # noqa: N818 - `raise Refused` says what happens
    """A request is answered with an error, in the vendor's error format."""

    status: int
    message: str
    """What is wrong, for the client."""
    _: KW_ONLY
    code: int | None = None
    """The vendor's error code, if it does not follow from the status."""
    body: JsonObject | None = None
    """The whole body, if it has more than the message."""
    headers: Mapping[str, str] = field(default_factory=dict)


ErrorFormat: TypeAlias = Callable[[Refused], Reply]
"""Returns an error in the format of a vendor or of one of its APIs."""


@dataclass(frozen=True)
class Credentials:
    """The credentials of a request, and the account that they belong to."""

    username: str
    secret: str = field(repr=False)
    account_id: str


@dataclass(frozen=True)
class Vendor:
    """How a vendor names its hosts, reads credentials and request bodies, and reports errors."""

    canonical_host: Callable[[str], str | None]
    """Returns a host without region and edge, None if it is not this vendor's."""
    credentials: Callable[[Mapping[str, str]], Credentials]
    """Reads the credentials from the headers, or refuses them if they are missing or malformed."""
    account_id: Callable[[str], str | None]
    """Returns the account that a user name belongs to, None if it is not well-formed."""
    wrong_credentials: tuple[int, str]
    """Status and message for credentials that are well-formed but not admitted."""
    not_found: Callable[[ApiRequest], Refused]
    """Returns the refusal of a path that names no object."""
    read: Callable[[ApiRequest, Check, str], JsonObject]
    """Reads a body of a media type, a form as lists of values, or refuses it if the check finds problems."""
    error: ErrorFormat
    """The format of errors, if an API has none of its own."""
    headers: Callable[[], Mapping[str, str]] = dict
    """Returns the headers of every answer."""


Handler: TypeAlias = Callable[[ApiRequest], Reply]
"""Answers a request, or raises `Refused`. No other handler runs at the same time."""


@dataclass(frozen=True)
class Route:
    """A method, a path and the handler of such requests."""

    method: str
    path: str
    """Such as `/v2/Things/{id}`."""
    handler: Handler | None
    """None if a switch has taken the method from the path."""

    @cached_property
    def template(self) -> tuple[str, ...]:
        """The segments of the path."""
        return tuple(self.path.split("/"))

    def match(self, segments: Sequence[str]) -> dict[str, str] | None:
        """Return the values of the template's `{names}`, None if the path does not match."""
        if len(segments) != len(self.template):
            return None
        parameters: dict[str, str] = {}
        for expected, segment in zip(self.template, segments, strict=True):
            if expected.startswith("{") and segment:
                parameters[expected[1:-1]] = segment
            elif expected != segment:
                return None
        return parameters


@dataclass(frozen=True)
class Api:
    """One API of a vendor. Several APIs can answer on the same host, each with its own paths."""

    vendor: Vendor
    host: str
    """The host without region and edge: `voice.twilio.com`."""
    routes: Sequence[Route]
    """If a path matches two templates, the first one counts."""
    public_query: frozenset[str] = frozenset()
    """The query parameters whose values the journal can show."""
    error: ErrorFormat | None = None
    """The format of its errors, if it is not the vendor's."""

    def has(self, segments: Sequence[str]) -> bool:
        """Return whether this API has a path, with any method."""
        return any(route.match(segments) is not None for route in self.routes)

    def find(self, method: str, segments: Sequence[str]) -> tuple[Handler, dict[str, str]]:
        """Return the handler of a request and its parameters, or refuse the method. The API has the path."""
        first = next(route for route in self.routes if route.match(segments) is not None)
        handlers: dict[str, Handler | None] = {}
        for route in self.routes:
            if route.template == first.template:
                handlers.setdefault(route.method, route.handler)
        if handler := handlers.get(method):
            return handler, first.match(segments) or {}
        allowed = ", ".join(name for name, handler in handlers.items() if handler is not None)
        raise Refused(405, f"The method {method} is not allowed here", headers={"Allow": allowed})


@dataclass(frozen=True)
class NoSwitches:
    """The switches of an API without an open question."""


@dataclass(frozen=True)
class ApiDefinition(Generic[_Switches]):
    """An API before its switches are chosen, named `api` in a module of `emulator.apis`."""

    switches: type[_Switches]
    """The class of its switches."""
    build: Callable[[_Switches], Api]
    """Returns the API with these switches. All emulators with them share it, so it keeps no state itself."""
