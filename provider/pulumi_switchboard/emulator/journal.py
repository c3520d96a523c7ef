"""The record of what was asked of the emulator."""

import threading
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class JournalEntry:
    """One vendor request, without its body, its headers and anything that could be a secret."""

    time: float
    """When it arrived, in seconds since 1970."""

    method: str
    """`GET`, `POST`, …"""

    host: str
    """The vendor's host it was for, region and edge included."""

    path: str
    """The path at that host, with the query."""

    status: int | None
    """The HTTP status of the answer; None while there is none."""

    idempotency_key: str | None
    """The `Idempotency-Key` header, None if there was none."""


class Journal:
    """Every vendor request in order of arrival."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: dict[int, JournalEntry] = {}
        self._next = 0

    def open(self, entry: JournalEntry) -> int:
        """Add a request that was not answered yet and return its number."""
        with self._lock:
            number = self._next
            self._next += 1
            self._entries[number] = entry
            return number

    def close(self, number: int, status: int) -> None:
        """Note the answer of a request; a request from before a `clear` stays forgotten."""
        with self._lock:
            if number in self._entries:
                self._entries[number] = replace(self._entries[number], status=status)

    def entries(self) -> list[JournalEntry]:
        """Return the entries so far."""
        with self._lock:
            return list(self._entries.values())

    def clear(self) -> None:
        """Forget every entry."""
        with self._lock:
            self._entries.clear()
