"""Faults that make a request wait."""

from dataclasses import dataclass, field
from typing import Literal

from pulumi_switchboard.emulator.faults.action import Action, require
from pulumi_switchboard.emulator.faults.stage import Stage


@dataclass(frozen=True)
class Stall(Action):
    """Makes a request wait. It is processed even if the client has gone away meanwhile."""

    seconds: float | None = None
    """For how long; None until the release, which ends any stall."""

    point: Literal["before", "after", "body"] = "before"
    """Before it is processed, after that, or when the head and half of the body of the answer are sent."""

    kind: Literal["stall"] = field(default="stall", kw_only=True, repr=False)
    """Its name in JSON."""

    def __post_init__(self) -> None:
        check_seconds(self.seconds)
        require(self.point in {"before", "after", "body"}, "point: must be before, after or body")

    async def play(self, stage: Stage) -> None:
        """Wait at the point."""
        exchange = stage.exchange
        if self.point == "before":
            stage.fire()
            await stage.pause(self.seconds)
            await exchange.answer(exchange.process())
            return
        response = exchange.process()
        if self.point == "after":
            stage.fire()
            await stage.pause(self.seconds)
            await exchange.answer(response)
            return
        await exchange.begin_answer(response)
        await exchange.send_first_half(response)
        stage.fire()
        await stage.pause(self.seconds)
        await exchange.send_second_half(response)


@dataclass(frozen=True)
class Hold(Action):
    """Holds a request until the release."""

    point: Literal["before", "after"] = "before"
    """Before it is processed, or after that. Held before, it is dropped when its client goes away."""

    kind: Literal["hold"] = field(default="hold", kw_only=True, repr=False)
    """Its name in JSON."""

    def __post_init__(self) -> None:
        require(self.point in {"before", "after"}, "point: must be before or after")

    async def play(self, stage: Stage) -> None:
        """Hold the request at the point."""
        exchange = stage.exchange
        if self.point == "after":
            response = exchange.process()
            stage.fire()
            await stage.pause(None)
            await exchange.answer(response)
            return
        stage.fire()
        await stage.hold()
        if not exchange.connection.gone:
            await exchange.answer(exchange.process())


def check_seconds(seconds: float | None) -> None:
    """Refuse a time that cannot be waited for.

    Raises:
        ValueError: It is negative or no number.
    """
    require(
        seconds is None or 0 <= seconds < float("inf"),
        "seconds: must be 0 or more; leave it out to wait for the release",
    )
