"""A clock whose time passes only when somebody waits."""

from __future__ import annotations

import asyncio
import selectors
import threading
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Any

EPOCH = 1_800_000_000.0
LOOK_AGAIN = 0.002
"""Real seconds between two looks at a thread that computes."""
STUCK = 30.0
"""Real seconds after which a thread that still computes is taken for a mistake of the test."""


class TestOverError(Exception):
    """Ends a request that was never answered."""


@dataclass(frozen=True)
class _Sleep:
    """Until when a thread sleeps, and whether something has woken it before."""

    ends: float
    is_woken: Callable[[], bool]


class VirtualClock:
    """The time of a test: the provider and the emulator read it, and a wait moves it on.

    The test's own thread is the one that moves it. A request that the provider sends runs in a thread of its
    own: while that thread computes, time stands still, and while it sleeps, time moves to the next thing due.
    A thread that something has woken computes, also before it has noticed.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._lock = threading.Condition()
        self._before = frozenset(threading.enumerate())
        self._asleep: dict[threading.Thread, _Sleep] = {}
        self._due: list[tuple[float, Callable[[], None]]] = []
        self._is_over = False

    def close(self) -> None:
        """End the threads that still sleep."""
        with self._lock:
            self._is_over = True
            self._lock.notify_all()
        for thread in set(threading.enumerate()) - self._before:
            thread.join(STUCK)

    def monotonic(self) -> float:
        """Seconds since the test began."""
        return self._now

    def time(self) -> float:
        """Seconds since 1970."""
        return EPOCH + self._now

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Do something once so much time has passed: at the next wait that lasts until then."""
        self._due.append((self._now + seconds, action))

    def advance(self, seconds: float) -> None:
        """Let time pass; the thread of a request sleeps for so long."""
        if threading.current_thread() in self._before:
            self.wait((), seconds)
        else:
            self.sleep_here(seconds, lambda: False)

    def wait(self, futures: Collection[Future[Any]], seconds: float) -> None:
        """See `pulumi_switchboard.clock.Clock`."""
        ends = self._now + max(0.0, seconds)
        while not any(future.done() for future in futures):
            self._let_others_compute(futures)
            if any(future.done() for future in futures) or not self._move_on(ends):
                return

    def sleep_here(self, seconds: float | None, is_woken: Callable[[], bool]) -> None:
        """Sleep in the thread of a request; None for as long as nothing wakes it."""
        me = threading.current_thread()
        with self._lock:
            self._asleep[me] = _Sleep(float("inf") if seconds is None else self._now + seconds, is_woken)
            while me in self._asleep and not is_woken() and not self._is_over:
                self._lock.wait(LOOK_AGAIN)
            self._asleep.pop(me, None)
            if self._is_over:
                raise TestOverError

    def _let_others_compute(self, futures: Collection[Future[Any]]) -> None:
        """Wait in real time until all other threads of the test sleep or have ended."""
        for _ in range(int(STUCK / LOOK_AGAIN)):
            busy = self._busy()
            if not busy or any(future.done() for future in futures):
                return
            if futures:
                wait(futures, LOOK_AGAIN, FIRST_COMPLETED)
            else:
                next(iter(busy)).join(LOOK_AGAIN)
        raise AssertionError(f"threads do not end: {self._busy()}")

    def _busy(self) -> set[threading.Thread]:
        with self._lock:
            asleep = {thread for thread, sleep in self._asleep.items() if not sleep.is_woken()}
        return set(threading.enumerate()) - self._before - asleep

    def _move_on(self, ends: float) -> bool:
        """Go to the next thing due, and say whether it comes before the end."""
        with self._lock:
            wakes = min((sleep.ends for sleep in self._asleep.values()), default=float("inf"))
            acts = min((at for at, _ in self._due), default=float("inf"))
            if min(wakes, acts) > ends:
                self._now = ends
                return False
            self._now = max(self._now, min(wakes, acts))
            self._asleep = {thread: sleep for thread, sleep in self._asleep.items() if sleep.ends > self._now}
            self._lock.notify_all()
            actions = [action for at, action in self._due if at <= self._now]
            self._due = [(at, action) for at, action in self._due if at > self._now]
        for action in actions:
            action()
        return True


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop, for the thread of a request, whose time is that of the clock."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        super().__init__(_Selector(clock))

    def time(self) -> float:
        """The time."""
        return self._clock.monotonic()


class _Selector(selectors.SelectSelector):
    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and (timeout is None or timeout > 0):
            self._clock.sleep_here(timeout, lambda: bool(super(_Selector, self).select(0)))
            ready = super().select(0)
        return ready
