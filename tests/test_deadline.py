"""The time that a call has, and how it is told to stop."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest
from pulumi_switchboard.deadline import CancelToken, Deadline
from pulumi_switchboard.errors import CancelledError, DeadlineError

from tests.clock import Clock

LONG = 60.0


def test_a_pause_sleeps_or_ends_the_call_at_once_if_there_is_no_time_for_it() -> None:
    clock = Clock()
    deadline = clock.deadline(10.0)

    deadline.pause(4.0)
    assert (clock.time, deadline.left()) == (1004.0, 6.0)
    with pytest.raises(DeadlineError, match="the time given to this call is over"):
        deadline.pause(6.0)
    assert clock.time == 1004.0
    deadline.check()
    clock.sleep(7.0)
    with pytest.raises(DeadlineError):
        deadline.check()
    assert deadline.left() == 0.0


def test_in_overtime_a_call_has_time_for_one_last_look_and_never_less_than_before() -> None:
    clock = Clock()
    deadline = clock.deadline(10.0)
    with deadline.overtime(5.0):
        assert deadline.left() == 10.0
    clock.sleep(11.0)
    with deadline.overtime(5.0):
        deadline.pause(4.0)
    with pytest.raises(DeadlineError):
        deadline.check()


def test_a_stop_ends_a_pause_wakes_all_who_sleep_and_can_be_set_again() -> None:
    cancel_token = CancelToken()
    deadline = Deadline(lambda: 0.0, lambda: 0.0, lambda _: cancel_token.set(), 10.0, cancel_token.is_set)
    for _ in ("it comes during the pause", "it has come before"):
        with pytest.raises(CancelledError, match="the update was cancelled"):
            deadline.pause(1.0)

    cancel_token = CancelToken()
    sleepers = [threading.Thread(target=cancel_token.sleep, args=(LONG,)) for _ in range(3)]
    for sleeper in sleepers:
        sleeper.start()
    cancel_token.set()
    cancel_token.set()
    for sleeper in sleepers:
        sleeper.join(LONG)
        assert not sleeper.is_alive()
    assert cancel_token.is_set()


def test_a_result_is_waited_for_until_it_comes_or_its_time_is_over() -> None:
    result: Future[int] = Future()
    threading.Timer(0.02, result.set_result, [1]).start()

    assert CancelToken().wait_for(result, LONG, grace=0.0)
    assert not CancelToken().wait_for(Future(), 0.01, grace=LONG)
