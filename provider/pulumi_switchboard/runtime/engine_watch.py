"""The end of the provider process: it ends after the engine that started it, and after the last call."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

WATCH_SECONDS = 2.0

log = logging.getLogger("pulumi_switchboard.host")


def end_with_engine(address: tuple[str, int] | None, is_idle: Callable[[], bool]) -> None:
    """End this process once the engine has ended and no call runs.

    The engine ends its providers with a signal. But an engine that is killed sends none, and one signal may
    be missed; the process would then never end. Call this while the engine waits for an answer: if the
    engine cannot be reached now, its end could not be noticed later.

    Args:
        address: Where the engine listens; None if that is not known.
        is_idle: Whether no call runs.
    """
    if address is not None:
        with suppress(OSError, RuntimeError):
            _connect(address)
            threading.Thread(target=_watch, args=(address, is_idle), name="engine-watch", daemon=True).start()
            log.debug("this process ends with the engine")
            return
    log.debug("the engine can't be watched at the address it gave: its end will not be noticed")


def _watch(address: tuple[str, int], is_idle: Callable[[], bool]) -> None:
    while not _has_ended(address) or not is_idle():
        time.sleep(WATCH_SECONDS)
    os._exit(0)


def _has_ended(address: tuple[str, int]) -> bool:
    """Whether nothing listens there any more. Trouble of this process's own does not prove that."""
    try:
        _connect(address)
    except ConnectionRefusedError:
        return True
    except OSError as error:
        log.debug("it is not known whether the engine is running: %s", error)
    return False


def _connect(address: tuple[str, int]) -> None:
    socket.create_connection(address, timeout=WATCH_SECONDS).close()
