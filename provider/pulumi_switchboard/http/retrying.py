"""When a request is sent again, and when.

A request that never arrived, and one refused with 429, is always sent again: it had no effect. A
lost answer, 408, 425 and 5xx are retried only where repeating is harmless: for an idempotent verb,
or with an idempotency key. Pauses grow exponentially with full jitter; the server's `Retry-After` is
honoured; nothing outlasts the time of the call.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from pulumi_switchboard.errors import LostAnswerError, UnreachableError
from pulumi_switchboard.http.messages import Request, Response, Transport
from pulumi_switchboard.http.redaction import bare_url
from pulumi_switchboard.http.throttle import Throttle
from pulumi_switchboard.moment import Moment

REQUEST_SECONDS = 30.0
ATTEMPTS = 6
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 20.0
TOO_MANY_REQUESTS = 429
TRANSIENT = frozenset({408, 425, 500, 502, 503, 504})

log = logging.getLogger("pulumi_switchboard.http")


class _TryAgain(Exception):  # noqa: N818 - a signal, not an error anyone sees
    """The answer calls for another attempt."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"the vendor answered HTTP {response.status}")
        self.response = response


@dataclass(frozen=True)
class Line:
    """The way to a vendor for one call: a transport with retries, within the time of the call."""

    transport: Transport
    throttle: Throttle
    moment: Moment
    progress: Callable[[str], None]
    """Told when a request has to wait."""
    random: random.Random

    def send(self, request: Request) -> Response:
        """Send the request, again where that is harmless; the last answer is returned as it is.

        Raises:
            UnreachableError: The vendor could not be reached.
            LostAnswerError: The request was sent, and its effect is unknown.
            DeadlineError: The time of the call was over first.
        """
        retrying = Retrying(
            retry=retry_if_exception(lambda error: self._calls_for_another(request, error)),
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._pause,
            before_sleep=self._announce,
            sleep=self.moment.pause,
            reraise=True,
        )
        try:
            return retrying(self._attempt, request)
        except _TryAgain as last:
            return last.response

    def _attempt(self, request: Request) -> Response:
        self.throttle.wait(self.moment)
        started = self.moment.now()
        try:
            response = self.transport.send(request, min(REQUEST_SECONDS, max(self.moment.left(), 0.1)))
        except (UnreachableError, LostAnswerError) as error:
            log.debug("%s %s failed: %s", request.method, bare_url(request.url), error.summary)
            raise
        log.debug(
            "%s %s -> %d, request id %s, %.0f ms",
            request.method,
            bare_url(request.url),
            response.status,
            response.headers.get("twilio-request-id", "-"),
            (self.moment.now() - started) * 1000,
        )
        if response.status == TOO_MANY_REQUESTS:
            self.throttle.hold(retry_after(response) or FIRST_PAUSE)
            raise _TryAgain(response)
        if response.status in TRANSIENT and request.repeatable:
            raise _TryAgain(response)
        return response

    def _calls_for_another(self, request: Request, error: BaseException) -> bool:
        if isinstance(error, LostAnswerError):
            return request.repeatable
        return isinstance(error, _TryAgain | UnreachableError)

    def _announce(self, state: RetryCallState) -> None:
        pause = state.next_action.sleep if state.next_action else 0.0
        self.progress(f"trying again in {pause:.0f} s: {state.outcome.exception() if state.outcome else ''}")

    def _pause(self, state: RetryCallState) -> float:
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (state.attempt_number - 1))
        error = state.outcome.exception() if state.outcome else None
        asked = retry_after(error.response) if isinstance(error, _TryAgain) else None
        return (asked or 0.0) + self.random.uniform(0.0, longest)


def retry_after(response: Response) -> float | None:
    """The seconds that the server asks to wait: a number or a date; nonsense counts as nothing."""
    value = response.headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(timezone.utc)).total_seconds()
        except (ValueError, TypeError):
            return None
    return seconds if 0.0 < seconds < float("inf") else None
