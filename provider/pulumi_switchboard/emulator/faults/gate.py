"""What held requests wait for."""

import asyncio
import threading


class Gate:
    """Closed at first; any thread can open it, and it stays open."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open = False
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        with self._lock:
            return self._open

    def open(self) -> None:
        """Let everyone through, now and in future."""
        with self._lock:
            self._open = True
            for loop, opened in self._waiting:
                loop.call_soon_threadsafe(opened.set)

    async def wait(self) -> None:
        """Wait until it is open."""
        waiting = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            if self._open:
                return
            self._waiting.add(waiting)
        try:
            await waiting[1].wait()
        finally:
            with self._lock:
                self._waiting.discard(waiting)
