"""The time of the emulator, which can be moved on."""

import threading
import time
from datetime import datetime, timezone

_LONGEST_ADVANCE = 100 * 365 * 24 * 3600


class Clock:
    """The real time, and what it was moved on by. It never goes back, except by a reset."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._start = time.time() - time.monotonic()
        self._advanced = 0.0

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        with self._lock:
            return self._start + time.monotonic() + self._advanced

    def advance(self, seconds: float) -> None:
        """Move the time on.

        Raises:
            ValueError: The seconds are below 0, or more than a century.
        """
        if not 0 <= seconds <= _LONGEST_ADVANCE:
            raise ValueError("advance: must be a number of seconds from 0 up to a century")
        with self._lock:
            self._advanced += seconds

    def reset(self) -> None:
        """Return to the real time."""
        with self._lock:
            self._advanced = 0.0


def timestamp(seconds: float) -> str:
    """Return a time as the vendors write it: `2026-11-21T10:30:00Z`."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
