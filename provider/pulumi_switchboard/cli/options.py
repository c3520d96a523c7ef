"""The options that several commands have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pulumi_switchboard.accounts.selection import names_of_types, selected_types
from pulumi_switchboard.cli.stack import list_stacks
from pulumi_switchboard.errors import MissingError, SettingsError
from pulumi_switchboard.resource.definition import AnyDefinition

Types = Annotated[
    list[str] | None,
    typer.Option(
        "--type",
        metavar="TYPE",
        autocompletion=names_of_types,
        help="Read only this type, module or vendor, such as twilio.memory.Store, voice or ultravox; "
        "can be repeated.",
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Option(
        "--name",
        metavar="PATTERN",
        help="Take only objects whose name at the vendor matches, such as 'support*'; can be repeated. "
        "Account settings have no name.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
Folder = Annotated[
    Path,
    typer.Option(
        "--cwd", metavar="FOLDER", help="The folder of the Pulumi project.", exists=True, file_okay=False
    ),
]


def types_of(names: Sequence[str] | None) -> list[AnyDefinition]:
    """The types that `--type` names.

    Raises:
        BadParameter: It names none.
    """
    try:
        return selected_types(names or ())
    except MissingError as error:
        raise typer.BadParameter(f"{error.summary}: {error.remedy}", param_hint="--type") from None


def complete_stack(context: typer.Context) -> list[str]:
    """The completion of `--stack`: the stacks of the project in the folder that stands before it."""
    folder = context.params["folder"]
    if folder is None:
        return []  # what stands there is no folder
    try:
        return list(list_stacks(Path(folder)).names)
    except SettingsError:
        return []
