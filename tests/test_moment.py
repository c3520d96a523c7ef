"""The time that a call has, and how it is told to stop."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest
from pulumi_switchboard.errors import CancelledError, DeadlineError
from pulumi_switchboard.moment import Moment, Stop

from tests.core.fakes import Clock

LONG = 60.0


def test_a_pause_sleeps() -> None:
    clock = Clock()

    clock.moment(10.0).pause(4.0)

    assert clock.slept == [4.0]


def test_a_pause_that_the_call_has_no_time_for_ends_it_at_once() -> None:
    clock = Clock()

    with pytest.raises(DeadlineError, match="the time given to this call is over"):
        clock.moment(10.0).pause(10.0)
    assert clock.slept == []


def test_a_call_whose_time_is_over_does_not_go_on() -> None:
    clock = Clock()
    moment = clock.moment(10.0)
    moment.check()
    clock.time += 10.0

    with pytest.raises(DeadlineError):
        moment.check()
    assert moment.left() == 0.0


def test_in_overtime_a_call_has_time_for_one_last_look() -> None:
    clock = Clock()
    moment = clock.moment(10.0)
    clock.time += 11.0

    with moment.overtime(5.0):
        moment.pause(4.0)
    with pytest.raises(DeadlineError):
        moment.check()


def test_overtime_takes_no_time_away() -> None:
    moment = Clock().moment(10.0)

    with moment.overtime(5.0):
        assert moment.left() == 10.0


@pytest.mark.parametrize("when", ["before", "while"])
def test_a_stop_ends_a_pause(when: str) -> None:
    clock, stop = Clock(), Stop()
    if when == "before":
        stop.set()
    moment = Moment(clock.now, lambda _: stop.set(), clock.time + 10.0, stop.is_set)

    with pytest.raises(CancelledError, match="the update was cancelled"):
        moment.pause(1.0)


def test_a_stop_wakes_all_who_sleep_and_can_be_set_again() -> None:
    stop = Stop()
    sleepers = [threading.Thread(target=stop.sleep, args=(LONG,)) for _ in range(3)]
    for sleeper in sleepers:
        sleeper.start()

    stop.set()
    stop.set()

    for sleeper in sleepers:
        sleeper.join(LONG)
        assert not sleeper.is_alive()
    assert stop.is_set()


def test_a_result_is_waited_for() -> None:
    result: Future[int] = Future()
    threading.Timer(0.02, result.set_result, [1]).start()

    assert Stop().wait_for(result, LONG, grace=0.0)


def test_a_result_that_does_not_come_in_time_is_given_up() -> None:
    assert not Stop().wait_for(Future(), 0.01, grace=LONG)
