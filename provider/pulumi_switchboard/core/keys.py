"""Idempotency keys: the same create has the same key in every run, so that it is carried out once.

The key of a create comes from the identity of the stack and the resource, and from nothing else: after a
crash the next run asks with the same key, whatever was edited in between, and is given the first object
back. Where that object can't be used, the key that follows comes from this one and from what is in its
way, so that a crash at any point leads to the same chain of keys.
"""

from __future__ import annotations

import uuid
from hashlib import sha256

LONGEST_CHAIN = 50
"""How many objects and operations of earlier runs may be in the way within the life of a key, a day."""


def key_of(*parts: str) -> str:
    """The key that these parts make, in the form of a UUID."""
    digest = sha256("\n".join(("pulumi-switchboard", *parts)).encode()).digest()
    return str(uuid.UUID(bytes=digest[:16]))


def drawn_key() -> str:
    """A key for one logical write, reused for its own attempts alone."""
    return str(uuid.uuid4())
