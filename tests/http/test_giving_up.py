"""A server that stalls, or answers without end, keeps nobody waiting and leaves no thread behind."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import pytest
import trustme
from pulumi_switchboard.errors import LostAnswerError, UnreachableError
from pulumi_switchboard.http.breaking import Breaker
from pulumi_switchboard.http.messages import Request, Response
from pulumi_switchboard.http.pooled import PooledTransport
from pulumi_switchboard.http.prompt import PromptTransport
from pulumi_switchboard.moment import Stop

from tests.http.fakes import answer, request
from tests.http.server import respond, serving
from tests.promises import proves

LONG = 60.0
"""Longer than any test may take."""
SHORT = 0.2
"""The time of a request that is not answered in it."""
GRACE = "pulumi_switchboard.http.prompt.GRACE_SECONDS"
OK = b"HTTP/1.1 200 OK\r\n"
ENDLESS: dict[str, tuple[bytes, bytes, float]] = {
    "100 Continue": (b"", b"HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n" * 100, 0.0),
    "a header in drops": (OK + b"X-A: ", b"a", 0.01),
    "a body in drops": (OK + b"Content-Length: 1000000\r\n\r\n", b"a", 0.01),
    "a body without length in drops": (OK + b"Connection: close\r\n\r\n", b"a", 0.01),
}
"""The beginning of an answer, the part that is repeated without end, and the pause after each part."""


@pytest.fixture
def certificate(authority: trustme.CA, bundle: object) -> ssl.SSLContext:
    """The certificate of a server on this machine, which the environment trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@contextmanager
def endless(begin: bytes, then: bytes, pause: float, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Run a server with such an answer; yield its URL."""
    connections: list[socket.socket] = []
    ends = threading.Event()

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        connections.append(handler.connection)
        with suppress(OSError):
            handler.connection.sendall(begin)
            while not ends.wait(pause):
                handler.connection.sendall(then)

    with serving(behave, tls) as server:
        try:
            yield server.url
        finally:
            ends.set()
            for connection in connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def no_thread_left() -> Iterator[None]:
    """See that the threads which send requests in this block end."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if thread.name == "request":
            thread.join(LONG)
            assert not thread.is_alive()


@proves("transport.broken-answers", "transport.parallel")
@pytest.mark.parametrize("way", ["direct", "proxy", "TLS"])
def test_an_answer_without_end_is_given_up_with_its_thread(
    transport: PooledTransport, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for answered in ENDLESS.values():
        with endless(*answered, certificate if way == "TLS" else None) as url, no_thread_left():
            monkeypatch.setenv("HTTP_PROXY", url if way == "proxy" else "")
            sent = Request("PUT", "http://voice.example/x" if way == "proxy" else url, body=b"{}")

            with pytest.raises(LostAnswerError, match=r"no answer to PUT .* within 0\.2 s"):
                PromptTransport(lambda: transport, Stop()).send(sent, SHORT)


@proves("lost.ctrl-c")
def test_a_stop_gives_up_after_a_time_of_grace(
    transport: PooledTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GRACE, SHORT)
    stop = Stop()
    stop.set()

    with (
        endless(b"", b"", 0.01) as url,
        no_thread_left(),
        pytest.raises(LostAnswerError, match=r"no answer to PUT .* before the update was cancelled"),
    ):
        PromptTransport(lambda: transport, stop).send(Request("PUT", url), LONG)


def test_nothing_is_sent_once_the_exchange_is_given_up(transport: PooledTransport) -> None:
    breaker = Breaker()
    breaker.break_off()

    with serving(respond()) as server:
        with breaker, pytest.raises(LostAnswerError, match="ConnectionError"):
            transport.send(Request("POST", server.url, body=b"{}"), LONG)
        transport.send(Request("GET", server.url), LONG)

    assert [seen.method for seen in server.seen] == ["GET"]


def test_a_connection_that_carries_another_exchange_by_now_is_left_alone(transport: PooledTransport) -> None:
    first, second = Breaker(), Breaker()

    def break_the_first_off(handler: BaseHTTPRequestHandler) -> None:
        first.break_off()
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
        """Act."""
        self.sent.set()
        return self.act(timeout)


def test_an_answer_or_an_error_is_handed_on() -> None:
    made_by: list[threading.Thread] = []

    def ready() -> Scripted:
        made_by.append(threading.current_thread())
        return Scripted(lambda timeout: answer(200, f"{timeout}".encode()))

    assert PromptTransport(ready, Stop()).send(request(), 5.0).body == b"5.0"
    assert made_by == [threading.current_thread()], "to make it ready is not of the request's time"

    error = UnreachableError("no way")

    def fail(_: float) -> Response:
        raise error

    with pytest.raises(UnreachableError) as caught:
        PromptTransport(lambda: Scripted(fail), Stop()).send(request(), 5.0)
    assert caught.value is error


def test_an_answer_in_the_time_of_grace_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GRACE, LONG)
    stop = Stop()

    def answer_after_the_stop(_: float) -> Response:
        stop.set()
        return answer(204)

    sending = PromptTransport(lambda: Scripted(answer_after_the_stop), stop)
    assert sending.send(request("PUT"), LONG).status == 204


def test_nothing_is_sent_where_there_is_no_thread_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", fail)
    scripted = Scripted(lambda _: answer())

    with pytest.raises(UnreachableError, match="no thread left"):
        PromptTransport(lambda: scripted, Stop()).send(request("POST"), LONG)
    assert not scripted.sent.is_set()
