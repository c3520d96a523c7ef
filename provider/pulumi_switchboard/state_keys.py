"""The hidden members of a resource's inputs and outputs, which users do not write or read.

Their names begin with one underscore. Names with two underscores belong to the engine, and some versions of
Pulumi's SDK drop them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STACK = "_stack"
"""In inputs: the identity of the stack in which the resource was created."""
RESOURCE = "_resource"
"""In inputs: the place of the resource in the stack: types of its parents, key of its type, and name."""
USED = "_used"
"""In inputs: the ids of objects that a create could find but other resources have in state, by their keys."""
AUTONAME = "_autoname"
"""In inputs: the generated name of the object, if the program gives none."""
IMPORT = "_import"
"""In inputs: the id of the object that a create adopts."""
SECRET = "_secret"  # noqa: S105 - a name
"""In inputs and outputs: the names of the arguments that are secrets in the program."""
ORIGIN = "_origin"
"""In outputs: the account and the endpoint of the object."""
GENERATION = "_generation"
"""In outputs: a random token of one create. Equal tokens mean the same resource, even under another URN."""
IDENTITY = "_identity"
"""In outputs: the object's `id` and `name`, the first key of its create (`first_key`), and its own `key`."""
SAVED_ORIGINAL = "_saved_original"
"""In outputs: the original values of an account setting and what was written since, as a secret JSON text."""
WAS_READY = "_was_ready"
"""In outputs: whether the object could be used at some time, if its own status says so."""
PENDING = "_pending"
"""In outputs: a write whose outcome is unknown; the next update resumes it."""

REASON = "reason"
"""In a pending write: why its outcome is unknown."""
OPERATION = "operation"
"""In a pending write: the id of the operation that is still running."""
NEVER_SEEN = "never_seen"
"""In a pending write: it is the create, and the object has not been seen yet."""
SINCE = "since"
"""In a pending write: when waiting for the object began, in seconds since 1970."""
NEVER_CREATED = "never_created"
"""In a pending write: the object will never exist, so the next update replaces it."""


def arguments(bag: Mapping[str, Any]) -> dict[str, Any]:
    """The members of the bag that are not hidden."""
    return {name: value for name, value in bag.items() if not _is_hidden(name)}


def hidden_members(bag: Mapping[str, Any]) -> dict[str, Any]:
    """The hidden members of the bag."""
    return {name: value for name, value in bag.items() if _is_hidden(name) and value is not None}


def _is_hidden(name: str) -> bool:
    return name.startswith("_")
