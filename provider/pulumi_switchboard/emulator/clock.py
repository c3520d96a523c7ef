"""The clock of the emulator, which can be advanced."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timezone

_MOST_ADVANCED = 100 * 365 * 24 * 3600
"""How far all advances together can go, in seconds; long before the last date that can be written."""


class Clock:
    """The time in seconds since 1970, and how far it was advanced. Only a reset sets it back.

    `now` returns it without the advances; it is the real time if that is left out.
    """

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        start = time.time() - time.monotonic()
        self._now = now or (lambda: start + time.monotonic())
        self._lock = threading.Lock()
        self._advanced = 0.0

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        with self._lock:
            return self._now() + self._advanced

    def real(self) -> float:
        """Return the time without the advances."""
        return self._now()

    def advance(self, seconds: float) -> None:
        """Advance the time. Less than 0 seconds, or more than a century in all, is a ValueError."""
        with self._lock:
            if not 0 <= seconds <= _MOST_ADVANCED - self._advanced:
                raise ValueError("advance: must be a number of seconds from 0 up to a century in all")
            self._advanced += seconds

    def reset(self) -> None:
        """Undo all advances."""
        with self._lock:
            self._advanced = 0.0


def timestamp(seconds: float) -> str:
    """Return a time as the vendors write it: `2026-11-21T10:30:00Z`."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
