"""The brake for all calls of an account, at vendors of all speeds."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import pytest
from pulumi_switchboard.errors import CancelledError, DeadlineError
from pulumi_switchboard.http.throttle import FIRST_REQUESTS, LONGEST_INTERVAL, Throttle
from pulumi_switchboard.moment import Moment

CALLS = 50
REQUESTS_PER_CALL = 2


@dataclass
class Bucket:
    """A vendor that takes so many requests a second, and so many at once."""

    rate: float
    burst: float
    tokens: float = 0.0
    filled_at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def takes(self, now: float) -> bool:
        """Whether it takes a request that arrives now."""
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.tokens < 1.0:
            return False
        self.tokens -= 1.0
        return True


@dataclass
class Down:
    """A vendor that takes nothing for a while, and from then on as much as another."""

    begins: float
    ends: float
    else_: Bucket = field(default_factory=lambda: Bucket(1e6, 1e6))

    def takes(self, now: float) -> bool:
        """Whether it takes a request that arrives now."""
        return self.else_.takes(now) and not self.begins <= now < self.ends


@dataclass
class World:
    """Many calls at once on a clock of their own, one event after the other."""

    vendor: Bucket | Down
    round_trip: float
    at_once: int
    retry_after: float | None
    time: float = 0.0
    sent: int = 0
    events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.throttle = Throttle(lambda: self.time)
        self.order = count()
        self.waiting = deque(range(CALLS))

    def run(self) -> None:
        """Let all calls come to their end."""
        for _ in range(self.at_once):
            self.start()
        while self.events:
            self.time, _, happen = heapq.heappop(self.events)
            happen()

    def start(self) -> None:
        """Start the next call."""
        if self.waiting:
            self.waiting.popleft()
            self.ask(REQUESTS_PER_CALL)

    def ask(self, left: int) -> None:
        """Send a request of a call that has so many to send, once its turn has come."""
        pause = self.throttle._turn()  # noqa: SLF001 - `wait` would block the one thread there is
        if pause > 0.0:
            self.later(pause, lambda: self.ask(left))
            return
        sent_at = self.time
        self.sent += 1
        self.later(self.round_trip / 2, lambda: self.arrive(left, sent_at))

    def arrive(self, left: int, sent_at: float) -> None:
        """The request is at the vendor."""
        taken = self.vendor.takes(self.time)
        self.later(self.round_trip / 2, lambda: self.hear(left, sent_at, taken=taken))

    def hear(self, left: int, sent_at: float, *, taken: bool) -> None:
        """The answer is here."""
        if not taken:
            self.throttle.refused(sent_at, self.retry_after, "full")
            self.ask(left)
            return
        self.throttle.accepted(sent_at)
        if left > 1:
            self.ask(left - 1)
        else:
            self.start()

    def later(self, seconds: float, happen: Callable[[], None]) -> None:
        """Have something happen after a while."""
        heapq.heappush(self.events, (self.time + seconds, next(self.order), happen))


@pytest.mark.parametrize("at_once", [8, 64])
@pytest.mark.parametrize("retry_after", [None, 1.0])
@pytest.mark.parametrize("round_trip", [0.002, 0.02, 0.2])
@pytest.mark.parametrize(("rate", "burst"), [(1, 1), (5, 1), (5, 5), (20, 20), (100, 100)])
def test_a_storm_of_refusals_costs_few_requests_and_little_time(
    rate: float, burst: float, round_trip: float, retry_after: float | None, at_once: int
) -> None:
    world = World(Bucket(rate, burst), round_trip, at_once, retry_after)
    needed = CALLS * REQUESTS_PER_CALL

    world.run()

    assert needed <= world.sent <= 1.3 * needed
    shortest = max((needed - burst) / rate, needed * round_trip / at_once)
    assert world.time < 2 * shortest + 2.0


@pytest.mark.parametrize("at_once", [8, 64])
@pytest.mark.parametrize("retry_after", [None, 1.0])
@pytest.mark.parametrize("round_trip", [0.02, 0.2])
@pytest.mark.parametrize("down", [5.0, 15.0, 30.0, 120.0])
def test_a_vendor_that_took_nothing_for_a_while_is_soon_at_full_use_again(
    down: float, round_trip: float, retry_after: float | None, at_once: int
) -> None:
    world = World(Down(0.0, down), round_trip, at_once, retry_after)

    world.run()

    assert world.time < down + 16.0
    assert world.sent < CALLS * REQUESTS_PER_CALL + FIRST_REQUESTS + 8.0 + down / LONGEST_INTERVAL


@pytest.mark.parametrize("retry_after", [None, 1.0])
@pytest.mark.parametrize("begins", [0.0, 1.0, 3.0])
def test_a_pace_that_was_found_out_is_found_again_after_a_while_of_refusals(
    begins: float, retry_after: float | None
) -> None:
    world = World(Down(begins, begins + 30.0, Bucket(5, 1)), 0.05, 64, retry_after)

    world.run()

    assert world.time < 30.0 + 2 * CALLS * REQUESTS_PER_CALL / 5 + 6.0
    assert world.sent < 1.3 * CALLS * REQUESTS_PER_CALL


def test_a_vendor_that_takes_all_is_at_full_use_after_a_few_round_trips() -> None:
    world = World(Bucket(1e6, 1e6), round_trip=0.2, at_once=64, retry_after=None)

    world.run()

    assert world.sent == CALLS * REQUESTS_PER_CALL
    assert world.time < 6 * 0.2


def test_a_run_starts_with_a_few_requests_and_answers_let_more_go() -> None:
    throttle = Throttle(lambda: 0.0)

    def free() -> int:
        return sum(1 for _ in iter(throttle._turn, 0.01))  # noqa: SLF001

    assert free() == FIRST_REQUESTS
    throttle.accepted(0.0)
    throttle.accepted(0.0)
    assert free() == 4


def test_requests_that_get_no_answer_do_not_stop_the_others_for_good() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    while throttle._turn() == 0.0:  # noqa: SLF001
        pass

    now[0] = 1.0

    assert throttle._turn() == 0.0  # noqa: SLF001


def test_a_shorter_wish_to_wait_does_not_shorten_a_longer_one() -> None:
    throttle = Throttle(lambda: 10.0)
    throttle.refused(10.0, 30.0, "full")
    throttle.refused(10.0, 1.0, "full")

    assert throttle._turn() == 30.0  # noqa: SLF001


def test_what_was_under_way_when_the_brake_was_put_on_does_not_put_it_on_again() -> None:
    now = [10.0]
    throttle = Throttle(lambda: now[0])
    for _ in range(20):
        throttle.refused(9.0 if now[0] > 10.0 else 10.0, None, "full")
        now[0] = 10.001
    now[0] = 20.0

    assert throttle._turn() == 0.0  # noqa: SLF001
    assert throttle._turn() == pytest.approx(0.1)  # noqa: SLF001


def test_each_longer_wait_is_announced_and_a_stop_ends_it() -> None:
    now, stopped, announced = [0.0], [False], list[float]()
    throttle = Throttle(lambda: now[0])
    throttle.refused(0.0, 30.0, "full")

    def sleep(seconds: float) -> None:
        stopped[0] = True

    moment = Moment(lambda: now[0], sleep, 600.0, lambda: stopped[0])

    with pytest.raises(CancelledError):
        throttle.wait(moment, announced.append)
    assert announced == [30.0]


def test_nobody_waits_for_a_turn_that_comes_after_the_end_of_the_call() -> None:
    throttle = Throttle(lambda: 0.0)
    throttle.refused(0.0, 30.0, "full")
    slept: list[float] = []

    with pytest.raises(DeadlineError):
        throttle.wait(Moment(lambda: 0.0, slept.append, 10.0), lambda _: None)
    assert slept == []


def test_what_the_vendor_said_stands_for_as_long_as_all_have_to_wait() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    assert throttle.reason == ""

    throttle.refused(0.0, 30.0, "full")
    throttle.refused(0.0, 1.0, "less full")
    assert throttle.reason == "full"

    now[0] = 30.0
    assert throttle.reason == ""
