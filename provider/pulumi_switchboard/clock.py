"""The clock of the provider process. Tests use a clock whose time passes only during a wait."""

from __future__ import annotations

import time
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any, Protocol

LONGEST_WAIT = 1.0
"""The seconds after which a wait begins anew: Python may notice Ctrl-C only at the end of a wait."""


class Clock(Protocol):
    """Tells the time, and waits."""

    def monotonic(self) -> float:
        """Seconds since a fixed point in time. They never decrease."""
        ...

    def time(self) -> float:
        """Seconds since 1970."""
        ...

    def wait(self, futures: Collection[Future[Any]], seconds: float) -> None:
        """Wait until one of the futures is done, but at most this long."""
        ...


class SystemClock:
    """The clock of the machine."""

    def monotonic(self) -> float:
        """See `Clock.monotonic`."""
        return time.monotonic()

    def time(self) -> float:
        """See `Clock.time`."""
        return time.time()

    def wait(self, futures: Collection[Future[Any]], seconds: float) -> None:
        """See `Clock.wait`."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0 and not any(future.done() for future in futures):
            wait(futures, timeout=min(left, LONGEST_WAIT), return_when=FIRST_COMPLETED)
