"""What was perhaps sent is a lost answer, however it fails, at whatever point, and whichever way it went."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme
from pulumi_switchboard.errors import LostAnswerError, SettingsError, UnreachableError
from pulumi_switchboard.http.messages import Request
from pulumi_switchboard.http.pooled import LONGEST_BODY, PooledTransport

from tests.http.environment import without_proxies

NAME = "voice.example"
AUTHORITY = trustme.CA()
SECONDS = 60.0
"""No exchange takes longer, unless something is wrong."""
SHORT = 1.0
"""Enough to send a request in, at a server that never answers it."""

Failure = Callable[[socket.socket], None]


def close(peer: socket.socket) -> None:
    """Close the connection in good order."""


def reset(peer: socket.socket) -> None:
    """Break the connection off."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def say(answer: bytes) -> Failure:
    """Answer with this, and close the connection."""
    return lambda peer: peer.sendall(answer)


def stall(peer: socket.socket) -> None:
    """Say nothing until the other one goes."""
    with suppress(OSError):
        while peer.recv(1024):
            pass


def go_on_for_ever(peer: socket.socket) -> None:
    """Answer without an end."""
    with suppress(OSError):
        peer.sendall(b"HTTP/1.1 201 Created\r\n\r\n")
        while True:
            peer.sendall(bytes(LONGEST_BODY // 10))


FAILURES: dict[str, Failure] = {
    "closed": close,
    "reset": reset,
    "stalled": stall,
    "garbage": say(b"garbage\r\n\r\n"),
    "half a status": say(b"HTTP/1.1 20"),
    "half a body": say(b"HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n{}"),
    "half a chunk": say(b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}"),
    "a negative chunk": say(b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n"),
    "two lengths": say(b"HTTP/1.1 201 Created\r\nContent-Length: 2, 3\r\n\r\n{}"),
    "no gzip": say(b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{}"),
    "an endless head": say(b"HTTP/1.1 201 Created\r\n" + b"X: y\r\n" * 200),
    "no end": go_on_for_ever,
}
REDIRECTS = [
    b"http://[",
    b"//[",
    b"/caf\xe9",
    b"http://\x01",
    b"http://[::1]:99999/",
    b"http://..",
    b"ftp://x/",
]


@dataclass
class Peer:
    """Who takes the connections: the server itself, a proxy, or a proxy that leads to the server."""

    way: str
    fails: Failure = close
    reads: bool = True
    """Whether it takes the request before it fails."""
    to_connect: bytes = b"HTTP/1.1 200 OK\r\n\r\n"
    """What it answers when it is asked for a tunnel."""
    name: str = NAME
    """Whose certificate it shows."""
    port: int = 0
    seen: list[bytes] = field(default_factory=list)
    """The requests that have arrived."""

    def serve(self, listener: socket.socket) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                threading.Thread(target=self.meet, args=(listener.accept()[0],), daemon=True).start()

    def meet(self, raw: socket.socket) -> None:
        """Take a connection, perhaps a request, and fail."""
        with ExitStack() as open_, suppress(OSError):
            peer = open_.enter_context(raw)
            if self.way == "tunnel":
                _request(peer)
                peer.sendall(self.to_connect)
                if b" 200 " not in self.to_connect:
                    return
            if self.way in ("tunnel", "TLS"):
                peer = open_.enter_context(self.tls().wrap_socket(peer, server_side=True))
            if self.reads:
                self.seen.append(_request(peer))
            self.fails(peer)

    def tls(self) -> ssl.SSLContext:
        """How it shows who it is."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        AUTHORITY.issue_cert(self.name, "127.0.0.1" if self.name == NAME else self.name).configure_cert(
            context
        )
        return context


def _request(peer: socket.socket) -> bytes:
    """The head of a request, which is all of it here."""
    head = b""
    while b"\r\n\r\n" not in head:
        part = peer.recv(65_536)
        if not part:
            raise ConnectionError
        head += part
    return head


@contextmanager
def _listening(peer: Peer) -> Iterator[Peer]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        peer.port = listener.getsockname()[1]
        taking = threading.Thread(target=peer.serve, args=(listener,))
        taking.start()
        yield peer
        listener.shutdown(socket.SHUT_RDWR)
        taking.join()


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy of the tester's own; our certificates are trusted."""
    without_proxies(monkeypatch)
    bundle = tmp_path / "bundle.pem"
    AUTHORITY.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))


@pytest.fixture(params=["direct", "TLS", "proxy", "tunnel"])
def peer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    """Who takes the connections, for each way."""
    with _listening(Peer(request.param)) as peer:
        if peer.way in ("proxy", "tunnel"):
            monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{peer.port}")
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{peer.port}")
        yield peer


def post(peer: Peer, timeout: float = SECONDS) -> None:
    """Send what must not be sent twice."""
    url = {
        "direct": f"http://127.0.0.1:{peer.port}/x",
        "TLS": f"https://127.0.0.1:{peer.port}/x",
        "proxy": f"http://{NAME}/x",
        "tunnel": f"https://{NAME}/x",
    }[peer.way]
    transport = PooledTransport()
    try:
        transport.send(Request("POST", url, ("AC1", "canary")), timeout)
    finally:
        transport.close()


@pytest.mark.parametrize("reads", [True, False], ids=["after the request", "before it"])
@pytest.mark.parametrize("fails", FAILURES.values(), ids=FAILURES)
def test_a_failure_once_the_request_was_read_is_a_lost_answer(
    peer: Peer,
    fails: Failure,
    reads: bool,  # noqa: FBT001
) -> None:
    """Of a connection that broke before it was of use, both is true that can be said."""
    peer.fails, peer.reads = fails, reads

    with pytest.raises(LostAnswerError if reads else (LostAnswerError, UnreachableError)):
        post(peer, SHORT if fails is stall else SECONDS)
    assert len(peer.seen) == reads


@pytest.mark.parametrize("place", REDIRECTS)
def test_a_redirect_is_an_answer_wherever_it_leads(peer: Peer, place: bytes) -> None:
    peer.fails = say(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + place + b"\r\n\r\n")

    post(peer)

    assert len(peer.seen) == 1


@pytest.mark.parametrize("peer", ["TLS", "tunnel"], indirect=True)
def test_a_certificate_of_someone_else_stops_the_request_before_it_is_sent(peer: Peer) -> None:
    peer.name = "else.example"

    with pytest.raises(UnreachableError, match="SSLError"):
        post(peer)
    assert peer.seen == []


@pytest.mark.parametrize("status", ["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"])
@pytest.mark.parametrize("peer", ["tunnel"], indirect=True)
def test_a_proxy_that_makes_no_connection_to_the_vendor_has_carried_nothing(peer: Peer, status: str) -> None:
    peer.to_connect = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()

    with pytest.raises(UnreachableError, match="ProxyError"):
        post(peer)
    assert peer.seen == []


@pytest.mark.parametrize("to_connect", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 200"])
@pytest.mark.parametrize("peer", ["tunnel"], indirect=True)
def test_a_proxy_that_says_nothing_clear_proves_nothing(peer: Peer, to_connect: bytes) -> None:
    peer.to_connect = to_connect

    with pytest.raises(LostAnswerError):
        post(peer)


@pytest.mark.parametrize("at", ["127.0.0.1:1", "nowhere.invalid:1", "a..b:1", f"{'a' * 70}.example:1"])
@pytest.mark.parametrize("peer", ["proxy", "tunnel"], indirect=True)
def test_a_proxy_that_is_nowhere_has_carried_nothing(
    peer: Peer, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://{at}")

    with pytest.raises(UnreachableError, match="no connection to"):
        post(peer)


@pytest.mark.parametrize(
    "proxy",
    [
        "ftp://x",
        "http://[::1",
        "http://user@:80",
        "http://h:99999",
        "http://h:port",
        ":::",
        "socks5://127.0.0.1:1",
        "http://u:p\udcff@127.0.0.1:1",
        "http://u:p€@127.0.0.1:1",
    ],
)
@pytest.mark.parametrize("peer", ["proxy", "tunnel"], indirect=True)
def test_a_proxy_that_is_none_is_said_to_be_wrong_before_anything_is_sent(
    peer: Peer, proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy)

    with pytest.raises(SettingsError, match="no request can be made to"):
        post(peer)
