"""Actions that answer differently than the vendor: a given answer, an old state, a rate limit."""

import json as json_text
import math
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from starlette.responses import JSONResponse, Response

from pulumi_switchboard.emulator.exchange import Exchange
from pulumi_switchboard.emulator.faults.faulted_request import FaultedRequest, require

_STATUSES = range(200, 600)
_WITHOUT_BODY = {204, 205, 304}
_ERRORS_FROM = 400
_TOO_MANY = 429
_MOST_BURST = 1_000_000
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"(?:[!-~]+(?:[ \t]+[!-~]+)*)?")
_FRAMING = {"content-length", "transfer-encoding"}


class Absent(Enum):
    """A JSON value that is not given, as None is null."""

    ABSENT = "absent"


@dataclass(frozen=True)
class Answer:
    """Answers with given values.

    Without `json` and `text`, an error has the vendor's error format, and any other answer has no body.
    """

    status: int
    """The HTTP status, 200 to 599."""
    json: Any = Absent.ABSENT
    """The body as any JSON value, also null or a value of the wrong type."""
    text: str | None = None
    """The body as text, for example a proxy's page; the answer has no headers of the vendor."""
    content_type: str | None = None
    """The content type; by default `application/json`, or `text/html` with `text`."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers; they replace others of the same name."""
    retry_after: int | float | str | None = None
    """The header `Retry-After`, in seconds or as any text; None for none."""
    after: bool = False
    """Whether the request is processed first; if not, it never is."""
    kind: Literal["answer"] = field(default="answer", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        require(self.status in _STATUSES, "status: must be from 200 to 599")
        require(self.json is Absent.ABSENT or self.text is None, "json, text: only one can be the body")
        bodiless = self.json is Absent.ABSENT and not self.text
        require(
            bodiless or self.status not in _WITHOUT_BODY,
            f"status: {self.status} has no body; leave out json and text",
        )
        _check_body(self.json, self.text)
        is_finite = not isinstance(self.retry_after, float) or math.isfinite(self.retry_after)
        require(is_finite, "retry_after: must be a number of seconds or a text")
        for name, value in self._given_headers().items():
            require(name.lower() not in _FRAMING, f"headers: {name} follows from the body; leave it out")
            require(bool(_HEADER_NAME.fullmatch(name)), f"headers: {name!r} is not a name; use letters and -")
            require(bool(_HEADER_VALUE.fullmatch(value)), f"headers: {name} must be printable ASCII")

    async def play(self, request: FaultedRequest) -> None:
        """Send the answer."""
        if self.after:
            request.exchange.process()
        request.fire()
        await request.exchange.answer(self._response(request.exchange))

    def _response(self, exchange: Exchange) -> Response:
        response: Response
        if self.text is not None:
            response = Response(self.text, self.status, media_type="text/html")
        elif self.json is not Absent.ABSENT:
            response = JSONResponse(self.json, self.status, exchange.headers())
        elif self.status >= _ERRORS_FROM:
            response = exchange.refusal(self.status, f"The emulator was told to answer {self.status} here")
        else:
            response = Response(None, self.status, exchange.headers())
        for name, value in self._given_headers().items():
            response.headers[name] = value
        return response

    def _given_headers(self) -> dict[str, str]:
        headers = {} if self.content_type is None else {"Content-Type": self.content_type}
        headers.update(self.headers)
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        return headers


@dataclass(frozen=True)
class Stale:
    """Answers a GET from the account as it was before its last successful write.

    If there was no such write, it answers from the account as it is.
    """

    kind: Literal["stale"] = field(default="stale", kw_only=True, repr=False)

    async def play(self, request: FaultedRequest) -> None:
        """Answer from the old state."""
        response = request.exchange.process(stale=True)
        request.fire()
        await request.exchange.answer(response)


class Bucket:
    """A token bucket, full at first: it holds `burst` tokens, and gets `per_second` new ones."""

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens = float(burst)
        self._counted = clock()

    def is_empty(self) -> bool:
        """Take a token and return whether there was none."""
        with self._lock:
            now = self._clock()
            self._tokens = min(self._burst, self._tokens + (now - self._counted) * self._per_second)
            self._counted = now
            if self._tokens < 1:
                return True
            self._tokens -= 1
            return False


@dataclass(frozen=True)
class RateLimit:
    """Answers 429 in the vendor's error format to matching requests beyond a rate, and does not process them.

    It leaves requests within the rate alone.
    """

    per_second: float
    """How many requests a second are processed on average."""
    burst: int = 1
    """How many are processed at once after a time without requests."""
    retry_after: int | float | str | None = None
    """The header `Retry-After` of the 429, in seconds or as any text; None for none."""
    kind: Literal["rate_limit"] = field(default="rate_limit", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        require(0 < self.per_second < float("inf"), "per_second: must be a number above 0")
        require(1 <= self.burst <= _MOST_BURST, f"burst: must be from 1 to {_MOST_BURST}")
        self._answer()

    def chooser(self) -> Callable[[], bool]:
        """Choose the requests without a token."""
        return Bucket(self.per_second, self.burst).is_empty

    async def play(self, request: FaultedRequest) -> None:
        """Answer 429."""
        await self._answer().play(request)

    def _answer(self) -> Answer:
        return Answer(_TOO_MANY, retry_after=self.retry_after)


def _check_body(json: object, text: str | None) -> None:
    try:
        if json is not Absent.ABSENT:
            json_text.dumps(json, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        raise ValueError("json: must be a JSON value, without NaN and half characters") from None
    try:
        (text or "").encode()
    except UnicodeEncodeError:
        raise ValueError("text: must be Unicode, without half characters") from None
