"""Writes what `switchboard import` has planned: the files of a project, and settings of its stack."""

from __future__ import annotations

from pathlib import Path

from pulumi_switchboard.cli.import_plan import Import
from pulumi_switchboard.cli.project import refuse_existing, remove, write_files
from pulumi_switchboard.cli.stack import Stack, run_pulumi
from pulumi_switchboard.cli.terminal import messages, progress_shown
from pulumi_switchboard.errors import SettingsError


def write_import(done: Import) -> None:
    """Write the files of the project, and set what can be set in its stack.

    Raises:
        ConflictError: A file is there already; nothing is written. A dry run says so as well.
        SettingsError: A file cannot be written, or the stack cannot be made, and nothing is written; or the
            stack has only some of its settings, as the error says.
    """
    if not done.resources:
        return
    if done.asked.is_dry_run:
        refuse_existing(done.files)
        return
    made = write_files(done.files)
    project, stack_name = done.asked.project, done.asked.stack_name
    if not stack_name:
        return
    try:
        stack = project.stack or _new_stack(project.folder, stack_name)
    except BaseException as error:
        remove(made)
        if isinstance(error, SettingsError):
            raise error.with_facts("Nothing was written") from None
        raise
    _set_up(stack, done)


def _new_stack(folder: Path, name: str) -> Stack:
    run_pulumi(folder, "stack", "init", f"--stack={name}")
    return Stack(folder, name)


def _set_up(stack: Stack, done: Import) -> None:
    """Set the settings of the accounts, and the secrets that can be read.

    Raises:
        SettingsError: One of them cannot be set.
    """
    plain = {
        one.setting.config: one.value
        for one in done.settings
        if not (one.setting.secret or one.is_configured)
    }
    secrets = [(one.key, one.value) for one in done.program.secrets if one.value is not None]
    sources = done.asked.project.sources
    fact = f"The program is written to {sources}, but the stack has only some of its settings"
    remedy = "set what is missing in the stack; or remove the program and the stack, and import again"
    try:
        stack.set_plain(plain)
        with progress_shown() as show:
            for number, (key, value) in enumerate(secrets, 1):
                stack.set_secret(key, value)
                show(f"the stack's configuration: {number} of {len(secrets)} secrets set")
    except SettingsError as error:
        raise error.with_facts(fact, remedy=remedy) from None
    except KeyboardInterrupt:
        messages().print(f"{fact}.\n  What to do: {remedy}")
        raise
