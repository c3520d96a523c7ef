"""The settings of a stack for `switchboard doctor`, whatever is in the way of reading them."""

from __future__ import annotations

from pathlib import Path

from pulumi_switchboard.cli.project_file import file_for
from pulumi_switchboard.cli.stack import find_stack
from pulumi_switchboard.doctor.config import NO_STACK, StackSettings
from pulumi_switchboard.doctor.finding import Finding, Level, failed
from pulumi_switchboard.errors import SwitchboardError

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
    if not has_cli and file is not None:
        text = f"the stack can't be read without the Pulumi CLI, so {ONLY_ENVIRONMENT}"
        return [Finding(Level.SKIPPED, SUBJECT, text)], NO_STACK
    try:
        stack = find_stack(folder, name)
        if stack is None:
            lack = "no stack of the project is selected" if file else "there is no Pulumi project here"
            return [Finding(Level.OK, SUBJECT, f"{lack}, so {ONLY_ENVIRONMENT}")], NO_STACK
        config, project = stack.config(), stack.project
    except SwitchboardError as error:
        found = failed(SUBJECT, error)
        return [found], NO_STACK
    settings = StackSettings(
        project,
        stack.name,
        {key: value.value for key, value in config.items()},
        frozenset(key for key, value in config.items() if not value.is_secret),
    )
    return [Finding(Level.OK, SUBJECT, f"{stack.name} of the project {project}")], settings
