"""Twilio's error answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.errors import NOT_FOUND, Refusal, VendorError
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.transport.text import in_one_line
from pulumi_switchboard.vendors.errors import NO_EXPLANATION, error_body, vendor_error

SMALLEST_CODE = 10_000
"""Twilio's own codes have five or six digits; any software may use smaller numbers."""
ERROR_PAGES = "https://www.twilio.com/docs/errors/"
"""Where Twilio explains its codes, also a status that it gives as the code."""


def twilio_error(response: Response) -> VendorError:
    """The error for an answer that is not a success."""
    body = error_body(response)
    members: Mapping[str, Any] = body if isinstance(body, dict) else {}
    code = members["code"] if isinstance(members.get("code"), int) else None
    is_from_vendor = (
        code is not None
        and isinstance(members.get("message"), str)
        and (response.status != NOT_FOUND or code >= SMALLEST_CODE or _code_is_status(response, members))
    )
    texts = (members.get(name) for name in ("message", "detail", "title"))
    refusal = Refusal(
        vendor="Twilio",
        status=response.status,
        code=code,
        message=next((in_one_line(text) for text in texts if isinstance(text, str) and text), NO_EXPLANATION),
        link=in_one_line(str(members.get("more_info") or "")),
        request_id=in_one_line(response.headers.get("twilio-request-id", "")),
        in_the_way=in_one_line(response.headers.get("x-conflicting-resource-id", "")),
        is_repeat=response.is_repeat,
        retry_after=response.retry_after,
    )
    return vendor_error(refusal, is_from_vendor=is_from_vendor, credentials="the Twilio credentials")


def _code_is_status(response: Response, members: Mapping[str, Any]) -> bool:
    """Whether the code repeats the status, in a body that has Twilio's form otherwise."""
    has_page = str(members.get("more_info")).startswith(ERROR_PAGES)
    return has_page and members.get("code") == members.get("status") == response.status
