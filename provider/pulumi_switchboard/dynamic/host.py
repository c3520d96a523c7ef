"""What Pulumi's dynamic provider host does not offer, and how we get it.

The host passes little more than property bags to a provider, turns errors into tracebacks, runs four calls at
a time and ignores the engine's Cancel. The engine's full request and the gRPC context are in frames of the
running call, the servicer is in the main module, and the engine's address is among the arguments. Only this
module looks at them. Each use is detected when it is needed and left out if the host has another shape, or if
`SWITCHBOARD_PLAIN_HOST=1` is set: then calls work as in any dynamic provider, without the extra features.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from types import FrameType, FunctionType
from typing import Any, NoReturn

import grpc
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, status_pb2

from pulumi_switchboard.runtime.redactor import SafeText
from pulumi_switchboard.settings import PLAIN_HOST_VARIABLE

WIDTH = 256
"""Threads for calls, made on demand: enough for 64 calls at once and those that wait behind them."""
GRPC_UNKNOWN = 2
"""The status code that the host aborts with; the one in our details has to be the same."""
PROVIDER = "__provider"
"""The member of every bag from which the host knows the provider."""

log = logging.getLogger("pulumi_switchboard.host")


def is_plain() -> bool:
    """Whether the user has switched the extra features off."""
    return os.environ.get(PLAIN_HOST_VARIABLE) == "1"


def engine_address() -> tuple[str, int] | None:
    """Where the engine listens: the last argument of the host is its address."""
    name, _, port = sys.argv[-1].rpartition(":")
    return (name, int(port)) if name and port.isdigit() and not is_plain() else None


class ProviderError(Exception):
    """A call that has failed; its text is what the user reads."""


@dataclass(frozen=True)
class HostCall:
    """The engine's request and the gRPC context of the running call; empty if the host does not show them."""

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
        """The seconds that `custom_timeouts` gives the call; 0 if it gives none."""
        return float(getattr(self.message, "timeout", 0.0))

    @property
    def ignore_changes(self) -> tuple[str, ...]:
        """The paths of `ignore_changes`."""
        return tuple(getattr(self.message, "ignoreChanges", ()))

    @cached_property
    def old_inputs(self) -> dict[str, Any] | None:
        """The inputs of the last update; None if the engine does not send them."""
        for name in ("old_inputs", "inputs"):
            if hasattr(self.message, name) and self.message.HasField(name):
                return dict(rpc.deserialize_properties(getattr(self.message, name), keep_unknowns=True))
        return None

    def on_end(self, tell: Callable[[], None]) -> None:
        """Call `tell` when the call or the engine has ended."""
        if self.context is not None and not self.context.add_callback(tell):
            tell()

    def fail(self, text: SafeText) -> NoReturn:
        """End the call with this text as the whole error, in place of a traceback."""
        self._abort(text, ())

    def fail_with(
        self, id: str, outputs: Mapping[str, Any], inputs: Mapping[str, Any] | None, text: SafeText
    ) -> NoReturn:
        """End the call with an error, and make the engine keep the object in state; a plain host cannot."""
        bags = (getattr(self.message, name, None) for name in ("news", "properties"))
        provider = next((bag[PROVIDER] for bag in bags if bag is not None and PROVIDER in bag), None)
        kept = provider_pb2.ErrorResourceInitFailed(
            id=id,
            properties=_on_the_wire({**outputs, PROVIDER: provider}),
            inputs=_on_the_wire({**inputs, PROVIDER: provider}) if inputs is not None else None,
            reasons=[text],
        )
        self._abort(text, [kept])

    def _abort(self, text: SafeText, details: Sequence[Any]) -> NoReturn:
        if self.context is not None:
            status = status_pb2.Status(code=GRPC_UNKNOWN, message=text)
            for detail in details:
                status.details.add().Pack(detail)
            self.context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
        raise ProviderError(text) from None


def current() -> HostCall:
    """The running call. To be called at the start of the call, in its own thread."""
    if is_plain():
        return HostCall()
    for frame in _frames():
        context = frame.f_locals.get("context")
        if isinstance(context, grpc.ServicerContext) and "request" in frame.f_locals:
            return HostCall(frame.f_locals["request"], context)
    log.debug("the host shows no request: messages, timeouts and clean errors are not available")
    return HostCall()


def widen() -> None:
    """Let the host run many calls at a time instead of four."""
    executor = None if is_plain() else _executor()
    if executor is None:
        log.debug("the host keeps its four threads")
        return
    queued = executor._work_queue.qsize()  # noqa: SLF001 - there is no public way
    executor._max_workers = max(WIDTH, executor._max_workers)  # noqa: SLF001
    with suppress(RuntimeError):  # if no thread can be started, the existing ones run all calls
        for _ in range(queued):
            executor._adjust_thread_count()  # noqa: SLF001
    log.debug("the host runs up to %d calls at a time", WIDTH)


_on_cancel: list[Callable[[], None]] = []
"""What is called when the engine cancels; the code that replaces the host's finds it here."""


def on_cancel(tell: Callable[[], None]) -> None:
    """Call `tell` when the engine cancels the update; the host would only answer.

    gRPC keeps the host's method, so replacing the method would have no effect. Its code can be replaced.
    """
    method = None if is_plain() else _cancel_method()
    if method is None:
        log.debug("the engine's Cancel is not received: calls run to their end")
        return
    _on_cancel[:] = [tell]
    method.__code__ = _cancel.__code__
    log.debug("the engine's Cancel is received")


def _cancel(self: Any, request: Any, context: Any) -> Any:  # noqa: ARG001 - as the host's method
    """Runs as the host's own method, with the host's global names, so it imports everything that it needs."""
    from google.protobuf.empty_pb2 import Empty  # type: ignore[import-untyped] # noqa: PLC0415

    from pulumi_switchboard.dynamic.host import _on_cancel  # noqa: PLC0415

    for tell in _on_cancel:
        tell()
    return Empty()


def _cancel_method() -> FunctionType | None:
    """The host's method that answers the engine's Cancel, if it has the shape that we know."""
    servicer = getattr(sys.modules.get("__main__"), "DynamicResourceProviderServicer", None)
    method = getattr(servicer, "Cancel", None)
    if not isinstance(method, FunctionType):
        return None
    known, found = _cancel.__code__, method.__code__
    alike = known.co_argcount == found.co_argcount and known.co_freevars == found.co_freevars
    return method if alike else None


def _executor() -> Any:
    """The thread pool of the calling thread, if it has the shape that we know."""
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


def _on_the_wire(bag: Mapping[str, Any]) -> Any:
    """A bag as the host sends it."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(rpc.serialize_properties(dict(bag), {}))
    finally:
        loop.close()
