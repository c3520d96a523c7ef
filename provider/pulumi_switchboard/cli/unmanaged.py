"""`switchboard unmanaged`: the objects of the accounts that no stack manages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from pulumi_switchboard.accounts.inventory import Inventory
from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.cli.managed import ManagedObject, exported_objects, managed_objects
from pulumi_switchboard.cli.options import AsJson, Folder, Names, Types, complete_stack, types_of
from pulumi_switchboard.cli.project_file import file_for
from pulumi_switchboard.cli.reading import (
    account_lines,
    config_of,
    described,
    described_refusals,
    end_if_partial,
    named,
    problem_lines,
    read_accounts,
    session_of,
)
from pulumi_switchboard.cli.stack import Stack, find_stack
from pulumi_switchboard.cli.terminal import errors_reported, messages, output, show_json
from pulumi_switchboard.errors import SettingsError
from pulumi_switchboard.transport.text import in_one_line

app = typer.Typer(add_completion=False)


@app.command()
def unmanaged(
    exports: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="EXPORT", help="Files that `pulumi stack export` has written; - is the standard input."
        ),
    ] = None,
    *,
    stack: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            autocompletion=complete_stack,
            help="A stack of the project in this folder; can be repeated. The settings are those of the "
            "first one. Without stacks and exports, it is the selected stack.",
        ),
    ] = None,
    folder: Folder = Path(),
    types: Types = None,
    names: Names = None,
    as_json: AsJson = False,
) -> None:
    """List what the accounts contain and no stack manages.

    For example:

      switchboard unmanaged --stack dev --stack prod

      pulumi stack export | switchboard unmanaged - --type voice
    """
    wanted = types_of(types)
    with errors_reported():
        stacks = _stacks(folder, stack or [], has_exports=bool(exports))
        managed = set(_managed(stacks, exports or []))
        with session_of(config_of(stacks[0] if stacks else None)) as session, errors_reported(session.safe):
            inventory = read_accounts(session, wanted)
            objects = named(inventory.objects, names)
            left = [one for one in objects if ManagedObject.like(one) not in managed]
            if as_json:
                show_json(
                    {
                        "unmanaged": [described(one) for one in left],
                        "refused": described_refusals(inventory, session.safe),
                    }
                )
            else:
                _show(inventory, objects, left, session.safe)
    end_if_partial(inventory)


def _show(
    inventory: Inventory,
    objects: Collection[FoundObject],
    left: Collection[FoundObject],
    safe: Callable[[str], str],
) -> None:
    """Show which of the objects are left."""
    for line in account_lines(inventory, objects):
        output().print(safe(line))
    for one in left:
        output().print(safe(f"  {one.definition.name}  {one.id}  {in_one_line(one.name)}".rstrip()))
    for line in problem_lines(left, inventory.refusals):
        messages().print(safe(line))
    output().print(f"{len(left)} of {len(objects)} objects are managed by no stack")


def _stacks(folder: Path, names: list[str], *, has_exports: bool) -> list[Stack]:
    """The stacks with these names; without names and exports the selected one.

    Raises:
        SettingsError: There is neither a stack nor an export.
    """
    selected = [] if has_exports else [""]
    found = [find_stack(folder, name) for name in names or selected]
    stacks = [one for one in found if one is not None]
    if not stacks and not has_exports:
        is_project = file_for(folder) is not None
        raise SettingsError(
            f"{'no stack is selected' if is_project else 'there is no Pulumi project here'}, so nothing says "
            "what is managed",
            remedy=f"give {'--stack' if is_project else 'its folder with --cwd'}, or a file that "
            "`pulumi stack export` has written",
        )
    return stacks


def _managed(stacks: Iterable[Stack], exports: Iterable[Path]) -> Iterator[ManagedObject]:
    for stack in stacks:
        yield from managed_objects(stack.export())
    for path in exports:
        yield from exported_objects(path)
