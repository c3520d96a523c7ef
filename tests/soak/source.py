"""The text of a program, as a person would write it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.engine.programs import Code, name_of_class
from tests.soak.program import SAMPLES, TEAM, Item, Place, Program, Target


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
    if item.keeps_name:
        yield "ignore_changes", [SAMPLES[item.type].name]
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
