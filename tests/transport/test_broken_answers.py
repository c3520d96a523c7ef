"""A request that may have been sent is a lost answer; only one that was never sent may be sent again.

Each failure is tried directly, with TLS, through a proxy, and through a proxy's tunnel.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest
import trustme
from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.errors import LostAnswerError, SettingsError, UnreachableError
from pulumi_switchboard.transport.cancellable import CancellableTransport
from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.session import LONGEST_BODY, SessionTransport

from tests.promises import proves
from tests.transport.server import ESTABLISHED, NAME, Behaviour, Server, certificate, serving

SECRET = "canary"
LONG = 60.0
"""Seconds; no exchange takes as long, unless something is wrong."""
SHORT = 1.0
"""Seconds that are usually enough to send a request to a server that never answers it."""


def close(peer: socket.socket) -> bool:
    return False


def reset(peer: socket.socket) -> bool:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def stall(peer: socket.socket) -> bool:
    """Send nothing until the client has gone."""
    with suppress(OSError):
        while peer.recv(1024):
            pass
    return False


def answer(*lines: bytes, body: bytes = b"{}") -> Behaviour:
    def send(peer: socket.socket) -> bool:
        peer.sendall(b"\r\n".join([*lines, b"", body]))
        return False

    return send


def endless(begin: bytes, then: bytes, pause: float) -> Behaviour:
    """Send a beginning, and then the same part again and again, with a pause after each."""

    def send(peer: socket.socket) -> bool:
        with suppress(OSError):
            peer.sendall(begin)
            while True:
                peer.sendall(then)
                time.sleep(pause)
        return False

    return send


CREATED = b"HTTP/1.1 201 Created"


HEAD = CREATED + b"\r\n"


def half_a_status(peer: socket.socket) -> bool:
    peer.sendall(CREATED[:11])
    return False


FAILURES: dict[str, Behaviour] = {
    "closed": close,
    "reset": reset,
    "stalled": stall,
    "garbage": answer(b"garbage"),
    "half a status": half_a_status,
    "half a body": answer(CREATED, b"Content-Length: 10"),
    "half a chunk": answer(CREATED, b"Transfer-Encoding: chunked", body=b"5\r\n{}"),
    "a negative chunk": answer(CREATED, b"Transfer-Encoding: chunked", body=b"-5\r\n{}\r\n"),
    "two lengths": answer(CREATED, b"Content-Length: 2, 3"),
    "not gzip": answer(CREATED, b"Content-Length: 2", b"Content-Encoding: gzip"),
    "an endless head": answer(CREATED, *[b"X: y"] * 200),
    "an endless body": endless(HEAD + b"\r\n", bytes(LONGEST_BODY // 10), 0.0),
}
SLOW = (
    endless(b"", b"HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n" * 100, 0.0),
    endless(HEAD + b"X-A: ", b"a", 0.01),
    endless(HEAD + b"Content-Length: 1000000\r\n\r\n", b"a", 0.01),
    endless(HEAD + b"Connection: close\r\n\r\n", b"a", 0.01),
)
"""No pause is as long as a socket waits."""
UNUSABLE_PROXIES = """ftp://x http://[::1 http://user@:80 http://h:99999 http://h:port ::: socks5://127.0.0.1:1
    http://u:p\udcff@127.0.0.1:1 http://u:p€@127.0.0.1:1"""


