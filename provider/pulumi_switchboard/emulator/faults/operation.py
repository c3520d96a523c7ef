"""What can become of the operation that a write starts."""

from dataclasses import dataclass, field
from typing import Literal

from pulumi_switchboard.emulator.fate import Fate, Problem
from pulumi_switchboard.emulator.faults.action import Action, require
from pulumi_switchboard.emulator.faults.stage import Stage
from pulumi_switchboard.emulator.pace import Pace

_ERRORS = range(400, 600)
_OUTCOMES: dict[str, Literal["COMPLETED", "FAILED", "CANCELLED"]] = {
    "COMPLETED": "COMPLETED",
    "FAILED": "FAILED",
    "CANCELLED": "CANCELLED",
    "PENDING": "COMPLETED",
    "vanished": "COMPLETED",
}
_UNAPPLIED = ("FAILED", "CANCELLED")


@dataclass(frozen=True)
class Operation(Action):
    """Accepts the write as usual, and decides what becomes of its operation.

    A write that is refused, or answered again because its idempotency key is known, starts no operation: the
    fault waits for the next one.
    """

    end: Literal["COMPLETED", "FAILED", "CANCELLED", "PENDING", "vanished"]
    """`PENDING` goes on until the release and is completed then; a GET of one `vanished` is a 404."""

    title: str = "Internal Server Error"
    """The title of the error of a failed one."""

    detail: str = "The emulator was told to fail this operation"
    """The detail of the error of a failed one."""

    code: int | None = 20500
    """Twilio's code in the error of a failed one; None for an error that names none."""

    status: int = 500
    """The HTTP status in the error of a failed one."""

    applied: bool = False
    """Whether what was written comes true although the operation has failed or was cancelled."""

    time: float | None = None
    """How many seconds this operation takes; None for as long as any other."""

    polls: int | None = None
    """At which GET this operation ends; None for as long as any other."""

    word: str | None = None
    """What its status is called until it ends, for example `QUEUED`."""

    kind: Literal["operation"] = field(default="operation", kw_only=True, repr=False)
    """Its name in JSON."""

    def __post_init__(self) -> None:
        require(self.end in _OUTCOMES, f"end: must be one of {', '.join(_OUTCOMES)}")
        require(self.status in _ERRORS, "status: must be from 400 to 599")
        require(self.time is None or 0 <= self.time < float("inf"), "time: must be 0 seconds or more")
        require(self.polls is None or self.polls >= 1, "polls: must be 1 or more")
        paces = (self.time is not None) + (self.polls is not None)
        require(paces <= 1, "time, polls: only one can say when it ends")
        require(self.end != "PENDING" or not paces, "time, polls: a PENDING one ends with the release")
        require(not self.applied or self.end in _UNAPPLIED, "applied: only one that failed or was cancelled")
        require(self.word is None or bool(self.word), "word: must not be empty")

    async def play(self, stage: Stage) -> None:
        """Process the write with this fate."""
        begun = False

        def begin() -> None:
            nonlocal begun
            begun = True
            stage.fire()

        gate = stage.gate
        fate = Fate(
            end=_OUTCOMES[self.end],
            problem=self._problem(),
            applied=self.applied or self.end not in _UNAPPLIED,
            vanished=self.end == "vanished",
            word=self.word,
            pace=self._pace(),
            held=(lambda: not gate.is_open) if self.end == "PENDING" else None,
            begun=begin,
        )
        response = stage.exchange.process(fate=fate)
        if not begun:
            stage.skip()
        await stage.exchange.answer(response)

    def _problem(self) -> Problem | None:
        if self.end != "FAILED":
            return None
        return Problem(self.code, self.status, self.title, self.detail)

    def _pace(self) -> Pace | None:
        if self.polls is not None:
            return Pace(polls=self.polls)
        return None if self.time is None else Pace(seconds=self.time)
