"""A server that treats each connection as a test says, and records the requests that it receives."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import parse_headers
from io import BytesIO
from types import MappingProxyType

import trustme

NAME = "voice.example"
"""The host that requests through a proxy name."""
ESTABLISHED = b"HTTP/1.1 200 OK\r\n\r\n"

Behaviour = Callable[[socket.socket], bool]
"""Answers a request, and tells whether the connection stays open for the next one."""


@dataclass
class Seen:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """The server while it runs. A test may change its attributes."""

    behave: Behaviour
    tls: ssl.SSLContext | None = None
    to_connect: bytes | None = None
    """The answer to a CONNECT request, if clients connect through this server as a proxy."""
    reads: bool = True
    """Whether it reads a request before it answers."""
    port: int = 0
    seen: list[Seen] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The URL of the server."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def run(self, listener: socket.socket) -> None:
        """Accept connections until the listener is shut down."""
        with suppress(OSError):
            while True:
                threading.Thread(target=self._handle, args=(listener.accept()[0],), daemon=True).start()

    def _handle(self, raw: socket.socket) -> None:
        with ExitStack() as stack, suppress(OSError):
            peer = stack.enter_context(raw)
            if self.to_connect is not None:
                _receive(peer)
                peer.sendall(self.to_connect)
                if b" 200 " not in self.to_connect:
                    return
            if self.tls is not None:
                peer = stack.enter_context(self.tls.wrap_socket(peer, server_side=True))
            is_open = True
            while is_open:
                if self.reads:
                    self.seen.append(_receive(peer))
                is_open = self.behave(peer)


@contextmanager
def serving(
    behave: Behaviour, tls: ssl.SSLContext | None = None, *, host: str = "127.0.0.1"
) -> Iterator[Server]:
    """Run a server. The host `::` is every address of this machine, also those of IPv4."""
    is_ipv6 = ":" in host
    family = socket.AF_INET6 if is_ipv6 else socket.AF_INET
    with socket.create_server((host, 0), family=family, backlog=128, dualstack_ipv6=is_ipv6) as listener:
        server = Server(behave, tls, port=listener.getsockname()[1])
        thread = threading.Thread(target=server.run, args=(listener,))
        thread.start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@contextmanager
def nobody_at(port: int = 0) -> Iterator[int]:
    """Take a port, 0 for any, on all addresses of this machine, without listening there; gives its number.

    Connections are refused until the end of the block, because no other process can listen at it meanwhile.
    """
    with socket.socket(socket.AF_INET6) as taken:
        taken.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        # The connections of a server that was there before do not matter, but nobody may take it later.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("::", port))
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        yield int(taken.getsockname()[1])


def respond(
    status: int = 200,
    body: bytes = b"{}",
    headers: Mapping[str, str] = MappingProxyType({}),
    *,
    length: int | None = None,
) -> Behaviour:
    """Answer with this; with another length than the body has, the connection is closed."""
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers.items())]
    head = "\r\n".join([*lines, f"Content-Length: {len(body) if length is None else length}", "", ""])

    def behave(peer: socket.socket) -> bool:
        peer.sendall(head.encode() + body)
        return length is None

    return behave


def certificate(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """What a server with a certificate for these names uses."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def _receive(peer: socket.socket) -> Seen:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(peer)
    head, _, body = data.partition(b"\r\n\r\n")
    line, _, rest = head.partition(b"\r\n")
    method, target, _ = line.decode().split(" ")
    headers = {name.lower(): value for name, value in parse_headers(BytesIO(rest + b"\r\n\r\n")).items()}
    while len(body) < int(headers.get("content-length", "0")):
        body += _some(peer)
    return Seen(method, target, headers, body)


def _some(peer: socket.socket) -> bytes:
    data = peer.recv(65_536)
    if not data:
        raise ConnectionError
    return data
