"""The definitions of all configuration types. Each type has one file, found by the type's key.

The type `twilio/voice:ClientConfiguration` is defined in `twilio/voice/client_configuration.py`, in a
module attribute `definition`. Adding a type means adding such a file, and nothing here. A file without that
attribute has what several types share.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages

from pulumi_switchboard.errors import MissingError
from pulumi_switchboard.resource.definition import AnyDefinition, words


@cache
def find(key: str) -> AnyDefinition:
    """The definition of the type with this key.

    Raises:
        MissingError: This version of the package has no such type.
    """
    module, _, name = key.partition(":")
    path = f"{__name__}.{module.replace('/', '.')}.{file_name(name)}"
    if not _exists(path):
        raise MissingError(
            f"this version of pulumi-switchboard does not know the type {key}",
            remedy="install the version that the stack was last updated with, or a newer one",
        )
    definition: AnyDefinition = import_module(path).definition
    return definition


def every() -> Iterator[AnyDefinition]:
    """All definitions, by key."""
    modules = (import_module(info.name) for info in walk_packages(__path__, f"{__name__}.") if not info.ispkg)
    found = [module.definition for module in modules if hasattr(module, "definition")]
    yield from sorted(found, key=lambda definition: str(definition.key))


def _exists(path: str) -> bool:
    try:
        return find_spec(path) is not None
    except ModuleNotFoundError:
        return False


def file_name(name: str) -> str:
    """The name of the file for a class: `client_configuration`."""
    return "_".join(words(name))
