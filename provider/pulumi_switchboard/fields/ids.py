"""Which values can be ids. Ids appear unchanged in state, URLs, messages and the output of Pulumi's CLI."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

from pulumi_switchboard.errors import LostAnswerError

LONGEST_ID = 255
LONGEST_SHOWN = 60
_VISIBLE = re.compile(r"[!-~]+")


def is_id(value: Any) -> TypeGuard[str]:
    """Whether the value can be an id: a visible ASCII text without a colour code of Pulumi's CLI."""
    return (
        isinstance(value, str)
        and len(value) <= LONGEST_ID
        and bool(_VISIBLE.fullmatch(value))
        and "<{%" not in value
    )


def as_id(value: Any) -> str:
    """The id from an answer.

    Raises:
        LostAnswerError: The value cannot be an id, so the answer is not reliable.
    """
    if not is_id(value):
        raise LostAnswerError(
            f"the answer gives {str(value)[:LONGEST_SHOWN]!r} as an id, which is not a valid id",
            remedy="check that no proxy answers in the vendor's place, and look for the object at the vendor",
        )
    return value
