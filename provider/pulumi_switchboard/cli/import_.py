"""`switchboard import`: a Pulumi program for what the accounts contain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.cli.adopted import adopted_objects
from pulumi_switchboard.cli.import_report import Import, as_lines, as_value, settings_of
from pulumi_switchboard.cli.managed import ManagedObject, exported_objects, managed_objects
from pulumi_switchboard.cli.project import project_in, remove_files, write_files
from pulumi_switchboard.cli.reading import (
    AsJson,
    Names,
    Types,
    account_lines,
    config_of,
    end_if_partial,
    named,
    read_accounts,
    session_of,
    types_of,
)
from pulumi_switchboard.cli.stack import Stack, run_pulumi
from pulumi_switchboard.cli.terminal import errors_reported, messages, output, progress_shown, show_json
from pulumi_switchboard.errors import SettingsError
from pulumi_switchboard.importer.program import program_of

app = typer.Typer(add_completion=False)


@app.command("import")
def import_(
    *,
    into: Annotated[
        Path,
        typer.Option(
            metavar="FOLDER",
            help="The folder of the project: a new one, or one that is there. No file is overwritten.",
            file_okay=False,
        ),
    ] = Path(),
    stack: Annotated[
        str,
        typer.Option(
            metavar="NAME",
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
        project = project_in(into, stack)
        managed = list(managed_objects(project.stack.export())) if project.stack is not None else []
        elsewhere = [one for path in others or [] for one in exported_objects(path)]
        adopted = set() if project.is_new else set(adopted_objects(project.sources))
        config = config_of(project.stack)
        with session_of(config) as session, errors_reported(session.safe):
            inventory = read_accounts(session, wanted)
            found = named(inventory.objects, names)
            known = {*managed, *elsewhere}
            new = [one for one in found if ManagedObject.like(one) not in known]
            left = [one for one in new if (_class_name(one), one.id) not in adopted]
            program = program_of(
                left,
                main=project.main,
                prefix="" if project.is_new else f"{project.main}_",
                used_names={one.resource_name for one in managed},
                used_settings={key.partition(":")[2] for key in config},
            )
            done = Import(
                project,
                inventory,
                tuple(left),
                len(found) - len(new),
                len(new) - len(left),
                program,
                tuple(account_lines(inventory, found)),
                tuple(settings_of(session.sources, inventory)),
                is_dry_run=dry_run,
                stack_name=stack,
            )
            _write(done)
            _show(done, session, as_json=as_json)
    end_if_partial(inventory, is_whole=not program.undeclarable)


def _write(done: Import) -> None:
    """Write the project, and set what can be set in its stack."""
    if not done.is_written:
        return
    files = done.project.files(done.program.files)
    write_files(files)
    if not done.stack_name:
        return
    try:
        stack = done.project.stack or _new_stack(done.project.folder, done.stack_name)
    except BaseException as error:
        remove_files(files)
        if isinstance(error, SettingsError):
            raise error.with_facts("Nothing was written") from None
        raise
    _set_up(stack, done)


def _new_stack(folder: Path, name: str) -> Stack:
    run_pulumi(folder, "stack", "init", name)
    return Stack(folder, name)


def _set_up(stack: Stack, done: Import) -> None:
    """Set the settings of the accounts, and the secrets that can be read.

    Raises:
        SettingsError: One of them cannot be set.
    """
    plain = [one for one in done.settings if not (one.setting.secret or one.is_configured)]
    values = [
        *((one.setting.config, one.value, False) for one in plain),
        *((one.key, one.value, True) for one in done.program.secrets if one.value is not None),
    ]
    fact = f"The program is written to {done.project.sources}, but the stack has only some of its settings"
    remedy = "set what is missing in the stack; or remove the program and the stack, and import again"
    try:
        with progress_shown() as show:
            for number, (key, value, is_secret) in enumerate(values, 1):
                stack.set_config(key, value, is_secret=is_secret)
                show(f"the stack's configuration: {number} of {len(values)} set")
    except SettingsError as error:
        raise error.with_facts(fact, remedy=remedy) from None
    except KeyboardInterrupt:
        messages().print(f"{fact}.\n  What to do: {remedy}")
        raise


def _show(done: Import, session: Session, *, as_json: bool) -> None:
    if as_json:
        show_json(as_value(done, session.safe))
        return
    for line in done.account_lines:
        output().print(session.safe(line))
    for problem in done.problem_lines():
        messages().print(session.safe(problem))
    for line in as_lines(done):
        output().print(session.safe(line))


def _class_name(found: FoundObject) -> str:
    return found.definition.name.rpartition(".")[2]
