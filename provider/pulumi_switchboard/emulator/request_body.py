"""Request bodies: reading them up to a limit, and parsing JSON and forms."""

import json
import re
from collections import defaultdict
from itertools import accumulate
from typing import Any, NoReturn, TypeAlias
from urllib.parse import parse_qsl

from starlette.requests import Request

MAX_BYTES = 1 << 20
"""How many bytes a body can have: 1 MiB."""

MAX_DEPTH = 100
"""How deeply JSON objects and arrays can be nested."""

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

Form: TypeAlias = dict[str, list[str]]
"""The values of a form by parameter name, each with at least one value."""

EMPTY = [""]
"""The values of a parameter that is sent without a value."""

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_NOT_BRACKETS = re.compile(r"[^\[\]{}]+")


class TooLargeError(Exception):
    """The body of a request has more than `MAX_BYTES` bytes."""

    status = 413

    def __init__(self) -> None:
        super().__init__(f"The request body is larger than {MAX_BYTES} bytes, the limit of the emulator")


async def read_body(request: Request) -> bytes:
    """Return the whole body, and never hold more than the limit in memory."""
    if int(request.headers.get("content-length", "0")) > MAX_BYTES:
        raise TooLargeError
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise TooLargeError
    return bytes(body)


def parse_json(body: bytes) -> Any:
    """Parse a JSON body with text that UTF-8 can encode.

    The message of the ValueError completes the sentence "the body is …".
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
    """Check that JSON can be read, copied and shown without deep recursion.

    The message of the ValueError completes the sentence "the body is …".
    """
    brackets = _NOT_BRACKETS.sub("", _TEXT.sub("", text))
    depths = accumulate(1 if bracket in "[{" else -1 for bracket in brackets)
    if max(depths, default=0) > MAX_DEPTH:
        raise ValueError(f"nested more than {MAX_DEPTH} levels deep")


def parse_form(body: bytes) -> Form:
    """Parse a form body in UTF-8; anything else is a ValueError."""
    form: defaultdict[str, list[str]] = defaultdict(list)
    if body:
        for name, value in parse_qsl(
            body.decode(), keep_blank_values=True, strict_parsing=True, errors="strict"
        ):
            form[name].append(value)
    return dict(form)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
