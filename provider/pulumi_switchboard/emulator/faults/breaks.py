"""Faults of the connection."""

from dataclasses import dataclass, field
from typing import Literal

from pulumi_switchboard.emulator.faults.action import Action
from pulumi_switchboard.emulator.faults.pauses import check_seconds
from pulumi_switchboard.emulator.faults.stage import Stage


@dataclass(frozen=True)
class Reset(Action):
    """Breaks the connection with a TCP reset instead of an answer."""

    after: bool = False
    """Whether the request is processed before; if not, it never is."""

    kind: Literal["reset"] = field(default="reset", kw_only=True, repr=False)
    """Its name in JSON."""

    async def play(self, stage: Stage) -> None:
        """Break the connection."""
        if self.after:
            stage.exchange.process()
        stage.fire()
        await stage.exchange.connection.reset()


@dataclass(frozen=True)
class Truncate(Action):
    """Processes the request, announces the whole answer, sends half of its body and closes the connection.

    An answer without a body arrives whole.
    """

    kind: Literal["truncate"] = field(default="truncate", kw_only=True, repr=False)
    """Its name in JSON."""

    async def play(self, stage: Stage) -> None:
        """Send half of the answer."""
        exchange = stage.exchange
        response = exchange.process()
        stage.fire()
        await exchange.begin_answer(response)
        await exchange.send_first_half(response)
        await exchange.connection.close()


@dataclass(frozen=True)
class Outage(Action):
    """Answers as usual; from then on, idle connections are closed and new ones refused."""

    seconds: float | None = None
    """For how long; None until the release. Over the control API it has to be given."""

    kind: Literal["outage"] = field(default="outage", kw_only=True, repr=False)
    """Its name in JSON."""

    def __post_init__(self) -> None:
        check_seconds(self.seconds)

    async def play(self, stage: Stage) -> None:
        """Answer, and refuse connections."""
        exchange = stage.exchange
        entrance = exchange.connection.entrance
        response = exchange.process()
        response.headers["Connection"] = "close"
        await entrance.refuse()
        try:
            stage.fire()
            await exchange.answer(response)
            await stage.pause(self.seconds)
        finally:
            await entrance.accept()
