"""A request that may have been sent is a lost answer; only one that never was may be sent again.

Each failure is tried over each way: directly, with TLS, by way of a proxy, and through a proxy's tunnel.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

import pytest
import trustme
from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.errors import LostAnswerError, SettingsError, UnreachableError
from pulumi_switchboard.transport.cancellable import CancellableTransport
from pulumi_switchboard.transport.messages import Request
from pulumi_switchboard.transport.session import LONGEST_BODY, SessionTransport

from tests.promises import proves

NAME = "voice.example"
SECRET = "canary"
LONG = 60.0
"""No exchange takes as long, unless something is wrong."""
SHORT = 1.0
"""Enough to send a request, to a server that never answers it."""
WAYS = ["direct", "TLS", "proxy", "tunnel"]

Failure = Callable[[socket.socket], None]


def close(peer: socket.socket) -> None:
    """Close the connection in good order."""


def reset(peer: socket.socket) -> None:
    """Break the connection."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def answer(*lines: bytes, body: bytes = b"{}") -> Failure:
    return lambda peer: peer.sendall(b"\r\n".join([*lines, b"", body]))


def stall(peer: socket.socket) -> None:
    """Send nothing until the client has gone."""
    with suppress(OSError):
        while peer.recv(1024):
            pass


def without_end(begin: bytes, then: bytes, pause: float) -> Failure:
    """Answer with a beginning, and then with a part that is repeated, with a pause after each."""

    def send(peer: socket.socket) -> None:
        with suppress(OSError):
            peer.sendall(begin)
            while True:
                peer.sendall(then)
                time.sleep(pause)

    return send


