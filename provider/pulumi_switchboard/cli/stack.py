"""A stack of a Pulumi project: its configuration and its state, as the Pulumi CLI shows them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_switchboard.errors import MissingError, SettingsError

PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")
LONGEST_SECONDS = 120.0
"""No command of the Pulumi CLI that is used here takes longer, unless its backend does not answer."""
_NAME = re.compile(r"""^["']?name["']?\s*:\s*["']?([\w.-]+)""", re.MULTILINE)
"""The name of a project in its file, in YAML."""


@dataclass(frozen=True)
class ConfigValue:
    """A value in the configuration of a stack."""

    value: str
    is_secret: bool


@dataclass(frozen=True)
class Stack:
    """A stack of a project."""

    folder: Path
    """The folder of the project."""
    name: str

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

    def set_config(self, key: str, value: str, *, is_secret: bool) -> None:
        """Set a value in the configuration; it is not among the arguments of any process.

        Raises:
            SettingsError: The Pulumi CLI cannot write it.
        """
        self._pulumi("config", "set", "--secret" if is_secret else "--plaintext", key, text=value)

    def _shown(self, *arguments: str) -> Any:
        return _shown(self.folder, *arguments, "--stack", self.name)

    def _pulumi(self, *arguments: str, text: str = "") -> str:
        return run_pulumi(self.folder, *arguments, "--stack", self.name, text=text)


def find_stack(folder: Path, name: str = "") -> Stack | None:
    """The stack of this name, or the selected one, of the project in this folder or in one above it.

    Returns:
        None if no name is given, and there is no project, or none of its stacks is selected.

    Raises:
        MissingError: There is no such stack.
        SettingsError: The Pulumi CLI cannot list the stacks.
    """
    if project_folder(folder) is None:
        if name:
            raise MissingError(
                f"there is no Pulumi project in {folder}, so it has no stack {name}",
                remedy="run the command in the folder of the project, or leave out --stack",
            )
        return None
    stacks = _shown(folder, "stack", "ls", "--json")
    known = [str(stack["name"]) for stack in stacks]
    if not name:
        return next((Stack(folder, str(stack["name"])) for stack in stacks if stack.get("current")), None)
    if not any(name in (one, one.rpartition("/")[2]) for one in known):
        raise MissingError(
            f"the project has no stack {name}; it has {', '.join(known) or 'none'}",
            remedy="give one of them with --stack, or create it with `pulumi stack init`",
        )
    return Stack(folder, name)


def project_folder(folder: Path) -> Path | None:
    """The folder of the Pulumi project that this folder belongs to; None if there is none."""
    file = _project_file(folder)
    return None if file is None else file.parent


def project_name(folder: Path) -> str:
    """The name of the project that this folder belongs to; empty if its file does not say."""
    file = _project_file(folder)
    text = file.read_text(errors="replace") if file is not None else ""
    try:
        shown = json.loads(text)
    except ValueError:
        found = _NAME.search(text)
        return found[1] if found else ""
    return str(shown.get("name", "")) if isinstance(shown, dict) else ""


def _project_file(folder: Path) -> Path | None:
    absolute = folder.absolute()
    places = (one / name for one in (absolute, *absolute.parents) for name in PROJECT_FILES)
    return next(filter(Path.is_file, places), None)


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
            text=True,
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
