"""A program as data: its resources, where they stand, and its text for Pulumi."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from tests.engine.orchestrator import Code

STACK, PROJECT = "dev", "proof"
TEAM = "soak:index:Team"
"""The type of the one component, which every program has."""


class Kind(Enum):
    """A configuration type; the value is its key."""

    CLIENT = "twilio/voice:ClientConfiguration"
    DEFAULT = "twilio/voice:DefaultClientConfiguration"
    WEBHOOKS = "twilio/conversations:WebhookConfiguration"
    ORCHESTRATOR = "twilio/orchestrator:Configuration"
    TELEPHONY = "ultravox:TwilioTelephony"

    @property
    def token(self) -> str:
        """The type in URNs."""
        return f"pulumi-python:dynamic/{self.value}"

    @property
    def constructor(self) -> str:
        """The class in a program."""
        return self.value.replace("/", ".").replace(":", ".")

    @property
    def is_setting(self) -> bool:
        """Whether an account has it once."""
        return self not in COLLECTIONS


COLLECTIONS = (Kind.CLIENT, Kind.ORCHESTRATOR)
"""The types of which an account has any number."""


@dataclass(frozen=True)
class Place:
    """Where a resource stands in the stack: its name, and whether it is in the component."""

    name: str
    in_team: bool = False


@dataclass(frozen=True)
class Target:
    """The id of another resource, as the value of an argument."""

    number: int


@dataclass(frozen=True)
class Item:
    """A resource of a program."""

    kind: Kind
    number: int
    """Identifies the resource within a life of the stack, whatever its name is."""
    place: Place
    arguments: Mapping[str, Any]
    incarnation: int = 0
    """Grows when a rename or move without an alias makes another resource of it."""
    aliases: tuple[Place, ...] = ()
    depends_on: tuple[int, ...] = ()
    replace_on: tuple[str, ...] = ()
    """The argument of `replace_on_changes`."""
    is_deleted_first: bool = False
    """The argument of `delete_before_replace`."""
    keeps_name: bool = False
    """Whether changes of `unique_name` are ignored."""
    adopts: str | None = None
    """The argument of `import_`."""

    @property
    def variable(self) -> str:
        """The variable that holds it in the program."""
        return f"{self.kind.name.lower()}_{self.number}"

    @property
    def urn(self) -> str:
        """The URN."""
        return urn(self.kind, self.place)

    @property
    def policy(self) -> str:
        """The policy `on_destroy` of an account setting."""
        return str(self.arguments.get("on_destroy", "restore"))

    @property
    def targets(self) -> set[int]:
        """The numbers of the resources that it refers to."""
        values = (value.number for value in self.arguments.values() if isinstance(value, Target))
        return {*values, *self.depends_on}

    def continues(self, other: Item | None) -> bool:
        """Whether it is the same resource as the other one, which an earlier program has."""
        return other is not None and other.incarnation == self.incarnation


@dataclass(frozen=True)
class Program:
    """The resources of a program, in order; each refers only to earlier ones."""

    items: tuple[Item, ...] = ()

    def __iter__(self) -> Iterator[Item]:
        """Go through the resources."""
        return iter(self.items)

    def get(self, number: int) -> Item | None:
        """The resource with this number."""
        return next((item for item in self.items if item.number == number), None)

    def of(self, *kinds: Kind) -> list[Item]:
        """The resources of these types."""
        return [item for item in self.items if item.kind in kinds]

    def added(self, *items: Item) -> Program:
        """The program with further resources at its end."""
        return Program((*self.items, *items))

    def changed(self, item: Item, **changes: Any) -> Program:
        """The program with other members of the resource."""
        changed = replace(item, **changes)
        return Program(tuple(changed if known.number == item.number else known for known in self.items))

    def without(self, numbers: Iterable[int]) -> Program:
        """The program without these resources; no other one depends on them any more."""
        gone = set(numbers)
        return Program(
            tuple(
                replace(item, depends_on=tuple(number for number in item.depends_on if number not in gone))
                for item in self.items
                if item.number not in gone
            )
        )

    def text(self) -> str:
        """The statements, which follow the usual imports."""
        return "".join([f'team = pulumi.ComponentResource("{TEAM}", "team")\n', *map(self._statement, self)])

    def _statement(self, item: Item) -> str:
        lines = [repr(item.place.name), *self._options(item)]
        lines += [f"{name}={self._value(value)!r}" for name, value in item.arguments.items()]
        inner = "".join(f"    {line},\n" for line in lines)
        return f"{item.variable} = {item.kind.constructor}(\n{inner})\n"

    def _options(self, item: Item) -> Iterator[str]:
        options: dict[str, Any] = {}
        if item.place.in_team:
            options["parent"] = Code("team")
        if item.aliases:
            options["aliases"] = [_alias(place) for place in item.aliases]
        if item.depends_on:
            options["depends_on"] = [self._variable(number) for number in item.depends_on]
        if item.replace_on:
            options["replace_on_changes"] = list(item.replace_on)
        if item.is_deleted_first:
            options["delete_before_replace"] = True
        if item.keeps_name:
            options["ignore_changes"] = ["unique_name"]
        if item.adopts:
            options["import_"] = item.adopts
        if options:
            given = ", ".join(f"{name}={value!r}" for name, value in options.items())
            yield f"opts=pulumi.ResourceOptions({given})"

    def _value(self, value: Any) -> Any:
        return (
            Code(f"{self._variable(value.number)}.configuration_id") if isinstance(value, Target) else value
        )

    def _variable(self, number: int) -> Code:
        item = self.get(number)
        assert item is not None, f"the program refers to resource {number}, which it does not have"
        return Code(item.variable)


def urn(kind: Kind, place: Place) -> str:
    """The URN of a resource of this type at the place."""
    types = f"{TEAM}${kind.token}" if place.in_team else kind.token
    return f"urn:pulumi:{STACK}::{PROJECT}::{types}::{place.name}"


def _alias(place: Place) -> Code:
    parent = "team" if place.in_team else "pulumi.ROOT_STACK_RESOURCE"
    return Code(f"pulumi.Alias(name={place.name!r}, parent={parent})")
