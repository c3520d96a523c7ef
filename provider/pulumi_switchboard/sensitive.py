"""Which values must not be shown, so that they are secrets to Pulumi although nobody has marked them.

These are URLs with credentials or a query, and texts that a terminal or Pulumi's CLI interprets: the CLI
panics on an unknown colour code of its own. The program decides this for arguments, and the provider process
for what a vendor shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

REDACTED = "[secret]"
"""What messages show in place of a secret."""
_SECRET_URL = re.compile(r"\s*[a-z][a-z0-9+.-]*://(?:[^/?#]*@|[^?#]*\?.)", re.IGNORECASE | re.DOTALL)
"""A URL with userinfo or a query."""
_INTERPRETED = re.compile("<{%|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Pulumi's colour codes, control characters but line breaks and tabs, and changes of the text direction."""


def is_sensitive(value: Any, *, has_urls: bool) -> bool:
    """Whether any part of the value must not be shown.

    Args:
        value: Any plain value.
        has_urls: Whether the texts in it that look like URLs are URLs, not prose.
    """
    if isinstance(value, Mapping):
        return any(is_sensitive(item, has_urls=has_urls) for entry in value.items() for item in entry)
    if isinstance(value, list | tuple):
        return any(is_sensitive(item, has_urls=has_urls) for item in value)
    if not isinstance(value, str):
        return False
    return bool(_INTERPRETED.search(value) or (has_urls and _SECRET_URL.match(value)))
