"""A small HTTP server that behaves as a test says, and records what it is sent."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Seen:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """The server while it runs."""

    url: str
    behave: Behaviour
    seen: list[Seen] = field(default_factory=list)


def respond(
    status: int = 200,
    body: bytes = b"{}",
    headers: dict[str, str] | None = None,
    *,
    length: int | None = None,
) -> Behaviour:
    """Answer with this, perhaps with an untrue length."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = length is not None

    return behave


@contextmanager
def serving(
    behave: Behaviour, tls: ssl.SSLContext | None = None, *, host: str = "127.0.0.1"
) -> Iterator[Server]:
    """Run a server that behaves like this; `behave` can be changed while it runs.

    The host `::` is every address of this machine, of IPv4 as well.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            server.seen.append(Seen(self.command, self.path, headers, body))
            server.behave(self)

        do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - the base class calls them so

        def finish(self) -> None:
            if self.connection.fileno() != -1:
                super().finish()

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except ssl.SSLError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        daemon_threads = True
        request_queue_size = 128

    with Quiet((host, 0), Handler) as running:
        if tls is not None:
            running.socket = tls.wrap_socket(running.socket, server_side=True, do_handshake_on_connect=False)
        scheme = "http" if tls is None else "https"
        server = Server(f"{scheme}://127.0.0.1:{running.server_port}", behave)
        thread = threading.Thread(target=lambda: running.serve_forever(poll_interval=0.01))
        thread.start()
        try:
            yield server
        finally:
            running.shutdown()
            thread.join()
