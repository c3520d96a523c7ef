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
    """The error for an answer that is not a success, in any of the forms that Twilio's products have."""
    body = error_body(response)
    members: Mapping[str, Any] = body if isinstance(body, dict) else {}
    code = members["code"] if type(members.get("code")) is int else None
    texts = (members.get(name) for name in ("message", "detail", "title"))
    message = next((in_one_line(text) for text in texts if isinstance(text, str) and text), "")
    is_from_vendor = (
        code is not None
        and bool(message)
        and (response.status != NOT_FOUND or code >= SMALLEST_CODE or _code_is_status(response, members))
    )
    refusal = Refusal(
        vendor="Twilio",
        status=response.status,
        code=code,
        message=message or NO_EXPLANATION,
        link=link_in(members, "more_info", "type"),
        request_id=in_one_line(response.headers.get("twilio-request-id", "")),
        in_the_way=in_one_line(response.headers.get("x-conflicting-resource-id", "")),
        is_repeat=response.is_repeat,
        retry_after=response.retry_after,
    )
    return vendor_error(refusal, is_from_vendor=is_from_vendor, credentials="the Twilio credentials")


def link_in(members: Mapping[str, Any], *names: str) -> str:
    """The page about an error, from the first of these members that is a link; else empty."""
    links = (members.get(name) for name in names)
    found = (link for link in links if isinstance(link, str) and link.startswith("https://"))
    return in_one_line(next(found, ""))


def _code_is_status(response: Response, members: Mapping[str, Any]) -> bool:
    """Whether the code repeats the status, in a body that has Twilio's form otherwise."""
    has_page = link_in(members, "more_info").startswith(ERROR_PAGES)
    return has_page and members.get("code") == members.get("status") == response.status
