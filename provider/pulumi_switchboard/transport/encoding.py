"""JSON as it is sent to a vendor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def encode_json(value: Any) -> str:
    """The JSON text of a value. A `Decimal`, which `json` refuses, is written as the number that it is."""
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{json.dumps(name)}: {encode_json(item)}" for name, item in value.items()) + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(encode_json, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)
