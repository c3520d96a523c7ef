"""Values that Pulumi must treat as secrets although nobody marked them as secrets.

These are URLs with userinfo or a query, and texts with characters that control a terminal or Pulumi's CLI.
The CLI panics on an unknown colour code. The program checks arguments, and the provider process checks values
from a vendor.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SECRET_URL = re.compile(r"\s*[a-z][a-z0-9+.-]*://(?:[^/?#]*@|[^?#]*\?.)", re.IGNORECASE | re.DOTALL)
"""A URL with userinfo or a query."""
_CONTROL = re.compile("<{%|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Pulumi's colour codes, bidirectional characters, and control characters except line breaks and tabs."""


def is_sensitive(value: Any, *, has_urls: bool) -> bool:
    """Whether any part of the value must not be shown.

    Args:
        value: Any plain value.
        has_urls: Whether a text in it that looks like a URL is one, and not prose.
    """
    if isinstance(value, Mapping):
        return any(is_sensitive(item, has_urls=has_urls) for entry in value.items() for item in entry)
    if isinstance(value, list | tuple):
        return any(is_sensitive(item, has_urls=has_urls) for item in value)
    if not isinstance(value, str):
        return False
    return bool(_CONTROL.search(value) or (has_urls and _SECRET_URL.match(value)))
