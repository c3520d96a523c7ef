"""A transport that keeps no one waiting, neither for a server that stalls nor after a stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.errors import LostAnswerError, UnreachableError
from pulumi_switchboard.transport.interruption import Interrupter
from pulumi_switchboard.transport.messages import Request, Response, Transport
from pulumi_switchboard.transport.urls import bare_url

GRACE_SECONDS = 1.0
"""How long an answer may still take after the stop: it tells what became of a request that was sent."""


@dataclass(frozen=True)
class CancellableTransport:
    """Lets another transport send, and gives up on it when the time is over.

    A socket's own timeout starts anew with every byte, and nothing wakes a thread that waits for one. So
    the exchange happens in a thread of its own. It is broken off if no answer comes in time, so that neither
    the thread nor its connection outlives it for long.
    """

    ready: Callable[[], Transport]
    """Gives the other transport; what it takes to make that ready is not of the request's time."""
    cancel_token: CancelToken

    def send(self, request: Request, timeout: float) -> Response:
        """Send the request once; see `Transport.send`."""
        transport = self.ready()
        answer: Future[Response] = Future()
        breaker = Interrupter()

        def exchange() -> None:
            try:
                with breaker:
                    response = transport.send(request, timeout)
                answer.set_result(response)
            except BaseException as error:  # noqa: BLE001 - handed over to the thread that waits
                answer.set_exception(error)

        try:
            threading.Thread(target=exchange, name="request", daemon=True).start()
        except RuntimeError:
            raise UnreachableError(
                f"{request.method} {bare_url(request.url)} could not be sent: there is no thread left for it",
                remedy="raise the limit of processes and threads (ulimit -u), or run with a lower --parallel",
            ) from None
        if self.cancel_token.wait_for(answer, timeout, grace=GRACE_SECONDS):
            return answer.result()
        breaker.break_off()
        why = "before the update was cancelled" if self.cancel_token.is_set() else f"within {timeout:.3g} s"
        raise LostAnswerError(f"no answer to {request.method} {bare_url(request.url)} {why}")
