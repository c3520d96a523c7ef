"""The injected faults: which of them acts on a request, and how a test uses one."""

import itertools
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, final

from pulumi_switchboard.emulator.api import Api
from pulumi_switchboard.emulator.exchange import Exchange
from pulumi_switchboard.emulator.faults.fault import Fault
from pulumi_switchboard.emulator.faults.faulted_request import FaultedRequest, ReleaseEvent, require
from pulumi_switchboard.emulator.faults.matching import RequestPattern, RequestSummary, parse_pattern

MAX_FAULTS = 1000
"""How many faults there can be at a time."""

_RELEASE_SECONDS = 5


class NeverFiredError(AssertionError):
    """Faults never acted on a request, so the test has not shown what it should."""

    def __init__(self, faults: Sequence["Injected"]) -> None:
        super().__init__(f"never fired: {'; '.join(map(str, faults))}")


@final
class Injected:
    """A fault that was injected. Any thread can use it.

    It is due from the `nth` matching request on, until it has acted on as many requests as it may. As a
    context manager, it is removed at the end of the block and must have fired.
    """

    def __init__(
        self, id: str, fault: Fault, pattern: RequestPattern, forget: Callable[["Injected", bool], None]
    ) -> None:
        self.id = id
        """Its id for the control API."""
        self._fault, self._pattern = fault, pattern
        self._chooses = fault.chooser()
        self._forget = forget
        self._released = ReleaseEvent()
        self._changed = threading.Condition()
        self._matched = self._taken = self._fired = self._active = 0

    @property
    def fired(self) -> int:
        """How many requests it has acted on."""
        with self._changed:
            return self._fired

    def wait(self, seconds: float = 120.0) -> None:
        """Wait until it has fired; too long a time is a TimeoutError.

        A `Hold` or `Stall` fires when its request waits.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._fired, seconds):
                message = f"{self} did not fire within {seconds:g} s; {self._matched} requests matched"
                raise TimeoutError(message)

    def begin_release(self) -> None:
        """Do as `release` does, but without waiting."""
        self._released.set()

    def release(self) -> None:
        """Let held and stalled requests continue, also later ones, and end an outage.

        When this returns, held requests are answered and connections are accepted. Never call it in an event
        loop.
        """
        self.begin_release()
        with self._changed:
            self._changed.wait_for(lambda: not self._active, _RELEASE_SECONDS)

    def remove(self, *, may_be_idle: bool = False) -> None:
        """Remove and release it.

        If it never fired, the emulator raises an error at its end, except with `may_be_idle`.
        """
        self._forget(self, may_be_idle)
        self.release()

    def count_match(self, request: RequestSummary) -> bool:
        """Count a request if it matches, and return whether this fault is due."""
        fault = self._fault
        if not (self._pattern.matches(request) and any(fault.where in text for text in request.texts)):
            return False
        with self._changed:
            self._matched += 1
            return self._matched >= fault.nth and (fault.most is None or self._taken < fault.most)

    def take(self) -> bool:
        """Return whether this fault acts on the request that it has just counted; if so, call `play`."""
        if not self._chooses():
            return False
        with self._changed:
            self._taken += 1
            self._active += 1
        return True

    async def play(self, exchange: Exchange) -> None:
        """Act on the request that it took."""
        try:
            await self._fault.do.play(FaultedRequest(exchange, self._released, self._fire, self._skip))
        finally:
            with self._changed:
                self._active -= 1
                self._changed.notify_all()

    def as_json(self) -> dict[str, Any]:
        """Return the fault as the control API shows it."""
        return {"id": self.id, **self._fault.as_json(), "fired": self.fired}

    def _fire(self) -> None:
        with self._changed:
            self._fired += 1
            self._changed.notify_all()

    def _skip(self) -> None:
        with self._changed:
            self._taken -= 1

    def __str__(self) -> str:
        return str(self._fault)

    def __enter__(self) -> "Injected":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove(may_be_idle=True)
        if kind is None and not self.fired:
            raise NeverFiredError([self])


class FaultRegistry:
    """Every fault that was injected and not removed. Any thread can use it."""

    def __init__(self, apis: Sequence[Api]) -> None:
        self._apis = apis
        self._lock = threading.Lock()
        self._faults: dict[str, Injected] = {}
        self._unused: list[Injected] = []
        """Those that were removed and should have fired, but never did."""
        self._numbers = itertools.count(1)

    def inject(self, fault: Fault) -> Injected:
        """Add a fault. If no route matches it, or there are too many, a ValueError says what is right."""
        pattern = parse_pattern(fault.at, self._apis)
        with self._lock:
            too_many = f"there are {MAX_FAULTS} faults already; remove some, or reset"
            require(len(self._faults) < MAX_FAULTS, too_many)
            injected = Injected(str(next(self._numbers)), fault, pattern, self._forget)
            self._faults[injected.id] = injected
            return injected

    def take(self, request: RequestSummary) -> Injected | None:
        """Return the fault that acts on a request; None if there is none."""
        with self._lock:
            due = [fault for fault in self._faults.values() if fault.count_match(request)]
            return next((fault for fault in due if fault.take()), None)

    def all(self) -> list[Injected]:
        """Return the faults in the order of their injection."""
        with self._lock:
            return list(self._faults.values())

    def clear(self) -> list[Injected]:
        """Remove and release every fault, and return those that never fired."""
        with self._lock:
            faults, unused = list(self._faults.values()), self._unused
            self._faults, self._unused = {}, []
        for fault in faults:
            fault.begin_release()
        for fault in faults:
            fault.release()
        return [*unused, *(fault for fault in faults if not fault.fired)]

    def _forget(self, fault: Injected, may_be_idle: bool) -> None:  # noqa: FBT001 - a callback
        with self._lock:
            is_known = self._faults.pop(fault.id, None) is not None
            if is_known and not (may_be_idle or fault.fired):
                self._unused.append(fault)
