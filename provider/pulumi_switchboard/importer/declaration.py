"""The declaration of an object in a generated program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.fields.models import Id
from pulumi_switchboard.fields.paths import Path
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.importer.arguments import SecretText, leaves, mapped
from pulumi_switchboard.importer.source import Call, Name
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.rest.collection import Collection


@dataclass(frozen=True)
class Declaration:
    """An object, and what the program calls it."""

    found: FoundObject
    name: str
    """The name of the resource."""
    variable: str
    arguments: Bag

    @property
    def definition(self) -> AnyDefinition:
        """The type."""
        return self.found.definition

    @property
    def id(self) -> str | None:
        """The id with which others refer to the object; None for an account setting."""
        return self.found.id if isinstance(self.definition.api, Collection) else None

    @property
    def output(self) -> Name:
        """The output that is the object's id: `customers.store_id`."""
        return Name(f"{self.variable}.{fields_with(self.definition.state, Id)[0]}")

    @property
    def secrets(self) -> dict[Path, SecretText]:
        """The secrets among the arguments, by their places."""
        return {path: leaf for path, leaf in leaves(self.arguments) if isinstance(leaf, SecretText)}

    def references(self, by_id: Mapping[str, Declaration]) -> list[Declaration]:
        """The declarations whose ids are among the arguments, each once."""
        texts = dict.fromkeys(leaf for _, leaf in leaves(self.arguments) if isinstance(leaf, str))
        return [by_id[text] for text in texts if text in by_id]

    def call(self, earlier: Mapping[str, Declaration], settings: Mapping[Path, str]) -> Call:
        """The call that declares the resource, so that nothing deletes an object that was there before.

        Args:
            earlier: The declarations that it can refer to, by the ids of their objects.
            settings: The settings of the stack that have its secrets, by the places of these.
        """

        def expression(path: Path, leaf: Any) -> Any:
            if path in settings:
                return Call("config.require_secret", (settings[path],))
            return earlier[leaf].output if isinstance(leaf, str) and leaf in earlier else leaf

        protected = {} if self.id is None else {"protect": True}
        options = Call("pulumi.ResourceOptions", keywords={"import_": self.found.id, **protected})
        arguments = mapped(self.arguments, expression)
        return Call(self.definition.name, (self.name,), {**arguments, "opts": options})
