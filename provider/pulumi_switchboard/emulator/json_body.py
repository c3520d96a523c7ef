"""Request bodies in JSON."""

import json
from typing import Any, NoReturn

JSON = "application/json"
"""The media type."""


def parse_json(body: bytes) -> Any:
    """Return what a body says.

    Raises:
        ValueError: It is not JSON, or has a text that UTF-8 cannot carry.
    """
    try:
        value = json.loads(body.decode(), parse_constant=_refuse_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
