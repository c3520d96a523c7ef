"""Breaks an exchange off from outside of its thread.

A thread that waits for a server can't be woken, and a socket's own timeout starts anew with every byte. But
another thread can shut its connection down. What waits for it then ends at once.
"""

from __future__ import annotations

import threading
from typing import Protocol

_lock = threading.Lock()
_thread = threading.local()
"""Its `breaker` is that of the exchange which runs in the thread."""


class Connection(Protocol):
    """A connection that can be shut down from another thread."""

    breaker: Interrupter | None
    """The breaker of the exchange that has used it last."""

    def shut_down(self) -> None:
        """End whatever waits for this connection."""
        ...


class Interrupter:
    """Breaks one exchange off, at any time. The exchange runs within its `with` block."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._is_broken = False

    def __enter__(self) -> None:
        """Begin the exchange in this thread."""
        _thread.breaker = self

    def __exit__(self, *_: object) -> None:
        """End it: its connection may carry other exchanges from now on."""
        _thread.breaker = None
        with _lock:
            self._connection = None

    def break_off(self) -> None:
        """Shut the connection of the exchange down. If it has none yet, nothing will be sent."""
        with _lock:
            self._is_broken = True
            if self._connection is not None and self._connection.breaker is self:
                self._connection.shut_down()

    def use(self, connection: Connection) -> None:
        """Note that the exchange uses this connection.

        Raises:
            ConnectionAbortedError: The exchange is broken off.
        """
        with _lock:
            if self._is_broken:
                raise ConnectionAbortedError
            self._connection, connection.breaker = connection, self


def use(connection: Connection) -> None:
    """Note that the exchange which runs in this thread, if one does, uses this connection."""
    breaker: Interrupter | None = getattr(_thread, "breaker", None)
    if breaker is not None:
        breaker.use(connection)
