"""What the emulator remembers about each account."""

import copy
import threading
from collections import defaultdict
from typing import Any, Protocol, TypeAlias, TypeVar

from pulumi_switchboard.emulator.clock import Clock

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object as `json` reads it."""

State: TypeAlias = dict[str, dict[str, dict[str, JsonObject]]]
"""Objects by account, type and id."""

_Part = TypeVar("_Part")


class Pending(Protocol):
    """A change of an account's objects that was promised and comes later."""

    def due(self, now: float) -> float | None:
        """Return when it comes or came; None if that is later than now, or not known."""
        ...

    def happen(self, at: float) -> bool:
        """Make the change, as of this time, and say whether there was one."""
        ...


class Account:
    """One account's objects. Handlers replace an object to change it, and never change it in place."""

    def __init__(self, sid: str, clock: Clock) -> None:
        self.sid = sid
        """The account's identity, for Twilio its Account SID."""

        self.clock = clock
        self.objects: defaultdict[str, dict[str, JsonObject]] = defaultdict(dict)
        """Objects by type (`twilio/voice:ClientConfiguration`) and id, each as the vendor shows it."""

        self.pending: list[Pending] = []
        """Changes that have not happened yet."""

        self._parts: dict[type, Any] = {}
        self._past: Account | None = None

    def part(self, kind: type[_Part]) -> _Part:
        """Return the account's one object of a class, for what an API remembers besides the objects."""
        if kind not in self._parts:
            self._parts[kind] = kind()
        part: _Part = self._parts[kind]
        return part

    def settle(self) -> None:
        """Make the changes that are due by now, in the order of their times."""
        now = self.clock.now()
        while True:
            dates = [(at, change) for change in self.pending if (at := change.due(now)) is not None]
            if not dates:
                return
            at, change = min(dates, key=lambda date: date[0])
            self.pending.remove(change)
            before = self.copy()
            if change.happen(at):
                self.note_write(before)

    def copy(self) -> "Account":
        """Return the account with its objects as they are now, which later changes leave alone."""
        copied = Account(self.sid, self.clock)
        copied.objects.update({kind: dict(kept) for kind, kept in self.objects.items()})
        copied._parts = self._parts
        return copied

    def note_write(self, before: "Account") -> None:
        """Remember how the account was before the write that has just succeeded."""
        self._past = before

    def before_last_write(self) -> "Account":
        """Return a copy of the account as it was before its last write, or as it is if there was none."""
        return (self._past or self).copy()


class Store:
    """Every account. Whoever works on an account holds `lock` for as long."""

    def __init__(self, clock: Clock) -> None:
        self.lock = threading.RLock()
        self.clock = clock
        self._accounts: dict[str, Account] = {}

    def account(self, sid: str) -> Account:
        """Return the account as it is by now, a new and empty one if it was never used."""
        if sid not in self._accounts:
            self._accounts[sid] = Account(sid, self.clock)
        self._accounts[sid].settle()
        return self._accounts[sid]

    def snapshot(self) -> State:
        """Return a copy of every object, without accounts and types that have none."""
        with self.lock:
            for account in self._accounts.values():
                account.settle()
            accounts = {
                sid: {kind: copy.deepcopy(objects) for kind, objects in account.objects.items() if objects}
                for sid, account in self._accounts.items()
            }
        return {sid: kinds for sid, kinds in accounts.items() if kinds}

    def clear(self) -> None:
        """Forget every account."""
        with self.lock:
            self._accounts.clear()
