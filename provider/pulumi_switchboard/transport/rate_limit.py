"""A brake for all calls of an account: it finds out how many requests the vendor takes, and sends no more.

A run starts with a few requests; every answer lets two more go, so the vendor is at full use after a few
round trips. The first 429 makes all requests of the account wait for as long as the vendor asks, but a
minute at most, and then go one by one. Further 429s double the time from one to the next. The first
successes halve it again, as far as to what was not yet too fast before the refusals began; from there on
they shorten it little by little. So a storm of refusals costs few requests, a vendor that takes none for a
while costs little more time than that, and a request that has to wait does so here, unsent.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pulumi_switchboard.deadline import LONGEST_RETRY_AFTER, Deadline

FIRST_REQUESTS = 8.0
REQUESTS_PER_ANSWER = 2.0
REQUESTS_PER_SECOND = 10.0
"""How many may start without an answer to earlier ones: a few that stall must not stop all."""
ASK_AGAIN = 0.01
FIRST_HOLD = 0.5
FIRST_INTERVAL = 0.1
LONGEST_INTERVAL = 5.0
SLOWER = 2.0
FASTER = 0.95
NEGLIGIBLE = 0.001


class RateLimiter:
    """Lets the requests of one account go, each at its time."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._allowed = FIRST_REQUESTS
        self._allowed_at = now()
        self._interval = 0.0
        """The time from one request to the next."""
        self._fair = 0.0
        """The interval that is held to be long enough: twice the one at which refusals began."""
        self._went_at = self._held_until = self._slowed_at = float("-inf")
        self._is_refused = False
        """Whether the last word of the vendor on the pace was a refusal."""
        self._reason = ""

    @property
    def reason(self) -> str:
        """What the vendor said, if because of it all requests have to wait now."""
        with self._lock:
            return self._reason if self._now() < self._held_until else ""

    def wait(self, deadline: Deadline, announce: Callable[[float], None]) -> None:
        """Wait for the turn of one request; `announce` is told of each longer wait, in seconds."""
        while (pause := self._turn()) > 0.0:
            if pause >= FIRST_HOLD:
                announce(pause)
            deadline.pause(pause)

    def accepted(self, sent_at: float) -> None:
        """The vendor has answered a request, sent at that time, so it takes more.

        Those that were on their way when the brake was put on say nothing about the new pace.
        """
        with self._lock:
            self._allowed += REQUESTS_PER_ANSWER
            if sent_at < self._slowed_at:
                return
            self._is_refused = False
            if self._interval > self._fair:
                self._interval = max(self._fair, self._interval / SLOWER)
            else:
                self._interval = self._interval * FASTER if self._interval > NEGLIGIBLE else 0.0

    def refused(self, sent_at: float, retry_after: float | None, reason: str) -> None:
        """The vendor has refused a request, sent at that time, because there were too many.

        As with an answer, those that were on their way say nothing about the new pace.
        """
        with self._lock:
            if sent_at >= self._slowed_at:
                self._slowed_at = self._now()
                self._interval = min(max(FIRST_INTERVAL, self._interval * SLOWER), LONGEST_INTERVAL)
                if not self._is_refused:
                    self._fair = self._interval
                self._is_refused = True
            hold = min(retry_after or max(FIRST_HOLD, self._interval), LONGEST_RETRY_AFTER)
            if self._now() + hold > self._held_until:
                self._held_until = self._now() + hold
                self._reason = reason

    def _turn(self) -> float:
        """Take the turn of one request, if it has come: 0, or the seconds until it is worth asking again."""
        with self._lock:
            now = self._now()
            free_at = max(self._held_until, self._went_at + self._interval)
            if now < free_at:
                return free_at - now
            self._allowed += (now - self._allowed_at) * REQUESTS_PER_SECOND
            self._allowed_at = now
            if self._allowed < 1.0:
                return ASK_AGAIN
            self._allowed -= 1.0
            self._went_at = now
            return 0.0
