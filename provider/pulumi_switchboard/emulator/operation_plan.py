"""When an operation ends and how."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class OperationDuration:
    """How long an operation takes. A number out of range, or both of them, is a ValueError."""

    seconds: float = 0.0
    """How many seconds after the write it ends."""
    polls: int | None = None
    """At which GET of the operation it ends, whatever the time; None if only the time counts."""

    def __post_init__(self) -> None:
        if not 0 <= self.seconds < float("inf"):
            raise ValueError("the time of an operation must be 0 seconds or more")
        if self.polls is not None and self.polls < 1:
            raise ValueError("the polls of an operation must be 1 or more")
        if self.polls is not None and self.seconds:
            raise ValueError("an operation ends after a time or after some polls; give only one of them")


@dataclass(frozen=True)
class OperationProblem:
    """Why an operation failed."""

    code: int | None
    """The vendor's code; None if the operation shows none."""
    status: int
    """The HTTP status that the same mistake has in a direct answer."""
    title: str
    detail: str


@dataclass(frozen=True)
class OperationPlan:
    """What a fault wants to happen to an operation. The defaults are what happens without a fault."""

    end: Literal["COMPLETED", "FAILED", "CANCELLED"] = "COMPLETED"
    """Its last status."""
    problem: OperationProblem | None = None
    """Why it fails."""
    applied: bool = True
    """Whether the write changes the account."""
    vanished: bool = False
    """Whether every GET of the operation is a 404."""
    word: str | None = None
    """The status that it shows until it ends; None for the vendor's own words."""
    duration: OperationDuration | None = None
    """How long it takes; None for as long as every operation of the emulator."""
    held: Callable[[], bool] | None = None
    """Says whether it must stay pending, and replaces the duration; None if the duration counts."""
    started: Callable[[], None] = lambda: None
    """Called when a write is accepted and its operation follows this plan."""
