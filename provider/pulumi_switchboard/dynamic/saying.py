"""What the engine is told while a call runs, for its user to read."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any, Protocol

import grpc
from pulumi.dynamic import CheckFailure
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_switchboard.dynamic import host
from pulumi_switchboard.dynamic.words import Harmless

PROGRESS_SECONDS = 1.0
"""An engine that is busy, as it is after Ctrl-C, keeps no call for longer than it takes to end one."""
WARNING_SECONDS = 5.0

log = logging.getLogger("pulumi_switchboard.host")


class Engine(Protocol):
    """What takes a message for the user."""

    @property
    def Log(self) -> Callable[..., Any]:  # noqa: N802 - gRPC's name
        """Takes a `LogRequest`, and a `timeout` in seconds."""
        ...


class EngineLog:
    """Tells the engine's user what is going on.

    Args:
        engine: The engine; None if there is none that can be told.
    """

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine

    def progress(self, urn: str, text: Harmless) -> None:
        """Show what is going on, in the status column of a resource."""
        line = engine_pb2.LogRequest(severity=engine_pb2.INFO, message=text, urn=urn, ephemeral=True)
        self._say(line, PROGRESS_SECONDS)

    def warn(self, urn: str, text: Harmless) -> None:
        """Leave a warning in the diagnostics of a resource; on stderr where the engine can't be told."""
        line = engine_pb2.LogRequest(severity=engine_pb2.WARNING, message=text, urn=urn)
        if not self._say(line, WARNING_SECONDS):
            print(text, file=sys.stderr)  # noqa: T201 - the engine shows it to the user

    def _say(self, line: engine_pb2.LogRequest, seconds: float) -> bool:
        """Tell the engine, and say whether it was there to be told."""
        if self._engine is None:
            return False
        try:
            self._engine.Log(line, timeout=seconds)
        except grpc.RpcError as error:
            log.debug("the engine did not take a message: %s", error)
        return True


def engine() -> Engine | None:
    """The engine that has started this process; None if it can't be told anything."""
    address = host.engine_address()
    if address is None:
        return None
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel("{}:{}".format(*address)))


def failure(text: Harmless) -> CheckFailure:
    """What is wrong with the arguments; it names no property, whose value the engine would print."""
    return CheckFailure("", text)
