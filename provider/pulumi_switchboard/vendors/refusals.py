"""What it means that a vendor refuses a request, and what to do about it."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.errors import (
    CONFLICT,
    NOT_FOUND,
    SERVER_FAULT,
    TOO_MANY_REQUESTS,
    UNAUTHORIZED,
    LostAnswerError,
    NotFoundError,
    RateLimitError,
    Refusal,
    VendorError,
)
from pulumi_switchboard.transport.messages import Response

NO_WORDS = "no explanation"


def said(response: Response) -> Any:
    """The body of a refusal, as far as it is JSON; None else."""
    try:
        return response.json()
    except LostAnswerError:
        return None


def refused(details: Refusal, *, own_words: bool, credentials: str) -> VendorError:
    """The error that stands for a refusal.

    Only a 404 in the vendor's own words means that an object is gone: a proxy's 404 does not.

    Args:
        details: What was answered.
        own_words: Whether it is beyond doubt that the vendor has answered, and no one in between.
        credentials: What the request was signed with, as the user calls it.
    """
    if details.status == NOT_FOUND and own_words:
        return NotFoundError(details)
    if details.status == TOO_MANY_REQUESTS:
        return RateLimitError(details, remedy="run `pulumi up` again later, or with a lower --parallel")
    return VendorError(details, remedy=_remedy(details, own_words=own_words, credentials=credentials))


def _remedy(details: Refusal, *, own_words: bool, credentials: str) -> str:
    if details.status in UNAUTHORIZED:
        return (
            f"check {credentials}. `pulumi refresh` and `pulumi destroy` use the credentials saved by the "
            "last `pulumi up`; after a change run `pulumi up`, or add --run-program"
        )
    if not own_words:
        return f"this is no answer of {details.vendor}'s: check for a proxy in between"
    if details.status >= SERVER_FAULT:
        return "try again later"
    if details.status != CONFLICT:
        return f"change the resource as {details.vendor} says"
    return (
        "find what is in the way, or wait for it; if it is what this resource is to take the place of, give "
        "the resource the option delete_before_replace=True"
    )
