"""A web server in a thread of its own."""

import asyncio
import socket
import threading

import uvicorn
from starlette.types import ASGIApp

# Longer than any test: a pooled connection must not close under a client's request.
_KEEP_ALIVE_SECONDS = 600
_SHUTDOWN_SECONDS = 1
_START_SECONDS = 10


class Server:
    """Serves an application from the moment it is constructed until `stop`."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        listener = _listen(host, port)
        shown_host = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown_host}:{listener.getsockname()[1]}"
        """Where the application answers, without a slash at the end."""

        self._server = _PromptServer(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                server_header=False,
                date_header=False,
                access_log=False,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
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


def _listen(host: str, port: int) -> socket.socket:
    # asyncio sends small packets at once only where the protocol is named; without, an answer takes 40 ms.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


class _PromptServer(uvicorn.Server):
    """Tells when it has started to listen, and ends as soon as it is told to, not at the next tick."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()
        self._stopping = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.listening.set()

    async def main_loop(self) -> None:
        await self._stopping.wait()

    def stop(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
