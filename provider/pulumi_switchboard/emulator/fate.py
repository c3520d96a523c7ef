"""What becomes of an operation that a fault has chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pulumi_switchboard.emulator.pace import Pace


@dataclass(frozen=True)
class Problem:
    """Why an operation failed."""

    code: int | None
    """The vendor's code; None if the operation shall name none."""

    status: int
    """The HTTP status that such a mistake has elsewhere."""

    title: str
    detail: str


@dataclass(frozen=True)
class Fate:
    """How an operation ends."""

    end: Literal["COMPLETED", "FAILED", "CANCELLED"] = "COMPLETED"
    problem: Problem | None = None
    """Why it failed."""

    applied: bool = True
    """Whether what was written comes true."""

    vanished: bool = False
    """Whether nobody can ask for the operation."""

    word: str | None = None
    """What its status is called until it ends; None for the vendor's own words."""

    pace: Pace | None = None
    """When it ends; None for the emulator's own pace."""

    held: Callable[[], bool] | None = None
    """Says, instead of a pace, whether it still has to go on; None if the pace decides."""

    begun: Callable[[], None] = lambda: None
    """Is called once a write is accepted and has this fate."""
