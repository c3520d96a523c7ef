"""The settings of a stack for `switchboard doctor`, whatever is in the way of reading them."""

from __future__ import annotations

from pathlib import Path

from pulumi_switchboard.cli.project_file import file_for, read_file
from pulumi_switchboard.cli.stack import find_stack
from pulumi_switchboard.doctor.config import NO_STACK, StackSettings
from pulumi_switchboard.doctor.finding import Finding, Level, failed
from pulumi_switchboard.errors import SettingsError, SwitchboardError

SUBJECT = "stack"
ONLY_ENVIRONMENT = "all settings are read from the environment"


def stack_settings(folder: Path, name: str, *, has_cli: bool) -> tuple[list[Finding], StackSettings]:
    """What was found of the stack, and its settings; none if there is no stack, or it can't be read.

    Args:
        folder: A folder of the project.
        name: The name of the stack; the selected one if it is empty.
        has_cli: Whether there is a Pulumi CLI.
    """
    file = file_for(folder)
    found, settings = _read(file, folder, name, has_cli=has_cli)
    return [found, *_other_language(file)], settings


def _read(file: Path | None, folder: Path, name: str, *, has_cli: bool) -> tuple[Finding, StackSettings]:
    if not has_cli and file is not None:
        text = f"the stack can't be read without the Pulumi CLI, so {ONLY_ENVIRONMENT}"
        return Finding(Level.SKIPPED, SUBJECT, text), NO_STACK
    try:
        stack = find_stack(folder, name)
        if stack is None:
            lack = "no stack of the project is selected" if file else "there is no Pulumi project here"
            return Finding(Level.OK, SUBJECT, f"{lack}, so {ONLY_ENVIRONMENT}"), NO_STACK
        config, project = stack.config(), stack.project
    except SwitchboardError as error:
        return failed(SUBJECT, error), NO_STACK
    settings = StackSettings(
        project,
        stack.name,
        {key: value.value for key, value in config.items()},
        frozenset(key for key, value in config.items() if not value.is_secret),
    )
    return Finding(Level.OK, SUBJECT, f"{stack.name} of the project {project}"), settings


def _other_language(file: Path | None) -> list[Finding]:
    """A warning if the project cannot use this package."""
    try:
        project = None if file is None else read_file(file)
    except SettingsError:
        return []  # the Pulumi CLI says more of what is wrong with it
    if project is None or project.language == "python":
        return []
    text = f"the project {project.name} is in {project.language}, and this package is for programs in Python"
    return [Finding(Level.WARNING, SUBJECT, text, "give the folder of another project with --cwd")]
