"""The project that an import writes to: a new one, or one that is there. No file is ever overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import count
from pathlib import Path

from pulumi_switchboard.cli.project_file import PROJECT_FILES, file_in, read_file
from pulumi_switchboard.cli.stack import Stack, list_stacks
from pulumi_switchboard.errors import ConflictError, SettingsError

LONGEST_NAME = 100
"""The most characters of a project's name."""


@dataclass(frozen=True)
class Project:
    """A project in a folder."""

    folder: Path
    is_new: bool
    sources: Path
    """The folder of the program."""
    stack: Stack | None
    """The stack whose settings are used, and whose objects are managed already."""
    main: str
    """The module that a new program begins with, or one that the program of the project can import."""

    @property
    def name(self) -> str:
        """The name of a new project: that of its folder, as far as Pulumi allows it."""
        letters = re.sub(r"[^A-Za-z0-9_.-]+", "-", self.folder.resolve().name).strip("-.")
        return letters[:LONGEST_NAME].rstrip("-.") or "imported"

    def files(self, sources: Mapping[str, str]) -> dict[Path, str]:
        """The files of the project for a program with these files; a new project has some more."""
        sources_by_path = {self.sources / name: text for name, text in sources.items()}
        if not self.is_new:
            return sources_by_path
        return {
            self.folder / PROJECT_FILES[0]: f'name: "{self.name}"\nruntime: python\n',
            self.folder / "requirements.txt": f"pulumi-switchboard>={version('pulumi-switchboard')}\n",
            **sources_by_path,
        }


def project_in(folder: Path, stack_name: str) -> Project:
    """The project in this folder; a new one if there is none.

    Args:
        folder: The folder; it need not exist.
        stack_name: The stack to import into; else the selected one.

    Raises:
        MissingError: The project has no such stack.
        SettingsError: The project is not in Python, or it is not clear which of its stacks is meant.
    """
    file = file_in(folder)
    if file is None:
        return Project(folder, is_new=True, sources=folder, stack=None, main="__main__")
    sources = _sources(file)
    stacks = list_stacks(folder)
    stack = stacks.find(stack_name)
    if stack is None and stacks.names:
        raise SettingsError(
            f"no stack of the project in {folder} is selected, so nothing says what is managed already",
            remedy="give --stack",
        )
    return Project(folder, is_new=False, sources=sources, stack=stack, main=_free_module(sources))


def refuse_existing(files: Iterable[Path]) -> None:
    """Refuse to write these files if one of them is there.

    Raises:
        ConflictError: One of them is there already.
    """
    if there := [str(path) for path in files if path.exists()]:
        raise ConflictError(
            f"{', '.join(there)} would be overwritten; nothing was written",
            remedy="give another folder with --into, or move these files away",
        )


def write_files(files: Mapping[Path, str]) -> list[Path]:
    """Write these files, or none of them.

    Returns:
        The files and the folders that were made, in this order.

    Raises:
        ConflictError: One of them is there already.
        SettingsError: One of them cannot be written.
    """
    refuse_existing(files)
    made: list[Path] = []
    path = Path()
    try:
        for path, text in files.items():
            for folder in reversed(path.parents):
                if not folder.is_dir():
                    folder.mkdir()
                    made.append(folder)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                made.append(path)
                file.write(text)
    except BaseException as error:
        remove(made)
        if not isinstance(error, OSError):
            raise
        text = f"{error.filename or path} can't be written: {error.strerror}; nothing was"
        raise SettingsError(text) from None
    return made


def remove(made: Sequence[Path]) -> None:
    """Remove the files and folders that were made, so that the command can be run again."""
    for path in reversed(made):
        if not path.is_dir():
            path.unlink()
        elif not any(path.iterdir()):
            path.rmdir()


def _free_module(sources: Path) -> str:
    """The name of a module that the program does not have yet."""
    taken = {path.name.partition(".")[0] for path in sources.glob("*")}
    names = ("imported" if number == 1 else f"imported_{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _sources(project_file: Path) -> Path:
    """The folder of the program of a project.

    Raises:
        SettingsError: The program is not in Python, or the file of the project cannot be read.
    """
    project = read_file(project_file)
    if project.language != "python":
        raise SettingsError(
            f"the project in {project_file.parent} is in {project.language}, and an import writes Python",
            remedy="give another folder with --into",
        )
    program = project_file.parent / project.main
    return program.parent if program.suffix == ".py" else program
