"""`switchboard import`: a Pulumi program for what the accounts contain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.cli.import_plan import Asked, Import, plan_import
from pulumi_switchboard.cli.import_report import as_lines, as_value, problems
from pulumi_switchboard.cli.import_write import write_import
from pulumi_switchboard.cli.managed import exported_objects
from pulumi_switchboard.cli.options import AsJson, Names, Types, complete_stack, types_of
from pulumi_switchboard.cli.project import project_in
from pulumi_switchboard.cli.reading import (
    account_lines,
    config_of,
    end_if_partial,
    read_accounts,
    session_of,
)
from pulumi_switchboard.cli.terminal import errors_reported, messages, output, show_json

app = typer.Typer(add_completion=False)


@app.command("import")
def import_(
    *,
    folder: Annotated[
        Path,
        typer.Option(
            "--into",
            metavar="FOLDER",
            help="The folder of the project: a new one, or one that is there. No file is overwritten.",
            file_okay=False,
        ),
    ] = Path(),
    stack: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            autocompletion=complete_stack,
            help="The stack to import into. In a new project it is created. The settings of the accounts and "
            "the secrets that can be read are set in its configuration. Without this option, nothing is "
            "set, and an existing project's selected stack says what is managed already.",
        ),
    ] = "",
    types: Types = None,
    names: Names = None,
    others: Annotated[
        list[Path] | None,
        typer.Option(
            "--except",
            metavar="EXPORT",
            help="Leave out what the stack of another project manages, according to this file that `pulumi "
            "stack export` has written; can be repeated.",
            allow_dash=True,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read the accounts, and say what would be written.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a Pulumi program that adopts what the accounts contain. Nothing is changed at the vendors.

    The credentials are those of the environment, or of the stack of an existing project.

    What that stack manages already is left out.

    For example:

      switchboard import --into ./prod --stack prod

      switchboard import --into ./prod --name 'support*'

    Exit codes: 0 all was read, 1 it failed, 2 wrong usage, 3 a part could not be read or declared.
    """
    wanted = types_of(types)
    with errors_reported():
        project = project_in(folder, stack)
        config = config_of(project.stack)
        elsewhere = [one for path in others or [] for one in exported_objects(path)]
        asked = Asked(project, stack, names, elsewhere, is_dry_run=dry_run)
        with session_of(config) as session, errors_reported(session.safe):
            inventory = read_accounts(session, wanted)
            done = plan_import(asked, inventory, session.sources, config)
            write_import(done)
            _show(done, session, as_json=as_json)
    end_if_partial(inventory, is_whole=not done.program.undeclarable)


def _show(done: Import, session: Session, *, as_json: bool) -> None:
    if as_json:
        show_json(as_value(done, session.safe))
        return
    for line in account_lines(done.inventory, done.found):
        output().print(session.safe(line))
    for problem in problems(done):
        messages().print(session.safe(problem))
    for line in as_lines(done):
        output().print(session.safe(line))
