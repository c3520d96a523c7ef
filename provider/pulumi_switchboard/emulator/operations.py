"""Operations: writes that are accepted at once and come true later."""

from collections.abc import Callable
from http import HTTPStatus

from pulumi_switchboard.emulator.api import Call, Refused
from pulumi_switchboard.emulator.fate import Fate, Problem
from pulumi_switchboard.emulator.ids import twilio_type_id
from pulumi_switchboard.emulator.newest import Newest
from pulumi_switchboard.emulator.twilio import error_code, not_found


class Operation:
    """One write that was accepted.

    Args:
        call: The write.
        subject: The id of the object that it is about.
        change: Makes the write come true, as of a time; it may raise `Refused`, which fails the operation.
    """

    def __init__(self, call: Call, subject: str, change: Callable[[float], object]) -> None:
        self.id = twilio_type_id("proc_job")
        self.subject = subject
        self.created = call.now
        self.ended: float | None = None
        """When it ended; None while it goes on."""

        self.outcome = ""
        """`COMPLETED`, `FAILED` or `CANCELLED`, once it has ended."""

        self.problem: Problem | None = None
        """Why it failed."""

        self._change = change
        self._fate = call.fate or Fate()
        self._pace = self._fate.pace or call.pace
        self._looks = self._polls = 0

    def due(self, now: float) -> float | None:
        """Return when it ends or ended; None if that is later than now, or not known."""
        if self._fate.held is not None:
            return None if self._fate.held() else now
        if self._pace.polls is not None:
            return now if self._polls >= self._pace.polls else None
        end = self.created + self._pace.seconds
        return end if end <= now else None

    def happen(self, at: float) -> bool:
        """End it, and say whether an object has changed."""
        self.ended = at
        self.outcome, self.problem = self._fate.end, self._fate.problem
        if not self._fate.applied:
            return False
        try:
            self._change(at)
        except Refused as refused:
            self.outcome = "FAILED"
            title = HTTPStatus(refused.status).phrase
            self.problem = Problem(error_code(refused), refused.status, title, refused.message)
            return False
        return True

    def look(self, *, young_for: int) -> bool:
        """Note that it is asked for, and say whether it is there to be seen.

        Args:
            young_for: How often it is not there yet.
        """
        if self._fate.vanished:
            return False
        self._looks += 1
        if self._looks <= young_for:
            return False
        self._polls += 1
        return True

    def status(self, now: float, *, pending: str, running: str) -> str:
        """Return its status: one of these words until it has ended."""
        if self.ended is not None:
            return self.outcome
        if self._fate.word is not None:
            return self._fate.word
        if self._fate.held is not None:
            return pending
        if self._pace.polls is not None:
            return running if self._polls > 1 else pending
        return running if now >= self.created + self._pace.seconds / 2 else pending


class Operations:
    """The operations of an account; get them with `account.part(Operations)`."""

    def __init__(self) -> None:
        self._by_id = Newest[str, Operation]()

    def add(self, operation: Operation) -> None:
        """Keep an operation."""
        self._by_id[operation.id] = operation

    def find(self, identifier: str) -> Operation | None:
        """Return an operation by its id."""
        return self._by_id.get(identifier)

    def busy(self, subject: str) -> bool:
        """Say whether an operation about this object goes on."""
        return any(
            operation.ended is None and operation.subject == subject for operation in self._by_id.values()
        )


def begin(call: Call, subject: str, change: Callable[[float], object]) -> Operation:
    """Accept a write: its change happens when its operation ends."""
    operation = Operation(call, subject, change)
    call.account.part(Operations).add(operation)
    call.account.pending.append(operation)
    if call.fate is not None:
        call.fate.begun()
    return operation


def poll(call: Call, *, young_for: int = 0, kept_for: float = float("inf")) -> Operation:
    """Return the operation that a GET asks for by `{id}`, as it is now.

    Args:
        call: The GET.
        young_for: How many such GETs are answered as if there were no such operation.
        kept_for: How many seconds after its end there is such an operation no more.

    Raises:
        Refused: There is none.
    """
    operation = call.account.part(Operations).find(call.parameters["id"])
    if operation is None or not operation.look(young_for=young_for):
        raise not_found(call)
    if operation.ended is not None and call.now >= operation.ended + kept_for:
        raise not_found(call)
    call.account.settle()
    return operation
