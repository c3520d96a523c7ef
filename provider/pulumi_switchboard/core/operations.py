"""Writes that a vendor only accepts at first: the operation that stands for one, and the wait for its end.

The wait asks early and then at intervals that grow with the time waited, so that it costs few requests
and ends soon after the operation does. Trouble on the way never fails the operation: only the vendor's
own word does, or the end of the call.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from tenacity import RetryCallState, Retrying, retry_if_result

from pulumi_switchboard.core.looking import LAST_LOOK_SECONDS
from pulumi_switchboard.deadline import LONGEST_RETRY_AFTER, Deadline
from pulumi_switchboard.errors import (
    TOO_MANY_REQUESTS,
    TRANSIENT,
    UNAUTHORIZED,
    CancelledError,
    DeadlineError,
    LostAnswerError,
    MissingError,
    NotFoundError,
    OperationFailedError,
    SwitchboardError,
    UnreachableError,
    VendorError,
)

FIRST_LOOK = 0.3
LONGEST_PAUSE = 10.0
SHARE_OF_TIME_WAITED = 0.15
JITTER = 0.2
YOUNG_SECONDS = 15.0
"""An operation that is not found may be too young to be seen, for so long after the first look."""

COMPLETED, FAILED, CANCELLED = "COMPLETED", "FAILED", "CANCELLED"


@dataclass(frozen=True)
class Operation:
    """An operation as the vendor shows it."""

    id: str
    status: str
    object_ids: tuple[str, ...] = ()
    """The ids that the object may have which it is about, the likeliest first; none if nothing is said."""
    created_at: float | None = None
    """When it began, by the vendor's clock, in seconds since 1970."""
    completed_at: float | None = None
    """When it was over, by the same clock."""
    why: str = ""
    """Why it failed, in the vendor's words."""
    link: str = ""
    retry_after: float | None = None
    """The seconds that the vendor asks to wait before the next look."""

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more; every word that is not known means that it goes on."""
        return self.status in (COMPLETED, FAILED, CANCELLED)

    @property
    def failed(self) -> bool:
        """Whether it is over without having had its effect."""
        return self.status in (FAILED, CANCELLED)


@dataclass(frozen=True)
class Accepted:
    """The vendor's first answer to a write that takes its time."""

    operation_id: str
    answered_at: float
    """When the vendor answered, by its own clock, in seconds since 1970; earlier where that is not sure."""
    object_ids: tuple[str, ...] = ()
    """The ids that the object may have which it is about, the likeliest first; none if nothing is said."""
    retry_after: float | None = None
    """The seconds that the vendor asks to wait before the first look."""


def is_lasting(refused: VendorError) -> bool:
    """Whether a later look at an operation, with whatever credentials, will be refused just so."""
    return refused.refusal.status not in (*UNAUTHORIZED, TOO_MANY_REQUESTS, *TRANSIENT)


