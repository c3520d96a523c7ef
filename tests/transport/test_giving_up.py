"""An exchange that is given up sends nothing more and disturbs no other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import pytest
from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.errors import LostAnswerError, UnreachableError
from pulumi_switchboard.transport.cancellable import CancellableTransport, Interrupter
from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.session import SessionTransport

from tests.transport.fakes import answer, request
from tests.transport.server import respond, serving

LONG = 60.0
"""Longer than any test may take."""


def test_nothing_is_sent_once_the_exchange_is_given_up(transport: SessionTransport) -> None:
    breaker = Interrupter()
    breaker.interrupt()

    with serving(respond()) as server:
        with breaker, pytest.raises(LostAnswerError, match="ConnectionError"):
            transport.send(Request("POST", server.url, body=b"{}"), LONG)
        transport.send(Request("GET", server.url), LONG)

    assert [seen.method for seen in server.seen] == ["GET"]


def test_a_connection_that_carries_another_exchange_by_now_is_left_alone(transport: SessionTransport) -> None:
    first, second = Interrupter(), Interrupter()

    def break_the_first_off(handler: BaseHTTPRequestHandler) -> None:
        first.interrupt()
        respond()(handler)

    with serving(respond()) as server, first:
        transport.send(Request("GET", server.url), LONG)
        server.behave = break_the_first_off
        with second:
            assert transport.send(Request("POST", server.url, body=b"{}"), LONG).status == 200


@dataclass
class Scripted:
    """A transport that does this with each request."""

    act: Callable[[float], Response]
    sent: threading.Event = field(default_factory=threading.Event)

    def send(self, request: Request, timeout: float) -> Response:
        self.sent.set()
        return self.act(timeout)


def test_an_answer_or_an_error_is_handed_on() -> None:
    made_by: list[threading.Thread] = []

    def ready() -> Scripted:
        made_by.append(threading.current_thread())
        return Scripted(lambda timeout: answer(200, f"{timeout}".encode()))

    assert CancellableTransport(ready, CancelToken()).send(request(), 5.0).body == b"5.0"
    assert made_by == [threading.current_thread()], "to make it ready is not of the request's time"

    error = UnreachableError("no way")

    def fail(_: float) -> Response:
        raise error

    with pytest.raises(UnreachableError) as caught:
        CancellableTransport(lambda: Scripted(fail), CancelToken()).send(request(), 5.0)
    assert caught.value is error


def test_an_answer_in_the_time_of_grace_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_switchboard.transport.cancellable.GRACE_SECONDS", LONG)
    cancel_token = CancelToken()

    def answer_after_the_stop(_: float) -> Response:
        cancel_token.set()
        return answer(204)

    sending = CancellableTransport(lambda: Scripted(answer_after_the_stop), cancel_token)
    assert sending.send(request("PUT"), LONG).status == 204


def test_nothing_is_sent_where_there_is_no_thread_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", fail)
    scripted = Scripted(lambda _: answer())

    with pytest.raises(UnreachableError, match="no thread could be started"):
        CancellableTransport(lambda: scripted, CancelToken()).send(request("POST"), LONG)
    assert not scripted.sent.is_set()
