"""A program as data: its resources, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

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


def urn(kind: Kind, place: Place) -> str:
    """The URN of a resource of this type at the place."""
    types = f"{TEAM}${kind.token}" if place.in_team else kind.token
    return f"urn:pulumi:{STACK}::{PROJECT}::{types}::{place.name}"
