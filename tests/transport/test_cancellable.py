"""A request that is given up sends nothing more and disturbs no other."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest
from pulumi_switchboard.clock import SystemClock
from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.errors import LostAnswerError, UnreachableError
from pulumi_switchboard.transport.cancellable import (
    CancellableTransport,
    Interrupter,
    attach_to_current_request,
)
from pulumi_switchboard.transport.messages import Request, Response, Transport
from pulumi_switchboard.transport.session import SessionTransport
from urllib3.util.connection import create_connection

from tests.transport.fakes import answer, request
from tests.transport.server import Server, respond

LONG = 60.0
"""Seconds; longer than any test may take."""


def test_nothing_is_sent_once_the_request_is_interrupted(
    server: Server, transport: SessionTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupter = Interrupter()

    def connect_late(*args: Any, **options: Any) -> socket.socket:
        interrupter.interrupt()
        return create_connection(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr("urllib3.util.connection.create_connection", connect_late)
        for _ in ("while it connects", "before it begins"):
            with interrupter, pytest.raises(LostAnswerError, match="ConnectionError"):
                transport.send(Request("POST", server.url, body=b"{}"), LONG)
    transport.send(Request("GET", server.url), LONG)

    assert [seen.method for seen in server.seen] == ["GET"]


def test_a_connection_of_a_request_that_is_over_is_left_alone() -> None:
    ended: list[str] = []
    connection: Any = SimpleNamespace(interrupter=None, shut_down=lambda: ended.append("shut down"))
    interrupter = Interrupter()
    with interrupter:
        attach_to_current_request(connection)

    interrupter.interrupt()

    assert ended == [], "the next request may be about to use it"


def test_a_connection_that_another_request_uses_now_is_left_alone(
    server: Server, transport: SessionTransport
) -> None:
    first, second = Interrupter(), Interrupter()

    def interrupt_the_first(peer: socket.socket) -> bool:
        first.interrupt()
        return respond()(peer)

    with first:
        transport.send(Request("GET", server.url), LONG)
        server.behave = interrupt_the_first
        with second:
            assert transport.send(Request("POST", server.url, body=b"{}"), LONG).status == 200


class FunctionTransport:
    """A transport that calls a function with the timeout."""

    def __init__(self, send: Callable[[float], Response]) -> None:
        self._send = send

    def send(self, request: Request, timeout: float) -> Response:
        return self._send(timeout)


def test_an_answer_or_an_error_is_passed_on() -> None:
    created_by: list[threading.Thread] = []

    def create() -> Transport:
        created_by.append(threading.current_thread())
        return FunctionTransport(lambda timeout: answer(200, f"{timeout}".encode()))

    assert CancellableTransport(create, CancelToken()).send(request(), 5.0).body == b"5.0"
    assert created_by == [threading.current_thread()], "the creation does not count as time of the request"

    error = UnreachableError("no connection")

    def fail(_: object) -> Response:
        raise error

    with pytest.raises(UnreachableError) as caught:
        CancellableTransport(lambda: FunctionTransport(fail), CancelToken()).send(request(), 5.0)
    assert caught.value is error


def test_an_answer_in_the_grace_time_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_switchboard.transport.cancellable.GRACE_SECONDS", LONG)
    in_grace_time = threading.Event()

    class Clock(SystemClock):
        """Tells when only the answer is waited for."""

        def wait(self, futures: Collection[Future[Any]], seconds: float) -> None:
            if len(futures) == 1 and seconds > 0.0:
                in_grace_time.set()
            super().wait(futures, seconds)

    cancel_token = CancelToken(Clock())

    def answer_after_the_cancel(_: float) -> Response:
        cancel_token.set()
        in_grace_time.wait(LONG)
        return answer(204)

    sending = CancellableTransport(lambda: FunctionTransport(answer_after_the_cancel), cancel_token)
    assert sending.send(request("PUT"), LONG).status == 204


def test_nothing_is_sent_if_no_thread_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", fail)
    sent: list[float] = []

    def send(timeout: float) -> Response:
        sent.append(timeout)
        return answer()

    with pytest.raises(UnreachableError, match="no thread could be started"):
        CancellableTransport(lambda: FunctionTransport(send), CancelToken()).send(request("POST"), LONG)
    assert sent == []
