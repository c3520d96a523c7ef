"""Idempotency keys: a write that is sent twice with the same key is done once."""

import hashlib
import json
import re
from typing import Literal, TypeAlias

from pulumi_switchboard.emulator.api import ApiRequest, Handler, Refused, Reply
from pulumi_switchboard.emulator.schema import UUID
from pulumi_switchboard.emulator.store import BoundedDict

_LIFETIME = 24 * 3600
"""How long a key is remembered, in seconds."""

OtherContent: TypeAlias = Literal["replay", "refuse", "conflict"]
"""The answer to a known key with another write: the first answer again, 400 or 409."""

_STATUSES = {"refuse": 400, "conflict": 409}
_HEADER = "idempotency-key"
_KEY = re.compile(UUID)


class _Keys(BoundedDict[str, tuple[object, Reply, float]]):
    """What was sent with each key, its first answer, and the time."""


def idempotent(handler: Handler, other_content: OtherContent) -> Handler:
    """Return a handler of writes that obeys the header. Only successful writes are remembered."""

    def once(request: ApiRequest) -> Reply:
        if _HEADER not in request.headers:
            return handler(request)
        key = request.headers[_HEADER].lower()
        if not _KEY.fullmatch(key):
            raise Refused(400, "Idempotency-Key: must be a UUID")
        keys = request.account.part(_Keys)
        content = (request.method, request.path, _content(request.body))
        known, answer, time = keys.get(key, (None, None, 0.0))
        if answer is None or request.now >= time + _LIFETIME:
            answer = handler(request)
            keys[key] = (content, answer, request.now)
        elif known != content and other_content in _STATUSES:
            raise Refused(_STATUSES[other_content], "Idempotency-Key: was used for another request")
        return answer

    return once


def _content(body: bytes) -> bytes:
    """Return a digest of the JSON value of a body, whatever the order of its members."""
    try:
        text = json.dumps(json.loads(body), sort_keys=True).encode()
    except (ValueError, RecursionError):
        text = body
    return hashlib.sha256(text).digest()
