"""Calls in other threads."""

import subprocess
import sys
import threading
from concurrent.futures import CancelledError

import pytest
from pulumi_switchboard.background import Background

SECONDS = 60.0
"""Nothing here takes as long, unless something is wrong."""
ENDS = """
from threading import Event

from pulumi_switchboard.background import Background

background, begun = Background(1), Event()
background.start(lambda: (begun.set(), Event().wait()))
background.start(print)
begun.wait()
"""


def test_a_process_that_ends_waits_for_no_call() -> None:
    said = subprocess.check_output([sys.executable, "-c", ENDS], stderr=subprocess.STDOUT, timeout=SECONDS)
    assert said == b""


def test_a_call_returns_or_fails_as_in_this_thread() -> None:
    background = Background(1)
    failing = background.start(lambda: int("x"))
    assert background.start(lambda: 7).result(SECONDS) == 7
    with pytest.raises(ValueError, match="'x'"):
        failing.result(SECONDS)


def test_calls_beyond_the_limit_wait_for_their_turn_and_can_be_cancelled() -> None:
    background, both, release = Background(2), threading.Barrier(3), threading.Event()

    def call() -> bool:
        both.wait(SECONDS)
        return release.wait(SECONDS)

    running = [background.start(call) for _ in range(2)]
    both.wait(SECONDS)
    third, fourth = background.start(lambda: 3), background.start(lambda: 4)
    assert not third.done()
    assert third.cancel()
    release.set()
    assert all(one.result(SECONDS) for one in running)
    assert fourth.result(SECONDS) == 4
    with pytest.raises(CancelledError):
        third.result(SECONDS)
