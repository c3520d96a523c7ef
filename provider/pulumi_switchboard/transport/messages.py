"""A request, its response, and the transport that exchanges one for the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timezone
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from pulumi_switchboard.errors import LostAnswerError
from pulumi_switchboard.transport.json_codec import decode_json
from pulumi_switchboard.transport.text import in_one_line

SUCCESS = 2
IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})
LONGEST_PLAUSIBLE_RETRY_AFTER = 86_400.0
"""A larger number than that of a day's seconds is a mistake."""


@dataclass(frozen=True)
class Request:
    """One request. Its `repr` never shows credentials."""

    method: str
    url: str
    auth: tuple[str, str] | None = field(default=None, repr=False)
    """User and password for basic authentication; other credentials are in a header."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    idempotent: bool = field(default=False, repr=False)
    """Whether sending it twice has the effect of sending it once, although its method does not say so."""

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice has the effect of sending it once."""
        return self.idempotent or self.method in IDEMPOTENT or "Idempotency-Key" in self.headers


@dataclass(frozen=True)
class Response:
    """The vendor's answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    is_repeat: bool = False
    """Whether an earlier attempt of the request may have had its effect, whatever this answer says."""
    received_at: float = 0.0
    """When it arrived, in seconds since 1970, by the clock of the call. The `RetryingClient` sets it."""

    @property
    def ok(self) -> bool:
        """Whether the vendor did what the request asks for."""
        return self.status // 100 == SUCCESS

    @property
    def date(self) -> float | None:
        """When the server answered, by its own clock, in seconds since 1970; None if it does not say."""
        return _instant(self.headers.get("date", ""))

    @property
    def retry_after(self) -> float | None:
        """The seconds that the server asks to wait, by a number or a date; None if that is not plausible.

        The date is by the server's clock.
        """
        value = self.headers.get("retry-after", "")
        try:
            seconds = float(value)
        except ValueError:
            now = self.received_at if self.date is None else self.date
            instant = _instant(value)
            seconds = 0.0 if instant is None else instant - now
        return seconds if 0.0 < seconds <= LONGEST_PLAUSIBLE_RETRY_AFTER else None

    def json(self) -> Any:
        """The body as JSON; None if there is no body.

        Raises:
            LostAnswerError: The body is not JSON, for example because a proxy answered.
        """
        if not self.body:
            return None
        try:
            return decode_json(self.body)
        except ValueError:
            content_type = in_one_line(self.headers.get("content-type", "no content type"))
            raise LostAnswerError(
                f"the answer (HTTP {self.status}, {content_type}) is not readable JSON",
                remedy="check that no proxy answers in the vendor's place",
            ) from None


def _instant(text: str) -> float | None:
    """A date of HTTP in seconds since 1970; None if it is none. One without a zone is in UTC, as all are."""
    try:
        date = parsedate_to_datetime(text)
        return (date if date.tzinfo else date.replace(tzinfo=timezone.utc)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


class Transport(Protocol):
    """Sends a request to the vendor. Tests replace the network here."""

    def send(self, request: Request, timeout: float) -> Response:
        """Send the request once.

        Raises:
            SettingsError: The request cannot be sent, and no retry would change that.
            UnreachableError: The request never arrived.
            LostAnswerError: The request was sent, and no complete answer arrived.
        """
        ...
