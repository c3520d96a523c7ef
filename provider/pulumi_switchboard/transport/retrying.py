"""Which requests are sent again, and when.

- A request that was answered with 429 had no effect. It is sent again until the deadline of the call.
- A request that never arrived had no effect. It is sent again a few times.
- After a lost answer, 408, 425 or 5xx the request may have had its effect. It is sent again a few times if it
  is repeatable: its method is idempotent, it has an idempotency key, or the caller says so.

After a 429 the rate limiter decides when the request may be sent. Other pauses grow exponentially with full
jitter, and are at least as long as the server's `Retry-After`, up to a minute. No pause outlasts the
deadline, and nothing is sent after the deadline, or after the call was cancelled. Only the answer to a
request that is not repeatable may come a few seconds after the deadline. If the last attempt of a call was
answered, that answer is the result.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

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
from pulumi_switchboard.transport.urls import safe_url

REQUEST_SECONDS = 30.0
LEAST_SECONDS = 5.0
"""The least time for the answer to a request that cannot be sent again: else nobody knows its outcome."""
FAILURES = 6
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 20.0

log = logging.getLogger("pulumi_switchboard.http")


@dataclass(frozen=True)
class RetryingClient:
    """Sends the requests of one call to a vendor, with retries until the deadline of the call."""

    transport: Transport
    rate_limiter: RateLimiter
    deadline: Deadline
    progress: Callable[[str], None]
    """Called with a message when a request has to wait."""
    random: random.Random
    retries: bool = True
    """Whether a request is sent again where that is harmless; if not, the first answer counts."""

    def send(self, request: Request) -> Response:
        """Send the request, again where that is harmless, and return the last answer, whatever its status.

        Raises:
            UnreachableError: The vendor could not be reached.
            LostAnswerError: The request was sent, and its effect is unknown.
            DeadlineError: The deadline passed before any answer, and the request had no effect.
            CancelledError: The call was cancelled first, and the request had no effect.
        """
        return _RequestAttempts(self, request).run()


@dataclass(frozen=True)
class _Retry:
    """The result of an attempt after which the request is sent again."""

    pause: float
    """Seconds; 0 if only the rate limiter decides when."""


@dataclass
class _RequestAttempts:
    """The attempts to send one request, and what they have led to so far."""

    http: RetryingClient
    request: Request
    failures: int = 0
    last_outcome: str = ""
    """What the last attempt led to, as a text for the user."""
    last_response: Response | None = None
    """The answer to the last attempt, if there was one."""
    may_have_acted: bool = False
    """Whether any attempt may have had the effect of the request."""

    def run(self) -> Response:
        try:
            while isinstance(result := self._attempt(), _Retry):
                self._pause(result.pause)
        except CancelledError as error:
            raise self._final_error(error, self._history()) from None
        except DeadlineError as error:
            if self.last_response is None:
                raise self._final_error(error, self._history()) from None
            result = self.last_response
        return replace(result, is_repeat=self.may_have_acted)

    def _attempt(self) -> Response | _Retry:
        http, request = self.http, self.request
        http.rate_limiter.wait(http.deadline, self._announce_wait)
        http.deadline.check()
        sent_at = http.deadline.now()
        least = 0.0 if request.repeatable else LEAST_SECONDS
        timeout = min(REQUEST_SECONDS, max(least, http.deadline.left()))
        try:
            response = http.transport.send(request, timeout)
            if response.ok:
                response.json()
        except (UnreachableError, LostAnswerError) as error:
            log.debug("%s %s failed: %s", request.method, safe_url(request.url), error.summary)
            self.last_response = None
            self._record_failure(error.summary, may_have_acted=error.may_have_acted)
            if self._may_retry(may_have_acted=error.may_have_acted):
                return _Retry(self._backoff())
            raise self._final_error(error) from error
        log.debug(
            "%s %s -> %d, request id %s, %.0f ms",
            request.method,
            safe_url(request.url),
            response.status,
            response.headers.get("twilio-request-id", "-"),
            (http.deadline.now() - sent_at) * 1000,
        )
        return self._result(replace(response, received_at=http.deadline.time()), sent_at)

    def _result(self, response: Response, sent_at: float) -> Response | _Retry:
        """What the response means: the answer, or a retry."""
        self.last_response = response
        wait = response.retry_after
        outcome = f"the vendor answered HTTP {response.status}"
        if wait:
            outcome += f" and asked to wait {wait:.0f} s"
        if response.status == TOO_MANY_REQUESTS:
            self.last_outcome = outcome
            self.http.rate_limiter.record_refusal(sent_at, wait, outcome)
            return _Retry(0.0) if self.http.retries else response
        self.http.rate_limiter.record_answer(sent_at)
        if response.status in TRANSIENT:
            self._record_failure(outcome, may_have_acted=True)
            if self._may_retry(may_have_acted=True):
                return _Retry(min(wait or 0.0, LONGEST_RETRY_AFTER) + self._backoff())
        return response

    def _record_failure(self, outcome: str, *, may_have_acted: bool) -> None:
        self.failures += 1
        self.last_outcome = outcome
        self.may_have_acted |= may_have_acted

    def _may_retry(self, *, may_have_acted: bool) -> bool:
        """Whether the request is sent again after a failure."""
        is_harmless = self.request.repeatable or not may_have_acted
        has_attempts = self.http.retries and self.failures < FAILURES
        return is_harmless and has_attempts and not self.http.deadline.is_cancelled()

    def _backoff(self) -> float:
        """A random pause in seconds; its upper limit doubles with each failure."""
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self.failures - 1))
        return self.http.random.uniform(0.0, longest)

    def _history(self) -> str:
        """What has happened so far, for an error."""
        if self.last_outcome:
            return f"last attempt: {self.last_outcome}"
        reason = self.http.rate_limiter.reason
        return f"no attempt was made; for another request, {reason}" if reason else ""

    def _final_error(self, error: SwitchboardError, fact: str = "") -> SwitchboardError:
        """The error of the whole request: its effect is unknown if any attempt may have had it."""
        kind = LostAnswerError if self.may_have_acted else type(error)
        return kind(error.summary, facts=(*error.facts, *filter(None, [fact])), remedy=error.remedy)

    def _pause(self, seconds: float) -> None:
        if seconds > 0.0:
            when = f" in {seconds:.0f} s" if seconds >= 1.0 else ""
            self.http.progress(f"trying again{when}: {self.last_outcome}")
            self.http.deadline.pause(seconds)

    def _announce_wait(self, seconds: float) -> None:
        self.http.progress(f"waiting {seconds:.0f} s: the vendor accepts no more requests at the moment")
