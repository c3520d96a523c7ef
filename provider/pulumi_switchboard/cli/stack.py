"""A stack of a Pulumi project: its configuration and its state, as the Pulumi CLI shows them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_switchboard.cli.project_file import file_for, read_file
from pulumi_switchboard.errors import MissingError, SettingsError

LONGEST_SECONDS = 120.0
"""No command of the Pulumi CLI that is used here takes longer, unless its backend does not answer."""


@dataclass(frozen=True)
class ConfigValue:
    """A value in the configuration of a stack."""

    value: str = field(repr=False)
    is_secret: bool


@dataclass(frozen=True)
class Stack:
    """A stack of a project."""

    folder: Path
    """The folder of the project."""
    name: str

    @property
    def project(self) -> str:
        """The name of the project.

        Raises:
            SettingsError: Its file cannot be read.
        """
        file = file_for(self.folder)
        return "" if file is None else read_file(file).name

    def config(self) -> dict[str, ConfigValue]:
        """The configuration by key, secrets decrypted.

        Raises:
            SettingsError: The Pulumi CLI cannot read it.
        """
        shown = self._shown("config", "--json", "--show-secrets")
        return {
            key: ConfigValue(str(entry.get("value", "")), bool(entry.get("secret")))
            for key, entry in shown.items()
        }

    def export(self) -> Mapping[str, Any]:
        """The state, as `pulumi stack export` shows it.

        Raises:
            SettingsError: The Pulumi CLI cannot read it.
        """
        exported: Mapping[str, Any] = self._shown("stack", "export")
        return exported

    def set_plain(self, values: Mapping[str, str]) -> None:
        """Set these values in the configuration, by key, with one command.

        Raises:
            SettingsError: The Pulumi CLI cannot write them.
        """
        if values:
            given = (f"--plaintext={key}={value}" for key, value in values.items())
            run_pulumi(self.folder, "config", "set-all", *given, "--stack", self.name)

    def set_secret(self, key: str, value: str) -> None:
        """Set a secret in the configuration; it is not among the arguments of any process.

        Raises:
            SettingsError: The Pulumi CLI cannot write it.
        """
        # The CLI removes one line break from the end of what it reads.
        run_pulumi(self.folder, "config", "set", "--secret", key, "--stack", self.name, text=f"{value}\n")

    def _shown(self, *arguments: str) -> Any:
        return _shown(self.folder, *arguments, "--stack", self.name)


@dataclass(frozen=True)
class Stacks:
    """The stacks of a project."""

    folder: Path
    """The folder of the project."""
    names: tuple[str, ...]
    selected: str
    """The name of the selected stack; empty if none is."""

    def find(self, name: str) -> Stack | None:
        """The stack of this name, or the selected one if no name is given; None if none is selected.

        Raises:
            MissingError: There is no such stack.
        """
        if not name:
            return Stack(self.folder, self.selected) if self.selected else None
        if _last_part(name) not in map(_last_part, self.names):
            raise MissingError(
                f"the project has no stack {name}; it has {', '.join(self.names) or 'none at all'}",
                remedy=f"{'give one of them with --stack, or ' if self.names else ''}create it with "
                "`pulumi stack init`",
            )
        return Stack(self.folder, name)


def find_stack(folder: Path, name: str = "") -> Stack | None:
    """The stack of this name, or the selected one, of the project in this folder or in one above it.

    Returns:
        None if no name is given, and there is no project, or none of its stacks is selected.

    Raises:
        MissingError: There is no such stack.
        SettingsError: The Pulumi CLI cannot list the stacks.
    """
    if file_for(folder) is None:
        if name:
            raise MissingError(
                f"there is no Pulumi project in {folder}, so it has no stack {name}",
                remedy="run the command in the folder of the project, or leave out --stack",
            )
        return None
    return list_stacks(folder).find(name)


def list_stacks(folder: Path) -> Stacks:
    """The stacks of the project in this folder or in one above it.

    Raises:
        SettingsError: The Pulumi CLI cannot list the stacks.
    """
    shown = _shown(folder, "stack", "ls", "--json")
    selected = next((str(stack["name"]) for stack in shown if stack.get("current")), "")
    return Stacks(folder, tuple(str(stack["name"]) for stack in shown), selected)


def _last_part(name: str) -> str:
    """The name without organization and project, which the Pulumi CLI shows only where they are needed."""
    return name.rpartition("/")[2]


def _shown(folder: Path, *arguments: str) -> Any:
    """What a command of the Pulumi CLI prints as JSON.

    Raises:
        SettingsError: It prints something else, or fails.
    """
    try:
        return json.loads(run_pulumi(folder, *arguments))
    except ValueError:
        raise SettingsError(
            f"`pulumi {' '.join(arguments[:2])}` did not print JSON",
            remedy="make sure that the `pulumi` that is first on PATH is Pulumi's",
        ) from None


def run_pulumi(folder: Path, *arguments: str, text: str = "") -> str:
    """What a command of the Pulumi CLI prints.

    Args:
        folder: Where it runs.
        arguments: Its arguments.
        text: Its standard input.

    Raises:
        SettingsError: It cannot be started, or it fails.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the user's own Pulumi CLI
            ["pulumi", *arguments, "--non-interactive"],  # noqa: S607 - from PATH, as the user calls it
            cwd=folder,
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=LONGEST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise SettingsError(
            f"`pulumi {' '.join(arguments[:2])}` did not end within {LONGEST_SECONDS:.0f} s",
            remedy="make sure that the backend, which has the state, can be reached",
        ) from None
    except OSError as error:
        raise SettingsError(
            f"the Pulumi CLI can't be started ({error.strerror or type(error).__name__})",
            remedy="install it, and make sure that `pulumi version` works in this terminal",
        ) from None
    if done.returncode != 0:
        reason = done.stderr.strip().removeprefix("error: ") or f"exit code {done.returncode}"
        raise SettingsError(f"`pulumi {' '.join(arguments[:2])}` failed: {reason}")
    return done.stdout
