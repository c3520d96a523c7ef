"""The engine that started this process: where it listens, what it is told, and that we end with it."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import cache

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

LOG_SECONDS = 5.0
WATCH_SECONDS = 2.0

log = logging.getLogger("pulumi_switchboard.host")


def is_plain() -> bool:
    """Whether the user wants no more than what any dynamic provider has."""
    return os.environ.get("SWITCHBOARD_PLAIN_HOST") == "1"


def progress(urn: str, text: str) -> None:
    """Show what is going on, in the status column of a resource."""
    _say(engine_pb2.LogRequest(severity=engine_pb2.INFO, message=text, urn=urn, ephemeral=True))


def warn(urn: str, text: str) -> None:
    """Leave a warning in the diagnostics of a resource; on stderr where the engine can't be told."""
    if not _say(engine_pb2.LogRequest(severity=engine_pb2.WARNING, message=text, urn=urn)):
        print(text, file=sys.stderr)  # noqa: T201 - the engine shows it to the user


def end_with_the_engine(is_idle: Callable[[], bool]) -> None:
    """End this process once the engine is gone and no call runs.

    The engine ends its providers with a signal, but one that is killed sends none, and one signal may go
    unheard; the process would live on for ever. `is_idle` tells whether no call runs. To be called while
    the engine waits for an answer: if it can't be reached even then, its end could not be told either.
    """
    address = _address()
    if address is None or not _listens(address):
        log.debug("the engine can't be reached at the address it gave: its end will go unseen")
        return
    threading.Thread(target=_watch, args=(address, is_idle), name="engine-watch", daemon=True).start()
    log.debug("this process ends with the engine")


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


def _say(line: engine_pb2.LogRequest) -> bool:
    """Tell the engine, and say whether it was there to be told."""
    engine = _engine()
    if engine is None:
        return False
    try:
        engine.Log(line, timeout=LOG_SECONDS)
    except grpc.RpcError as error:
        log.debug("the engine did not take a message: %s", error)
    return True


@cache
def _engine() -> engine_pb2_grpc.EngineStub | None:
    return None if _address() is None else engine_pb2_grpc.EngineStub(grpc.insecure_channel(sys.argv[-1]))


def _address() -> tuple[str, int] | None:
    """Where the engine listens: the host is given its address as the last argument."""
    name, _, port = sys.argv[-1].rpartition(":")
    return (name, int(port)) if name and port.isdigit() and not is_plain() else None
