"""What the provider process keeps between calls: settings, connections, brakes and claims.

A process serves one set of settings, so all of it is kept once; what belongs to an account is keyed
by the account's origin.
"""

from __future__ import annotations

import logging
import os
import random
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any

from pulumi.dynamic import ConfigureRequest

from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import AnyDefinition, Origin
from pulumi_switchboard.dynamic import host
from pulumi_switchboard.http.messages import Request, Response, Transport
from pulumi_switchboard.http.retrying import Line
from pulumi_switchboard.http.throttle import Throttle
from pulumi_switchboard.moment import Moment
from pulumi_switchboard.settings import GROUPS
from pulumi_switchboard.vendors.credentials import Sources


class Process:
    """The state of the provider process."""

    def __init__(self) -> None:
        self.claims = Claims()
        self._config: dict[str, str] = {}
        self._throttles: defaultdict[Origin, Throttle] = defaultdict(partial(Throttle, time.monotonic))
        self._said: set[tuple[str, str]] = set()
        self._running = 0
        self._watched = False
        self._network = _Network()
        self._lock = threading.Lock()

    def configure(self, request: ConfigureRequest) -> None:
        """Take the settings and settle in; happens once for each type, always with the same settings."""
        names = [setting.config for group in GROUPS for setting in group]
        self._config = {name: str(value) for name in names if (value := request.config.get(name)) is not None}
        _trace_if_asked()
        host.widen()
        with self._lock:
            watched, self._watched = self._watched, True
        if not watched:
            host.end_with_the_engine(lambda: self._running == 0)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count a call, for as long as it runs."""
        with self._lock:
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1

    def sign_in(self, definition: AnyDefinition, moment: Moment, progress: Callable[[str], None]) -> Any:
        """The client of the definition's vendor, for the length of a call."""
        sources = Sources(self._config, os.environ)
        return definition.vendor.sign_in(sources, partial(self._line, moment, progress))

    def first_time(self, urn: str, text: str) -> bool:
        """Whether this has not been said of this resource before."""
        with self._lock:
            first = (urn, text) not in self._said
            self._said.add((urn, text))
            return first

    def _line(self, moment: Moment, progress: Callable[[str], None], origin: Origin) -> Line:
        with self._lock:
            throttle = self._throttles[origin]
        return Line(self._network, throttle, moment, progress, random.SystemRandom())


class _Network:
    """The network, made ready when a request is sent: a preview sends none, and starts the faster."""

    def send(self, request: Request, timeout: float) -> Response:
        """See `Transport.send`."""
        return self._transport.send(request, timeout)

    @cached_property
    def _transport(self) -> Transport:
        from pulumi_switchboard.http.pooled import PooledTransport  # noqa: PLC0415 - it takes its time

        return PooledTransport()


def _trace_if_asked() -> None:
    """Write a line for each request if `SWITCHBOARD_LOG=debug` asks for it."""
    logger = logging.getLogger("pulumi_switchboard")
    if os.environ.get("SWITCHBOARD_LOG", "").lower() == "debug" and not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)


PROCESS = Process()
