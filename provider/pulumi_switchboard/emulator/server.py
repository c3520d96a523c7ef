"""A web server in a thread of its own."""

import asyncio
import socket
import threading
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from pulumi_switchboard.emulator.connection import ENTRANCE, HttpProtocol
from pulumi_switchboard.emulator.port import listen, reserve

# Longer than any test: a pooled connection must not close under a client's request.
_KEEP_ALIVE_SECONDS = 600
_SHUTDOWN_SECONDS = 1
_LOOK_SECONDS = 0.001
_START_SECONDS = 10


class Server:
    """Serves an application from the moment it is constructed until `stop`."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        listener = listen(host, port)
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
        """Refuse connections and close those that wait for a request, until `accept`."""
        asyncio.run_coroutine_threadsafe(self._server.refuse(), self._server.loop).result()

    def accept(self) -> None:
        """End one `refuse`; once all have ended, let connections in again."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._server.accept(), self._server.loop).result()


class _PromptServer(uvicorn.Server):
    """Ends as soon as it is told to, not at the next tick, and can refuse connections meanwhile."""

    loop: asyncio.AbstractEventLoop
    """Where it runs, once it listens."""

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
        """End as uvicorn does, but without its pauses: many a test has an emulator of its own."""
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
            self._reserved = reserve(*address[:2])
        for connection in list(self.server_state.connections):
            if not connection.transport.is_closing():
                connection.shutdown()

    async def accept(self) -> None:
        self._refusals -= 1
        if self._refusals == 0 and self._reserved is not None:
            reserved, self._reserved = self._reserved, None
            reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            await super().startup([reserved])
