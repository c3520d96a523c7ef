"""A transport that gives scripted answers, on a clock that moves only when someone sleeps."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from pulumi_switchboard.deadline import Deadline
from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.rate_limit import RateLimiter
from pulumi_switchboard.transport.retrying import RetryingClient

Answer = Response | Exception


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Response:
    """A response; underscores in the names of headers are dashes."""
    return Response(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@dataclass
class ScriptedTransport:
    """The transport, the clock and the throttle of one account."""

    answers: Iterator[Answer]
    time: float = 5000.0
    slept: list[float] = field(default_factory=list)
    sent: list[tuple[float, Request]] = field(default_factory=list)
    timeouts: list[float] = field(default_factory=list)
    progress: list[str] = field(default_factory=list)
    takes: float = 0.0
    """The seconds that every exchange takes."""

    def __post_init__(self) -> None:
        self.rate_limiter = RateLimiter(lambda: self.time)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def send(self, request: Request, timeout: float) -> Response:
        self.sent.append((self.time, request))
        self.timeouts.append(timeout)
        self.time += self.takes
        said = next(self.answers)
        if isinstance(said, Exception):
            raise said
        return said

    def http(
        self, seconds: float = 600.0, chance: Callable[[], random.Random] = random.Random
    ) -> RetryingClient:
        deadline = Deadline(lambda: self.time, self.sleep, self.time + seconds)
        return RetryingClient(self, self.rate_limiter, deadline, self.progress.append, chance())


def scripted(*answers: Answer, then: Iterable[Answer] = ()) -> ScriptedTransport:
    return ScriptedTransport(chain(answers, then))


def request(method: str = "GET", *, idempotent: bool = False, **headers: str) -> Request:
    """A request; underscores in the names of headers are dashes."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(method, "https://voice.example/v2/x", ("AC1", "token"), given, idempotent=idempotent)
