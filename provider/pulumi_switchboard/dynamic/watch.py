"""The end of the provider process: it outlives neither the engine that started it nor a call that runs."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from pulumi_switchboard.dynamic import host

WATCH_SECONDS = 2.0

log = logging.getLogger("pulumi_switchboard.host")


def end_with_the_engine(is_idle: Callable[[], bool]) -> None:
    """End this process once the engine is gone and no call runs.

    The engine ends its providers with a signal, but one that is killed sends none, and one signal may go
    unheard; the process would live on for ever. `is_idle` tells whether no call runs. To be called while
    the engine waits for an answer: if it can't be reached even then, its end could not be told either.
    """
    address = host.engine_address()
    if address is not None:
        with suppress(OSError, RuntimeError):
            _knock(address)
            threading.Thread(target=_watch, args=(address, is_idle), name="engine-watch", daemon=True).start()
            log.debug("this process ends with the engine")
            return
    log.debug("the engine can't be watched at the address it gave: its end will go unseen")


def _watch(address: tuple[str, int], is_idle: Callable[[], bool]) -> None:
    while not _is_gone(address) or not is_idle():
        time.sleep(WATCH_SECONDS)
    os._exit(0)


def _is_gone(address: tuple[str, int]) -> bool:
    """Whether no one listens there any more; trouble of this process's own does not say so."""
    try:
        _knock(address)
    except ConnectionRefusedError:
        return True
    except OSError as error:
        log.debug("whether the engine is there can't be told: %s", error)
    return False


def _knock(address: tuple[str, int]) -> None:
    socket.create_connection(address, timeout=WATCH_SECONDS).close()
