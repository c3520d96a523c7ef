"""Who a resource is, and the name that follows from it."""

from __future__ import annotations

import hashlib
import re

DIGITS = 7


def autoname(identity: str) -> str:
    """The name of a resource's object where the program gives none: `<name>-<7 hex>`.

    It follows from the identity alone - the stack's and the URN of the resource - so that after a
    crash the next run finds the object it made, while the same program in another stack makes
    another.
    """
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", identity.split("::", 3)[-1]).strip("-") or "resource"
    return f"{name}-{hashlib.sha256(identity.encode()).hexdigest()[:DIGITS]}"
