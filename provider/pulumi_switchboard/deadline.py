"""The time limit of a call, its waits, and its cancellation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from pulumi_switchboard.clock import Clock, SystemClock
from pulumi_switchboard.errors import CancelledError, DeadlineError

DEFAULT_SECONDS = 600.0
"""The time limit of a call if the resource sets no `custom_timeouts`."""

LONGEST_RETRY_AFTER = 60.0
"""The longest wait for a server in seconds. It may be ready sooner than it says."""


class CancelToken:
    """Tells a call to stop, and ends its waits at once. It cannot be unset."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._latch: Future[None] = Future()
        self._clock = clock or SystemClock()

    def set(self) -> None:
        """Stop the call. A second time has no effect."""
        with suppress(InvalidStateError):
            self._latch.set_result(None)

    def is_set(self) -> bool:
        """Whether the call must stop."""
        return self._latch.done()

    def sleep(self, seconds: float) -> None:
        """Wait this long, or until the call must stop."""
        self._clock.wait([self._latch], seconds)

    def wait_for(self, result: Future[Any], seconds: float, *, grace: float) -> bool:
        """Wait for a result at most this long; once the call must stop, only `grace` seconds more.

        Returns:
            Whether there is a result.
        """
        self._clock.wait([self._latch, result], seconds)
        if self.is_set():
            self._clock.wait([result], min(grace, seconds))
        return result.done()


@dataclass
class Deadline:
    """The time limit of one call, which applies to everything that the call does."""

    now: Callable[[], float]
    """Seconds since some fixed point."""
    time: Callable[[], float]
    """Seconds since 1970, which can be compared between runs."""
    sleep: Callable[[float], None]
    ends: float
    """When the call has to end, by `now`."""
    is_cancelled: Callable[[], bool] = lambda: False

    def left(self) -> float:
        """Seconds until the deadline, never negative."""
        return max(0.0, self.ends - self.now())

    def check(self) -> None:
        """Fail if the call must not continue.

        Raises:
            CancelledError: The call must stop.
            DeadlineError: The time is over.
        """
        if self.is_cancelled():
            raise CancelledError(
                "the update was cancelled",
                remedy="run `pulumi up` again: it continues where this one ended",
            )
        if self.left() <= 0.0:
            raise _over()

    def pause(self, seconds: float) -> None:
        """Wait. If the deadline is earlier than the end of the wait, fail at once."""
        self.check()
        if seconds >= self.left():
            raise _over()
        self.sleep(seconds)
        self.check()

    @contextmanager
    def overtime(self, seconds: float) -> Iterator[None]:
        """Allow at least this much time for one last look, even after the deadline."""
        ends = self.ends
        self.ends = max(ends, self.now() + seconds)
        try:
            yield
        finally:
            self.ends = ends


def _over() -> DeadlineError:
    return DeadlineError(
        "the time given to this call is over",
        remedy="raise custom_timeouts of the resource",
    )
