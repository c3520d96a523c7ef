"""The connection of a request, which a fault can break."""

import asyncio
import logging
import socket
import struct
from typing import Any, Protocol

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

ENTRANCE = "switchboard.entrance"
"""The key of the `Entrance` in the scope of a request."""

TRANSPORT = "switchboard.transport"
"""The key of the connection's transport in the scope of a request."""

_NO_LINGER = struct.pack("ii", 1, 0)

_logger = logging.getLogger(__name__)
_logger.setLevel(logging.ERROR)


class Entrance(Protocol):
    """What accepts the connections of clients."""

    async def refuse(self) -> None:
        """Refuse connections and close idle ones, until `accept`."""

    async def accept(self) -> None:
        """End one `refuse`. Connections are accepted again when each `refuse` has ended."""


class HttpProtocol(H11Protocol):
    """Uvicorn's HTTP/1.1, with the transport in the scope of each request.

    It shows no warning for a request that is no HTTP, or that asks for a WebSocket; the answer says enough.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin a connection."""
        super().connection_made(transport)
        self.logger = _logger
        app = self.app

        async def app_with_transport(scope: Any, receive: Any, send: Any) -> None:
            scope[TRANSPORT] = transport
            await app(scope, receive, send)

        self.app = app_with_transport


class Connection:
    """The connection of one request. Call `until_gone` only after the body of the request is read."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.entrance: Entrance = scope[ENTRANCE]
        """What accepted it."""
        self._transport: asyncio.Transport = scope[TRANSPORT]
        self._receive = receive

    @property
    def gone(self) -> bool:
        """Whether the client or the emulator has closed it."""
        return self._transport.is_closing()

    async def until_gone(self) -> None:
        """Wait until it is closed. Until then, uvicorn reports a missing answer as a bug."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def close(self) -> None:
        """Close it when everything is sent."""
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