@dataclass
class Watch:
    """The wait for one operation."""

    operation_id: str
    look: Callable[[], Operation]
    deadline: Deadline
    progress: Callable[[str], None]
    random: random.Random
    status: str = "accepted"
    looks: int = 0
    seen: Operation | None = None
    saw_it_going: bool = False
    """Whether it was not over yet when it was looked at."""

    def __post_init__(self) -> None:
        self._began = self.deadline.now()
        self._first_look: float | None = None
        self._trouble = ""
        self._said = ""

    def wait(self, first: float | None = None) -> Operation | None:
        """Wait until it is over; None if the vendor does not know it any more.

        Args:
            first: The seconds that the vendor asks to wait before the first look.

        Raises:
            SwitchboardError: The wait ended first, and what becomes of the operation is open.
        """
        looking = Retrying(
            retry=retry_if_result(lambda operation: operation is not None and not operation.is_over),
            wait=self._pause,
            sleep=self._sleep,
        )
        try:
            try:
                self._sleep(max(_bounded(first), FIRST_LOOK))
                return looking(self._look)
            except DeadlineError:
                with self.deadline.overtime(LAST_LOOK_SECONDS):
                    operation = self._look()
                if operation is None or operation.is_over:
                    return operation
                raise
        except SwitchboardError as end:
            raise self._ended(end) from None

    def glance(self) -> Operation | None:
        """The operation as it is now; None if the vendor does not know it."""
        try:
            return self.look()
        except NotFoundError:
            return None

    def failure(self, operation: Operation) -> OperationFailedError:
        """The error that tells of a failed operation."""
        why = f": {operation.why}" if operation.why else ""
        facts = (f"See: {operation.link}" if operation.link else "", self.account())
        return OperationFailedError(
            f"the operation {operation.status}{why}", facts=tuple(fact for fact in facts if fact)
        )

    def unknown(self, remedy: str) -> MissingError:
        """The error that tells of an operation of which there is no trace, nor of its effect."""
        return MissingError(
            f"the vendor neither knows the operation {self.operation_id} nor shows its effect",
            facts=(self.account(),),
            remedy=remedy,
        )

    def _look(self) -> Operation | None:
        """The operation as it is now, or as it was where it can't be seen; None if it is gone for good."""
        self.looks += 1
        now = self.deadline.now()
        self._first_look = now if self._first_look is None else self._first_look
        pending = self.seen or Operation(self.operation_id, self.status)
        try:
            self.seen = self.look()
        except NotFoundError:
            if now - self._first_look > YOUNG_SECONDS:
                return None
            self.status = "not found yet"
            return pending
        except (LostAnswerError, UnreachableError) as error:
            self._trouble = error.summary
            return pending
        except VendorError as error:
            if error.refusal.status not in (TOO_MANY_REQUESTS, *TRANSIENT):
                raise
            self._trouble = error.summary
            return pending
        except DeadlineError:
            if self.deadline.left() <= 0.0:
                raise
            self._trouble = "it has to wait, as the vendor asks, for longer than there is time"
            return replace(pending, retry_after=self.deadline.left())
        self._trouble = ""
        self.status = self.seen.status
        self.saw_it_going = self.saw_it_going or not self.seen.is_over
        if self.saw_it_going:
            self._tell()
        return self.seen

    def _tell(self) -> None:
        """Show how things stand; not at every look, since the engine has to draw each line."""
        said = f"operation {self.operation_id} {self.status}, {self._waited():.0f} s"
        if said != self._said:
            self._said = said
            self.progress(said)

    def _pause(self, state: RetryCallState) -> float:
        usual = min(LONGEST_PAUSE, max(FIRST_LOOK, SHARE_OF_TIME_WAITED * self._waited()))
        operation = state.outcome.result() if state.outcome is not None else None
        asked = operation.retry_after if operation is not None else None
        return max(usual * self.random.uniform(1.0 - JITTER, 1.0), _bounded(asked))

    def _sleep(self, seconds: float) -> None:
        """Wait, but not beyond the end of the call, at which there is one more look."""
        self.deadline.check()
        self.deadline.sleep(min(seconds, self.deadline.left()))
        self.deadline.check()

    def _ended(self, end: SwitchboardError) -> SwitchboardError:
        """The end of the wait, with what is known of the operation."""
        goes_on = isinstance(end, DeadlineError | CancelledError)
        end.add(self.account(), remedy="the next update waits on for this operation" if goes_on else "")
        if self._trouble:
            end.add(f"last attempt: {self._trouble}")
        return end

    def _waited(self) -> float:
        return self.deadline.now() - self._began

    def account(self) -> str:
        """What is known of the operation, and what it took to know it."""
        waited, looks = f"{self._waited():.0f} s", f"{self.looks} look{'' if self.looks == 1 else 's'}"
        return f"operation {self.operation_id}: {self.status} after {waited} and {looks}"


def _bounded(asked: float | None) -> float:
    """How much of a wish to wait is granted: the operation may be over long before."""
    return min(asked or 0.0, LONGEST_RETRY_AFTER)
