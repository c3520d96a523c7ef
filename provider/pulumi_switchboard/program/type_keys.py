"""The engine's token of a type, and the key that stands for the type in state.

The token depends on the way in which Pulumi runs the provider. The key does not, so what is saved with the
key stays valid if another kind of provider serves the same types.
"""

from __future__ import annotations

PREFIX = "pulumi-python:dynamic/"


def token_of(type_key: str) -> str:
    """The engine's token of the type with this key."""
    return f"{PREFIX}{type_key}"


def with_type_keys(place: str) -> str:
    """The place of a resource, or its type alone, with keys instead of tokens.

    Args:
        place: As a URN ends: the types of the parents, each followed by `$`, the type, `::` and the name.
    """
    types, separator, name = place.partition("::")
    return "$".join(part.removeprefix(PREFIX) for part in types.split("$")) + separator + name
