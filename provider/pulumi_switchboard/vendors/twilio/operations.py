"""Twilio's operations: what a 202 says, and what an operation says of itself.

The sources disagree on where ids, results and reasons stand, so all of their places are looked at. A URL
that Twilio gives is never followed: the id in it is enough, and credentials go nowhere else.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from pulumi_switchboard.errors import LostAnswerError, NotFoundError, VendorError
from pulumi_switchboard.fields.ids import is_id
from pulumi_switchboard.fields.typed_values import member
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.transport.retrying import retry_after
from pulumi_switchboard.transport.text import in_one_line
from pulumi_switchboard.vendors.operation import Operation, OperationStarted
from pulumi_switchboard.vendors.twilio.client import Twilio, segment

ACCEPTED = 202
GONE = 410
UNKNOWN_OPERATION = (520051, 520052)
"""The codes of an operation that is unknown or expired, whatever the status they come with."""
_TIME = re.compile(
    r"(?P<second>[\d-]+[T ][\d:]+)(?P<fraction>\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?", re.IGNORECASE
)
CLOCKS_APART = 600.0
"""The most that the clocks of two machines are taken to differ by, in seconds."""


def operation_started(response: Response, related: str) -> OperationStarted | None:
    """What an answer says about the operation that it has begun; None if it has begun none.

    Args:
        response: The answer to a write.
        related: Under which name it holds the id of the object that the write is about.
    """
    if response.status != ACCEPTED:
        return None
    body = response.json()
    said: Mapping[str, Any] = body if isinstance(body, Mapping) else {}
    places = (
        response.headers.get("operation-id"),
        said.get("operationId"),
        _last_segment(said.get("statusUrl")),
        _last_segment(response.headers.get("location")),
    )
    operation_id = next((place for place in places if is_id(place)), None)
    if operation_id is None:
        raise LostAnswerError("the answer names no operation, so what becomes of the write can't be seen")
    return OperationStarted(
        operation_id,
        _date(response),
        object_ids=_ids(member(said, "related").get(related)),
        retry_after=retry_after(response),
    )


def operation(client: Twilio, product: str, path: str, operation_id: str, related: str) -> Operation:
    """The operation as it is now.

    Raises:
        NotFoundError: Twilio does not know it, or not any more.
    """
    try:
        response = client.exchange("GET", product, f"{path}/{segment(operation_id)}")
    except VendorError as refused:
        if refused.refusal.status == GONE or refused.refusal.code in UNKNOWN_OPERATION:
            raise NotFoundError(refused.refusal) from None
        raise
    body = response.json()
    if not isinstance(body, Mapping) or not isinstance(body.get("status"), str):
        raise LostAnswerError("the answer is not an operation")
    error = member(body, "error")
    code = error.get("code") or _last_segment(error.get("type"))
    reasons = [error.get("title"), error.get("detail"), body.get("errorMessage")]
    why = in_one_line(
        ": ".join(dict.fromkeys(reason for reason in reasons if isinstance(reason, str) and reason))
    )
    link = error.get("type")
    return Operation(
        operation_id,
        in_one_line(body["status"]).upper(),
        object_ids=_ids(member(body, "related").get(related), member(body, "result").get("id")),
        created_at=instant(body.get("createdAt")),
        completed_at=instant(body.get("completedAt")),
        error=f"{why} (code {code})" if code and re.fullmatch(r"\d+", str(code)) else why,
        link=in_one_line(link) if isinstance(link, str) and link.startswith("https://") else "",
        retry_after=retry_after(response),
    )


def instant(text: Any) -> float | None:
    """A time as Twilio writes it, in seconds since 1970; None if it can't be read."""
    found = _TIME.fullmatch(str(text))
    if found is None:
        return None
    zone = "+00:00" if found["zone"] in ("Z", None) else found["zone"]
    try:
        whole = datetime.fromisoformat(f"{found['second']}{zone}").timestamp()
    except ValueError:
        return None
    return whole + float(f"0{found['fraction'] or ''}")


def _date(response: Response) -> float:
    """When Twilio answered, by its own clock; by ours, set back for safety, where it does not say."""
    try:
        return parsedate_to_datetime(response.headers.get("date", "")).timestamp()
    except (TypeError, ValueError, OverflowError):
        return time.time() - CLOCKS_APART


def _last_segment(url: Any) -> str | None:
    if not isinstance(url, str):
        return None
    try:
        return urlsplit(url).path.rstrip("/").rpartition("/")[2] or None
    except ValueError:
        return None


def _ids(*said: Any) -> tuple[str, ...]:
    """The ids among what stands where ids are expected."""
    return tuple(dict.fromkeys(one for one in said if is_id(one)))
