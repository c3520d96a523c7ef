"""The rate limiter finds out how many requests a vendor accepts, in simulations of fast and slow vendors."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import inf

import pytest
from pulumi_switchboard.deadline import Deadline
from pulumi_switchboard.transport.rate_limit import FIRST_REQUESTS, LONGEST_INTERVAL, RateLimiter

from tests.promises import proves

REQUESTS = 100
RETRY_AFTER = [None, 1.0]


class _PauseError(Exception):
    """A request has to wait; the argument says how long."""


def wait(rate_limiter: RateLimiter) -> float:
    """Count a request if it may be sent now: 0, or the seconds to wait."""

    def announce(seconds: float) -> None:
        assert seconds >= 0.5, "a short wait is announced"

    def sleep(seconds: float) -> None:
        raise _PauseError(seconds)

    try:
        rate_limiter.wait(Deadline(lambda: 0.0, lambda: 0.0, sleep, inf), announce)
    except _PauseError as pause:
        return float(pause.args[0])
    return 0.0


@dataclass
class Vendor:
    """A vendor that accepts so many requests a second, and so many at once, but none during an outage."""

    rate: float = 1e6
    burst: float = 1e6
    outage: tuple[float, float] = (0.0, 0.0)
    filled_at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def accepts(self, now: float) -> bool:
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.outage[0] <= now < self.outage[1] or self.tokens < 1.0:
            return False
        self.tokens -= 1.0
        return True


class Simulation:
    """Workers that send requests in parallel, on a clock of their own."""

    def __init__(self, vendor: Vendor, round_trip: float, workers: int, retry_after: float | None) -> None:
        self.vendor, self.round_trip, self.retry_after = vendor, round_trip, retry_after
        self.time = 0.0
        self.sent = 0
        self.left = REQUESTS
        self.rate_limiter = RateLimiter(lambda: self.time)
        waiting = [(0.0, number, self._work()) for number in range(workers)]
        while waiting:
            self.time, number, worker = heapq.heappop(waiting)
            if (seconds := next(worker, None)) is not None:
                heapq.heappush(waiting, (self.time + seconds, number, worker))

    def _work(self) -> Iterator[float]:
        """Send requests as long as there are some; yields the seconds to wait before each next step."""
        while self.left > 0:
            self.left -= 1
            is_accepted = False
            while not is_accepted:
                while (pause := wait(self.rate_limiter)) > 0.0:
                    yield pause
                sent_at = self.time
                self.sent += 1
                yield self.round_trip / 2
                is_accepted = self.vendor.accepts(self.time)
                yield self.round_trip / 2
                if is_accepted:
                    self.rate_limiter.record_answer(sent_at)
                else:
                    self.rate_limiter.record_refusal(sent_at, self.retry_after, "full")


@proves("transport.rate-limit")
@pytest.mark.parametrize(("rate", "burst"), [(1, 1), (5, 1), (5, 5), (20, 20), (100, 100)])
def test_many_refusals_cost_few_requests_and_little_time(rate: float, burst: float) -> None:
    for round_trip, retry_after, workers in product([0.002, 0.02, 0.2], RETRY_AFTER, [8, 64]):
        run = Simulation(Vendor(rate, burst), round_trip, workers, retry_after)

        assert REQUESTS <= run.sent <= 1.3 * REQUESTS, vars(run)
        shortest = max((REQUESTS - burst) / rate, REQUESTS * round_trip / workers)
        assert run.time < 2 * shortest + 2.0, vars(run)


@proves("transport.rate-limit")
def test_after_an_outage_the_vendor_is_soon_at_full_use_again_or_at_the_rate_that_was_found() -> None:
    for outage, round_trip, retry_after, workers in product(
        [5.0, 15.0, 30.0, 120.0], [0.02, 0.2], RETRY_AFTER, [8, 64]
    ):
        run = Simulation(Vendor(outage=(0.0, outage)), round_trip, workers, retry_after)
        assert run.time < outage + 16.0, vars(run)
        assert run.sent < REQUESTS + FIRST_REQUESTS + 8.0 + outage / LONGEST_INTERVAL, vars(run)

    for begins, retry_after in product([0.0, 1.0, 3.0], RETRY_AFTER):
        run = Simulation(Vendor(5, 1, outage=(begins, begins + 30.0)), 0.05, 64, retry_after)
        assert run.time < 30.0 + 2 * REQUESTS / 5 + 6.0
        assert run.sent < 1.3 * REQUESTS


def test_a_vendor_that_accepts_all_is_at_full_use_after_a_few_round_trips() -> None:
    run = Simulation(Vendor(), round_trip=0.2, workers=64, retry_after=None)
    assert run.sent == REQUESTS
    assert run.time < 6 * 0.2


def test_a_run_starts_with_a_few_requests_and_each_answer_permits_more() -> None:
    now = [0.0]
    rate_limiter = RateLimiter(lambda: now[0])

    def permitted() -> int:
        return sum(1 for _ in iter(lambda: wait(rate_limiter), 0.01))

    assert permitted() == FIRST_REQUESTS
    rate_limiter.record_answer(0.0)
    rate_limiter.record_answer(0.0)
    assert permitted() == 4
    now[0] = 1.0
    assert wait(rate_limiter) == 0.0, "unanswered requests do not stop the others forever"


def test_the_longest_retry_after_counts_and_requests_that_were_under_way_change_nothing() -> None:
    now = [0.0]
    rate_limiter = RateLimiter(lambda: now[0])
    assert rate_limiter.reason == ""
    rate_limiter.record_refusal(0.0, 30.0, "full")
    rate_limiter.record_refusal(0.0, 1.0, "less full")
    assert (wait(rate_limiter), rate_limiter.reason) == (30.0, "full")
    now[0] = 30.0
    assert (wait(rate_limiter), rate_limiter.reason) == (0.0, "")

    now[0] = 10.0
    rate_limiter = RateLimiter(lambda: now[0])
    rate_limiter.record_refusal(10.0, None, "full")
    now[0] = 10.001
    for _ in range(20):
        rate_limiter.record_refusal(9.0, None, "full")
        rate_limiter.record_answer(9.0)
    now[0] = 20.0
    assert wait(rate_limiter) == 0.0
    assert wait(rate_limiter) == pytest.approx(0.1)
