"""Who makes an object: the key of a create, and the name that follows from it. Both processes work them out.

A create has the same key in every run, so that the object is made once: after a crash the next run sends the
same key, whatever was edited in between, and finds the first object. The first key comes from the identity of
the stack and of the resource, and from nothing else. Where the object of a key can't be used, the next key
comes from this key and the id of that object or of its operation, so that a crash at any point leads to the
same chain of keys.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from hashlib import sha256

LONGEST_CHAIN = 50
"""How many objects and operations of earlier runs may be in the way within the life of a key, a day."""
DIGITS = 7


def key_of(*parts: str) -> str:
    """The key that these parts make, in the form of a UUID."""
    digest = sha256("\n".join(("pulumi-switchboard", *parts)).encode()).digest()
    return str(uuid.UUID(bytes=digest[:16]))


def random_key() -> str:
    """A key for one logical write, reused only for its own attempts."""
    return str(uuid.uuid4())


def unused_key(key: str, used: Mapping[str, str]) -> str:
    """The first key of the chain whose generated name no object in use has.

    Args:
        key: Where the chain begins.
        used: The ids of the objects that resources of the stack hold, by their keys.
    """
    while key in used:
        key = key_of(key, used[key])
    return key


def generated_name(resource: str, key: str) -> str:
    """The name of an object for which the program gives none: `<name>-<7 hex>`.

    It follows from the key, so that after a crash the next run finds the object by its name.

    Args:
        resource: The resource as its URN names it within the stack, or its name alone.
        key: The key of the create.
    """
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", resource.split("::", 1)[-1]).strip("-") or "resource"
    return f"{name}-{key[:DIGITS]}"
