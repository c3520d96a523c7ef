"""A web server in a thread of its own."""

import asyncio
import socket
import threading
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from pulumi_switchboard.emulator.connection import ENTRANCE, HttpProtocol

# Longer than any test: a pooled connection must not close during a client's request.
_KEEP_ALIVE_SECONDS = 600
_SHUTDOWN_SECONDS = 1
# A longer path or header is no HTTP for uvicorn: it answers in its own words, and nothing is recorded.
_MOST_HEAD_BYTES = 1 << 20
_LOOK_SECONDS = 0.001
_START_SECONDS = 10


class Server:
    """Serves an application from the moment it is constructed until `stop`."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        listener = _listen(host, port)
        shown_host = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown_host}:{listener.getsockname()[1]}"
        """Where the application answers, without a slash at the end."""

        async def app_behind_entrance(scope: Scope, receive: Receive, send: Send) -> None:
            scope[ENTRANCE] = self._server
            await app(scope, receive, send)

        self._server = _PromptServer(
            uvicorn.Config(
                app_behind_entrance,
                http=HttpProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                server_header=False,
                date_header=False,
                access_log=False,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                h11_max_incomplete_event_size=_MOST_HEAD_BYTES,
            )
        )
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="switchboard-emulator", daemon=True
        )
        self._thread.start()
        if not self._server.listening.wait(_START_SECONDS):
            listener.close()
            raise RuntimeError(f"the emulator did not start within {_START_SECONDS} s")

    def stop(self) -> None:
        """Close every connection and end the thread."""
        self._server.stop()
        self._thread.join()

    def refuse(self) -> None:
        """Refuse connections and close idle ones, until `accept`."""
        asyncio.run_coroutine_threadsafe(self._server.refuse(), self._server.loop).result()

    def accept(self) -> None:
        """End one `refuse`. Connections are accepted again when each `refuse` has ended."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._server.accept(), self._server.loop).result()


class _PromptServer(uvicorn.Server):
    """A uvicorn server that stops at once, not at its next tick, and can refuse connections."""

    loop: asyncio.AbstractEventLoop
    """Its event loop, set when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()
        self._stopping = asyncio.Event()
        self._refusals = 0
        self._reserved: socket.socket | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.loop = asyncio.get_running_loop()
        self.listening.set()

    async def main_loop(self) -> None:
        await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End as uvicorn does, but without its pauses, as many tests start an emulator of their own."""
        for listener in (*self.servers, *(sockets or ()), self._reserved):
            if listener is not None:
                listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._answer_all(), _SHUTDOWN_SECONDS)
        for task in self.server_state.tasks:
            task.cancel()
        for connection in list(self.server_state.connections):
            connection.transport.abort()

    async def _answer_all(self) -> None:
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(_LOOK_SECONDS)

    def stop(self) -> None:
        if self.listening.is_set():
            self.loop.call_soon_threadsafe(self._stopping.set)

    async def refuse(self) -> None:
        self._refusals += 1
        if self._refusals == 1:
            address = self.servers[0].sockets[0].getsockname()
            for server in self.servers:
                server.close()
            self._reserved = _reserve(*address[:2])
        for connection in list(self.server_state.connections):
            if not connection.transport.is_closing():
                connection.shutdown()

    async def accept(self) -> None:
        self._refusals -= 1
        if self._refusals == 0 and self._reserved is not None:
            reserved, self._reserved = self._reserved, None
            reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            await super().startup([reserved])


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a port; 0 takes a free one."""
    listener = _bound(host, port)
    try:
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


def _reserve(host: str, port: int) -> socket.socket:
    """Return a socket that keeps a port without listening on it, so that connections are refused.

    No other process can listen on the port. To listen, set `SO_REUSEADDR` on the socket again.
    """
    holder = _bound(host, port)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    return holder


def _bound(host: str, port: int) -> socket.socket:
    # Without the named protocol, asyncio delays small packets and an answer takes 40 ms.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except BaseException:
        bound.close()
        raise
    return bound
