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


class Store:
    """Every account. Whoever works on an account holds `lock` for as long."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._accounts: dict[str, Account] = {}

    def account(self, sid: str) -> Account:
        """Return the account, a new and empty one if it was never used."""
        return self._accounts.setdefault(sid, Account(sid))

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
