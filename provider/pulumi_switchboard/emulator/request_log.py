"""The request log: one line for each request, without secrets, for a person who watches."""

import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pulumi_switchboard.emulator.clock import timestamp

WriteLine = Callable[[str], None]
"""Shows one line."""


def logged(app: ASGIApp, shown: Callable[[Scope], str], write: WriteLine | None) -> ASGIApp:
    """Return an application that writes a line once it is done with a request; None writes nothing.

    `shown` returns method, host and path without what could be a secret.
    """
    if write is None:
        return app

    async def with_log(scope: Scope, receive: Receive, send: Send) -> None:
        arrived, start = timestamp(time.time()), time.perf_counter()
        status = "no answer"

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await app(scope, receive, noting)
        finally:
            milliseconds = (time.perf_counter() - start) * 1000
            write(f"{arrived} {shown(scope)} {status} {milliseconds:.0f} ms")

    return with_log
