"""The members of bags that are ours alone; a leading underscore marks them.

Two would mark the engine's own, and some versions of Pulumi's SDK drop those on the way.
"""

from __future__ import annotations

from pulumi_switchboard.core.values import Bag

STACK = "_stack"
"""In inputs: the identity of the stack in which the resource was created; a new life, a new identity."""
RESOURCE = "_resource"
"""In inputs: the resource, as its URN names it within the stack, which may be renamed: types and name."""
USED = "_used"
"""In inputs: the ids of objects that resources hold and the create could find, by their keys."""
AUTONAME = "_autoname"
"""In inputs: the name of the object, where the program gives none."""
IMPORT = "_import"
"""In inputs: the id of an object to adopt at create."""
SECRET = "_secret"  # noqa: S105 - a name
"""In inputs and outputs: the arguments that the program holds as secrets. Their values come in plain."""
ORIGIN = "_origin"
"""In outputs: the account and endpoint that hold the object."""
TENURE = "_tenure"
"""In outputs: drawn when the resource got its object; tells it from a former self that had the same one."""
IDENTITY = "_identity"
"""In outputs: the object's `id` and `name`, the first key of its create (`of`), and its own `key`."""
TAKEN = "_taken"
"""In outputs: what a singleton was found with, and what was put there since; a secret text."""
PENDING = "_pending"
"""In outputs: what is known of a write whose outcome is open; the next update settles it."""
OPERATION = "operation"
"""In what is pending: the operation that goes on."""
NEVER_SEEN = "never_seen"
"""In what is pending: the write is the create, and no one has seen the object yet."""
SINCE = "since"
"""In what is pending: since when the object is waited for, in seconds since 1970."""
DEFUNCT = "defunct"
"""In what is pending: the object will never come, so another one takes its place."""


def arguments(bag: Bag) -> Bag:
    """What the bag holds beside the hidden members."""
    return {name: value for name, value in bag.items() if not _is_hidden(name)}


def hidden(bag: Bag) -> Bag:
    """The hidden members of the bag."""
    return {name: value for name, value in bag.items() if _is_hidden(name) and value is not None}


def _is_hidden(name: str) -> bool:
    return name.startswith("_")
