"""A program as data: its resources, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.engine.programs import DEFAULT, ORCHESTRATOR, VOICE, Code, name_of_class, token
from tests.samples import by_type

STACK, PROJECT = "dev", "proof"
TEAM = "soak:index:Team"
"""The type of the one component, which every program has."""
SAMPLES = by_type()
COLLECTIONS = tuple(type for type, sample in SAMPLES.items() if sample.setting is None)
"""The types of which an account has any number."""
SETTINGS = tuple(type for type in SAMPLES if type not in COLLECTIONS)
"""The types that an account has once."""
REFERENCES = {DEFAULT: ("configuration_id", VOICE)}
"""The arguments that are the id of another resource, and its type."""
MARKED = {VOICE: "call_notification.url", ORCHESTRATOR: "description"}
"""The arguments that get a text of which each resource and each edit has another one."""


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

    type: str
    number: int
    """Identifies the resource within a life of the stack, whatever its name is."""
    place: Place
    arguments: Mapping[str, Any]
    generation: int = 0
    """Grows when a rename or move without an alias makes another resource of it."""
    aliases: tuple[Place, ...] = ()
    depends_on: tuple[int, ...] = ()
    replace_on: tuple[str, ...] = ()
    """The argument of `replace_on_changes`."""
    is_deleted_first: bool = False
    """The argument of `delete_before_replace`."""
    adopts: str | None = None
    """The argument of `import_`."""

    @property
    def variable(self) -> str:
        return f"{self.type.partition(':')[2].lower()}_{self.number}"

    @property
    def urn(self) -> str:
        types = f"{TEAM}${token(self.type)}" if self.place.in_team else token(self.type)
        return f"urn:pulumi:{STACK}::{PROJECT}::{types}::{self.place.name}"

    @property
    def is_setting(self) -> bool:
        return self.type in SETTINGS

    @property
    def is_named(self) -> bool:
        """Whether the program gives a name that no second object can have."""
        return SAMPLES[self.type].name in self.arguments

    @property
    def policy(self) -> str:
        return str(self.arguments.get("on_destroy", "restore"))

    @property
    def targets(self) -> set[int]:
        """The numbers of the resources that it refers to."""
        values = (value.number for value in self.arguments.values() if isinstance(value, Target))
        return {*values, *self.depends_on}

    def continues(self, other: Item | None) -> bool:
        """Whether it is the same resource as the other one, which an earlier program has."""
        return other is not None and other.generation == self.generation


@dataclass(frozen=True)
class Program:
    """The resources of a program, in order; each refers only to earlier ones."""

    items: tuple[Item, ...] = ()

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def get(self, number: int) -> Item | None:
        return next((item for item in self.items if item.number == number), None)

    def of(self, *types: str) -> list[Item]:
        return [item for item in self.items if item.type in types]

    def added(self, *items: Item) -> Program:
        return Program((*self.items, *items))

    def changed(self, item: Item, **changes: Any) -> Program:
        changed = replace(item, **changes)
        return Program(tuple(changed if known.number == item.number else known for known in self.items))

    def without(self, numbers: Iterable[int]) -> Program:
        """The program without these resources; no other one depends on them any more."""
        gone = set(numbers)
        kept = (item for item in self.items if item.number not in gone)
        return Program(
            tuple(
                replace(item, depends_on=tuple(number for number in item.depends_on if number not in gone))
                for item in kept
            )
        )


def source(program: Program) -> str:
    """The statements of the program, which follow the usual imports."""
    team = f'team = pulumi.ComponentResource("{TEAM}", "team")\n'
    return "".join([team, *(_statement(program, item) for item in program)])


def _statement(program: Program, item: Item) -> str:
    options = ", ".join(f"{name}={value!r}" for name, value in _options(program, item))
    lines = [repr(item.place.name), *([f"opts=pulumi.ResourceOptions({options})"] if options else [])]
    lines += [f"{name}={_value(program, value)!r}" for name, value in item.arguments.items()]
    inner = "".join(f"    {line},\n" for line in lines)
    return f"{item.variable} = {name_of_class(item.type)}(\n{inner})\n"


def _options(program: Program, item: Item) -> Iterator[tuple[str, Any]]:
    if item.place.in_team:
        yield "parent", Code("team")
    if item.aliases:
        yield "aliases", [_alias(place) for place in item.aliases]
    if item.depends_on:
        yield "depends_on", [_variable(program, number) for number in item.depends_on]
    if item.replace_on:
        yield "replace_on_changes", list(item.replace_on)
    if item.is_deleted_first:
        yield "delete_before_replace", True
    if item.adopts:
        yield "import_", item.adopts


def _alias(place: Place) -> Code:
    parent = "team" if place.in_team else "pulumi.ROOT_STACK_RESOURCE"
    return Code(f"pulumi.Alias(name={place.name!r}, parent={parent})")


def _value(program: Program, value: Any) -> Any:
    if isinstance(value, Target):
        return Code(f"{_variable(program, value.number)}.configuration_id")
    return value


def _variable(program: Program, number: int) -> Code:
    item = program.get(number)
    assert item is not None, f"the program refers to resource {number}, which it does not have"
    return Code(item.variable)
