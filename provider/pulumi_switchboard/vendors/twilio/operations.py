"""Twilio's long-running operations, read from a 202 and from the operation itself.

Sources disagree on which members have ids, results and reasons, so all of them are read. A URL that Twilio
gives is never followed, because credentials must not be sent elsewhere: only the id in it is used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from pulumi_switchboard.errors import LostAnswerError, Refusal
from pulumi_switchboard.fields.ids import is_id
from pulumi_switchboard.fields.typed_values import member
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.transport.text import in_one_line
from pulumi_switchboard.vendors.operation import (
    CLOCK_TOLERANCE,
    Operation,
    OperationFormat,
    OperationStarted,
)
from pulumi_switchboard.vendors.twilio.errors import link_in

ACCEPTED = 202
GONE = 410
UNKNOWN_OPERATION = (520051, 520052)
"""The codes for an unknown or expired operation, whatever the status of the answer."""
_TIME = re.compile(
    r"(?P<second>[\d-]+[T ][\d:]+)(?P<fraction>\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?", re.IGNORECASE
)


def operation_started(response: Response, ids: Sequence[str]) -> OperationStarted | None:
    """The operation that a write has started; None if it has started none.

    Args:
        response: The answer to the write.
        ids: The paths at which an answer may have the id of the object that is written.

    Raises:
        LostAnswerError: The answer is a 202 without the id of an operation.
    """
    if response.status != ACCEPTED:
        return None
    body = response.json()
    members: Mapping[str, Any] = body if isinstance(body, Mapping) else {}
    candidates = (
        response.headers.get("operation-id"),
        members.get("operationId"),
        _last_segment(members.get("statusUrl")),
        _last_segment(response.headers.get("location")),
    )
    operation_id = next((candidate for candidate in candidates if is_id(candidate)), None)
    if operation_id is None:
        raise LostAnswerError("the answer names no operation, so the outcome of the write is unknown")
    return OperationStarted(
        operation_id,
        _answered_at(response),
        object_ids=_ids(members, ids),
        retry_after=response.retry_after,
    )


def operation(response: Response, operation_id: str, ids: Sequence[str]) -> Operation:
    """The operation that an answer shows.

    Args:
        response: The answer.
        operation_id: The id of the operation.
        ids: The paths at which an answer may have the id of the object that is written.

    Raises:
        LostAnswerError: The answer is not an operation.
    """
    body = response.json()
    if not isinstance(body, Mapping) or not isinstance(body.get("status"), str):
        raise LostAnswerError("the answer is not an operation")
    failure = member(body, "error")
    code = failure.get("code") or _last_segment(failure.get("type"))
    reasons = [failure.get("title"), failure.get("detail"), body.get("errorMessage")]
    why = in_one_line(
        ": ".join(dict.fromkeys(reason for reason in reasons if isinstance(reason, str) and reason))
    )
    return Operation(
        operation_id,
        in_one_line(body["status"]).upper(),
        object_ids=_ids(body, ids),
        created_at=instant(body.get("createdAt")),
        completed_at=instant(body.get("completedAt")),
        error=f"{why} (code {code})" if code and re.fullmatch(r"\d+", str(code)) else why,
        link=link_in(failure, "type"),
        retry_after=response.retry_after,
    )


def is_unknown(refusal: Refusal) -> bool:
    """Whether a refusal with another status than 404 says that there is no such operation any more."""
    return refusal.status == GONE or refusal.code in UNKNOWN_OPERATION


def instant(text: Any) -> float | None:
    """A time of Twilio in seconds since 1970; None if it cannot be read."""
    found = _TIME.fullmatch(str(text))
    if found is None:
        return None
    zone = "+00:00" if found["zone"] in ("Z", None) else found["zone"]
    try:
        whole = datetime.fromisoformat(f"{found['second']}{zone}").timestamp()
    except ValueError:
        return None
    return whole + float(f"0{found['fraction'] or ''}")


def _answered_at(response: Response) -> float:
    """When Twilio answered, by its clock; without a date, by our clock minus the tolerance."""
    return response.received_at - CLOCK_TOLERANCE if response.date is None else response.date


def _last_segment(url: Any) -> str | None:
    if not isinstance(url, str):
        return None
    try:
        return urlsplit(url).path.rstrip("/").rpartition("/")[2] or None
    except ValueError:
        return None


def _ids(body: Mapping[str, Any], paths: Sequence[str]) -> tuple[str, ...]:
    """Those of the values at these paths that are ids, without duplicates."""
    found = (member(body, path.partition(".")[0]).get(path.partition(".")[2]) for path in paths)
    return tuple(dict.fromkeys(one for one in found if is_id(one)))


TWILIO_OPERATIONS = OperationFormat(operation_started, operation, is_unknown, instant)
