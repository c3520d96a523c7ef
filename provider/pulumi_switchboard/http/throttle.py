"""A brake for all calls of an account: one 429 slows every thread, not just the one that got it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pulumi_switchboard.moment import Moment


class Throttle:
    """Holds requests back until the vendor accepts them again."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._free_at = 0.0
        self._lock = threading.Lock()

    def hold(self, seconds: float) -> None:
        """Let no request of this account start for this long."""
        with self._lock:
            self._free_at = max(self._free_at, self._now() + seconds)

    def wait(self, moment: Moment) -> None:
        """Wait for the turn of one request."""
        while (pause := self._free_at - self._now()) > 0.0:
            moment.pause(pause)
