"""Which fault hits which request."""

import itertools
import threading
from collections.abc import Sequence

from pulumi_switchboard.emulator.api import Api
from pulumi_switchboard.emulator.faults.action import Action, require
from pulumi_switchboard.emulator.faults.fault import Fault
from pulumi_switchboard.emulator.faults.place import Candidate, parse_place

MOST = 1000
"""How many faults there can be at a time."""


class Plan:
    """Every fault that was injected and not removed. It can be used from any thread.

    Every fault counts the requests that match it. Of those whose turn has come, the one injected first acts
    on the request, and the others keep their turn for the next request that matches them.
    """

    def __init__(self, apis: Sequence[Api]) -> None:
        self._apis = apis
        self._lock = threading.Lock()
        self._faults: dict[str, Fault] = {}
        self._idle: list[Fault] = []
        """Those that were removed, had never fired, and should have."""
        self._numbers = itertools.count(1)

    def inject(self, at: str, action: Action, *, nth: int, times: int | None, where: str) -> Fault:
        """Add a fault.

        Raises:
            ValueError: No route fits `at`, or another value is wrong, or there are too many faults; the
                message says what would be right.
        """
        place = parse_place(at, self._apis)
        with self._lock:
            require(len(self._faults) < MOST, f"there are {MOST} faults already; remove some, or reset")
            fault = Fault(str(next(self._numbers)), place, action, nth=nth, times=times, where=where)
            self._faults[fault.id] = fault
            return fault

    def take(self, candidate: Candidate) -> Fault | None:
        """Return the fault that acts on a request; None if none does."""
        with self._lock:
            due = [fault for fault in self._faults.values() if fault.notice(candidate)]
            return next((fault for fault in due if fault.take()), None)

    def faults(self) -> list[Fault]:
        """Return the faults in the order of their injection."""
        with self._lock:
            return list(self._faults.values())

    def find(self, identifier: str) -> Fault | None:
        """Return a fault by its id."""
        with self._lock:
            return self._faults.get(identifier)

    def remove(self, fault: Fault, *, may_be_idle: bool = True) -> None:
        """Forget a fault and release it; one that should have fired and never did is not forgotten."""
        with self._lock:
            is_known = self._faults.pop(fault.id, None) is not None
            if is_known and not (may_be_idle or fault.fired):
                self._idle.append(fault)
        fault.release()

    def clear(self) -> list[Fault]:
        """Forget and release every fault, and return those that never fired."""
        with self._lock:
            faults, idle = list(self._faults.values()), self._idle
            self._faults, self._idle = {}, []
        for fault in faults:
            fault.gate.open()
        for fault in faults:
            fault.release()
        return [*idle, *(fault for fault in faults if not fault.fired)]
