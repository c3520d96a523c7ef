"""A request and its response, and what carries the one and brings the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pulumi_switchboard.errors import LostAnswerError
from pulumi_switchboard.transport.decoding import decode_json
from pulumi_switchboard.transport.text import in_one_line

SUCCESS = 2
IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})


@dataclass(frozen=True)
class Request:
    """One request. Its credentials never show in its `repr`."""

    method: str
    url: str
    auth: tuple[str, str] | None = field(default=None, repr=False)
    """The user and the password, where the vendor takes those; else a header holds the credentials."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    idempotent: bool = field(default=False, repr=False)
    """Whether sending this one twice has the effect of sending it once, though its verb does not say so."""

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice has the effect of sending it once."""
        return self.idempotent or self.method in IDEMPOTENT or "Idempotency-Key" in self.headers


@dataclass(frozen=True)
class Response:
    """What the vendor answered; header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    is_repeat: bool = False
    """Whether an earlier attempt of the request may have had its effect, whatever this answer says."""

    @property
    def ok(self) -> bool:
        """Whether the vendor did what was asked."""
        return self.status // 100 == SUCCESS

    def json(self) -> Any:
        """The body as JSON; None where there is no body.

        Raises:
            LostAnswerError: The body is not JSON, as when a proxy answered in the vendor's place.
        """
        if not self.body:
            return None
        try:
            return decode_json(self.body)
        except ValueError:
            kind = in_one_line(self.headers.get("content-type", "no content type"))
            raise LostAnswerError(
                f"the answer (HTTP {self.status}, {kind}) is not JSON that can be read",
                remedy="check that no proxy answers in the vendor's place",
            ) from None


class Transport(Protocol):
    """Carries a request to the vendor: the seam at which tests take the network's place."""

    def send(self, request: Request, timeout: float) -> Response:
        """Send the request once.

        Raises:
            SettingsError: It can't be sent, however often that is tried.
            UnreachableError: It never arrived.
            LostAnswerError: It was sent, and no whole answer came.
        """
        ...
