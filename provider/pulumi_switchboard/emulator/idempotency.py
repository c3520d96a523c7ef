"""The header `Idempotency-Key`: a write that is sent twice is done once."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Literal, TypeAlias

from pulumi_switchboard.emulator.api import Call, Handler, Refused, Reply
from pulumi_switchboard.emulator.newest import Newest

LIFETIME = 24 * 3600
"""How long a key is remembered, in seconds."""

OtherContent: TypeAlias = Literal["replay", "refuse", "conflict"]
"""What a known key does with another write: the first answer again, 400 or 409."""

_HEADER = "idempotency-key"
_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class _Remembered:
    content: object
    reply: Reply
    time: float


class _Keys:
    """The keys of an account, and the answers to the writes that had them."""

    def __init__(self) -> None:
        self._remembered = Newest[str, _Remembered]()

    def find(self, key: str, now: float) -> _Remembered | None:
        """Return what is remembered of a key."""
        known = self._remembered.get(key)
        return known if known is not None and now < known.time + LIFETIME else None

    def note(self, key: str, known: _Remembered) -> None:
        """Remember a key."""
        self._remembered[key] = known


def idempotent(other_content: Callable[[Call], OtherContent]) -> Callable[[Handler], Handler]:
    """Let a handler of writes obey the header. Only writes that succeed are remembered.

    Args:
        other_content: What happens to another write with a known key.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        def once(call: Call) -> Reply:
            if _HEADER not in call.headers:
                return handler(call)
            key = call.headers[_HEADER].lower()
            if not _KEY.fullmatch(key):
                raise Refused(400, "Idempotency-Key: must be a UUID")
            keys = call.account.part(_Keys)
            content = (call.method, call.path, _content(call.body))
            if known := keys.find(key, call.now):
                if known.content != content:
                    _meet(other_content(call))
                return known.reply
            reply = handler(call)
            keys.note(key, _Remembered(content, reply, call.now))
            return reply

        return once

    return decorate


def _meet(policy: OtherContent) -> None:
    statuses = {"refuse": 400, "conflict": 409}
    if policy in statuses:
        raise Refused(statuses[policy], "Idempotency-Key: was used for another request")


def _content(body: bytes) -> bytes:
    """Return a digest of what a body says, however it is written."""
    try:
        text = json.dumps(json.loads(body), sort_keys=True).encode()
    except (ValueError, RecursionError):
        text = body
    return hashlib.sha256(text).digest()