@pytest.fixture(params=["direct", "TLS", "proxy", "tunnel"])
def peer(
    request: pytest.FixtureRequest, authority: trustme.CA, bundle: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """The server that requests reach in one of the four ways, or that is the proxy on this way."""
    tls = certificate(authority, NAME, "127.0.0.1") if request.param in ("TLS", "tunnel") else None
    with serving(close, tls) as server:
        if request.param in ("proxy", "tunnel"):
            use_proxy(monkeypatch, f"http://127.0.0.1:{server.port}")
        if request.param == "tunnel":
            server.to_connect = ESTABLISHED
        yield server


def use_proxy(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    for variable in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(variable, proxy)


def only(*ways: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("peer", ways, indirect=True)


@pytest.fixture
def url(peer: Server, request: pytest.FixtureRequest) -> str:
    way = request.node.callspec.params["peer"]
    base = peer.url.replace(f"127.0.0.1:{peer.port}", NAME) if way in ("proxy", "tunnel") else peer.url
    return f"{base}/x?token={SECRET}"


@dataclass
class Patient:
    """A transport whose sockets wait as long as they like, so that only an interruption ends a request."""

    transport: SessionTransport

    def send(self, request: Request, timeout: float) -> Response:
        return self.transport.send(request, LONG)


def post(url: str, timeout: float = LONG, cancel_token: CancelToken | None = None) -> None:
    """Send a request that must not be sent twice; with a cancel token, through a cancellable transport."""
    transport = SessionTransport()
    sending = CancellableTransport(lambda: Patient(transport), cancel_token) if cancel_token else transport
    try:
        sending.send(Request("POST", url, ("AC1", SECRET)), timeout)
    finally:
        transport.close()


def post_to_be_read(peer: Server, url: str, timeout: float) -> None:
    """Send a request that the server reads; a busy machine may need more time to send it."""
    try:
        post(url, timeout)
    except UnreachableError:
        if peer.seen or timeout >= LONG:
            raise
        post_to_be_read(peer, url, 2 * timeout)


def wait_until_read(peer: Server) -> None:
    """Wait for the server, which may read a request only after the client has given it up."""
    ends = time.monotonic() + LONG
    while not peer.seen and time.monotonic() < ends:
        time.sleep(0.01)


@proves("transport.broken-answers")
def test_a_failure_after_the_request_was_read_is_a_lost_answer(peer: Server, url: str) -> None:
    for name, peer.behave in FAILURES.items():
        timeout = SHORT if peer.behave is stall else LONG
        with pytest.raises(LostAnswerError, match=r"no whole answer to POST https?://\S+/x ") as caught:
            post_to_be_read(peer, url, timeout)
        assert SECRET not in str(caught.value)
        wait_until_read(peer)
        assert len(peer.seen) == 1, name
        peer.seen.clear()

    peer.reads = False
    for peer.behave in FAILURES.values():
        with pytest.raises((LostAnswerError, UnreachableError)):
            post(url, 0.1 if peer.behave is stall else LONG)


def test_a_redirect_is_an_answer_wherever_it_leads(peer: Server, url: str) -> None:
    targets = (
        b"http://[",
        b"//[",
        b"/caf\xe9",
        b"http://\x01",
        b"http://[::1]:99999/",
        b"http://..",
        b"ftp://x/",
    )
    for target in targets:
        peer.behave = answer(b"HTTP/1.1 302 Found", b"Content-Length: 0", b"Location: " + target, body=b"")
        post(url)
    assert len(peer.seen) == len(targets)


@proves("transport.tls")
@only("TLS", "tunnel")
def test_a_certificate_for_another_name_stops_the_request(
    peer: Server, url: str, authority: trustme.CA
) -> None:
    peer.tls = certificate(authority, "else.example")
    with pytest.raises(UnreachableError, match="SSLError"):
        post(url)
    assert peer.seen == []


@only("tunnel")
def test_a_refused_tunnel_has_sent_nothing_and_an_unclear_answer_proves_nothing(
    peer: Server, url: str
) -> None:
    for status in ("403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"):
        peer.to_connect = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
        with pytest.raises(UnreachableError, match="ProxyError"):
            post(url)
    for peer.to_connect in (b"", b"garbage\r\n\r\n", b"HTTP/1.1 200"):
        with pytest.raises(LostAnswerError):
            post(url)
    assert peer.seen == []


@only("proxy", "tunnel")
def test_a_proxy_that_cannot_be_reached_or_used_has_sent_nothing(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("127.0.0.1:1", "nowhere.invalid:1", "a..b:1", f"{'a' * 70}.example:1"):
        use_proxy(monkeypatch, f"http://{address}")
        with pytest.raises(UnreachableError, match="no connection to"):
            post(url)
    for proxy in UNUSABLE_PROXIES.split():
        use_proxy(monkeypatch, proxy)
        with pytest.raises(SettingsError, match="no request can be made to"):
            post(url)


@contextmanager
def no_thread_left() -> Iterator[None]:
    """Check that the threads that send requests in this block end."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if thread.name == "request":
            thread.join(LONG)
            assert not thread.is_alive()


@proves("transport.broken-answers", "transport.parallel")
def test_an_endless_answer_is_given_up_with_its_thread(peer: Server, url: str) -> None:
    for peer.behave in SLOW:
        with no_thread_left(), pytest.raises(LostAnswerError, match=r"no answer to POST .* within 0\.2 s"):
            post(url, 0.2, CancelToken())


@proves("lost.ctrl-c")
def test_a_cancelled_request_is_given_up_after_a_grace_time(
    peer: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_switchboard.transport.cancellable.GRACE_SECONDS", 0.2)
    peer.behave, cancel_token = stall, CancelToken()
    cancel_token.set()
    with (
        no_thread_left(),
        pytest.raises(LostAnswerError, match=r"no answer .* before the update was cancelled"),
    ):
        post(url, LONG, cancel_token)
