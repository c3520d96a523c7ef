"""All errors that a user can see.

    SwitchboardError
    ├── CredentialsError      a vendor's credentials are missing, partial or mixed
    ├── SettingsError         a setting has an invalid value
    ├── AccountMismatchError  an object belongs to another account or endpoint than the credentials
    ├── ConflictError         another object is in the way, or another resource has the object
    ├── MissingError          a required object does not exist
    ├── DeadlineError         the time limit of the call has passed
    ├── CancelledError        the update was cancelled, or its engine has ended
    ├── UnreachableError      a request did not arrive, so it had no effect
    ├── LostAnswerError       a request was sent, but its answer did not arrive: its effect is unknown
    ├── PendingWriteError     a write of an earlier run is still not finished
    ├── OperationFailedError  the vendor accepted a write, but it failed later
    └── VendorError           the vendor refused the request
        ├── NotFoundError     because there is no such object
        └── RateLimitError    because there were too many requests

An error has a summary of one line, then facts, then what to do. No error contains a credential or a secret
value, unless a vendor repeats one; the redaction removes it before the error reaches the engine.
"""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import Self


class SwitchboardError(Exception):
    """A problem that the user can understand and solve."""

    may_have_acted = False
    """Whether a write that failed with this error may have taken effect."""
    is_conflict = False
    """Whether another object may be the reason."""

    def __init__(self, summary: str, *, facts: tuple[str, ...] = (), remedy: str = "") -> None:
        self.summary = summary
        self.facts = facts
        self.remedy = remedy
        super().__init__(summary)

    def with_facts(self, *facts: str, remedy: str = "") -> Self:
        """A copy that says more about what the error means for the object, and what to do next."""
        copy = self._copy()
        copy.facts = (*self.facts, *facts)
        copy.remedy = "; ".join(filter(None, [self.remedy, remedy]))
        return copy

    def with_remedy(self, remedy: str) -> Self:
        """A copy with this remedy in place of its own."""
        copy = self._copy()
        copy.remedy = remedy
        return copy

    def without_effect(self) -> Self:
        """A copy for a request that cannot have changed anything."""
        copy = self._copy()
        copy.may_have_acted = False
        return copy

    def _copy(self) -> Self:
        copy = type(self).__new__(type(self))
        copy.args = self.args
        vars(copy).update(vars(self))
        return copy

    def __str__(self) -> str:
        """The whole text: the summary, the facts and the remedy, each on a line."""
        lines = [self.summary, *(f"  {fact}" for fact in self.facts)]
        if self.remedy:
            lines.append(f"  What to do: {self.remedy}")
        return "\n".join(lines)


class CredentialsError(SwitchboardError):
    """The credentials of a vendor are missing, partial or mixed."""


class SettingsError(SwitchboardError):
    """A setting has an invalid value."""


class AccountMismatchError(SwitchboardError):
    """An object belongs to another account or endpoint than the credentials."""


class ConflictError(SwitchboardError):
    """Another object is in the way, or another resource has the object."""


class MissingError(SwitchboardError):
    """A required object does not exist."""


class DeadlineError(SwitchboardError):
    """The time limit of the call has passed."""


class CancelledError(SwitchboardError):
    """The update was cancelled, or its engine has ended."""


class UnreachableError(SwitchboardError):
    """The request did not arrive, so it had no effect."""


class LostAnswerError(SwitchboardError):
    """The request was sent, but its answer did not arrive, so its effect is unknown."""

    may_have_acted = True


class PendingWriteError(SwitchboardError):
    """A write of an earlier run is still not finished."""


class OperationFailedError(SwitchboardError):
    """The vendor accepted a write, but it failed later."""


@dataclass(frozen=True)
class Refusal:
    """What a vendor answered when it refused a request."""

    vendor: str
    status: int
    code: int | None
    message: str
    link: str = ""
    request_id: str = ""
    in_the_way: str = ""
    """The object that is the reason, if the vendor names one."""
    is_repeat: bool = False
    """Whether an earlier attempt of the request may have taken effect."""
    retry_after: float | None = None
    """How many seconds the vendor asks to wait before the request is sent again."""


UNAUTHORIZED = (401, 403)
NOT_FOUND = 404
CONFLICT = 409
CONFLICTS = (400, CONFLICT)
"""Some APIs answer a conflict with a plain 400."""
REQUEST_TIMEOUT = 408
PRECONDITION_FAILED = 412
TOO_MANY_REQUESTS = 429
SERVER_FAULT = 500
TRANSIENT = frozenset({REQUEST_TIMEOUT, 425, SERVER_FAULT, 502, 503, 504})
"""The statuses of trouble that is usually temporary, besides 429."""


class VendorError(SwitchboardError):
    """The vendor refused the request."""

    def __init__(self, refusal: Refusal, *, remedy: str = "") -> None:
        self.refusal = refusal
        self.may_have_acted = (
            refusal.is_repeat or refusal.status >= SERVER_FAULT or refusal.status == REQUEST_TIMEOUT
        )
        self.is_conflict = refusal.status in CONFLICTS
        code = f", code {refusal.code}" if refusal.code is not None else ""
        facts = (
            f"In the way: {refusal.in_the_way}" if refusal.in_the_way else "",
            f"See: {refusal.link}" if refusal.link else "",
            f"Request id: {refusal.request_id}" if refusal.request_id else "",
            f"The vendor asks to wait {refusal.retry_after:.0f} s" if refusal.retry_after else "",
        )
        super().__init__(
            f"{refusal.vendor} answered: {refusal.message} (HTTP {refusal.status}{code})",
            facts=tuple(fact for fact in facts if fact),
            remedy=remedy,
        )


def may_pass(error: SwitchboardError) -> bool:
    """Whether the same request may succeed later, because the network or the vendor had a problem.

    Refused credentials, a missing object and a cancelled call are not such problems.
    """
    if isinstance(error, VendorError):
        return error.refusal.status not in UNAUTHORIZED
    return isinstance(error, UnreachableError | LostAnswerError | DeadlineError)


class NotFoundError(VendorError):
    """The vendor says, in its own error format, that there is no such object."""


class RateLimitError(VendorError):
    """The vendor refused the request because there were too many."""
