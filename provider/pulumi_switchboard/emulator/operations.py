"""Operations: writes that are accepted at once and change the account later."""

from collections.abc import Callable
from http import HTTPStatus

from pulumi_switchboard.emulator.api import ApiRequest, Refused
from pulumi_switchboard.emulator.operation_plan import OperationPlan, OperationProblem
from pulumi_switchboard.emulator.store import BoundedDict
from pulumi_switchboard.emulator.twilio import TWILIO, error_code, twilio_type_id


class Operation:
    """One write that was accepted, of the object with the id `subject`.

    `change` makes the change, as of a time; if it raises `Refused`, the operation fails.
    """

    def __init__(self, request: ApiRequest, subject: str, change: Callable[[float], object]) -> None:
        self.id = twilio_type_id("proc_job")
        self.subject = subject
        self.created = request.now
        self.ended: float | None = None
        """When it ended; None while it is pending."""
        self.outcome = ""
        """`COMPLETED`, `FAILED` or `CANCELLED`; empty while it is pending."""
        self.problem: OperationProblem | None = None
        """Why it failed."""
        self._change = change
        self._plan = request.operation_plan or OperationPlan()
        self._duration = self._plan.duration or request.operation_duration
        self._reads = 0
        """How many GETs asked for it."""
        self._polls = 0
        """How many of them found it."""

    def due_at(self, now: float) -> float | None:
        """Return when it ends; None if that is later than now or not known."""
        if self._plan.held is not None:
            return None if self._plan.held() else now
        if self._duration.polls is not None:
            return now if self._polls >= self._duration.polls else None
        end = self.created + self._duration.seconds
        return end if end <= now else None

    def apply(self, at: float) -> bool:
        """End the operation and return whether an object has changed."""
        self.ended = at
        self.outcome, self.problem = self._plan.end, self._plan.problem
        if not self._plan.applied:
            return False
        try:
            self._change(at)
        except Refused as refused:
            self.outcome = "FAILED"
            title = HTTPStatus(refused.status).phrase
            self.problem = OperationProblem(error_code(refused), refused.status, title, refused.message)
            return False
        return True

    def count_read(self, *, young_for: int) -> bool:
        """Count a GET and return whether it finds the operation; the first `young_for` do not."""
        if self._plan.vanished:
            return False
        self._reads += 1
        if self._reads <= young_for:
            return False
        self._polls += 1
        return True

    def status(self, now: float, *, pending: str, running: str) -> str:
        """Return its outcome, or one of these words while it is pending."""
        if self.ended is not None:
            return self.outcome
        if self._plan.word is not None:
            return self._plan.word
        if self._plan.held is not None:
            return pending
        if self._duration.polls is not None:
            return running if self._polls > 1 else pending
        return running if now >= self.created + self._duration.seconds / 2 else pending


class Operations(BoundedDict[str, Operation]):
    """The operations of an account by id; get them with `account.part(Operations)`."""

    def busy(self, subject: str) -> bool:
        """Return whether an operation on this object is pending."""
        return any(operation.ended is None and operation.subject == subject for operation in self.values())


def start_operation(request: ApiRequest, subject: str, change: Callable[[float], object]) -> Operation:
    """Accept a write: its change happens when its operation ends."""
    operation = Operation(request, subject, change)
    request.account.part(Operations)[operation.id] = operation
    request.account.pending.append(operation)
    if request.operation_plan is not None:
        request.operation_plan.started()
    return operation


def poll(request: ApiRequest, *, young_for: int, kept_for: float) -> Operation:
    """Return the operation that a GET asks for by `{id}`, as it is now.

    Its first `young_for` GETs do not find it, nor do those that come `kept_for` seconds after its end.
    """
    operation = request.account.part(Operations).get(request.parameters["id"])
    if operation is None or not operation.count_read(young_for=young_for):
        raise TWILIO.not_found(request)
    if operation.ended is not None and request.now >= operation.ended + kept_for:
        raise TWILIO.not_found(request)
    request.account.apply_due_changes()
    return operation
