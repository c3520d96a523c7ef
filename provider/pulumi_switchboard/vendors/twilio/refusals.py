"""What it means that Twilio refuses a request, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.errors import NotFoundError, RateLimitError, Refusal, VendorError
from pulumi_switchboard.http.messages import Response
from pulumi_switchboard.http.redaction import in_one_line

UNAUTHORIZED = (401, 403)
NOT_FOUND = 404
CONFLICT = 409
TOO_MANY_REQUESTS = 429
SERVER_FAULT = 500
SMALLEST_CODE = 10_000
"""Twilio's own codes have five or six digits; other numbers are anyone's."""


def refusal(response: Response) -> VendorError:
    """The error that stands for an answer that is not a success.

    Only a 404 in Twilio's own words means that an object is gone: a proxy's 404 does not.
    """
    try:
        body = json.loads(response.body)
    except (ValueError, RecursionError):
        body = None
    said: Mapping[str, Any] = body if isinstance(body, dict) else {}
    code = said["code"] if isinstance(said.get("code"), int) else None
    own_words = (
        code is not None
        and isinstance(said.get("message"), str)
        and (response.status != NOT_FOUND or code >= SMALLEST_CODE)
    )
    words = (said.get(name) for name in ("message", "detail", "title"))
    details = Refusal(
        vendor="Twilio",
        status=response.status,
        code=code,
        message=next(
            (in_one_line(word) for word in words if isinstance(word, str) and word), "no explanation"
        ),
        link=in_one_line(str(said.get("more_info") or "")),
        request_id=response.headers.get("twilio-request-id", ""),
        in_the_way=in_one_line(response.headers.get("x-conflicting-resource-id", "")),
        is_repeat=response.is_repeat,
    )
    if response.status == NOT_FOUND and own_words:
        return NotFoundError(details)
    if response.status == TOO_MANY_REQUESTS:
        return RateLimitError(details, remedy="run `pulumi up` again later, or with a lower --parallel")
    return VendorError(details, remedy=_remedy(response.status, own_words=own_words))


def _remedy(status: int, *, own_words: bool) -> str:
    """What to do about a refusal with this status."""
    if status in UNAUTHORIZED:
        return (
            "check the Twilio credentials. `pulumi refresh` and `pulumi destroy` use those saved by "
            "the last `pulumi up`; after a change run `pulumi up`, or add --run-program"
        )
    if not own_words:
        return "this is no answer of Twilio's: check for a proxy in between"
    if status >= SERVER_FAULT:
        return "try again later"
    if status != CONFLICT:
        return "change the resource as Twilio says"
    return (
        "find what is in the way, or wait for it; if it is what this resource is to take the place of, give "
        "the resource the option delete_before_replace=True"
    )
