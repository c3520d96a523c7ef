"""The connection that a request came on, which a fault may break."""

import asyncio
import socket
import struct
from typing import Any, Protocol

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

ENTRANCE = "switchboard.entrance"
"""Where the scope of a request has the `Entrance` that it came through."""

TRANSPORT = "switchboard.transport"
"""Where the scope of a request has the transport of its connection."""

_NO_LINGER = struct.pack("ii", 1, 0)


class Entrance(Protocol):
    """Where connections come in."""

    async def refuse(self) -> None:
        """Refuse connections and close those that wait for a request, until `accept`."""
        ...

    async def accept(self) -> None:
        """End one `refuse`; once all have ended, let connections in again."""
        ...


class HttpProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with the connection in the scope of each request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin a connection."""
        super().connection_made(transport)
        app = self.app

        async def app_with_transport(scope: Any, receive: Any, send: Any) -> None:
            scope[TRANSPORT] = transport
            await app(scope, receive, send)

        self.app = app_with_transport


class Connection:
    """The connection of one request. Only once its body has been read can one wait for the end of it."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.entrance: Entrance = scope[ENTRANCE]
        """Where it came in."""

        self._transport: asyncio.Transport = scope[TRANSPORT]
        self._receive = receive

    @property
    def gone(self) -> bool:
        """Whether the client has closed it, or we have."""
        return self._transport.is_closing()

    async def until_gone(self) -> None:
        """Wait until it is closed; uvicorn takes a missing answer for a bug before that."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def close(self) -> None:
        """Close it as soon as everything is sent."""
        self._transport.close()
        await self.until_gone()

    async def reset(self) -> None:
        """Break it with a TCP reset."""
        if not self.gone:
            self._transport.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER
            )
            self._transport.abort()
        await self.until_gone()
