"""What an action can use to act on a request."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from pulumi_switchboard.emulator.exchange import Exchange


class ReleaseEvent:
    """An event that any thread can set, and for which requests wait in any event loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_set = False
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    @property
    def is_set(self) -> bool:
        """Whether it is set."""
        with self._lock:
            return self._is_set

    def set(self) -> None:
        """Set it. It stays set."""
        with self._lock:
            self._is_set = True
            for loop, event in self._waiting:
                loop.call_soon_threadsafe(event.set)

    async def wait(self) -> None:
        """Wait until it is set."""
        waiting = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            if self._is_set:
                return
            self._waiting.add(waiting)
        try:
            await waiting[1].wait()
        finally:
            with self._lock:
                self._waiting.discard(waiting)


@dataclass(frozen=True)
class FaultedRequest:
    """One request that a fault acts on."""

    exchange: Exchange
    """The request, and the ways to answer it."""
    released: ReleaseEvent
    """Set when the fault is released."""
    fire: Callable[[], None]
    """Records that the fault acts now; each action calls it once."""
    skip: Callable[[], None]
    """Records that the fault leaves this request alone and acts on a later one."""

    async def pause(self, seconds: float | None) -> None:
        """Wait for this time or until the release; None waits only for the release."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.released.wait(), seconds)

    async def hold(self) -> None:
        """Wait until the release or until the client has closed the connection."""
        waits = [
            asyncio.ensure_future(self.released.wait()),
            asyncio.ensure_future(self.exchange.connection.until_gone()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()


def require(condition: bool, message: str) -> None:  # noqa: FBT001 - it reads as the sentence it checks
    """Check a value that a user gave: without the condition it is a ValueError."""
    if not condition:
        raise ValueError(message)
