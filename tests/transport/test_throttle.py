"""The throttle of an account finds the pace of the vendor, played against vendors of all speeds."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, product
from math import inf

import pytest
from pulumi_switchboard.deadline import Deadline
from pulumi_switchboard.transport.rate_limit import FIRST_REQUESTS, LONGEST_INTERVAL, RateLimiter

from tests.promises import proves

CALLS = 50
REQUESTS_PER_CALL = 2
NEEDED = CALLS * REQUESTS_PER_CALL
RETRY_AFTER = [None, 1.0]


class _PauseError(Exception):
    """A request has to wait; the argument says how long."""


def turn(rate_limiter: RateLimiter) -> float:
    """Take the turn of a request if it has come: 0, or the seconds to wait."""

    def sleep(seconds: float) -> None:
        raise _PauseError(seconds)

    try:
        rate_limiter.wait(Deadline(lambda: 0.0, sleep, inf), lambda _: None)
    except _PauseError as pause:
        return float(pause.args[0])
    return 0.0


@dataclass
class Bucket:
    """A vendor that takes so many requests a second, and so many at once, but none during an outage."""

    rate: float = 1e6
    burst: float = 1e6
    outage: tuple[float, float] = (0.0, 0.0)
    filled_at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def takes(self, now: float) -> bool:
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.outage[0] <= now < self.outage[1] or self.tokens < 1.0:
            return False
        self.tokens -= 1.0
        return True


@dataclass
class Simulation:
    """Many calls at once on a clock of their own, one event after the other."""

    vendor: Bucket
    round_trip: float
    at_once: int
    retry_after: float | None
    time: float = 0.0
    sent: int = 0
    events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rate_limiter = RateLimiter(lambda: self.time)
        self.order = count()
        self.waiting = deque(range(CALLS))

    def run(self) -> None:
        for _ in range(self.at_once):
            self._start_call()
        while self.events:
            self.time, _, happen = heapq.heappop(self.events)
            happen()

    def _start_call(self) -> None:
        if self.waiting:
            self.waiting.popleft()
            self._ask(REQUESTS_PER_CALL)

    def _ask(self, left: int) -> None:
        """Send a request of a call that has so many left, once its turn has come."""
        pause = turn(self.rate_limiter)
        if pause > 0.0:
            self._later(pause, lambda: self._ask(left))
            return
        sent_at = self.time
        self.sent += 1
        self._later(self.round_trip / 2, lambda: self._arrive(left, sent_at))

    def _arrive(self, left: int, sent_at: float) -> None:
        taken = self.vendor.takes(self.time)
        self._later(self.round_trip / 2, lambda: self._hear(left, sent_at, taken=taken))

    def _hear(self, left: int, sent_at: float, *, taken: bool) -> None:
        if not taken:
            self.rate_limiter.record_refusal(sent_at, self.retry_after, "full")
            self._ask(left)
            return
        self.rate_limiter.record_answer(sent_at)
        if left > 1:
            self._ask(left - 1)
        else:
            self._start_call()

    def _later(self, seconds: float, happen: Callable[[], None]) -> None:
        heapq.heappush(self.events, (self.time + seconds, next(self.order), happen))


@proves("transport.rate-limit")
@pytest.mark.parametrize(("rate", "burst"), [(1, 1), (5, 1), (5, 5), (20, 20), (100, 100)])
def test_many_refusals_cost_few_requests_and_little_time(rate: float, burst: float) -> None:
    for round_trip, retry_after, at_once in product([0.002, 0.02, 0.2], RETRY_AFTER, [8, 64]):
        played = Simulation(Bucket(rate, burst), round_trip, at_once, retry_after)
        played.run()

        assert NEEDED <= played.sent <= 1.3 * NEEDED, played
        shortest = max((NEEDED - burst) / rate, NEEDED * round_trip / at_once)
        assert played.time < 2 * shortest + 2.0, played


@proves("transport.rate-limit")
def test_after_an_outage_the_vendor_is_soon_at_full_use_again_or_at_the_pace_that_was_found() -> None:
    for outage, round_trip, retry_after, at_once in product(
        [5.0, 15.0, 30.0, 120.0], [0.02, 0.2], RETRY_AFTER, [8, 64]
    ):
        played = Simulation(Bucket(outage=(0.0, outage)), round_trip, at_once, retry_after)
        played.run()
        assert played.time < outage + 16.0, played
        assert played.sent < NEEDED + FIRST_REQUESTS + 8.0 + outage / LONGEST_INTERVAL, played

    for begins, retry_after in product([0.0, 1.0, 3.0], RETRY_AFTER):
        played = Simulation(Bucket(5, 1, outage=(begins, begins + 30.0)), 0.05, 64, retry_after)
        played.run()
        assert played.time < 30.0 + 2 * NEEDED / 5 + 6.0
        assert played.sent < 1.3 * NEEDED


def test_a_vendor_that_takes_all_is_at_full_use_after_a_few_round_trips() -> None:
    played = Simulation(Bucket(), round_trip=0.2, at_once=64, retry_after=None)
    played.run()

    assert played.sent == NEEDED
    assert played.time < 6 * 0.2


def test_a_run_starts_with_a_few_requests_and_answers_let_more_go() -> None:
    now = [0.0]
    rate_limiter = RateLimiter(lambda: now[0])

    def free() -> int:
        return sum(1 for _ in iter(lambda: turn(rate_limiter), 0.01))

    assert free() == FIRST_REQUESTS
    rate_limiter.record_answer(0.0)
    rate_limiter.record_answer(0.0)
    assert free() == 4
    now[0] = 1.0
    assert turn(rate_limiter) == 0.0, "requests without an answer do not stop the others for good"


def test_the_longest_wish_to_wait_counts_and_refusals_of_requests_under_way_count_once() -> None:
    now = [0.0]
    rate_limiter = RateLimiter(lambda: now[0])
    assert rate_limiter.reason == ""
    rate_limiter.record_refusal(0.0, 30.0, "full")
    rate_limiter.record_refusal(0.0, 1.0, "less full")
    assert (turn(rate_limiter), rate_limiter.reason) == (30.0, "full")
    now[0] = 30.0
    assert (turn(rate_limiter), rate_limiter.reason) == (0.0, "")

    now[0] = 10.0
    rate_limiter = RateLimiter(lambda: now[0])
    rate_limiter.record_refusal(10.0, None, "full")
    now[0] = 10.001
    for _ in range(20):
        rate_limiter.record_refusal(9.0, None, "full")
    now[0] = 20.0
    assert turn(rate_limiter) == 0.0
    assert turn(rate_limiter) == pytest.approx(0.1)
