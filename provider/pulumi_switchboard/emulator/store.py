"""What the emulator remembers about each account."""

import copy
import threading
from collections import OrderedDict, defaultdict
from typing import Any, Protocol, TypeAlias, TypeVar

from pulumi_switchboard.emulator.clock import Clock

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object as `json` reads it."""

State: TypeAlias = dict[str, dict[str, dict[str, JsonObject]]]
"""Objects by account, type and id."""

MAX_KEPT = 10_000
"""How many requests the journal keeps, and how many operations and idempotency keys each account."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_Part = TypeVar("_Part")


class BoundedDict(OrderedDict[_Key, _Value]):
    """Keeps the newest `MAX_KEPT` values and forgets older ones."""

    def __setitem__(self, key: _Key, value: _Value) -> None:
        """Store a value as the newest."""
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > MAX_KEPT:
            self.popitem(last=False)


class PendingChange(Protocol):
    """A change of an account's objects that happens later."""

    def due_at(self, now: float) -> float | None:
        """Return when the change happens; None if that is later than now or not known."""

    def apply(self, at: float) -> bool:
        """Make the change as of this time and return whether an object has changed."""
        ...


class StoredAccount:
    """One account's objects. Handlers replace an object to change it, and never change it in place."""

    def __init__(self, id: str, clock: Clock) -> None:
        self.id = id
        """The account's id, for Twilio its Account SID."""
        self.clock = clock
        self.objects: defaultdict[str, dict[str, JsonObject]] = defaultdict(dict)
        """Objects by type (`twilio/voice:ClientConfiguration`) and id, each as the vendor shows it."""
        self.pending: list[PendingChange] = []
        """Changes that have not happened yet."""
        self._parts: dict[type, Any] = {}
        self._past: StoredAccount | None = None

    def part(self, kind: type[_Part]) -> _Part:
        """Return the account's single instance of a class, in which an API remembers more than objects."""
        if kind not in self._parts:
            self._parts[kind] = kind()
        part: _Part = self._parts[kind]
        return part

    def apply_due_changes(self) -> None:
        """Make the changes that are due by now, in the order of their times."""
        now = self.clock.now()
        while True:
            dates = [(at, change) for change in self.pending if (at := change.due_at(now)) is not None]
            if not dates:
                return
            at, change = min(dates, key=lambda date: date[0])
            self.pending.remove(change)
            before = self.copy()
            if change.apply(at):
                self.note_write(before)

    def copy(self) -> "StoredAccount":
        """Return a copy of the account; later changes do not reach its objects."""
        copied = StoredAccount(self.id, self.clock)
        copied.objects.update({kind: dict(kept) for kind, kept in self.objects.items()})
        copied._parts = self._parts
        return copied

    def note_write(self, before: "StoredAccount") -> None:
        """Remember the account as it was before the last successful write."""
        self._past = before

    def before_last_write(self) -> "StoredAccount":
        """Return a copy of the account as it was before its last write, or as it is if there was none."""
        return (self._past or self).copy()


class Store:
    """Every account. Hold `lock` while you use one."""

    def __init__(self, clock: Clock) -> None:
        self.lock = threading.RLock()
        self.clock = clock
        self._accounts: dict[str, StoredAccount] = {}

    def account(self, id: str) -> StoredAccount:
        """Return the account as it is now; a new, empty one if it was never used."""
        if id not in self._accounts:
            self._accounts[id] = StoredAccount(id, self.clock)
        self._accounts[id].apply_due_changes()
        return self._accounts[id]

    def snapshot(self) -> State:
        """Return a copy of every object, without accounts and types that have none."""
        with self.lock:
            for account in self._accounts.values():
                account.apply_due_changes()
            accounts = {
                account.id: {
                    kind: copy.deepcopy(objects) for kind, objects in account.objects.items() if objects
                }
                for account in self._accounts.values()
            }
        return {identifier: kinds for identifier, kinds in accounts.items() if kinds}

    def reset(self) -> None:
        """Forget every account, and undo all advances of the clock."""
        with self.lock:
            self._accounts.clear()
            self.clock.reset()
