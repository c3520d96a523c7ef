"""The objects that stacks manage, as `pulumi stack export` shows them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.errors import SettingsError
from pulumi_switchboard.fields.typed_values import member
from pulumi_switchboard.program.type_keys import PREFIX
from pulumi_switchboard.state_keys import ORIGIN
from pulumi_switchboard.vendors.vendor import Origin

EXPORT = "give a file that `pulumi stack export` has written"


@dataclass(frozen=True)
class ManagedObject:
    """An object of a resource in state."""

    key: str
    """The key of its type."""
    id: str
    origin: Origin
    resource_name: str = field(default="", compare=False)
    """The name of the resource in the program."""

    @classmethod
    def like(cls, found: FoundObject) -> ManagedObject:
        """The object as a resource in state has it."""
        return cls(found.definition.key, found.id, found.origin)


def managed_objects(export: Mapping[str, Any]) -> Iterator[ManagedObject]:
    """The objects of the resources in an exported state. A look-up of another stack's object is none.

    Args:
        export: The export.

    Raises:
        TypeError: It is not one.
    """
    deployment = export.get("deployment")
    if deployment is None and {*export} == {"version", "deployment"}:
        return  # a stack that nobody has updated yet
    if not isinstance(deployment, Mapping):
        raise TypeError("it has no deployment")
    for resource in deployment.get("resources") or []:
        outputs = member(resource, "outputs")
        origin = member(outputs, ORIGIN)
        if not str(resource.get("type")).startswith(PREFIX) or resource.get("external") or not origin:
            continue
        yield ManagedObject(
            str(resource["type"]).removeprefix(PREFIX),
            str(resource.get("id")),
            Origin.of(str(origin.get("account")), str(origin.get("endpoint"))),
            str(resource.get("urn")).rpartition("::")[2],
        )


def exported_objects(path: Path) -> list[ManagedObject]:
    """The objects of the resources in a file with an exported state; `-` is the standard input.

    Raises:
        SettingsError: The file cannot be read, or it is not an export.
    """
    is_stdin = str(path) == "-"
    shown = "the standard input" if is_stdin else path
    try:
        text = sys.stdin.buffer.read() if is_stdin else path.read_bytes()
        export: Mapping[str, Any] = json.loads(text)
        return list(managed_objects(export))
    except OSError as error:
        raise SettingsError(f"{shown} can't be read: {error.strerror}", remedy=EXPORT) from None
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise SettingsError(f"{shown} is not a state of Pulumi", remedy=EXPORT) from None
