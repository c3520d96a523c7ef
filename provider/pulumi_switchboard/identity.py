"""The key of a create, and the object's name that follows from the key. Both processes compute them.

A create has the same key in every run, so the object is created only once: after a crash, the next run sends
the same key and finds the first object, even if the program was edited in between. The first key follows only
from the identities of the stack and of the resource. If the object of a key cannot be used, the next key
follows from this key and the id of that object or of its operation. So every run computes the same chain of
keys, after a crash at any point.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from hashlib import sha256

LONGEST_CHAIN = 50
"""How many objects and operations of earlier runs a create skips before it gives up."""
LONGEST_NAME = 64
"""The length of the longest name that every API takes."""
DIGITS = 7
"""How many digits of the key a generated name has."""


def key_of(*parts: str) -> str:
    """The key that follows from these parts, in the form of a UUID."""
    digest = sha256("\n".join(("pulumi-switchboard", *parts)).encode()).digest()
    return str(uuid.UUID(bytes=digest[:16]))


def random_key() -> str:
    """A key for one logical write. Only retries of that write use it again."""
    return str(uuid.uuid4())


def unused_key(key: str, used: Mapping[str, str]) -> str:
    """The first key of the chain that no object in use has.

    Args:
        key: The first key of the chain.
        used: The ids of the objects that resources of the stack have, by their keys.
    """
    while key in used:
        key = key_of(key, used[key])
    return key


def generated_name(resource: str, key: str) -> str:
    """The name of an object if the program gives none: `<name>-<7 hex>`, with letters, digits and dashes.

    It follows from the key, so after a crash the next run finds the object by its name. Every API takes names
    of this length with these characters.

    Args:
        resource: The place of the resource in the stack, or only its name.
        key: The key of the create.
    """
    name = re.sub(r"[^A-Za-z0-9]+", "-", resource.split("::", 1)[-1]).strip("-") or "resource"
    return f"{name[: LONGEST_NAME - DIGITS - 1]}-{key[:DIGITS]}"
