"""A transport that returns in time: at the timeout, or soon after the call was cancelled.

A thread that waits for a server cannot be woken, and a socket's own timeout starts anew with every byte. So
each request is sent in a thread of its own. If no answer arrives in time, its connection is shut down, and
that thread ends as well.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.errors import LostAnswerError, UnreachableError
from pulumi_switchboard.transport.messages import Request, Response, Transport
from pulumi_switchboard.transport.urls import safe_url

GRACE_SECONDS = 1.0
"""How long to wait for an answer after the cancel: it shows the outcome of a request that was sent."""

_lock = threading.Lock()
_thread = threading.local()
"""Its `interrupter` is that of the request which this thread sends."""


@dataclass(frozen=True)
class CancellableTransport:
    """Sends with another transport, and gives up at the timeout or when the call is cancelled."""

    get_transport: Callable[[], Transport]
    """Returns the other transport. The time that its creation takes does not count."""
    cancel_token: CancelToken

    def send(self, request: Request, timeout: float) -> Response:
        """Send the request once; see `Transport.send`."""
        transport = self.get_transport()
        answer: Future[Response] = Future()
        interrupter = Interrupter()

        def exchange() -> None:
            try:
                with interrupter:
                    response = transport.send(request, timeout)
                answer.set_result(response)
            except BaseException as error:  # noqa: BLE001 - the waiting thread raises it
                answer.set_exception(error)

        try:
            threading.Thread(target=exchange, name="request", daemon=True).start()
        except RuntimeError:
            raise UnreachableError(
                f"{request.method} {safe_url(request.url)} was not sent: no thread could be started",
                remedy="raise the limit of processes and threads (ulimit -u), or run with a lower --parallel",
            ) from None
        if self.cancel_token.wait_for(answer, timeout, grace=GRACE_SECONDS):
            return answer.result()
        interrupter.interrupt()
        when = "before the update was cancelled" if self.cancel_token.is_set() else f"within {timeout:.3g} s"
        raise LostAnswerError(f"no answer to {request.method} {safe_url(request.url)} {when}")


class Connection(Protocol):
    """A connection that another thread can shut down."""

    interrupter: Interrupter | None
    """The interrupter of the request that used it last."""

    def shut_down(self) -> None:
        """End every read and write on this connection."""
        ...


class Interrupter:
    """Interrupts one request from another thread. The request is sent within its `with` block."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._is_interrupted = False

    def __enter__(self) -> None:
        """Start the request in this thread."""
        _thread.interrupter = self

    def __exit__(self, *_: object) -> None:
        """End the request. From now on its connection may be used for other requests."""
        _thread.interrupter = None
        with _lock:
            self._connection = None

    def interrupt(self) -> None:
        """Shut down the connection of the request. If it has none yet, nothing will be sent."""
        with _lock:
            self._is_interrupted = True
            if self._connection is not None and self._connection.interrupter is self:
                self._connection.shut_down()

    def attach(self, connection: Connection) -> None:
        """Note that the request uses this connection.

        Raises:
            ConnectionAbortedError: The request was interrupted.
        """
        with _lock:
            if self._is_interrupted:
                raise ConnectionAbortedError
            self._connection, connection.interrupter = connection, self


def attach_to_current_request(connection: Connection) -> None:
    """Note that the request of this thread, if it sends one, uses this connection."""
    interrupter: Interrupter | None = getattr(_thread, "interrupter", None)
    if interrupter is not None:
        interrupter.attach(connection)
