"""Requests over plain sockets, to see what happens to the connection."""

import base64
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import CONFIGURATIONS, SECONDS, SID, configuration

_AUTHORIZATION = base64.b64encode(f"{SID}:token".encode()).decode()


@contextmanager
def connection(emulator: Emulator) -> Iterator[socket.socket]:
    """Open a connection."""
    with socket.create_connection(address(emulator), timeout=SECONDS) as opened:
        yield opened


def address(emulator: Emulator) -> tuple[str, int]:
    """Return where the emulator listens."""
    parts = urlsplit(emulator.url)
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port


def create_request(unique_name: str | None = None) -> bytes:
    """Return a request that creates a configuration."""
    return request("POST", json.dumps(configuration(unique_name=unique_name)).encode())


def request(method: str, body: bytes = b"", path: str = CONFIGURATIONS) -> bytes:
    """Return a request with credentials."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {_AUTHORIZATION}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def receive_all(opened: socket.socket) -> bytes:
    """Return everything that comes until the other side closes."""
    received = b""
    while data := opened.recv(65536):
        received += data
    return received
