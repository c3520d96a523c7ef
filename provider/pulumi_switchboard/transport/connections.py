"""Connections of `requests` that an `Interrupter` can shut down. Loading `requests` takes time."""

from __future__ import annotations

from contextlib import suppress
from socket import SHUT_RDWR, socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from pulumi_switchboard.transport.cancellable import Interrupter, attach_to_current_request


class _Connection(HTTPConnection):
    interrupter: Interrupter | None = None
    _connected_socket: socket | None = None
    """The socket. `sock` is None already while the last answer of a connection is still read."""

    def connect(self) -> None:
        attach_to_current_request(self)
        super().connect()
        self._connected_socket = self.sock
        attach_to_current_request(self)  # if it was interrupted meanwhile, nothing is sent

    def request(self, *args: Any, **options: Any) -> None:
        attach_to_current_request(self)
        super().request(*args, **options)

    def shut_down(self) -> None:
        connected = self.sock or self._connected_socket
        if connected is not None:
            with suppress(OSError):  # the connection has already ended
                connected.shutdown(SHUT_RDWR)


class _TlsConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection  # pyright: ignore[reportAssignmentType] - as urllib3's own classes


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection  # pyright: ignore[reportAssignmentType]


_POOLS = {"http": _Pool, "https": _TlsPool}


class InterruptibleAdapter(HTTPAdapter):
    """Sends requests over interruptible connections; through a SOCKS proxy, over ordinary ones."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Create the pools of direct connections."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """The pools of connections through a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = _POOLS
        return manager
