"""The switches of the emulator as texts on the command line: reading, help and completion."""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import Field, fields
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand

from pulumi_switchboard.emulator.apis import switch_groups
from pulumi_switchboard.emulator.switches import Switches, SwitchValue, switch_kinds, values_of


def parse_switches(assignments: Iterable[str]) -> Switches:
    """Build switches from texts `NAME=VALUE`; if one is wrong, a ValueError says what is right."""
    kinds = switch_kinds(switch_groups())
    values: dict[str, SwitchValue] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ValueError(f"'{assignment}' is not of the form NAME=VALUE")
        values[name] = _parse_value(name, text, kinds[name]) if name in kinds else text
    switches = Switches(**values)
    switches.check(switch_groups())
    return switches


def _parse_value(name: str, text: str, kind: object) -> SwitchValue:
    values = _values_by_text(kind)
    if text in values:
        return values[text]
    if kind is int and text.isascii() and text.isdigit():
        return int(text)
    raise ValueError(f"{name} cannot be '{text}'; it can be {' or '.join(values) or 'a number from 0 up'}")


def _values_by_text(kind: object) -> dict[str, SwitchValue]:
    """Return what a switch of this type can be; nothing if it can be any number."""
    return {"on": True, "off": False} if kind is bool else {str(value): value for value in values_of(kind)}


class CommandWithSwitches(TyperCommand):
    """A command whose help ends with the switches: Typer would fold the lines of a text of ours."""

    # Any, as the two are click's classes or, in newer versions of Typer, its own copies of them.
    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help of Typer, and then the switches."""
        super().format_help(ctx, formatter)
        typer.echo(switch_help(switch_groups()))


def switch_help(groups: Iterable[type[Any]]) -> str:
    """Return a line for each switch, under a heading for each API that has any."""
    return "".join(f"{line}\n" for group in groups if fields(group) for line in _lines(group))


def switch_values() -> list[str]:
    """What `--switch` can be; of a switch that takes any number only the beginning."""
    return [
        f"{switch.name}={value}"
        for group in switch_groups()
        for switch, values in _switches(group)
        for value in values or [""]
    ]


def _switches(group: type[Any]) -> Iterator[tuple[Field[Any], list[str]]]:
    """The switches of an API, each with its values, the default first; a number has none."""
    kinds = switch_kinds([group])
    for switch in fields(group):
        values = _values_by_text(kinds[switch.name])
        yield switch, sorted(values, key=lambda text: values[text] != switch.default)


def _lines(group: type[Any]) -> Iterator[str]:
    yield f"\n{inspect.getdoc(group)}".rstrip(".") + ":"
    meanings = _meanings(group)
    for switch, values in _switches(group):
        shown = "|".join(values) or f"{switch.default}, or any number"
        yield f"  {switch.name}={shown}  {meanings[switch.name]}"


def _meanings(group: type[Any]) -> dict[str, str]:
    """Return what stands below each field of a class, without the entry of the list of disagreements.

    A text below a field is only in the source.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(group)))
    body = [node for found in tree.body if isinstance(found, ast.ClassDef) for node in found.body]
    return {
        field.target.id: text.value.value.partition(": ")[2]
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
