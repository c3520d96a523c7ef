"""What is the same in the requests to all vendors: where they go, and how their bodies are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import urlencode

from pulumi_switchboard.transport.encoding import encode_json

Body: TypeAlias = Mapping[str, Any] | Sequence[tuple[str, str]]
"""An object, sent as JSON, or the fields of a form, of which one may be there several times."""


def url(endpoint: str | None, host: str, path: str) -> str:
    """The URL of a path at a vendor's host, or at the endpoint that takes the place of all hosts."""
    return f"{endpoint}/{host}{path}" if endpoint else f"https://{host}{path}"


def encoded(body: Body | None) -> tuple[dict[str, str], bytes | None]:
    """The headers that tell of what kind a body is, and the body as it is sent."""
    if body is None:
        return {}, None
    if isinstance(body, Mapping):
        return {"Content-Type": "application/json"}, encode_json(body).encode()
    return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(body).encode()
