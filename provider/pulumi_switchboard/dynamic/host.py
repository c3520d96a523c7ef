"""What the stock dynamic provider host keeps to itself, and how we get at it.

The host hands a provider's methods little more than property bags, turns errors into tracebacks and
runs four calls at a time. Behind it are the engine's full request and a gRPC context, both held by
frames of the running call; this module, and no other, looks at them. Each trick is looked for when it
is needed and left out where the host does not have its shape, or where `SWITCHBOARD_PLAIN_HOST=1` says
so: then calls work as in any dynamic provider, without the comforts.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from types import FrameType
from typing import Any, NoReturn

import grpc
from pulumi.runtime import rpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, status_pb2

WIDTH = 256
"""Threads for calls, made on demand: enough for 64 calls at once and those that wait behind them."""
GRPC_UNKNOWN = 2
"""The status code that the host aborts with; the one in our details has to be the same."""
LOG_SECONDS = 5.0
WATCH_SECONDS = 2.0


log = logging.getLogger("pulumi_switchboard.host")


class ProviderError(Exception):
    """A failed call, on its way to the engine; its text is all that the user reads."""


@dataclass(frozen=True)
class Request:
    """What the engine says about the running call; empty where the host does not let us see it."""

    message: Any = None
    context: grpc.ServicerContext | None = None

    @property
    def urn(self) -> str:
        """The resource."""
        return str(getattr(self.message, "urn", ""))

    @property
    def name(self) -> str:
        """The resource's name in the program."""
        return self.urn.split("::", 3)[-1]

    @property
    def timeout(self) -> float:
        """The seconds that `custom_timeouts` gives this call; 0 if it gives none."""
        return float(getattr(self.message, "timeout", 0.0))

    @property
    def ignore_changes(self) -> tuple[str, ...]:
        """The paths that the program does not care about."""
        return tuple(getattr(self.message, "ignoreChanges", ()))

    @property
    def old_inputs(self) -> dict[str, Any] | None:
        """The inputs of the last update; None where the engine does not send them."""
        for name in ("old_inputs", "inputs"):
            if hasattr(self.message, name) and self.message.HasField(name):
                return dict(rpc.deserialize_properties(getattr(self.message, name), keep_unknowns=True))
        return None

    def fail(self, text: str) -> NoReturn:
        """End the call with this text as the whole error, in place of a traceback."""
        if self.context is not None:
            status = status_pb2.Status(code=GRPC_UNKNOWN, message=text)
            self.context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
        raise ProviderError(text) from None

    def progress(self, text: str) -> None:
        """Show what is going on, in the status column of the resource."""
        self._say(engine_pb2.LogRequest(severity=engine_pb2.INFO, message=text, urn=self.urn, ephemeral=True))

    def warn(self, text: str) -> None:
        """Leave a warning in the resource's diagnostics."""
        self._say(engine_pb2.LogRequest(severity=engine_pb2.WARNING, message=text, urn=self.urn))

    def _say(self, line: engine_pb2.LogRequest) -> None:
        engine = _engine()
        if engine is None:
            if not line.ephemeral:
                print(line.message, file=sys.stderr)  # noqa: T201 - the engine shows it to the user
            return
        try:
            engine.Log(line, timeout=LOG_SECONDS)
        except grpc.RpcError as error:
            log.debug("the engine did not take a message: %s", error)


def is_plain() -> bool:
    """Whether the user has switched all tricks off."""
    return os.environ.get("SWITCHBOARD_PLAIN_HOST") == "1"


def current() -> Request:
    """The request of the running call; to be taken at the start of a call, in its own thread."""
    if is_plain():
        return Request()
    for frame in _frames():
        context = frame.f_locals.get("context")
        if isinstance(context, grpc.ServicerContext) and "request" in frame.f_locals:
            return Request(frame.f_locals["request"], context)
    log.debug("the host shows no request: messages, timeouts and clean errors are not to be had")
    return Request()


def widen() -> None:
    """Let the host run many calls at a time, in place of four."""
    executor = None if is_plain() else _executor()
    if executor is None:
        log.debug("the host keeps its few threads")
        return
    queued = executor._work_queue.qsize()  # noqa: SLF001 - there is no public way
    executor._max_workers = max(WIDTH, executor._max_workers)  # noqa: SLF001
    for _ in range(queued):
        executor._adjust_thread_count()  # noqa: SLF001


def end_with_the_engine(is_idle: Callable[[], bool]) -> None:
    """End this process once the engine is gone and no call runs.

    The engine ends its providers with a signal, but one that is killed sends none, and one signal may go
    unheard; the process would live on for ever. `is_idle` tells whether no call runs. To be called while
    the engine waits for an answer: if it can't be reached even then, its end could not be told either.
    """
    address = _engine_address()
    if address is None or not _listens(address):
        log.debug("the engine can't be reached at the address it gave: its end will go unseen")
        return
    threading.Thread(target=_watch, args=(address, is_idle), name="engine-watch", daemon=True).start()


def _watch(address: tuple[str, int], is_idle: Callable[[], bool]) -> None:
    while _listens(address) or not is_idle():
        time.sleep(WATCH_SECONDS)
    os._exit(0)


def _listens(address: tuple[str, int]) -> bool:
    try:
        socket.create_connection(address, timeout=WATCH_SECONDS).close()
    except OSError:
        return False
    return True


def _executor() -> Any:
    """The thread pool that the calling thread belongs to, if it has the shape we know."""
    for frame in _frames():
        reference = frame.f_locals.get("executor_reference")
        executor = reference() if callable(reference) else None
        known = ("_max_workers", "_work_queue", "_adjust_thread_count")
        if isinstance(executor, ThreadPoolExecutor) and all(hasattr(executor, name) for name in known):
            return executor
    return None


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the way to what the host holds
    while frame is not None:
        yield frame
        frame = frame.f_back


@cache
def _engine() -> engine_pb2_grpc.EngineStub | None:
    """The engine that started this process."""
    address = _engine_address()
    return None if address is None else engine_pb2_grpc.EngineStub(grpc.insecure_channel(sys.argv[-1]))


def _engine_address() -> tuple[str, int] | None:
    """Where the engine listens: the host is given its address as the last argument."""
    name, _, port = sys.argv[-1].rpartition(":")
    return (name, int(port)) if name and port.isdigit() and not is_plain() else None
