"""What can be an id: state, URLs, messages and Pulumi's own lines hold ids as they are."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

from pulumi_switchboard.errors import LostAnswerError

LONGEST_ID = 255
LONGEST_SHOWN = 60
_VISIBLE = re.compile(r"[!-~]+")


def is_id(value: Any) -> TypeGuard[str]:
    """Whether the value can be an id: visible ASCII that Pulumi's CLI does not take for a colour code."""
    return (
        isinstance(value, str)
        and len(value) <= LONGEST_ID
        and bool(_VISIBLE.fullmatch(value))
        and "<{%" not in value
    )


def as_id(value: Any) -> str:
    """The id that an answer gives.

    Raises:
        LostAnswerError: The value can't be an id, so what the answer says can't be relied on.
    """
    if not is_id(value):
        raise LostAnswerError(
            f"the answer gives {str(value)[:LONGEST_SHOWN]!r} as an id, which can't be one",
            remedy="check that no proxy answers in the vendor's place, and look for the object at the vendor",
        )
    return value
