"""The file of a Pulumi project, in YAML or in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from pulumi_switchboard.errors import SettingsError

PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


@dataclass(frozen=True)
class ProjectFile:
    """What the file of a project says."""

    name: str
    language: str
    """The language of the program."""
    main: str
    """Where the program is, from the folder of the project."""


def file_in(folder: Path) -> Path | None:
    """The file of the project in this very folder; None if it has none."""
    return next((folder / name for name in PROJECT_FILES if (folder / name).is_file()), None)


def file_for(folder: Path) -> Path | None:
    """The file of the project in this folder or in the nearest one above it; None if there is none."""
    absolute = folder.absolute()
    return next(filter(None, map(file_in, (absolute, *absolute.parents))), None)


def read_file(file: Path) -> ProjectFile:
    """What the file of a project says.

    Raises:
        SettingsError: It cannot be read, or it is not the file of a project.
    """
    try:
        text = file.read_text("utf-8")
        shown: Any = json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)
        runtime = shown["runtime"]
        language = runtime["name"] if isinstance(runtime, Mapping) else runtime
        return ProjectFile(str(shown["name"]), str(language), str(shown.get("main") or "."))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError):
        raise SettingsError(f"{file} is not the file of a Pulumi project", remedy="correct it") from None
