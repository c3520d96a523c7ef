"""What the engine is told while a call runs, for its user to read."""

from __future__ import annotations

import logging
import sys
from functools import cache

import grpc
from pulumi.dynamic import CheckFailure
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_switchboard.dynamic import host
from pulumi_switchboard.dynamic.words import Harmless

PROGRESS_SECONDS = 1.0
"""An engine that is busy, as it is after Ctrl-C, keeps no call for longer than it takes to end one."""
WARNING_SECONDS = 5.0

log = logging.getLogger("pulumi_switchboard.host")


def progress(urn: str, text: Harmless) -> None:
    """Show what is going on, in the status column of a resource."""
    line = engine_pb2.LogRequest(severity=engine_pb2.INFO, message=text, urn=urn, ephemeral=True)
    _say(line, PROGRESS_SECONDS)


def warn(urn: str, text: Harmless) -> None:
    """Leave a warning in the diagnostics of a resource; on stderr where the engine can't be told."""
    line = engine_pb2.LogRequest(severity=engine_pb2.WARNING, message=text, urn=urn)
    if not _say(line, WARNING_SECONDS):
        print(text, file=sys.stderr)  # noqa: T201 - the engine shows it to the user


def failure(text: Harmless) -> CheckFailure:
    """What is wrong with the arguments; it names no property, whose value the engine would print."""
    return CheckFailure("", text)


def _say(line: engine_pb2.LogRequest, seconds: float) -> bool:
    """Tell the engine, and say whether it was there to be told."""
    engine = _engine()
    if engine is None:
        return False
    try:
        engine.Log(line, timeout=seconds)
    except grpc.RpcError as error:
        log.debug("the engine did not take a message: %s", error)
    return True


@cache
def _engine() -> engine_pb2_grpc.EngineStub | None:
    address = host.engine_address()
    if address is None:
        return None
    return engine_pb2_grpc.EngineStub(grpc.insecure_channel("{}:{}".format(*address)))
