"""A rate limiter for all calls of an account. It learns how many requests the vendor accepts.

A run starts with a few requests. Every answer permits two more, so the vendor is at full use after a few
round trips. After the first 429, all requests of the account wait for as long as the vendor asks, but at most
a minute. Then they are sent one by one. Each further 429 doubles the interval between two requests. The first
successes halve it again, down to twice the interval at which the 429s began. From there on each success
shortens it a little. So a series of 429s costs few requests, a short outage costs little more time than it
lasts, and a request that has to wait does so here, before it is sent.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pulumi_switchboard.deadline import LONGEST_RETRY_AFTER, Deadline

FIRST_REQUESTS = 8.0
REQUESTS_PER_ANSWER = 2.0
REQUESTS_PER_SECOND = 10.0
"""How many may start although earlier ones are unanswered: a few slow ones must not stop all."""
POLL_SECONDS = 0.01
SHORTEST_BLOCK = 0.5
FIRST_INTERVAL = 0.1
LONGEST_INTERVAL = 5.0
SLOWER = 2.0
FASTER = 0.95
NEGLIGIBLE = 0.001


class RateLimiter:
    """Decides when each request of one account may be sent."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._allowed = FIRST_REQUESTS
        self._allowed_at = now()
        self._interval = 0.0
        """The time from one request to the next."""
        self._safe_interval = 0.0
        """An interval that the vendor is expected to accept: twice the one at which the 429s began."""
        self._last_sent_at = self._blocked_until = self._slowed_at = float("-inf")
        self._is_refusing = False
        """Whether the last answer at the present interval was a 429."""
        self._reason = ""

    @property
    def reason(self) -> str:
        """The answer because of which all requests wait now; empty if they do not."""
        with self._lock:
            return self._reason if self._now() < self._blocked_until else ""

    def wait(self, deadline: Deadline, announce: Callable[[float], None]) -> None:
        """Wait until one request may be sent.

        Args:
            deadline: The deadline of the call.
            announce: Called before each longer wait with its length in seconds.
        """
        while (pause := self._acquire()) > 0.0:
            if pause >= SHORTEST_BLOCK:
                announce(pause)
            deadline.pause(pause)

    def record_answer(self, sent_at: float) -> None:
        """Note that the vendor has accepted and answered a request, so it accepts more.

        If the request was sent before the last slow-down, its answer says nothing about the interval.
        """
        with self._lock:
            self._allowed += REQUESTS_PER_ANSWER
            if sent_at < self._slowed_at:
                return
            self._is_refusing = False
            if self._interval > self._safe_interval:
                self._interval = max(self._safe_interval, self._interval / SLOWER)
            else:
                self._interval = self._interval * FASTER if self._interval > NEGLIGIBLE else 0.0

    def record_refusal(self, sent_at: float, retry_after: float | None, reason: str) -> None:
        """Note that the vendor has refused a request because there were too many.

        A refusal of a request that was sent before the last slow-down does not slow down further.

        Args:
            sent_at: When the request was sent.
            retry_after: The seconds that the vendor asks to wait.
            reason: What to tell the user while other requests wait.
        """
        with self._lock:
            if sent_at >= self._slowed_at:
                self._slowed_at = self._now()
                self._interval = min(max(FIRST_INTERVAL, self._interval * SLOWER), LONGEST_INTERVAL)
                if not self._is_refusing:
                    self._safe_interval = self._interval
                self._is_refusing = True
            block = min(retry_after or max(SHORTEST_BLOCK, self._interval), LONGEST_RETRY_AFTER)
            if self._now() + block > self._blocked_until:
                self._blocked_until = self._now() + block
                self._reason = reason

    def _acquire(self) -> float:
        """Count a request and return 0 if it may be sent now; else return the seconds to wait."""
        with self._lock:
            now = self._now()
            free_at = max(self._blocked_until, self._last_sent_at + self._interval)
            if now < free_at:
                return free_at - now
            self._allowed += (now - self._allowed_at) * REQUESTS_PER_SECOND
            self._allowed_at = now
            if self._allowed < 1.0:
                return POLL_SECONDS
            self._allowed -= 1.0
            self._last_sent_at = now
            return 0.0
