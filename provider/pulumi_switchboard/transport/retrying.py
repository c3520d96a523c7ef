"""When a request is sent again, and when.

A request refused with 429 is sent again for as long as the call has time, and one that never arrived a
few times: neither had an effect. A lost answer, 408, 425 and 5xx are retried, a few times, only where
repeating is harmless: for an idempotent verb, with an idempotency key, or where the caller says so. The
throttle says when one that was refused may go again; other pauses grow exponentially with full jitter,
and honour the server's `Retry-After` up to a minute. Nothing outlasts the time of the call, and nothing is
sent once it was told to stop. A call whose last attempt was answered ends with that answer.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from tenacity import RetryCallState, Retrying, retry_if_exception_type

from pulumi_switchboard.deadline import LONGEST_RETRY_AFTER, Deadline
from pulumi_switchboard.errors import (
    TOO_MANY_REQUESTS,
    TRANSIENT,
    CancelledError,
    DeadlineError,
    LostAnswerError,
    SwitchboardError,
    UnreachableError,
)
from pulumi_switchboard.transport.messages import Request, Response, Transport
from pulumi_switchboard.transport.rate_limit import RateLimiter
from pulumi_switchboard.transport.urls import bare_url

REQUEST_SECONDS = 30.0
FAILURES = 6
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 20.0
LONGEST_WISH = 86_400.0
"""A server that asks to wait longer than a day has not meant seconds."""

log = logging.getLogger("pulumi_switchboard.http")


@dataclass(frozen=True)
class RetryingClient:
    """The way to a vendor for one call: a transport with retries, within the time of the call."""

    transport: Transport
    rate_limiter: RateLimiter
    deadline: Deadline
    progress: Callable[[str], None]
    """Told when a request has to wait."""
    random: random.Random
    is_patient: bool = True
    """Whether a request is sent again where that is harmless; if not, the first answer counts."""

    def send(self, request: Request) -> Response:
        """Send the request, again where that is harmless; the last answer is returned as it is.

        Raises:
            UnreachableError: The vendor could not be reached.
            LostAnswerError: The request was sent, and its effect is unknown.
            DeadlineError: The time of the call was over before any answer, and the request had no effect.
            CancelledError: The call was told to stop first, and the request had no effect.
        """
        return _Sending(self, request).run()


class _TryAgain(Exception):  # noqa: N818 - a signal, not an error anyone sees
    """Another attempt is called for, after a pause that is at least so long."""

    def __init__(self, at_least: float = 0.0) -> None:
        super().__init__()
        self.at_least = at_least


class _TurnedAway(_TryAgain):
    """Another attempt is called for, as soon as the throttle lets it go."""


class _Sending:
    """One request, until it is answered for good."""

    def __init__(self, line: RetryingClient, request: Request) -> None:
        self._line = line
        self._request = request
        self._failures = 0
        self._last = ""
        """What became of the last attempt."""
        self._answer: Response | None = None
        """The answer to the last attempt, if there was one."""
        self._may_have_acted = False
        """Whether any attempt may have had the effect of the request."""

    def run(self) -> Response:
        retrying = Retrying(
            retry=retry_if_exception_type(_TryAgain),
            wait=self._pause,
            before_sleep=self._announce,
            sleep=self._sleep,
        )
        try:
            response = retrying(self._attempt)
        except (DeadlineError, CancelledError) as end:
            if self._answer is None or isinstance(end, CancelledError):
                raise self._settled(end, self._story()) from None
            response = self._answer
        return replace(response, is_repeat=self._may_have_acted)

    def _attempt(self) -> Response:
        line, request = self._line, self._request
        line.rate_limiter.wait(line.deadline, self._announce_turn)
        line.deadline.check()
        started = line.deadline.now()
        try:
            response = line.transport.send(request, min(REQUEST_SECONDS, line.deadline.left()))
            if response.ok:
                response.json()
        except (UnreachableError, LostAnswerError) as error:
            log.debug("%s %s failed: %s", request.method, bare_url(request.url), error.summary)
            self._answer = None
            self._fail(error.summary, may_have_acted=error.may_have_acted)
            if self._may_go_on(may_have_acted=error.may_have_acted):
                raise _TryAgain from error
            raise self._settled(error) from error
        log.debug(
            "%s %s -> %d, request id %s, %.0f ms",
            request.method,
            bare_url(request.url),
            response.status,
            response.headers.get("twilio-request-id", "-"),
            (line.deadline.now() - started) * 1000,
        )
        self._judge(response, started)
        return response

    def _judge(self, response: Response, started: float) -> None:
        """Take the response as the last word, or call for another attempt."""
        self._answer = response
        asked = retry_after(response)
        said = f"the vendor answered HTTP {response.status}" + (f", to wait {asked:.0f} s" if asked else "")
        if response.status == TOO_MANY_REQUESTS:
            self._last = said
            self._line.rate_limiter.refused(started, asked, said)
            if self._line.is_patient:
                raise _TurnedAway
            return
        self._line.rate_limiter.accepted(started)
        if response.status in TRANSIENT:
            self._fail(said, may_have_acted=True)
            if self._may_go_on(may_have_acted=True):
                raise _TryAgain(min(asked or 0.0, LONGEST_RETRY_AFTER))

    def _fail(self, why: str, *, may_have_acted: bool) -> None:
        self._failures += 1
        self._last = why
        self._may_have_acted |= may_have_acted

    def _story(self) -> str:
        """How it went so far."""
        if self._last:
            return f"last attempt: {self._last}"
        held = self._line.rate_limiter.reason
        return f"there was no attempt: to another request {held}" if held else ""

    def _may_go_on(self, *, may_have_acted: bool) -> bool:
        harmless = self._request.repeatable or not may_have_acted
        is_worth_it = self._line.is_patient and self._failures < FAILURES
        return harmless and is_worth_it and not self._line.deadline.is_stopped()

    def _settled(self, error: SwitchboardError, fact: str = "") -> SwitchboardError:
        """The error that ends it all; one that leaves the effect open if any attempt may have had it."""
        kind = LostAnswerError if self._may_have_acted else type(error)
        return kind(error.summary, facts=(*error.facts, *filter(None, [fact])), remedy=error.remedy)

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if not isinstance(error, _TryAgain) or isinstance(error, _TurnedAway):
            return 0.0
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self._failures - 1))
        return error.at_least + self._line.random.uniform(0.0, longest)

    def _sleep(self, seconds: float) -> None:
        if seconds > 0.0:
            self._line.deadline.pause(seconds)

    def _announce(self, state: RetryCallState) -> None:
        pause = state.next_action.sleep if state.next_action else 0.0
        if pause > 0.0:
            when = f" in {pause:.0f} s" if pause >= 1.0 else ""
            self._line.progress(f"trying again{when}: {self._last}")

    def _announce_turn(self, pause: float) -> None:
        self._line.progress(f"waiting {pause:.0f} s: the vendor takes no more requests at the moment")


def retry_after(response: Response) -> float | None:
    """The seconds that the server asks to wait, as a number or a date; nonsense counts as nothing."""
    value = response.headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(timezone.utc)).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return None
    return seconds if 0.0 < seconds <= LONGEST_WISH else None
