"""Ultravox's error answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_switchboard.errors import NOT_FOUND, Refusal, VendorError
from pulumi_switchboard.settings import ULTRAVOX_API_KEY
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.transport.text import in_one_line
from pulumi_switchboard.vendors.errors import NO_EXPLANATION, error_body, vendor_error

GENERAL = ("detail", "non_field_errors", "nonFieldErrors")
"""Members with explanations that do not concern a particular member of the request."""
OF_OTHER_SOFTWARE = frozenset({"code", "message", "status", "title", "type"})
"""Members that Ultravox's own error answers do not have."""
LONGEST_EXPLANATION = 4000
"""Characters that are collected from an answer; a message shows fewer."""
CREDENTIALS = f"the Ultravox API key, {ULTRAVOX_API_KEY.config} or {ULTRAVOX_API_KEY.variable}"


def ultravox_error(response: Response) -> VendorError:
    """The error for an answer that is not a success."""
    body = error_body(response)
    explanation = _explanation(body)
    refusal = Refusal(
        vendor="Ultravox",
        status=response.status,
        code=None,
        message=in_one_line(explanation) or NO_EXPLANATION,
        is_repeat=response.is_repeat,
        retry_after=response.retry_after,
    )
    is_from_vendor = _is_own_not_found(body) if response.status == NOT_FOUND else bool(explanation)
    return vendor_error(refusal, is_from_vendor=is_from_vendor, credentials=CREDENTIALS)


def _is_own_not_found(body: Any) -> bool:
    """Whether a 404 has the form in which Ultravox says that there is no such object."""
    return (
        isinstance(body, dict)
        and isinstance(body.get("detail"), str)
        and bool(body["detail"])
        and OF_OTHER_SOFTWARE.isdisjoint(body)
    )


def _explanation(body: Any) -> str:
    """The explanations in the body, each after the path of the member that it concerns, up to a length."""
    if not isinstance(body, dict | list):
        return ""
    found: dict[str, list[str]] = {}
    length = 0
    for path, text in _texts(body):
        found.setdefault(path, []).append(text)
        length += len(path) + len(text)
        if length > LONGEST_EXPLANATION:
            break
    return "; ".join((f"{path}: " if path else "") + " ".join(texts) for path, texts in found.items())


def _texts(part: Any, *path: str) -> Iterator[tuple[str, str]]:
    """Each text with the path of the member that it concerns."""
    if isinstance(part, str) and part:
        yield ".".join(path), part
    elif isinstance(part, Mapping):
        for name, inner in part.items():
            yield from _texts(inner, *path, *(() if name in GENERAL else (name,)))
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _texts(inner, *path, *(() if isinstance(inner, str) else (str(number),)))
