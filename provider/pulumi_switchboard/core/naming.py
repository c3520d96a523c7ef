"""Who a resource is, and the name that follows from it."""

from __future__ import annotations

import hashlib
import re

DIGITS = 7


def autoname(stack: str, resource: str) -> str:
    """The name of a resource's object where the program gives none: `<name>-<7 hex>`.

    It follows from the identities of stack and resource alone, so that after a crash the next run finds the
    object it made, while the same program in another stack makes another.
    """
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", resource.split("::", 1)[-1]).strip("-") or "resource"
    digest = hashlib.sha256(f"{stack}/{resource}".encode()).hexdigest()
    return f"{name}-{digest[:DIGITS]}"
