"""Fields with a URL that a vendor calls."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator

from pulumi_switchboard.fields.models import Url, WarnIf


def _absolute_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or " " in value or not value.isprintable():
        scheme = value.partition("://")[0]
        if scheme != value and scheme.isalnum() and scheme not in ("http", "https"):
            raise ValueError("must begin with https or http, such as https://example.com/hook")
        raise ValueError("is not an absolute URL: give one such as https://example.com/hook")
    return value


def _absolute_or_empty(value: str) -> str:
    return _absolute_url(value) if value else value


def _plain_http(value: Any) -> str | None:
    if isinstance(value, str) and value.lower().startswith("http:"):
        return "is plain http: what is sent there can be read and changed on the way. Use https"
    return None


WebhookUrl: TypeAlias = Annotated[str, AfterValidator(_absolute_url), WarnIf(_plain_http), Url()]
"""A URL that a vendor calls."""
ClearableWebhookUrl: TypeAlias = Annotated[
    str, AfterValidator(_absolute_or_empty), WarnIf(_plain_http), Url()
]
"""A URL that a vendor calls, or an empty text for none."""
