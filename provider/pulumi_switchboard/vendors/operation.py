"""Long-running operations, as vendors describe them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_switchboard.errors import Refusal
from pulumi_switchboard.transport.messages import Response

CLOCK_TOLERANCE = 60.0
"""The largest difference between two clocks that is assumed, in seconds."""

COMPLETED, FAILED, CANCELLED = "COMPLETED", "FAILED", "CANCELLED"


@dataclass(frozen=True)
class OperationStarted:
    """The vendor's answer to a write that starts an operation."""

    operation_id: str
    answered_at: float
    """When the vendor answered, by its own clock, in seconds since 1970; earlier if that is not certain."""
    object_ids: tuple[str, ...] = ()
    """The ids that the operation's object may have, the likeliest first."""
    retry_after: float | None = None
    """The seconds that the vendor asks to wait before the first poll."""


@dataclass(frozen=True)
class Operation:
    """An operation as the vendor shows it."""

    id: str
    status: str
    object_ids: tuple[str, ...] = ()
    """The ids that the operation's object may have, the likeliest first."""
    created_at: float | None = None
    """When it was created, by the vendor's clock, in seconds since 1970."""
    completed_at: float | None = None
    """When it ended, by the same clock."""
    error: str = ""
    """Why it failed, in the vendor's words."""
    link: str = ""
    retry_after: float | None = None
    """The seconds that the vendor asks to wait before the next poll."""
    success: str = COMPLETED
    """The status in which it has succeeded."""
    failures: tuple[str, ...] = (FAILED, CANCELLED)
    """The statuses in which it has failed."""

    @property
    def has_ended(self) -> bool:
        """Whether the status is terminal. A status that is not known is pending."""
        return self.status == self.success or self.has_failed

    @property
    def has_failed(self) -> bool:
        """Whether it ended without success."""
        return self.status in self.failures


@dataclass(frozen=True)
class OperationFormat:
    """How a vendor shows operations. The ids of objects are at paths that the API documents."""

    started: Callable[[Response, Sequence[str]], OperationStarted | None]
    """The operation that a write has started; None if it has started none."""
    shown: Callable[[Response, str, Sequence[str]], Operation]
    """The operation with this id."""
    is_unknown: Callable[[Refusal], bool]
    """Whether a refusal with another status than 404 says that there is no such operation any more."""
    instant: Callable[[Any], float | None]
    """A time of the vendor in seconds since 1970; None if it cannot be read."""
