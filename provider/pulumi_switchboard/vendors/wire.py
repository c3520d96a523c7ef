"""What is the same in the requests to all vendors: where they go, and how their bodies are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import urlencode

from pulumi_switchboard.http.encoding import json_text
from pulumi_switchboard.http.redaction import secret_parts

Body: TypeAlias = Mapping[str, Any] | Sequence[tuple[str, str]]
"""An object, sent as JSON, or the fields of a form, of which one may be there several times."""


def url(endpoint: str | None, host: str, path: str) -> str:
    """The URL of a path at a vendor's host, or at the endpoint that takes the place of all hosts."""
    return f"{endpoint}/{host}{path}" if endpoint else f"https://{host}{path}"


def secrets_in(body: Any) -> Iterator[str]:
    """What may be secret in the URLs that a body sends: a refusal may repeat it."""
    if isinstance(body, str):
        yield from secret_parts(body)
    elif isinstance(body, Mapping):
        for value in body.values():
            yield from secrets_in(value)
    elif isinstance(body, list | tuple):
        for value in body:
            yield from secrets_in(value)


def encoded(body: Body | None) -> tuple[dict[str, str], bytes | None]:
    """The headers that tell of what kind a body is, and the body as it is sent."""
    if body is None:
        return {}, None
    if isinstance(body, Mapping):
        return {"Content-Type": "application/json"}, json_text(body).encode()
    return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(body).encode()
