"""The names in a generated program: of resources, variables and settings."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import chain, count

from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.fields.paths import Path
from pulumi_switchboard.fields.wire import camel_case
from pulumi_switchboard.resource.definition import AnyDefinition

LONGEST_NAME = 40
"""Longer names of objects are cut."""


class Names:
    """The names of one program, each of which is given once.

    Args:
        resources: Names of resources that the stack has already.
        settings: Names of settings that the stack has already.
    """

    def __init__(self, resources: Collection[str] = (), settings: Collection[str] = ()) -> None:
        vendors = {definition.name.partition(".")[0] for definition in definitions.every()}
        self._resources: defaultdict[str, set[str]] = defaultdict(lambda: set(resources))
        self._variables = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *vendors, "pulumi", "config"}
        self._settings = {*settings}

    def resource(self, found: FoundObject) -> str:
        """A name for the resource of an object, which no other resource of the type has."""
        return _first_free(_numbered(_resource_name(found), "-"), self._resources[found.definition.key])

    def variable(self, definition: AnyDefinition, resource: str) -> str:
        """A variable for the resource of this type and name."""
        word, name = class_word(definition), resource.replace("-", "_")
        if name[0].isdigit():
            name = f"{word}_{name}"
        return _first_free(chain([name], _numbered(f"{name}_{word}", "_")), self._variables)

    def setting(self, resource: str, path: Path) -> str:
        """A name for the setting with the secret at this path, such as `supportPostWebhookUrl`."""
        steps = [step for step in path if isinstance(step, str)]
        words = re.findall("[A-Za-z0-9]+", " ".join(dict.fromkeys((resource, steps[0], steps[-1]))))
        return _first_free(_numbered(camel_case("_".join(words)), ""), self._settings)


def class_word(definition: AnyDefinition) -> str:
    """The class of a type as part of a variable: `client_configuration`."""
    return definitions.file_name(definition.key.partition(":")[2])


def natural_order(name: str) -> tuple[str | tuple[int, str], ...]:
    """The key with which names are sorted as Ruff sorts imports: `a_9` before `a_10`."""
    parts = enumerate(re.split("([0-9]+)", name))
    return tuple(
        (0 if part.startswith("0") else len(part), part) if index % 2 else part for index, part in parts
    )


def _resource_name(found: FoundObject) -> str:
    """The object's name in lower-case letters, digits and dashes; the class if nothing of it is left."""
    letters = unicodedata.normalize("NFKD", found.name.casefold()).encode("ascii", "ignore").decode()
    name = "-".join(re.findall("[a-z0-9]+", letters.lower()))[:LONGEST_NAME].rstrip("-")
    return name or class_word(found.definition).replace("_", "-")


def _numbered(name: str, separator: str) -> Iterator[str]:
    yield name
    yield from (f"{name}{separator}{number}" for number in count(2))


def _first_free(names: Iterator[str], taken: set[str]) -> str:
    """The first name that is not taken. It is from now on."""
    found = next(name for name in names if name not in taken)
    taken.add(found)
    return found