CREATED = b"HTTP/1.1 201 Created"
HEAD = CREATED + b"\r\n"
FAILURES: dict[str, Failure] = {
    "closed": close,
    "reset": reset,
    "stalled": stall,
    "garbage": answer(b"garbage"),
    "half a status": lambda peer: peer.sendall(CREATED[:11]),
    "half a body": answer(CREATED, b"Content-Length: 10"),
    "half a chunk": answer(CREATED, b"Transfer-Encoding: chunked", body=b"5\r\n{}"),
    "a negative chunk": answer(CREATED, b"Transfer-Encoding: chunked", body=b"-5\r\n{}\r\n"),
    "two lengths": answer(CREATED, b"Content-Length: 2, 3"),
    "not gzip": answer(CREATED, b"Content-Length: 2", b"Content-Encoding: gzip"),
    "an endless head": answer(CREATED, *[b"X: y"] * 200),
    "an endless body": without_end(HEAD + b"\r\n", bytes(LONGEST_BODY // 10), 0.0),
}
SLOW = (
    without_end(b"", b"HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n" * 100, 0.0),
    without_end(HEAD + b"X-A: ", b"a", 0.01),
    without_end(HEAD + b"Content-Length: 1000000\r\n\r\n", b"a", 0.01),
    without_end(HEAD + b"Connection: close\r\n\r\n", b"a", 0.01),
)
"""No pause is as long as the timeout of the socket."""
UNUSABLE_PROXIES = """ftp://x http://[::1 http://user@:80 http://h:99999 http://h:port ::: socks5://127.0.0.1:1
    http://u:p\udcff@127.0.0.1:1 http://u:p€@127.0.0.1:1"""


@dataclass
class Peer:
    """What takes the connections: the server itself, a proxy, or a proxy that leads to the server."""

    way: str
    authority: trustme.CA
    fails: Failure = close
    reads: bool = True
    """Whether it reads the request before it fails."""
    to_connect: bytes = b"HTTP/1.1 200 OK\r\n\r\n"
    """What it answers when it is asked for a tunnel."""
    name: str = NAME
    """For whom its certificate is."""
    port: int = 0
    seen: list[bytes] = field(default_factory=list)
    """The requests that have arrived."""

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._meet, args=(listener.accept()[0],), daemon=True).start()

    def _meet(self, raw: socket.socket) -> None:
        with ExitStack() as open_, suppress(OSError):
            peer = open_.enter_context(raw)
            if self.way == "tunnel":
                _read_head(peer)
                peer.sendall(self.to_connect)
                if b" 200 " not in self.to_connect:
                    return
            if self.way in ("tunnel", "TLS"):
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                names = (NAME, "127.0.0.1") if self.name == NAME else (self.name,)
                self.authority.issue_cert(*names).configure_cert(context)
                peer = open_.enter_context(context.wrap_socket(peer, server_side=True))
            if self.reads:
                self.seen.append(_read_head(peer))
            self.fails(peer)


def _read_head(peer: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        part = peer.recv(65_536)
        if not part:
            raise ConnectionError
        head += part
    return head


@pytest.fixture(params=WAYS)
def peer(
    request: pytest.FixtureRequest, authority: trustme.CA, bundle: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Peer]:
    peer = Peer(request.param, authority)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        peer.port = listener.getsockname()[1]
        taking = threading.Thread(target=peer.serve, args=(listener,))
        taking.start()
        if peer.way in ("proxy", "tunnel"):
            use_proxy(monkeypatch, f"http://127.0.0.1:{peer.port}")
        yield peer
        listener.shutdown(socket.SHUT_RDWR)
        taking.join()


def use_proxy(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("HTTPS_PROXY", proxy)


def post(peer: Peer, timeout: float = LONG, cancel_token: CancelToken | None = None) -> None:
    """Send a request that must not be sent twice; with a stop, in a thread that can be given up."""
    scheme = "https" if peer.way in ("TLS", "tunnel") else "http"
    host = NAME if peer.way in ("proxy", "tunnel") else f"127.0.0.1:{peer.port}"
    transport = SessionTransport()
    sending = CancellableTransport(lambda: transport, cancel_token) if cancel_token else transport
    try:
        sending.send(Request("POST", f"{scheme}://{host}/x?token={SECRET}", ("AC1", SECRET)), timeout)
    finally:
        transport.close()


@proves("transport.broken-answers")
def test_a_failure_after_the_request_was_read_is_a_lost_answer(peer: Peer) -> None:
    for name, fails in FAILURES.items():
        peer.fails = fails
        peer.seen.clear()

        with pytest.raises(LostAnswerError, match=r"no whole answer to POST https?://\S+/x ") as caught:
            post(peer, SHORT if fails is stall else LONG)
        assert SECRET not in str(caught.value)
        assert len(peer.seen) == 1, name


def test_a_failure_before_the_request_was_read_is_one_or_the_other(peer: Peer) -> None:
    peer.reads = False
    for fails in FAILURES.values():
        peer.fails = fails

        with pytest.raises((LostAnswerError, UnreachableError)):
            post(peer, 0.1 if fails is stall else LONG)


def test_a_redirect_is_an_answer_wherever_it_leads(peer: Peer) -> None:
    places = (
        *(b"http://[", b"//[", b"/caf\xe9", b"http://\x01"),
        *(b"http://[::1]:99999/", b"http://..", b"ftp://x/"),
    )
    for place in places:
        peer.fails = answer(b"HTTP/1.1 302 Found", b"Content-Length: 0", b"Location: " + place, body=b"")
        post(peer)

    assert len(peer.seen) == len(places)


@proves("transport.tls")
@pytest.mark.parametrize("peer", ["TLS", "tunnel"], indirect=True)
def test_a_certificate_for_another_name_stops_the_request(peer: Peer) -> None:
    peer.name = "else.example"

    with pytest.raises(UnreachableError, match="SSLError"):
        post(peer)
    assert peer.seen == []


@pytest.mark.parametrize("peer", ["tunnel"], indirect=True)
def test_a_proxy_that_refuses_a_tunnel_has_carried_nothing_and_an_unclear_answer_proves_nothing(
    peer: Peer,
) -> None:
    for status in ("403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"):
        peer.to_connect = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
        with pytest.raises(UnreachableError, match="ProxyError"):
            post(peer)
    for peer.to_connect in (b"", b"garbage\r\n\r\n", b"HTTP/1.1 200"):
        with pytest.raises(LostAnswerError):
            post(peer)
    assert peer.seen == []


@pytest.mark.parametrize("peer", ["proxy", "tunnel"], indirect=True)
def test_a_proxy_that_cannot_be_reached_or_used_has_carried_nothing(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("127.0.0.1:1", "nowhere.invalid:1", "a..b:1", f"{'a' * 70}.example:1"):
        use_proxy(monkeypatch, f"http://{place}")
        with pytest.raises(UnreachableError, match="no connection to"):
            post(peer)
    for proxy in UNUSABLE_PROXIES.split():
        use_proxy(monkeypatch, proxy)
        with pytest.raises(SettingsError, match="no request can be made to"):
            post(peer)


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
def test_an_answer_without_end_is_given_up_with_its_thread(peer: Peer) -> None:
    for peer.fails in SLOW:
        with (
            no_thread_left(),
            pytest.raises(LostAnswerError, match=r"no answer to POST .* within 0\.2 s"),
        ):
            post(peer, 0.2, CancelToken())


@proves("lost.ctrl-c")
def test_a_stop_gives_up_after_a_time_of_grace(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_switchboard.transport.cancellable.GRACE_SECONDS", 0.2)
    peer.fails, cancel_token = stall, CancelToken()
    cancel_token.set()
    with (
        no_thread_left(),
        pytest.raises(LostAnswerError, match=r"no answer to POST .* before the update was cancelled"),
    ):
        post(peer, LONG, cancel_token)
