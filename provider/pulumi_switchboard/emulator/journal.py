"""The journal: which vendor requests the emulator received."""

import threading
from collections import deque
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class JournalEntry:
    """One vendor request, without body, headers and anything that could be a secret."""

    time: float
    """When it arrived, in seconds since 1970."""
    method: str
    host: str
    """The vendor's host, with region and edge."""
    path: str
    """The path at that host, with the query."""
    status: int | None
    """The HTTP status of the answer; None while there is none."""
    idempotency_key: str | None
    """The `Idempotency-Key` header, None if there was none."""


class Journal:
    """The newest `size` vendor requests, in order of arrival."""

    def __init__(self, size: int) -> None:
        if size < 1:
            raise ValueError("journal_size: must be 1 or more")
        self._lock = threading.Lock()
        self._entries: deque[JournalEntry] = deque(maxlen=size)
        self._start = self._next = 0
        """The numbers of the first entry since the last `clear`, and of the next one."""

    def open(self, entry: JournalEntry) -> int:
        """Add a request without an answer and return its number."""
        with self._lock:
            self._entries.append(entry)
            self._next += 1
            return self._next - 1

    def close(self, number: int, status: int) -> None:
        """Record the answer to a request, unless its entry is gone."""
        with self._lock:
            place = number - self._oldest()
            if place >= 0:
                self._entries[place] = replace(self._entries[place], status=status)

    def copy(self) -> tuple[list[JournalEntry], int]:
        """Return the entries and the number of entries that were dropped since the last `clear`."""
        with self._lock:
            return list(self._entries), self._oldest() - self._start

    def clear(self) -> None:
        """Forget every entry."""
        with self._lock:
            self._entries.clear()
            self._start = self._next

    def _oldest(self) -> int:
        return self._next - len(self._entries)
