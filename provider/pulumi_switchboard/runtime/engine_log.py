"""The engine's log: what the user reads while a call runs."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any, Protocol

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_switchboard.runtime.redactor import SafeText

PROGRESS_SECONDS = 1.0
"""A busy engine, as after Ctrl-C, must not delay a call for longer than it takes to end the call."""
WARNING_SECONDS = 5.0

log = logging.getLogger("pulumi_switchboard.host")


class Engine(Protocol):
    """Takes messages for the user."""

    @property
    def Log(self) -> Callable[..., Any]:  # noqa: N802 - gRPC's name
        """Takes a `LogRequest`, and a `timeout` in seconds."""
        ...


def connect(address: tuple[str, int] | None) -> Engine | None:
    """The engine at this address; None if there is no address."""
    if address is None:
        return None
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel("{}:{}".format(*address)))


class EngineLog:
    """Writes to the engine's log.

    Args:
        engine: The engine; None if there is none.
    """

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine

    def progress(self, urn: str, text: SafeText) -> None:
        """Show a text in the status column of a resource."""
        line = engine_pb2.LogRequest(severity=engine_pb2.INFO, message=text, urn=urn, ephemeral=True)
        self._send(line, PROGRESS_SECONDS)

    def warn(self, urn: str, text: SafeText) -> None:
        """Add a warning to the diagnostics of a resource; to stderr if there is no engine."""
        line = engine_pb2.LogRequest(severity=engine_pb2.WARNING, message=text, urn=urn)
        if not self._send(line, WARNING_SECONDS):
            print(text, file=sys.stderr)  # noqa: T201 - the engine shows it to the user

    def _send(self, line: engine_pb2.LogRequest, seconds: float) -> bool:
        """Send a line; False if there is no engine."""
        if self._engine is None:
            return False
        try:
            self._engine.Log(line, timeout=seconds)
        except grpc.RpcError as error:
            log.debug("the engine did not take a message: %s", error)
        return True
