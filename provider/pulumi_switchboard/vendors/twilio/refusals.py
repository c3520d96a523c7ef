"""What Twilio says when it refuses a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.errors import NOT_FOUND, Refusal, VendorError
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.transport.retrying import retry_after
from pulumi_switchboard.transport.text import in_one_line
from pulumi_switchboard.vendors.refusals import NO_WORDS, refused, said

SMALLEST_CODE = 10_000
"""Twilio's own codes have five or six digits; other numbers are anyone's."""
ERRORS = "https://www.twilio.com/docs/errors/"
"""Where Twilio explains its codes, and the status where it gives that in the place of one."""


def refusal(response: Response) -> VendorError:
    """The error that stands for an answer that is not a success."""
    body = said(response)
    told: Mapping[str, Any] = body if isinstance(body, dict) else {}
    code = told["code"] if isinstance(told.get("code"), int) else None
    own_words = (
        code is not None
        and isinstance(told.get("message"), str)
        and (response.status != NOT_FOUND or code >= SMALLEST_CODE or _is_status(response.status, told))
    )
    words = (told.get(name) for name in ("message", "detail", "title"))
    details = Refusal(
        vendor="Twilio",
        status=response.status,
        code=code,
        message=next((in_one_line(word) for word in words if isinstance(word, str) and word), NO_WORDS),
        link=in_one_line(str(told.get("more_info") or "")),
        request_id=in_one_line(response.headers.get("twilio-request-id", "")),
        in_the_way=in_one_line(response.headers.get("x-conflicting-resource-id", "")),
        is_repeat=response.is_repeat,
        retry_after=retry_after(response),
    )
    return refused(details, own_words=own_words, credentials="the Twilio credentials")


def _is_status(status: int, told: Mapping[str, Any]) -> bool:
    """Whether the code is the status, in a body that else is Twilio's own."""
    explained = str(told.get("more_info")).startswith(ERRORS)
    return explained and told.get("code") == told.get("status") == status
