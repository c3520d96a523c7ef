"""How a value is shown in a message: shortened and without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from pulumi_switchboard.fields.models import Secret
from pulumi_switchboard.fields.tree import Field, tree
from pulumi_switchboard.fields.values import has_unknown, is_empty
from pulumi_switchboard.sensitive import REDACTED

LONGEST_VALUE = 200
NOTHING = "nothing"
UNKNOWN_YET = "a value that is known only during the update"
_AFTER_SCHEME = re.compile(r"(?<=://)[^\s?#]*([?#]\S*)?")


def field_text(model: type[BaseModel], name: str, value: Any, *, is_secret: bool) -> str:
    """The value of a field as the user may see it.

    Args:
        model: The model that has the field.
        name: The name of the field.
        value: The value of the field.
        is_secret: Whether the value is a secret in the program, even if the field has no such marker.
    """
    return text_of(tree(model).members[name], value, is_secret=is_secret)


def text_of(field: Field, value: Any, *, is_secret: bool) -> str:
    """The value as the user may see it, as JSON. An empty item of a list or entry of a map is not nothing."""
    secret = field.marker(Secret)
    if has_unknown(value):
        return UNKNOWN_YET
    if value is None or (is_empty(value) and field.owner is not None):
        return NOTHING
    if secret is not None and secret.hint is not None:
        return secret.hint(value)
    if secret is not None or is_secret:
        return REDACTED
    text = json.dumps(_visible(field, value), ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _visible(field: Field, value: Any) -> Any:
    """The value without what is secret inside. URLs have no userinfo and no query."""
    if field.has(Secret):
        return REDACTED
    if isinstance(value, Mapping):
        return {key: _visible(field.child(key), item) for key, item in value.items()}
    if isinstance(value, list):
        return [_visible(field.child(0), item) for item in value]
    return _AFTER_SCHEME.sub(_bare, value) if isinstance(value, str) else value


def _bare(url: re.Match[str]) -> str:
    """The visible part of a URL after its scheme. A `?` or `#` may be part of an unencoded password."""
    shown, query = url[0].removesuffix(url[1] or ""), url[1] or ""
    if "@" in query and "/" not in shown:
        return "…"
    user, _, place = shown.rpartition("@")
    return (f"…@{place}" if user else shown) + ("…" if query[1:] else query)
