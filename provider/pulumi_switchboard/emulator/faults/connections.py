"""Actions that delay a request or break its connection."""

from dataclasses import dataclass, field
from typing import Literal

from pulumi_switchboard.emulator.faults.faulted_request import FaultedRequest, require


@dataclass(frozen=True)
class Reset:
    """Breaks the connection with a TCP reset instead of an answer."""

    after: bool = False
    """Whether the request is processed first; if not, it never is."""
    kind: Literal["reset"] = field(default="reset", kw_only=True, repr=False)

    async def play(self, request: FaultedRequest) -> None:
        """Break the connection."""
        if self.after:
            request.exchange.process()
        request.fire()
        await request.exchange.connection.reset()


@dataclass(frozen=True)
class Truncate:
    """Processes the request, announces the whole answer, sends half of its body and closes the connection.

    An answer without a body arrives whole.
    """

    kind: Literal["truncate"] = field(default="truncate", kw_only=True, repr=False)

    async def play(self, request: FaultedRequest) -> None:
        """Send half of the answer."""
        exchange = request.exchange
        response = exchange.process()
        request.fire()
        await exchange.begin_answer(response)
        await exchange.send_half(response, is_last=False)
        await exchange.connection.close()


@dataclass(frozen=True)
class Outage:
    """Answers as usual, then closes idle connections and refuses new ones."""

    seconds: float | None = None
    """How long; None until the release. The control API requires it."""
    kind: Literal["outage"] = field(default="outage", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        _check_seconds(self.seconds)

    async def play(self, request: FaultedRequest) -> None:
        """Answer, and refuse connections."""
        exchange = request.exchange
        entrance = exchange.connection.entrance
        response = exchange.process()
        response.headers["Connection"] = "close"
        await entrance.refuse()
        try:
            request.fire()
            await exchange.answer(response)
            await request.pause(self.seconds)
        finally:
            await entrance.accept()


@dataclass(frozen=True)
class Stall:
    """Delays a request. It is processed even if the client closes the connection."""

    seconds: float | None = None
    """How long; None until the release, which ends any stall."""
    point: Literal["before", "after", "body"] = "before"
    """Before processing, after processing, or after the head and half of the body of the answer."""
    kind: Literal["stall"] = field(default="stall", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        _check_seconds(self.seconds)
        require(self.point in {"before", "after", "body"}, "point: must be before, after or body")

    async def play(self, request: FaultedRequest) -> None:
        """Wait at the point."""
        exchange = request.exchange
        response = None if self.point == "before" else exchange.process()
        if response and self.point == "body":
            await exchange.begin_answer(response)
            await exchange.send_half(response, is_last=False)
        request.fire()
        await request.pause(self.seconds)
        if response and self.point == "body":
            await exchange.send_half(response, is_last=True)
        else:
            await exchange.answer(response or exchange.process())


@dataclass(frozen=True)
class Hold:
    """Holds a request until the release."""

    point: Literal["before", "after"] = "before"
    """Before or after processing. A request held before processing is dropped if its client closes."""
    kind: Literal["hold"] = field(default="hold", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        require(self.point in {"before", "after"}, "point: must be before or after")

    async def play(self, request: FaultedRequest) -> None:
        """Hold the request at the point."""
        if self.point == "after":
            await Stall(None, "after").play(request)
            return
        request.fire()
        await request.hold()
        if not request.exchange.connection.gone:
            await request.exchange.answer(request.exchange.process())


def _check_seconds(seconds: float | None) -> None:
    require(
        seconds is None or 0 <= seconds < float("inf"),
        "seconds: must be 0 or more; leave it out to wait for the release",
    )
