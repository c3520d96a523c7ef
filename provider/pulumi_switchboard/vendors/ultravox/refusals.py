"""What Ultravox says when it refuses a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_switchboard.errors import NOT_FOUND, Refusal, VendorError
from pulumi_switchboard.settings import ULTRAVOX_API_KEY
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.transport.retrying import retry_after
from pulumi_switchboard.transport.text import in_one_line
from pulumi_switchboard.vendors.refusals import NO_WORDS, refused, said

OF_THE_WHOLE = ("detail", "non_field_errors", "nonFieldErrors")
"""Under these names stand words that are about no member in particular."""
OF_OTHERS = frozenset({"code", "message", "status", "title", "type"})
"""Members of refusals as others write them."""
MOST_WORDS = 4000
"""Characters that are gathered of a refusal; a message shows fewer."""
CREDENTIALS = f"the Ultravox API key, {ULTRAVOX_API_KEY.config} or {ULTRAVOX_API_KEY.variable}"


def refusal(response: Response) -> VendorError:
    """The error that stands for an answer that is not a success."""
    body = said(response)
    words = _words(body)
    details = Refusal(
        vendor="Ultravox",
        status=response.status,
        code=None,
        message=in_one_line(words) or NO_WORDS,
        is_repeat=response.is_repeat,
        retry_after=retry_after(response),
    )
    own_words = _is_absence(body) if response.status == NOT_FOUND else bool(words)
    return refused(details, own_words=own_words, credentials=CREDENTIALS)


def _is_absence(body: Any) -> bool:
    """Whether Ultravox itself says that there is no such object."""
    return (
        isinstance(body, dict)
        and isinstance(body.get("detail"), str)
        and bool(body["detail"])
        and OF_OTHERS.isdisjoint(body)
    )


def _words(body: Any) -> str:
    """What is said, each text after the place in the request that it is about; not more than can be shown."""
    if not isinstance(body, dict | list):
        return ""
    found: dict[str, list[str]] = {}
    length = 0
    for place, text in _texts(body):
        found.setdefault(place, []).append(text)
        length += len(place) + len(text)
        if length > MOST_WORDS:
            break
    return "; ".join((f"{place}: " if place else "") + " ".join(texts) for place, texts in found.items())


def _texts(part: Any, *place: str) -> Iterator[tuple[str, str]]:
    """Each text, and the place that it is about."""
    if isinstance(part, str) and part:
        yield ".".join(place), part
    elif isinstance(part, Mapping):
        for name, inner in part.items():
            yield from _texts(inner, *place, *(() if name in OF_THE_WHOLE else (name,)))
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _texts(inner, *place, *(() if isinstance(inner, str) else (str(number),)))
