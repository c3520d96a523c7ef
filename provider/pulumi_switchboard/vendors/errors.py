"""What a vendor's error answer means, and what the user can do."""

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

NO_EXPLANATION = "no explanation"


def error_body(response: Response) -> Any:
    """The body of an error answer; None if it is not JSON."""
    try:
        return response.json()
    except LostAnswerError:
        return None


def vendor_error(refusal: Refusal, *, is_from_vendor: bool, credentials: str) -> VendorError:
    """The error for an answer that is not a success.

    A 404 means that an object is gone only if the vendor itself sent it. A proxy's 404 does not.

    Args:
        refusal: The content of the answer.
        is_from_vendor: Whether the answer is certainly the vendor's, and not a proxy's.
        credentials: What the user calls the credentials of the request.
    """
    if refusal.status == NOT_FOUND and is_from_vendor:
        return NotFoundError(refusal)
    if refusal.status == TOO_MANY_REQUESTS:
        return RateLimitError(refusal, remedy="run `pulumi up` again later, or with a lower --parallel")
    remedy = _remedy(refusal, is_from_vendor=is_from_vendor, credentials=credentials)
    return VendorError(refusal, remedy=remedy)


def _remedy(refusal: Refusal, *, is_from_vendor: bool, credentials: str) -> str:
    if refusal.status in UNAUTHORIZED:
        return (
            f"check {credentials}. `pulumi refresh` and `pulumi destroy` use the credentials saved by the "
            "last `pulumi up`; after a change run `pulumi up`, or add --run-program"
        )
    if not is_from_vendor:
        return f"this answer is not from {refusal.vendor}: check for a proxy in between"
    if refusal.status >= SERVER_FAULT:
        return "try again later"
    if refusal.status != CONFLICT:
        return f"change the resource as {refusal.vendor} says"
    return (
        "find the object that is in the way, or wait until it is gone; if this resource replaces it, give "
        "the resource the option delete_before_replace=True"
    )
