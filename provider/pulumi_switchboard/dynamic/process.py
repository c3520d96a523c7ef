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
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any

from pulumi.dynamic import ConfigureRequest

from pulumi_switchboard.clock import Clock, SystemClock
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import AnyDefinition, Origin
from pulumi_switchboard.core.listings import Listings
from pulumi_switchboard.deadline import DEFAULT_SECONDS, CancelToken, Deadline
from pulumi_switchboard.dynamic import host, saying, watch
from pulumi_switchboard.dynamic.words import Words
from pulumi_switchboard.settings import GROUPS
from pulumi_switchboard.transport.cancellable import CancellableTransport
from pulumi_switchboard.transport.messages import Transport
from pulumi_switchboard.transport.rate_limit import RateLimiter
from pulumi_switchboard.transport.retrying import RetryingClient
from pulumi_switchboard.transport.text import safe_text
from pulumi_switchboard.vendors.credentials import Sources


class Process:
    """The state of the provider process.

    Args:
        clock: What all waiting goes by.
        engine: Gives the engine, which is told what is going on.
    """

    def __init__(
        self, clock: Clock | None = None, engine: Callable[[], saying.Engine | None] = saying.engine
    ) -> None:
        self._clock = clock or SystemClock()
        self._engine = engine
        self.claims = Claims()
        self.listings = Listings()
        self._config: dict[str, str] = {}
        self._throttles: defaultdict[Origin, RateLimiter] = defaultdict(
            partial(RateLimiter, self._clock.monotonic)
        )
        self._said: set[tuple[str, str]] = set()
        self._running: dict[CancelToken, Words] = {}
        self._is_cancelled = False
        self._is_settled = False
        self._network = _Network()
        self._lock = threading.Lock()

    def configure(self, request: ConfigureRequest) -> None:
        """Take the settings and settle in; happens once for each type, always with the same settings."""
        names = [setting.config for group in GROUPS for setting in group]
        self._config = {name: str(value) for name in names if (value := request.config.get(name)) is not None}
        _trace_if_asked()
        with self._lock:
            settled, self._is_settled = self._is_settled, True
        if not settled:
            host.widen()
            host.hear_cancel(self.cancel)
            watch.end_with_the_engine(lambda: not self._running)

    @contextmanager
    def running(self, words: Words) -> Iterator[CancelToken]:
        """Keep account of a call for as long as it runs, so that it can be told to stop.

        Args:
            words: What may be said during the call.
        """
        cancel_token = CancelToken(self._clock)
        with self._lock:
            self._running[cancel_token] = words
            if self._is_cancelled:
                cancel_token.set()
        try:
            yield cancel_token
        finally:
            with self._lock:
                del self._running[cancel_token]

    def cancel(self) -> None:
        """Stop all calls that run, and all to come: the engine cancels once, at the end of an update."""
        with self._lock:
            self._is_cancelled = True
            running = list(self._running)
        for cancel_token in running:
            cancel_token.set()

    def sign_in(
        self,
        definition: AnyDefinition,
        deadline: Deadline,
        cancel_token: CancelToken,
        progress: Callable[[str], None],
        *,
        is_patient: bool = True,
    ) -> Any:
        """The client of the definition's vendor, for one call; see `RetryingClient` for `is_patient`."""

        def line(origin: Origin) -> RetryingClient:
            with self._lock:
                rate_limiter = self._throttles[origin]
            transport = CancellableTransport(self._network.ready, cancel_token)
            return RetryingClient(
                transport, rate_limiter, deadline, progress, random.SystemRandom(), is_patient
            )

        return definition.vendor.sign_in(self._sources, line)

    @property
    def credentials(self) -> frozenset[str]:
        """The secret settings."""
        return self._sources.secrets

    def harmless(self, text: str) -> str:
        """The text without the secrets of all calls that run."""
        with self._lock:
            running = list(self._running.values())
        return safe_text(text, self.credentials.union(*(words.secrets for words in running)))

    @property
    def _sources(self) -> Sources:
        return Sources(self._config, os.environ)

    @cached_property
    def log(self) -> saying.EngineLog:
        """The engine's log."""
        return saying.EngineLog(self._engine())

    def deadline(self, seconds: float, cancel_token: CancelToken) -> Deadline:
        """The time that a call has which starts now; 0 seconds mean the usual time."""
        now = self._clock.monotonic
        ends = now() + (seconds or DEFAULT_SECONDS)
        return Deadline(now, cancel_token.sleep, ends, cancel_token.is_set, self._clock.time)

    def first_time(self, urn: str, text: str) -> bool:
        """Whether this has not been said of this resource before; of one that has no name, it never was."""
        with self._lock:
            first = not urn or (urn, text) not in self._said
            self._said.add((urn, text))
            return first


class _Network:
    """The network, made ready when a request is sent: a preview sends none, and starts the faster."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._transport: Transport | None = None

    def ready(self) -> Transport:
        """The one transport of the process."""
        with self._lock:
            if self._transport is None:
                from pulumi_switchboard.transport.session import SessionTransport  # noqa: PLC0415 - it takes its time

                self._transport = SessionTransport()
            return self._transport


def _trace_if_asked() -> None:
    """Write a line for each request if `SWITCHBOARD_LOG=debug` asks for it."""
    logger = logging.getLogger("pulumi_switchboard")
    if os.environ.get("SWITCHBOARD_LOG", "").lower() == "debug" and not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_HarmlessFormatter("%(name)s: %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)


class _HarmlessFormatter(logging.Formatter):
    """Writes lines that may be shown; Pulumi's CLI shows what a provider writes."""

    def format(self, record: logging.LogRecord) -> str:
        return current().harmless(super().format(record))


_process = Process()


def current() -> Process:
    """The state of this process."""
    return _process


def begin(process: Process) -> None:
    """Let this be the state of the process from now on, as if it had just been started.

    Only tests do so: with a clock and an engine of their own, they play many processes in one.
    """
    global _process  # noqa: PLW0603 - the one place where it changes
    _process = process
