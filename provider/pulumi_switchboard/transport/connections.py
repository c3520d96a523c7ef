"""The connections of `requests`, so that each exchange over one can be broken off."""

from __future__ import annotations

from contextlib import suppress
from socket import SHUT_RDWR, socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from pulumi_switchboard.transport.interruption import Interrupter, use


class _Connection(HTTPConnection):
    breaker: Interrupter | None = None
    _carrier: socket | None = None
    """The socket; `sock` forgets it while the last answer of a connection is still being read."""

    def connect(self) -> None:
        use(self)
        super().connect()
        self._carrier = self.sock
        use(self)  # it may have been broken off meanwhile: then nothing is sent

    def request(self, *args: Any, **options: Any) -> None:
        use(self)
        super().request(*args, **options)

    def shut_down(self) -> None:
        carrier = self.sock or self._carrier
        if carrier is not None:
            with suppress(OSError):  # the connection has ended by itself
                carrier.shutdown(SHUT_RDWR)


class _TlsConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection  # pyright: ignore[reportAssignmentType] - as urllib3's own classes


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection  # pyright: ignore[reportAssignmentType]


_POOLS = {"http": _Pool, "https": _TlsPool}


class BreakableAdapter(HTTPAdapter):
    """Sends requests over such connections; only by way of a SOCKS proxy, over ordinary ones."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools of direct connections."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """The pools of connections by way of a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = _POOLS
        return manager
