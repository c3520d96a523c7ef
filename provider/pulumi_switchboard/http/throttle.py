"""A brake for all calls of an account: it finds out how many requests the vendor takes, and sends no more.

A run starts with a few requests; every answer lets two more go, so the vendor is at full use after a few
round trips. The first 429 makes all requests of the account wait for as long as the vendor asks, and
then go one by one: further 429s double the time from one to the next, successes shorten it little by
little. So a storm of refusals costs few requests, and a request that has to wait does so here, unsent.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pulumi_switchboard.moment import Moment

FIRST_REQUESTS = 8.0
REQUESTS_PER_ANSWER = 2.0
REQUESTS_PER_SECOND = 10.0
"""How many may start without an answer to earlier ones: a few that stall must not stop all."""
ASK_AGAIN = 0.01
FIRST_HOLD = 0.5
FIRST_INTERVAL = 0.1
LONGEST_INTERVAL = 20.0
SLOWER = 2.0
FASTER = 0.95
NEGLIGIBLE = 0.001


class Throttle:
    """Lets the requests of one account go, each at its time."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._allowed = FIRST_REQUESTS
        self._allowed_at = now()
        self._interval = 0.0
        self._free_at = 0.0
        self._slowed_at = 0.0

    def wait(self, moment: Moment, announce: Callable[[float], None]) -> None:
        """Wait for the turn of one request; `announce` is told of each longer wait, in seconds."""
        while (pause := self._turn()) > 0.0:
            if pause >= FIRST_HOLD:
                announce(pause)
            moment.pause(pause)

    def accepted(self) -> None:
        """The vendor has answered a request, so it takes more."""
        with self._lock:
            self._allowed += REQUESTS_PER_ANSWER
            self._interval = self._interval * FASTER if self._interval > NEGLIGIBLE else 0.0

    def refused(self, sent_at: float, retry_after: float | None) -> None:
        """The vendor has refused a request, sent at that time, because there were too many.

        Those that were on their way when the brake was put on say nothing about the new pace.
        """
        with self._lock:
            if sent_at >= self._slowed_at:
                self._slowed_at = self._now()
                self._interval = min(max(FIRST_INTERVAL, self._interval * SLOWER), LONGEST_INTERVAL)
            hold = retry_after or max(FIRST_HOLD, self._interval)
            self._free_at = max(self._free_at, self._now() + hold)

    def _turn(self) -> float:
        """Take the turn of one request, if it has come: 0, or the seconds until it is worth asking again."""
        with self._lock:
            now = self._now()
            if now < self._free_at:
                return self._free_at - now
            self._allowed += (now - self._allowed_at) * REQUESTS_PER_SECOND
            self._allowed_at = now
            if self._allowed < 1.0:
                return ASK_AGAIN
            self._allowed -= 1.0
            self._free_at = now + self._interval
            return 0.0
