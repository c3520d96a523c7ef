"""The time that a call has, and how it is told to stop."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest
from pulumi_switchboard.errors import CancelledError, DeadlineError
from pulumi_switchboard.moment import Moment, Stop

from tests.core.clock import Clock

LONG = 60.0


def test_a_pause_sleeps_or_ends_the_call_at_once_if_there_is_no_time_for_it() -> None:
    clock = Clock()
    moment = clock.moment(10.0)

    moment.pause(4.0)
    assert (clock.time, moment.left()) == (1004.0, 6.0)
    with pytest.raises(DeadlineError, match="the time given to this call is over"):
        moment.pause(6.0)
    assert clock.time == 1004.0
    moment.check()
    clock.sleep(7.0)
    with pytest.raises(DeadlineError):
        moment.check()
    assert moment.left() == 0.0


def test_in_overtime_a_call_has_time_for_one_last_look_and_never_less_than_before() -> None:
    clock = Clock()
    moment = clock.moment(10.0)
    with moment.overtime(5.0):
        assert moment.left() == 10.0
    clock.sleep(11.0)
    with moment.overtime(5.0):
        moment.pause(4.0)
    with pytest.raises(DeadlineError):
        moment.check()


def test_a_stop_ends_a_pause_wakes_all_who_sleep_and_can_be_set_again() -> None:
    stop = Stop()
    moment = Moment(lambda: 0.0, lambda _: stop.set(), 10.0, stop.is_set)
    for _ in ("it comes during the pause", "it has come before"):
        with pytest.raises(CancelledError, match="the update was cancelled"):
            moment.pause(1.0)

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


def test_a_result_is_waited_for_until_it_comes_or_its_time_is_over() -> None:
    result: Future[int] = Future()
    threading.Timer(0.02, result.set_result, [1]).start()

    assert Stop().wait_for(result, LONG, grace=0.0)
    assert not Stop().wait_for(Future(), 0.01, grace=LONG)
