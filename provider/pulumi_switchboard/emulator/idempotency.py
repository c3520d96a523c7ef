"""Idempotency keys: a write that is sent twice with the same key is done once."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pulumi_switchboard.emulator.api import ApiRequest, Handler, Refused, Reply
from pulumi_switchboard.emulator.store import BoundedDict

LIFETIME = 24 * 3600
"""How long a key is remembered, in seconds."""

OtherContent: TypeAlias = Literal["replay", "refuse", "conflict"]
"""The answer to a known key with another write: the first answer again, 400 or 409."""

_HEADER = "idempotency-key"
_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class _FirstAnswer:
    content: object
    reply: Reply
    time: float


class _Keys:
    """The first answers of an account's writes by idempotency key."""

    def __init__(self) -> None:
        self._answers = BoundedDict[str, _FirstAnswer]()

    def find(self, key: str, now: float) -> _FirstAnswer | None:
        """Return the first answer of a key that has not expired."""
        known = self._answers.get(key)
        return known if known is not None and now < known.time + LIFETIME else None

    def keep(self, key: str, answer: _FirstAnswer) -> None:
        """Remember the first answer of a key."""
        self._answers[key] = answer


def idempotent(handler: Handler, other_content: OtherContent) -> Handler:
    """Return a handler of writes that obeys the header. Only successful writes are remembered.

    Args:
        handler: Does a write.
        other_content: The answer to another write with a known key.
    """

    def once(request: ApiRequest) -> Reply:
        if _HEADER not in request.headers:
            return handler(request)
        key = request.headers[_HEADER].lower()
        if not _KEY.fullmatch(key):
            raise Refused(400, "Idempotency-Key: must be a UUID")
        keys = request.account.part(_Keys)
        content = (request.method, request.path, _content(request.body))
        if known := keys.find(key, request.now):
            if known.content != content:
                _refuse_other_content(other_content)
            return known.reply
        reply = handler(request)
        keys.keep(key, _FirstAnswer(content, reply, request.now))
        return reply

    return once


def _refuse_other_content(policy: OtherContent) -> None:
    statuses = {"refuse": 400, "conflict": 409}
    if policy in statuses:
        raise Refused(statuses[policy], "Idempotency-Key: was used for another request")


def _content(body: bytes) -> bytes:
    """Return a digest of the JSON value of a body, whatever the order of its members."""
    try:
        text = json.dumps(json.loads(body), sort_keys=True).encode()
    except (ValueError, RecursionError):
        text = body
    return hashlib.sha256(text).digest()
