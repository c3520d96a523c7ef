"""An exchange that is given up ends with its thread, whatever the server still sends."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import trustme
from pulumi_switchboard.errors import LostAnswerError
from pulumi_switchboard.http.breaking import Breaker
from pulumi_switchboard.http.messages import Request
from pulumi_switchboard.http.pooled import PooledTransport
from pulumi_switchboard.http.prompt import PromptTransport
from pulumi_switchboard.moment import Stop

from tests.http.environment import without_proxies
from tests.http.server import respond, serving

LONG = 60.0
"""Longer than any test may take."""
A_WHILE = 0.2
"""The time of a request that is not answered in it."""
OK = b"HTTP/1.1 200 OK\r\n"
ENDLESS: dict[str, tuple[bytes, bytes, float]] = {
    "100 Continue": (b"", b"HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n" * 100, 0.0),
    "headers in drops": (OK + b"X-A: ", b"a", 0.01),
    "a body in drops": (OK + b"Content-Length: 1000000\r\n\r\n", b"a", 0.01),
    "the body of a closed connection in drops": (OK + b"Connection: close\r\n\r\n", b"a", 0.01),
}
"""The beginning of an answer, the part that is repeated without end, and the pause after each part."""


@pytest.fixture(autouse=True)
def _environment_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    without_proxies(monkeypatch)


@pytest.fixture
def pooled() -> Iterator[PooledTransport]:
    """The transport; its connections are closed after the test."""
    transport = PooledTransport()
    yield transport
    transport.close()


class Endless:
    """A server's answer that never ends of itself."""

    def __init__(self, begin: bytes, go_on: bytes, pause: float) -> None:
        self._begin, self._go_on, self._pause = begin, go_on, pause
        self._connections: list[socket.socket] = []
        self._ends = threading.Event()

    def behave(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer so."""
        handler.close_connection = True
        self._connections.append(handler.connection)
        with suppress(OSError):
            handler.connection.sendall(self._begin)
            while not self._ends.wait(self._pause):
                handler.connection.sendall(self._go_on)

    def end(self) -> None:
        """Stop, be the client there or not."""
        self._ends.set()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def threads() -> set[threading.Thread]:
    """The threads in which requests are sent."""
    return {thread for thread in threading.enumerate() if thread.name == "request"}


def give_up(transport: PooledTransport, url: str) -> None:
    """Send a request that gets no answer in its time, and see that nothing is left of it."""
    before = threads()
    with pytest.raises(LostAnswerError, match=r"no answer to PUT .* within 0\.2 s"):
        PromptTransport(lambda: transport, Stop()).send(Request("PUT", url, body=b"{}"), A_WHILE)
    for thread in threads() - before:
        thread.join(LONG / 2)
        assert not thread.is_alive()


@pytest.mark.parametrize("answer", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("is_proxied", [False, True], ids=["directly", "through a proxy"])
def test_an_answer_without_end_is_given_up_with_its_thread(
    pooled: PooledTransport,
    monkeypatch: pytest.MonkeyPatch,
    answer: tuple[bytes, bytes, float],
    is_proxied: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    endless = Endless(*answer)
    with serving(endless.behave) as server:
        if is_proxied:
            monkeypatch.setenv("HTTP_PROXY", server.url)
        try:
            give_up(pooled, "http://voice.example/x" if is_proxied else server.url)
        finally:
            endless.end()


@pytest.mark.parametrize("answer", ENDLESS.values(), ids=ENDLESS)
def test_so_is_one_over_tls(
    pooled: PooledTransport,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    answer: tuple[bytes, bytes, float],
) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "bundle.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "bundle.pem"))
    endless = Endless(*answer)
    with serving(endless.behave, context) as server:
        try:
            give_up(pooled, server.url)
        finally:
            endless.end()


@pytest.fixture
def mute() -> Iterator[str]:
    """The URL of a server that takes a connection and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_a_stop_breaks_the_exchange_off_too(
    pooled: PooledTransport, mute: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_switchboard.http.prompt.GRACE_SECONDS", A_WHILE)
    stop, before = Stop(), threads()
    stop.set()

    with pytest.raises(LostAnswerError, match="before the update was cancelled"):
        PromptTransport(lambda: pooled, stop).send(Request("PUT", mute), LONG)

    for thread in threads() - before:
        thread.join(LONG / 2)
        assert not thread.is_alive()


def test_nothing_is_sent_once_the_exchange_is_broken_off(pooled: PooledTransport) -> None:
    breaker = Breaker()
    breaker.break_off()

    with serving(respond()) as server:
        with breaker, pytest.raises(LostAnswerError, match="ConnectionError"):
            pooled.send(Request("POST", server.url, body=b"{}"), LONG)
        pooled.send(Request("GET", server.url), LONG)

    assert [seen.method for seen in server.seen] == ["GET"]


def test_a_connection_that_carries_another_exchange_by_now_is_left_alone(pooled: PooledTransport) -> None:
    first, second = Breaker(), Breaker()

    def break_the_first_off(handler: BaseHTTPRequestHandler) -> None:
        first.break_off()
        respond()(handler)

    with serving(respond()) as server, first:
        pooled.send(Request("GET", server.url), LONG)
        server.behave = break_the_first_off
        with second:
            assert pooled.send(Request("POST", server.url, body=b"{}"), LONG).status == 200
