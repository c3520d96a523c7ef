"""The action that decides how the operation of a write ends."""

from dataclasses import dataclass, field
from typing import Literal

from pulumi_switchboard.emulator.faults.faulted_request import FaultedRequest, require
from pulumi_switchboard.emulator.operation_plan import OperationDuration, OperationPlan, OperationProblem

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
class Operation:
    """Accepts the write as usual, and decides how its operation ends.

    A write that is refused, or that has a known idempotency key, starts no operation. The fault then acts on
    the next write.
    """

    end: Literal["COMPLETED", "FAILED", "CANCELLED", "PENDING", "vanished"]
    """Its last status. `PENDING` is completed at the release; a GET of a `vanished` one is a 404."""
    title: str = "Internal Server Error"
    """The title in the error of a FAILED operation."""
    detail: str = "The emulator was told to fail this operation"
    """The detail in the error of a FAILED operation."""
    code: int | None = 20500
    """Twilio's code in the error of a FAILED operation; None for an error without a code."""
    status: int = 500
    """The HTTP status in the error of a FAILED operation."""
    applied: bool = False
    """Whether the write changes the account although the operation failed or was cancelled."""
    time: float | None = None
    """How many seconds the operation takes; None for as long as every other."""
    polls: int | None = None
    """The GET of the operation at which it ends; None for as long as every other."""
    word: str | None = None
    """The status that it shows until it ends, for example `QUEUED`."""
    kind: Literal["operation"] = field(default="operation", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        require(self.end in _OUTCOMES, f"end: must be one of {', '.join(_OUTCOMES)}")
        require(self.status in _ERRORS, "status: must be from 400 to 599")
        require(self.time is None or 0 <= self.time < float("inf"), "time: must be 0 seconds or more")
        require(self.polls is None or self.polls >= 1, "polls: must be 1 or more")
        durations = (self.time is not None) + (self.polls is not None)
        require(durations <= 1, "time, polls: only one can say when it ends")
        require(self.end != "PENDING" or not durations, "time, polls: a PENDING one ends with the release")
        require(not self.applied or self.end in _UNAPPLIED, "applied: only one that failed or was cancelled")
        require(self.word is None or bool(self.word), "word: must not be empty")

    async def play(self, request: FaultedRequest) -> None:
        """Process the write and plan its operation."""
        has_started = False

        def started() -> None:
            nonlocal has_started
            has_started = True
            request.fire()

        released = request.released
        plan = OperationPlan(
            end=_OUTCOMES[self.end],
            problem=self._problem(),
            applied=self.applied or self.end not in _UNAPPLIED,
            vanished=self.end == "vanished",
            word=self.word,
            duration=self._duration(),
            held=(lambda: not released.is_set) if self.end == "PENDING" else None,
            started=started,
        )
        response = request.exchange.process(plan=plan)
        if not has_started:
            request.skip()
        await request.exchange.answer(response)

    def _problem(self) -> OperationProblem | None:
        if self.end != "FAILED":
            return None
        return OperationProblem(self.code, self.status, self.title, self.detail)

    def _duration(self) -> OperationDuration | None:
        if self.polls is not None:
            return OperationDuration(polls=self.polls)
        return None if self.time is None else OperationDuration(seconds=self.time)
