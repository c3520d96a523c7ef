"""The state of a provider process between its calls.

A process has one set of settings. What belongs to an account is kept by the account's origin.
"""

from __future__ import annotations

import logging
import os
import random
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from pulumi_switchboard.clock import Clock
from pulumi_switchboard.deadline import DEFAULT_SECONDS, CancelToken, Deadline
from pulumi_switchboard.lifecycle.listings import Listings
from pulumi_switchboard.resource.claims import Claims
from pulumi_switchboard.runtime.redactor import Redactor
from pulumi_switchboard.settings import LOG_VARIABLE
from pulumi_switchboard.transport.cancellable import CancellableTransport
from pulumi_switchboard.transport.messages import Transport
from pulumi_switchboard.transport.rate_limit import RateLimiter
from pulumi_switchboard.transport.retrying import RetryingClient
from pulumi_switchboard.transport.text import safe_text
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.vendor import Client, Origin, Vendor

if TYPE_CHECKING:
    from pulumi_switchboard.runtime.engine_log import Engine, EngineLog


class Process:
    """The state of a provider process.

    Args:
        clock: The clock of all waits.
        engine: Connects to the engine, for its log.
    """

    def __init__(self, clock: Clock, engine: Callable[[], Engine | None]) -> None:
        self._clock = clock
        self._engine = engine
        self.claims = Claims()
        self.listings = Listings()
        self._config: Mapping[str, str] = {}
        self._rate_limiters: defaultdict[Origin, RateLimiter] = defaultdict(
            partial(RateLimiter, clock.monotonic)
        )
        self._mentioned: set[tuple[str, str]] = set()
        self._running: dict[CancelToken, Redactor] = {}
        self._is_cancelled = False
        self._is_configured = False
        self._network = _Network()
        self._lock = threading.Lock()

    def configure(self, config: Mapping[str, Any]) -> bool:
        """Take the settings; happens once for each type, always with the same settings.

        Returns:
            Whether this is the first time.
        """
        self._config = {key: str(value) for key, value in config.items() if value is not None}
        _log_requests_if_asked(self)
        with self._lock:
            is_first, self._is_configured = not self._is_configured, True
        return is_first

    @contextmanager
    def running(self, redactor: Redactor) -> Iterator[CancelToken]:
        """Register a call while it runs, so that it can be cancelled."""
        cancel_token = CancelToken(self._clock)
        with self._lock:
            self._running[cancel_token] = redactor
            if self._is_cancelled:
                cancel_token.set()
        try:
            yield cancel_token
        finally:
            with self._lock:
                del self._running[cancel_token]

    @property
    def is_idle(self) -> bool:
        """Whether no call runs."""
        return not self._running

    def cancel(self) -> None:
        """Cancel all calls, running and future: the engine cancels once, at the end of an update."""
        with self._lock:
            self._is_cancelled = True
            running = list(self._running)
        for cancel_token in running:
            cancel_token.set()

    def client(
        self,
        vendor: Vendor,
        deadline: Deadline,
        cancel_token: CancelToken,
        progress: Callable[[str], None],
        *,
        is_patient: bool,
    ) -> Client:
        """The client of a vendor for one call; see `RetryingClient` for `is_patient`."""

        def http_client(origin: Origin) -> RetryingClient:
            with self._lock:
                rate_limiter = self._rate_limiters[origin]
            transport = CancellableTransport(self._network.transport, cancel_token)
            return RetryingClient(
                transport, rate_limiter, deadline, progress, random.SystemRandom(), is_patient
            )

        return vendor.sign_in(self._sources, http_client)

    @property
    def credentials(self) -> frozenset[str]:
        """The secret settings."""
        return self._sources.secrets

    def safe_text(self, text: str) -> str:
        """The text without the secrets of all running calls."""
        with self._lock:
            running = list(self._running.values())
        return safe_text(text, self.credentials.union(*(redactor.secrets for redactor in running)))

    @property
    def _sources(self) -> Sources:
        return Sources(self._config, os.environ)

    @cached_property
    def log(self) -> EngineLog:
        """The engine's log, loaded when it is needed: a front-end without an engine needs none."""
        from pulumi_switchboard.runtime.engine_log import EngineLog  # noqa: PLC0415 - it is slow

        return EngineLog(self._engine())

    def deadline(self, seconds: float, cancel_token: CancelToken) -> Deadline:
        """The deadline of a call that starts now; 0 seconds mean the default time."""
        now = self._clock.monotonic
        ends = now() + (seconds or DEFAULT_SECONDS)
        return Deadline(now, self._clock.time, cancel_token.sleep, ends, cancel_token.is_set)

    def is_first_mention(self, urn: str, text: str) -> bool:
        """Whether the user has not been told this about the resource; always so if the URN is not known."""
        with self._lock:
            is_first = not urn or (urn, text) not in self._mentioned
            self._mentioned.add((urn, text))
            return is_first


class _Network:
    """The network transport, made when the first request is sent: a preview sends none, and starts faster."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._transport: Transport | None = None

    def transport(self) -> Transport:
        """The one transport of the process."""
        with self._lock:
            if self._transport is None:
                from pulumi_switchboard.transport.session import SessionTransport  # noqa: PLC0415 - it is slow

                self._transport = SessionTransport()
            return self._transport


def _log_requests_if_asked(process: Process) -> None:
    """Write a line to stderr for each request if `SWITCHBOARD_LOG` is `debug`."""
    logger = logging.getLogger("pulumi_switchboard")
    if os.environ.get(LOG_VARIABLE, "").lower() != "debug":
        return
    if not logger.handlers:
        logger.addHandler(logging.StreamHandler(sys.stderr))
        logger.setLevel(logging.DEBUG)
    for handler in logger.handlers:
        handler.setFormatter(_SafeFormatter(process))


class _SafeFormatter(logging.Formatter):
    """Writes lines without secrets; Pulumi's CLI shows what a provider writes."""

    def __init__(self, process: Process) -> None:
        super().__init__("%(name)s: %(message)s")
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        return self._process.safe_text(super().format(record))
