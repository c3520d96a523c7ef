"""The SDK's own servicer in this process, and what gRPC would hand to it."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest import mock

import grpc
from pulumi.runtime.proto import engine_pb2, provider_pb2, provider_pb2_grpc, status_pb2


@dataclass(frozen=True)
class Message:
    """What the provider tells the engine's user."""

    text: str
    is_warning: bool


@dataclass
class EngineLog:
    """Takes the place of the engine's log."""

    messages: list[Message]

    def Log(self, line: engine_pb2.LogRequest, timeout: float) -> None:  # noqa: N802 - gRPC's name
        """Keep a message."""
        self.messages.append(Message(line.message, line.severity == engine_pb2.WARNING))


class AbortedError(Exception):
    """The servicer has ended the call with an error."""


@grpc.ServicerContext.register
class Context:
    """The context of a call, as far as the servicer and the product use it."""

    def __init__(self) -> None:
        self.text = ""
        """The text of the error that has ended the call."""
        self._status: status_pb2.Status | None = None
        self._callbacks: list[Callable[[], None]] = []

    def end(self) -> None:
        """The call is over."""
        for callback in self._callbacks:
            callback()

    def kept(self) -> Any:
        """What the engine keeps of a resource that is not finished; None if it keeps nothing."""
        for detail in self._status.details if self._status is not None else ():
            kept = provider_pb2.ErrorResourceInitFailed()
            if detail.Unpack(kept):
                return kept
        return None

    def abort(self, code: grpc.StatusCode, details: str) -> None:
        """End the call; the engine reads the status in the trailing metadata, if there is one."""
        self.text = self._status.message if self._status is not None else details
        raise AbortedError(code)

    def set_trailing_metadata(self, trailing_metadata: Any) -> None:
        """Take the details of an error."""
        for key, value in trailing_metadata:
            if key == "grpc-status-details-bin":
                self._status = status_pb2.Status.FromString(value)

    def add_callback(self, callback: Callable[[], None]) -> bool:
        """Call this when the call is over."""
        self._callbacks.append(callback)
        return True


class _FoundError(Exception):
    """The servicer that the SDK was about to serve."""

    def __init__(self, servicer: Any) -> None:
        super().__init__()
        self.servicer = servicer


def new_servicer() -> Any:
    """The servicer of a new provider process, which knows no provider yet."""
    servicer = _servicer_class()
    servicer.Configure.__globals__["_PROVIDER_CACHE"].clear()
    return servicer()


@cache
def _servicer_class() -> Any:
    """The SDK's servicer, taken where the SDK hands it to gRPC."""

    def take(servicer: Any, _server: object) -> None:
        raise _FoundError(servicer)

    with mock.patch.object(provider_pb2_grpc, "add_ResourceProviderServicer_to_server", take):
        try:
            runpy.run_module("pulumi.dynamic", run_name="__main__")
        except _FoundError as found:
            # In a provider process this module is `__main__`, where the product looks for it.
            vars(sys.modules["__main__"])["DynamicResourceProviderServicer"] = type(found.servicer)
            return type(found.servicer)
    raise AssertionError("the SDK serves nothing")
