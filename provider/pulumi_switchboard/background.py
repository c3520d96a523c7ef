"""Calls in other threads, for which a process that ends does not wait.

Python waits for the threads of its own executors at the end of a process, and Pulumi for those of its event
loop. So a program that fails, or is interrupted, would end only after the requests that it no longer needs.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

T = TypeVar("T")


class Background:
    """Makes calls in other threads, a limited number at once.

    Args:
        limit: How many calls are made at once; further ones wait for their turn.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._calls: deque[Callable[[], None]] = deque()
        self._threads = 0
        self._lock = threading.Lock()

    def start(self, call: Callable[[], T]) -> Future[T]:
        """Make this call. It can be cancelled until its turn has come."""
        answer: Future[T] = Future()
        with self._lock:
            self._calls.append(partial(_answer, answer, call))
            if self._threads < self._limit:
                threading.Thread(target=self._work, name="background", daemon=True).start()
                self._threads += 1
        return answer

    def _work(self) -> None:
        """Make calls until none waits."""
        while True:
            with self._lock:
                if not self._calls:
                    self._threads -= 1
                    return
                call = self._calls.popleft()
            call()


def _answer(answer: Future[T], call: Callable[[], T]) -> None:
    if not answer.set_running_or_notify_cancel():
        return
    try:
        answer.set_result(call())
    except BaseException as error:  # noqa: BLE001 - the thread that waits for the answer raises it
        answer.set_exception(error)
