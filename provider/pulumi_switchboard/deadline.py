"""How long a call may take, how it waits, and how it is told to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from pulumi_switchboard.clock import Clock, SystemClock
from pulumi_switchboard.errors import CancelledError, DeadlineError

DEFAULT_SECONDS = 600.0
"""The time a call has where the resource sets no `custom_timeouts`."""

LONGEST_RETRY_AFTER = 60.0
"""However long a server asks to wait, it is asked again after so many seconds: it may be ready sooner."""


class CancelToken:
    """Tells a call to stop. Set once and for all; whoever waits hears it at once."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._latch: Future[None] = Future()
        self._clock = clock or SystemClock()

    def set(self) -> None:
        """Stop the call. That it was told before changes nothing."""
        with suppress(InvalidStateError):
            self._latch.set_result(None)

    def is_set(self) -> bool:
        """Whether the call is to stop."""
        return self._latch.done()

    def sleep(self, seconds: float) -> None:
        """Wait this long, or until the stop."""
        self._clock.wait([self._latch], seconds)

    def wait_for(self, result: Future[Any], seconds: float, *, grace: float) -> bool:
        """Wait for a result at most this long, and from a stop on for the time of grace only.

        Returns:
            Whether the result is there.
        """
        self._clock.wait([self._latch, result], seconds)
        if self.is_set():
            self._clock.wait([result], min(grace, seconds))
        return result.done()


def _never() -> bool:
    return False


@dataclass
class Deadline:
    """The time at hand for one call: everything beneath the call ends when it is over."""

    now: Callable[[], float]
    sleep: Callable[[float], None]
    ends: float
    is_stopped: Callable[[], bool] = _never
    time: Callable[[], float] = time.time
    """The seconds since 1970, which go on from one run to the next."""

    def left(self) -> float:
        """Seconds until the end, never negative."""
        return max(0.0, self.ends - self.now())

    def check(self) -> None:
        """Go on only if the call may.

        Raises:
            CancelledError: The call was told to stop.
            DeadlineError: The time is over.
        """
        if self.is_stopped():
            raise CancelledError(
                "the update was cancelled",
                remedy="run `pulumi up` again: it goes on from where this one ended",
            )
        if self.left() <= 0.0:
            raise _over()

    def pause(self, seconds: float) -> None:
        """Wait. A call that has not got this much time ends here at once: the wait would be in vain."""
        self.check()
        if seconds >= self.left():
            raise _over()
        self.sleep(seconds)
        self.check()

    @contextmanager
    def overtime(self, seconds: float) -> Iterator[None]:
        """Have at least this much time for one last look, be the time of the call over or not."""
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
