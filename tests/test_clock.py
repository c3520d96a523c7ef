"""The clock of the machine."""

from __future__ import annotations

import signal
import threading
import time
from concurrent.futures import Future

import pytest
from pulumi_switchboard.clock import SystemClock

from tests.promises import proves

SECONDS = 60.0


@proves("command.interrupt")
def test_a_signal_that_does_not_wake_a_wait_is_noticed_soon() -> None:
    """One that comes just before a wait does not wake it; nor does one that another thread gets."""
    interrupt = threading.Timer(0.1, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGINT))

    def wait() -> None:
        interrupt.start()
        SystemClock().wait([Future()], SECONDS)

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        wait()
    assert time.monotonic() - began < SECONDS / 2


def test_a_wait_ends_with_the_first_result_or_after_its_time() -> None:
    results: list[Future[None]] = [Future(), Future()]
    SystemClock().wait(results, 0.01)
    threading.Timer(0.01, results[1].set_result, [None]).start()
    SystemClock().wait(results, SECONDS)
    assert [result.done() for result in results] == [False, True]
