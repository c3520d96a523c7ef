"""The operation poller: it waits until an operation has ended.

It polls early and then at pauses that grow with the time waited. So a wait costs few requests and ends soon
after the operation does. Transient trouble never fails the operation: only its own status does, or the end
of the call.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from tenacity import RetryCallState, Retrying, retry_if_result

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
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.polling import LAST_LOOK_SECONDS
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.vendors.operation import Operation

FIRST_PAUSE = 0.3
LONGEST_PAUSE = 10.0
SHARE_OF_TIME_WAITED = 0.15
JITTER = 0.2
YOUNG_SECONDS = 15.0
"""For how long after the first poll an operation that is not found may still appear."""


def is_permanent(error: VendorError) -> bool:
    """Whether a later poll will be refused in the same way, with any credentials."""
    return error.refusal.status not in (*UNAUTHORIZED, TOO_MANY_REQUESTS, *TRANSIENT)


@dataclass
class OperationPoller:
    """Waits for one operation."""

    operation_id: str
    request: Callable[[], Operation]
    """Asks the vendor for the operation once."""
    deadline: Deadline
    progress: Callable[[str], None]
    random: random.Random
    noun: str = "operation"
    """What is waited for, in messages."""
    status: str = "accepted"
    polls: int = 0
    last: Operation | None = None
    """The operation as the vendor showed it last."""
    was_pending: bool = False
    """Whether a poll has shown the operation before its end."""

    def __post_init__(self) -> None:
        self._began = self.deadline.now()
        self._first_poll: float | None = None
        self._trouble = ""
        self._shown = ""
        self._refused: VendorError | None = None

    def wait(self, retry_after: float | None = None) -> Operation | None:
        """Wait until the operation has ended.

        Args:
            retry_after: The seconds that the vendor asks to wait before the first poll.

        Returns:
            None if the vendor does not know the operation any more, or refuses to show it, as `unknown` says:
            the object itself has to tell what was done.

        Raises:
            SwitchboardError: The wait ended first, so the outcome of the operation is open.
        """
        polling = Retrying(
            retry=retry_if_result(lambda operation: operation is not None and not operation.has_ended),
            wait=self._pause,
            sleep=self._sleep,
        )
        try:
            try:
                self._sleep(max(_bounded(retry_after), FIRST_PAUSE))
                return polling(self._poll)
            except DeadlineError:
                with self.deadline.overtime(LAST_LOOK_SECONDS):
                    operation = self._poll()
                if operation is None or operation.has_ended:
                    return operation
                raise
        except SwitchboardError as error:
            raise self._ended_by(error) from error

    def poll_once(self) -> Operation | None:
        """The operation as it is now; None if the vendor does not know it."""
        try:
            return self.request()
        except NotFoundError:
            return None

    def failure(self, operation: Operation) -> OperationFailedError:
        """The error for an operation that has failed."""
        reason = f": {operation.error}" if operation.error else ""
        facts = (f"See: {operation.link}" if operation.link else "", self.summary())
        return OperationFailedError(
            f"the operation {operation.status}{reason}", facts=tuple(fact for fact in facts if fact)
        )

    def unknown(self, remedy: str) -> SwitchboardError:
        """The error for an operation whose effect is not visible, and perhaps neither is the operation."""
        if self._refused is not None:
            return self._refused.with_facts(self.summary(), remedy=remedy)
        is_known = self.last is not None and self.last.has_ended
        return MissingError(
            f"the operation {self.operation_id} has ended, but the vendor does not show its effect"
            if is_known
            else f"the vendor neither knows the operation {self.operation_id} nor shows its effect",
            facts=(self.summary(),),
            remedy=remedy,
        )

    def summary(self) -> str:
        """What is known of the operation, and how long it took to know it."""
        waited, polls = f"{self._waited():.0f} s", f"{self.polls} poll{'' if self.polls == 1 else 's'}"
        return f"{self.noun} {self.operation_id}: {self.status} after {waited} and {polls}"

    def _poll(self) -> Operation | None:
        """The operation now, or as it was last seen if this poll has trouble; None if it is not shown."""
        self.polls += 1
        now = self.deadline.now()
        self._first_poll = now if self._first_poll is None else self._first_poll
        pending = self.last or Operation(self.operation_id, self.status)
        try:
            self.last = self.request()
        except NotFoundError:
            if now - self._first_poll > YOUNG_SECONDS:
                return None
            self.status = "not found yet"
            return pending
        except (LostAnswerError, UnreachableError) as error:
            self._trouble = error.summary
            return pending
        except VendorError as error:
            if error.refusal.status in UNAUTHORIZED:
                raise
            self._refused = error if is_permanent(error) else None
            self._trouble = error.summary
            return pending if self._refused is None else None
        except DeadlineError:
            if self.deadline.left() <= 0.0:
                raise
            self._trouble = "the vendor asks to wait longer than there is time"
            return replace(pending, retry_after=self.deadline.left())
        self._trouble = ""
        self.status = self.last.status
        self.was_pending = self.was_pending or not self.last.has_ended
        if self.was_pending:
            self._show_status()
        return self.last

    def _show_status(self) -> None:
        """Show the status, if it has changed: the engine has to draw each line.

        The id is last, because Pulumi cuts the line where the terminal ends.
        """
        text = f"{self.status} after {self._waited():.0f} s ({self.noun} {self.operation_id})"
        if text != self._shown:
            self._shown = text
            self.progress(text)

    def _pause(self, state: RetryCallState) -> float:
        usual = min(LONGEST_PAUSE, max(FIRST_PAUSE, SHARE_OF_TIME_WAITED * self._waited()))
        operation = state.outcome.result() if state.outcome is not None else None
        retry_after = operation.retry_after if operation is not None else None
        return max(usual * self.random.uniform(1.0 - JITTER, 1.0), _bounded(retry_after))

    def _sleep(self, seconds: float) -> None:
        """Sleep, but not beyond the deadline: the last poll follows then."""
        self.deadline.check()
        self.deadline.sleep(min(seconds, self.deadline.left()))
        self.deadline.check()

    def _ended_by(self, error: SwitchboardError) -> SwitchboardError:
        """The error that ended the wait, with what is known of the operation."""
        continues = isinstance(error, DeadlineError | CancelledError)
        facts = [self.summary(), *([f"last attempt: {self._trouble}"] if self._trouble else [])]
        return error.with_facts(
            *facts, remedy=f"the next update continues to wait for this {self.noun}" if continues else ""
        )

    def _waited(self) -> float:
        return self.deadline.now() - self._began


def poller_of(context: ResourceContext, api: Collection, operation_id: str) -> OperationPoller:
    """The poller of an operation of this API."""
    return OperationPoller(
        operation_id,
        lambda: api.operation(context, operation_id),
        context.deadline,
        context.progress,
        random.SystemRandom(),
    )


def _bounded(retry_after: float | None) -> float:
    """The part of a `Retry-After` that is respected: the operation may end long before."""
    return min(retry_after or 0.0, LONGEST_RETRY_AFTER)
