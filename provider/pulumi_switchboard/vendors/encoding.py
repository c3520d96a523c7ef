"""How requests to all vendors are encoded: their URLs and their bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from pulumi_switchboard.errors import MissingError
from pulumi_switchboard.transport.json_codec import encode_json

Body: TypeAlias = Mapping[str, Any] | Sequence[tuple[str, str]]
"""An object, which is sent as JSON, or the fields of a form, which may be repeated."""


def vendor_url(endpoint: str | None, host: str, path: str) -> str:
    """The URL of a path at a vendor's host, or at the endpoint that replaces all hosts."""
    return f"{endpoint}/{host}{path}" if endpoint else f"https://{host}{path}"


def encode_body(body: Body | None) -> tuple[dict[str, str], bytes | None]:
    """The headers that state the content type, and the encoded body."""
    if body is None:
        return {}, None
    if isinstance(body, Mapping):
        return {"Content-Type": "application/json"}, encode_json(body).encode()
    return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(body).encode()


def segment(text: str) -> str:
    """The text encoded as one segment of a path.

    Raises:
        MissingError: The text cannot be a segment, because it would change the path.
    """
    if text in ("", ".", ".."):
        raise MissingError(
            f"{text!r} is not the id of an object", remedy="give the id as the vendor shows it"
        )
    return quote(text, safe="")
