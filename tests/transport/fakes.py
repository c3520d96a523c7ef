"""A transport that gives scripted answers, on a clock that moves only when someone sleeps."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from pulumi_switchboard.deadline import Deadline
from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.rate_limit import RateLimiter
from pulumi_switchboard.transport.retrying import RetryingClient

Answer = Response | Exception
NEW_YEAR = 1_767_225_600.0
"""The time at which the clock starts, in seconds since 1970."""


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Response:
    """A response; underscores in the names of headers are dashes."""
    return Response(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@dataclass
class ScriptedTransport:
    """The transport, the clock and the rate limiter of one account."""

    answers: Iterator[Answer]
    time: float = NEW_YEAR
    slept: list[float] = field(default_factory=list)
    sent: list[tuple[float, Request]] = field(default_factory=list)
    timeouts: list[float] = field(default_factory=list)
    progress: list[str] = field(default_factory=list)
    takes: float = 0.0
    """The seconds that every exchange takes."""

    def __post_init__(self) -> None:
        self.rate_limiter = RateLimiter(self.now)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def send(self, request: Request, timeout: float) -> Response:
        self.sent.append((self.time, request))
        self.timeouts.append(timeout)
        self.time += self.takes
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def http(
        self, seconds: float = 600.0, chance: random.Random | None = None, *, retries: bool = True
    ) -> RetryingClient:
        deadline = Deadline(self.now, self.now, self.sleep, self.time + seconds)
        return RetryingClient(
            self, self.rate_limiter, deadline, self.progress.append, chance or random.SystemRandom(), retries
        )


def scripted(*answers: Answer, then: Iterable[Answer] = ()) -> ScriptedTransport:
    return ScriptedTransport(chain(answers, then))


def request(method: str = "GET", *, idempotent: bool = False, **headers: str) -> Request:
    """A request; underscores in the names of headers are dashes."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(method, "https://voice.example/v2/x", ("AC1", "token"), given, idempotent=idempotent)
