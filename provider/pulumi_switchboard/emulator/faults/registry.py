"""The injected faults: which of them acts on a request, and how a test uses one."""

import itertools
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, final

from pulumi_switchboard.emulator.api import Api
from pulumi_switchboard.emulator.faults.action import Action, ReleaseEvent, require
from pulumi_switchboard.emulator.faults.matching import RequestPattern, RequestSummary, parse_pattern

MAX_FAULTS = 1000
"""How many faults there can be at a time."""

_RELEASE_SECONDS = 5


class Fault:
    """One injected fault: an action and the requests that it is for. Any thread can use it.

    It is due from the `nth` matching request on, until it has acted on `times` requests.

    Raises:
        ValueError: A number is below 1, or the action is not for the method.
    """

    def __init__(
        self,
        identifier: str,
        pattern: RequestPattern,
        action: Action,
        *,
        nth: int,
        times: int | None,
        where: str,
    ) -> None:
        require(nth >= 1, "nth: must be 1 or more")
        require(times is None or times >= 1, "times: must be 1 or more, or null for every request")
        require(
            action.method in {None, pattern.method},
            f"at: {type(action).__name__} acts on {action.method} only; begin with that method",
        )
        self.id = identifier
        self.action = action
        self.released = ReleaseEvent()
        self._pattern = pattern
        self._nth = nth
        self._times = None if action.always else times
        self._where = where
        self._chooses = action.chooser()
        self._changed = threading.Condition()
        self._matched = self._taken = self._fired = self._active = 0

    @property
    def fired(self) -> int:
        """How many requests it has acted on."""
        with self._changed:
            return self._fired

    def count_match(self, request: RequestSummary) -> bool:
        """Count a request if it matches, and return whether this fault is due."""
        if not (self._pattern.matches(request) and any(self._where in text for text in request.texts)):
            return False
        with self._changed:
            self._matched += 1
            return self._matched >= self._nth and (self._times is None or self._taken < self._times)

    def take(self) -> bool:
        """Take the last request that was counted, unless the action leaves it alone; then call `done`."""
        if not self._chooses():
            return False
        with self._changed:
            self._taken += 1
            self._active += 1
        return True

    def fire(self) -> None:
        """Record that it acts on a request now."""
        with self._changed:
            self._fired += 1
            self._changed.notify_all()

    def skip(self) -> None:
        """Record that it leaves the request that it took alone, and acts on a later one."""
        with self._changed:
            self._taken -= 1

    def done(self) -> None:
        """Record that the request that it took has ended."""
        with self._changed:
            self._active -= 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait until it has fired.

        Raises:
            TimeoutError: It did not fire within this time.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._fired, seconds):
                message = f"{self} did not fire within {seconds:g} s; {self._matched} requests matched"
                raise TimeoutError(message)

    def release(self) -> None:
        """Let held requests continue, and wait until they have ended. Never call it in an event loop."""
        self.released.set()
        with self._changed:
            self._changed.wait_for(lambda: not self._active, _RELEASE_SECONDS)

    def as_json(self) -> dict[str, Any]:
        """Return the fault as the control API shows it."""
        return {
            "id": self.id,
            "at": self._pattern.text,
            "nth": self._nth,
            "times": self._times,
            "where": self._where,
            "do": self.action.as_json(),
            "fired": self.fired,
        }

    def __str__(self) -> str:
        where = f" where {self._where!r}" if self._where else ""
        return f"{self.action} at '{self._pattern.text}' (nth={self._nth}{where})"


class FaultRegistry:
    """Every fault that was injected and not removed. Any thread can use it.

    Every fault counts its matching requests. If several faults are due at a request, the one injected first
    acts on it; the others act on the next request that matches them.
    """

    def __init__(self, apis: Sequence[Api]) -> None:
        self._apis = apis
        self._lock = threading.Lock()
        self._faults: dict[str, Fault] = {}
        self._unused: list[Fault] = []
        """Those that were removed and should have fired, but never did."""
        self._numbers = itertools.count(1)

    def inject(self, at: str, action: Action, *, nth: int, times: int | None, where: str) -> Fault:
        """Add a fault.

        Raises:
            ValueError: No route matches `at`, another value is wrong, or there are too many faults; the
                message says what is right.
        """
        pattern = parse_pattern(at, self._apis)
        with self._lock:
            too_many = f"there are {MAX_FAULTS} faults already; remove some, or reset"
            require(len(self._faults) < MAX_FAULTS, too_many)
            fault = Fault(str(next(self._numbers)), pattern, action, nth=nth, times=times, where=where)
            self._faults[fault.id] = fault
            return fault

    def take(self, request: RequestSummary) -> Fault | None:
        """Return the fault that acts on a request; None if there is none."""
        with self._lock:
            due = [fault for fault in self._faults.values() if fault.count_match(request)]
            return next((fault for fault in due if fault.take()), None)

    def all(self) -> list[Fault]:
        """Return the faults in the order of their injection."""
        with self._lock:
            return list(self._faults.values())

    def find(self, identifier: str) -> Fault | None:
        """Return a fault by its id."""
        with self._lock:
            return self._faults.get(identifier)

    def remove(self, fault: Fault, *, may_be_unused: bool = True) -> None:
        """Remove and release a fault. If it should have fired and never did, `clear` returns it later."""
        with self._lock:
            is_known = self._faults.pop(fault.id, None) is not None
            if is_known and not (may_be_unused or fault.fired):
                self._unused.append(fault)
        fault.release()

    def clear(self) -> list[Fault]:
        """Remove and release every fault, and return those that never fired."""
        with self._lock:
            faults, unused = list(self._faults.values()), self._unused
            self._faults, self._unused = {}, []
        for fault in faults:
            fault.released.set()
        for fault in faults:
            fault.release()
        return [*unused, *(fault for fault in faults if not fault.fired)]


class NeverFiredError(AssertionError):
    """Faults never acted on a request, so the test has not shown what it should."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"never fired: {'; '.join(map(str, faults))}")


@final
class Injected:
    """An injected fault. As a context manager, it is removed at the end of the block and must have fired.

    Raises:
        NeverFiredError: The block ended without an exception, and it never fired.
    """

    def __init__(self, fault: Fault, faults: FaultRegistry) -> None:
        self._fault = fault
        self._faults = faults

    @property
    def id(self) -> str:
        """Its id for the control API."""
        return self._fault.id

    @property
    def fired(self) -> int:
        """How many requests it has acted on."""
        return self._fault.fired

    def wait(self, seconds: float = 120.0) -> None:
        """Wait until it has fired. A `Hold` or `Stall` fires when its request waits.

        Raises:
            TimeoutError: It did not fire within this time.
        """
        self._fault.wait(seconds)

    def release(self) -> None:
        """Let held and stalled requests continue, also later ones, and end an outage.

        When this returns, held requests are answered and connections are accepted.
        """
        self._fault.release()

    def remove(self, *, may_be_idle: bool = False) -> None:
        """Remove and release it.

        If it never fired, the emulator raises an error at its end, except with `may_be_idle`.
        """
        self._faults.remove(self._fault, may_be_unused=may_be_idle)

    def __enter__(self) -> "Injected":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove(may_be_idle=True)
        if kind is None and not self.fired:
            raise NeverFiredError([self._fault])
