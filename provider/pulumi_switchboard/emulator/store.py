"""What the emulator remembers about each account."""

import copy
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object as `json` reads it."""

State: TypeAlias = dict[str, dict[str, dict[str, JsonObject]]]
"""Objects by account, type and id."""


@dataclass(frozen=True)
class Account:
    """One account's objects. Handlers replace an object to change it, and never change it in place."""

    sid: str
    """The account's identity, for Twilio its Account SID."""

    objects: defaultdict[str, dict[str, JsonObject]] = field(default_factory=lambda: defaultdict(dict))
    """Objects by type (`twilio/voice:ClientConfiguration`) and id, each as the vendor shows it."""

    def copy(self) -> "Account":
        """Return the account as it is now, which later changes leave alone."""
        return Account(self.sid, defaultdict(dict, {kind: dict(kept) for kind, kept in self.objects.items()}))


class Store:
    """Every account. Whoever works on an account holds `lock` for as long."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._accounts: dict[str, Account] = {}
        self._before_write: dict[str, Account] = {}

    def account(self, sid: str) -> Account:
        """Return the account, a new and empty one if it was never used."""
        return self._accounts.setdefault(sid, Account(sid))

    def note_write(self, before: Account) -> None:
        """Remember how an account was before the write that has just succeeded."""
        self._before_write[before.sid] = before

    def before_last_write(self, account: Account) -> Account:
        """Return a copy of the account as it was before its last write, or as it is if there was none."""
        return self._before_write.get(account.sid, account).copy()

    def snapshot(self) -> State:
        """Return a copy of every object, without accounts and types that have none."""
        with self.lock:
            accounts = {
                sid: {kind: copy.deepcopy(objects) for kind, objects in account.objects.items() if objects}
                for sid, account in self._accounts.items()
            }
        return {sid: kinds for sid, kinds in accounts.items() if kinds}

    def clear(self) -> None:
        """Forget every account."""
        with self.lock:
            self._accounts.clear()
            self._before_write.clear()
