"""Everything that can go wrong, as the user reads it.

    SwitchboardError
    ├── CredentialsError      a vendor's credentials are missing, partial or mixed
    ├── SettingsError         a setting has a value that can't be used
    ├── AccountMismatchError  an object belongs to another account or endpoint than the credentials
    ├── ConflictError         an object is in the way, or managed under another name already
    ├── MissingError          an object that has to exist does not
    ├── DeadlineError         the time given to the call is over
    ├── CancelledError        the update was cancelled, or its engine is gone
    ├── UnreachableError      a request never arrived, so it had no effect
    ├── LostAnswerError       a request was sent, and its answer did not arrive: its effect is unknown
    ├── UnsettledError        what an earlier run has left open is open still
    ├── OperationFailedError  the vendor accepted a write, and then could not carry it out
    └── VendorError           the vendor answered, and refused
        ├── NotFoundError     …because there is no such object
        └── RateLimitError    …because there were too many requests

An error has a summary of one line, and beneath it facts and what to do. No error holds a credential or a
secret value, except where a vendor repeats one: on the way to the engine it is taken out.
"""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import Self


class SwitchboardError(Exception):
    """A problem that the user can understand and act upon."""

    may_have_acted = False
    """Whether a write that ended so may have had its effect nevertheless."""
    is_conflict = False
    """Whether an object that stands in the way may be the reason."""

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
        """The whole text: the summary, then the facts, then the remedy, a line each."""
        lines = [self.summary, *(f"  {fact}" for fact in self.facts)]
        if self.remedy:
            lines.append(f"  What to do: {self.remedy}")
        return "\n".join(lines)


class CredentialsError(SwitchboardError):
    """The credentials of a vendor are missing, partial or mixed."""


class SettingsError(SwitchboardError):
    """A setting has a value that can't be used."""


class AccountMismatchError(SwitchboardError):
    """An object belongs to another account or endpoint than the credentials."""


class ConflictError(SwitchboardError):
    """An object is in the way, or is managed under another name already."""


class MissingError(SwitchboardError):
    """An object that has to exist does not."""


class DeadlineError(SwitchboardError):
    """The time given to the call is over."""


class CancelledError(SwitchboardError):
    """The update was cancelled, or the engine that asked for it is gone."""


class UnreachableError(SwitchboardError):
    """The request never arrived, so it had no effect."""


class LostAnswerError(SwitchboardError):
    """The request was sent and its answer did not arrive, so its effect is unknown."""

    may_have_acted = True


class UnsettledError(SwitchboardError):
    """What an earlier run has left open is open still."""


class OperationFailedError(SwitchboardError):
    """The vendor accepted a write, and then could not carry it out."""


@dataclass(frozen=True)
class Refusal:
    """What a vendor said when it refused a request."""

    vendor: str
    status: int
    code: int | None
    message: str
    link: str = ""
    request_id: str = ""
    in_the_way: str = ""
    """The object that is the reason, where the vendor names one."""
    is_repeat: bool = False
    """Whether an earlier attempt of the request may have had its effect nevertheless."""
    retry_after: float | None = None
    """The seconds that the vendor asks to wait before the request is sent again."""


UNAUTHORIZED = (401, 403)
NOT_FOUND = 404
CONFLICT = 409
CONFLICTS = (400, CONFLICT)
"""Some APIs answer a conflict with a plain 400."""
REQUEST_TIMEOUT = 408
TOO_MANY_REQUESTS = 429
SERVER_FAULT = 500
TRANSIENT = frozenset({REQUEST_TIMEOUT, 425, SERVER_FAULT, 502, 503, 504})
"""The statuses of trouble that is likely to pass, beside 429."""


class VendorError(SwitchboardError):
    """The vendor answered the request, and refused it."""

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
    """Whether the same request may succeed later: the trouble is with the way or the vendor.

    Credentials that are refused, an object that is missing and a call that was cancelled are no such trouble.
    """
    if isinstance(error, VendorError):
        return error.refusal.status not in UNAUTHORIZED
    return isinstance(error, UnreachableError | LostAnswerError | DeadlineError)


class NotFoundError(VendorError):
    """The vendor says, in its own words, that there is no such object."""


class RateLimitError(VendorError):
    """The vendor refused the request because there were too many."""
