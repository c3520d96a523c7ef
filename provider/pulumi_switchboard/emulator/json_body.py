"""Request bodies in JSON."""

import json
import re
from itertools import accumulate
from typing import Any, NoReturn

JSON = "application/json"
"""The media type."""

DEEPEST = 100
"""How many objects and arrays can be in each other."""

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_NOT_BRACKETS = re.compile(r"[^\[\]{}]+")


def parse_json(body: bytes) -> Any:
    """Return what a body says.

    Raises:
        ValueError: It is not JSON, has a text that UTF-8 cannot carry, or is nested too deeply. The message
            goes on from "it is".
    """
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise ValueError("not valid JSON") from None
    check_depth(text)
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        raise ValueError("not valid JSON") from None
    return value


def check_depth(text: str) -> None:
    """Make sure that what a text says in JSON can be read, copied and shown without deep recursion.

    Raises:
        ValueError: It is nested too deeply. The message goes on from "it is".
    """
    brackets = _NOT_BRACKETS.sub("", _TEXT.sub("", text))
    depths = accumulate(1 if bracket in "[{" else -1 for bracket in brackets)
    if max(depths, default=0) > DEEPEST:
        raise ValueError(f"nested more than {DEEPEST} levels deep")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
