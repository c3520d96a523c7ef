"""Checks the credentials of a vendor, and what the reads of its types say about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pulumi_switchboard.accounts.session import AGAIN
from pulumi_switchboard.doctor.finding import Finding, Level, failed
from pulumi_switchboard.doctor.reads import Read
from pulumi_switchboard.errors import (
    NOT_FOUND,
    SERVER_FAULT,
    UNAUTHORIZED,
    DeadlineError,
    LostAnswerError,
    NotFoundError,
    RateLimitError,
    SwitchboardError,
    VendorError,
    may_pass,
)
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.settings import (
    TWILIO_ACCOUNT_SID,
    TWILIO_API_KEY,
    TWILIO_API_SECRET,
    TWILIO_AUTH_TOKEN,
    ULTRAVOX_API_KEY,
)
from pulumi_switchboard.vendors.credentials import Given, Sources, account_label
from pulumi_switchboard.vendors.vendor import Vendor

NOUNS = {
    TWILIO_ACCOUNT_SID: "SID",
    TWILIO_AUTH_TOKEN: "token",
    TWILIO_API_KEY: "API key",
    TWILIO_API_SECRET: "secret",
    ULTRAVOX_API_KEY: "key",
}
"""The settings of credentials in findings."""


def subject(vendor: Vendor) -> str:
    """The vendor in findings."""
    return vendor.name.lower()


def check_credentials(vendor: Vendor, sources: Sources, *, is_required: bool) -> Finding | None:
    """What is wrong with the credentials before they are used; None if nothing is.

    Args:
        vendor: The vendor.
        sources: The settings.
        is_required: Whether it is an error if there are none.
    """
    try:
        vendor.credentials(sources)
    except SwitchboardError as error:
        if is_required or sources.given(vendor.settings):
            return failed(subject(vendor), error)
        return Finding(Level.SKIPPED, subject(vendor), "not configured", f"if you need it, {error.remedy}")
    return None


def judge(vendor: Vendor, credentials: Sequence[Given], reads: Sequence[Read]) -> list[Finding]:
    """A line for the account if it is accepted, and one for each reason why types cannot be read.

    Credentials that some APIs accept are right, so that a refusal by another one is about that API.

    Args:
        vendor: The vendor.
        credentials: The settings that are used, that of the account first.
        reads: A read of each of the vendor's types.
    """
    errors = [read.error for read in reads if read.error is not None]
    if len(errors) == len(reads) and (whole := _about_all(vendor, credentials, errors)):
        return [whole]
    groups: defaultdict[tuple[str, str], list[Read]] = defaultdict(list)
    for read in reads:
        if read.error is not None:
            groups[_text(read.error), _remedy(read.error, read.definition)].append(read)
    is_accepted = len(errors) < len(reads)
    problems = [
        _problem(vendor, text, remedy, group, is_accepted=is_accepted, is_all=len(group) == len(reads))
        for (text, remedy), group in groups.items()
    ]
    if not is_accepted:
        return problems
    readable = f"{len(reads) - len(errors)} of {len(reads)} types can be read"
    text = f"{account_label(credentials[0])} is accepted ({_origins(credentials)}); {readable}"
    return [Finding(Level.OK, subject(vendor), text), *problems]


def _about_all(
    vendor: Vendor, credentials: Sequence[Given], errors: Sequence[SwitchboardError]
) -> Finding | None:
    """The line for errors that are about the credentials, or about the way to the vendor."""
    if all(isinstance(one, VendorError) and one.refusal.status in UNAUTHORIZED for one in errors):
        text = f"{account_label(credentials[0])} is refused ({_origins(credentials)}): {errors[0].summary}"
        remedy = f"check {' and '.join(map(str, credentials))}"
        return Finding(Level.ERROR, subject(vendor), text, remedy)
    if all(may_pass(one) and not isinstance(one, VendorError) for one in errors):
        clearest = min(errors, key=_is_vague)
        text = f"its APIs cannot be read: {_text(clearest)}"
        return Finding(Level.ERROR, subject(vendor), text, clearest.remedy or AGAIN)
    return None


def _problem(
    vendor: Vendor, text: str, remedy: str, group: Sequence[Read], *, is_accepted: bool, is_all: bool
) -> Finding:
    """The line for types that cannot be read for one reason."""
    error = group[0].error
    is_about_the_api = isinstance(error, VendorError) and is_accepted
    is_warning = is_about_the_api or isinstance(error, RateLimitError)
    names = "" if is_all else f"{', '.join(read.definition.name for read in group)}: "
    return Finding(Level.WARNING if is_warning else Level.ERROR, subject(vendor), f"{names}{text}", remedy)


def _is_vague(error: SwitchboardError) -> bool:
    """Whether it says only that the time is over: as a lost answer, if an attempt before had none."""
    return isinstance(error, DeadlineError) or (isinstance(error, LostAnswerError) and bool(error.facts))


def _text(error: SwitchboardError) -> str:
    """What has happened. That the time is over says less than what it was spent on."""
    if _is_vague(error):
        return "; ".join(["there was no answer in time", *error.facts])
    return error.summary


def _remedy(error: SwitchboardError, definition: AnyDefinition) -> str:
    """What to do about a type that cannot be read. The remedies of errors are about updates."""
    evidence = definition.evidence
    if not isinstance(error, VendorError):
        return error.remedy or AGAIN
    status = error.refusal.status
    if status in UNAUTHORIZED or isinstance(error, NotFoundError):
        return evidence.access or f"ask {definition.vendor.name} whether the account has {evidence.api}"
    if status == NOT_FOUND:
        return error.remedy
    if isinstance(error, RateLimitError) or status >= SERVER_FAULT:
        return "run the command again later"
    return f"see {evidence.page}"


def _origins(credentials: Sequence[Given]) -> str:
    """Where each part of the credentials comes from."""
    return ", ".join(
        f"{NOUNS[one.setting]}: {'stack' if one.is_configured else one.setting.variable}"
        for one in credentials
    )
