"""The list of switches at the end of `switchboard emulator --help`."""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import pairwise
from typing import Any, get_args, get_type_hints

import typer
from typer.core import TyperCommand

from pulumi_switchboard.emulator.apis import switch_groups


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


def _lines(group: type[Any]) -> Iterator[str]:
    yield f"\n{inspect.getdoc(group)}".rstrip(".") + ":"
    kinds, meanings = get_type_hints(group), _meanings(group)
    for switch in fields(group):
        yield f"  {switch.name}={_values(kinds[switch.name], switch.default)}  {meanings[switch.name]}"


def _values(kind: Any, default: Any) -> str:
    """Return the values of a switch, the default first."""
    if kind is int:
        return f"{default}, or any number"
    names = {True: "on", False: "off"} if kind is bool else {value: f"{value}" for value in get_args(kind)}
    others = [name for value, name in names.items() if value != default]
    return "|".join([names[default], *others])


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
