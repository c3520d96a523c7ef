"""Finds the Pythons on this machine that the package is tested with."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.pulumi_cli.programs import Version, is_program
from tools.setup.missing import NEWER

SUPPORTED = NEWER[::-1]
"""The names of the supported Pythons as commands, the oldest first."""

UNPROVEN = ("python3.14",)
"""Newer ones: tested where there is one, but not claimed to be supported until they are tested everywhere."""

QUESTION = "import sys; print(sys.version.split()[0]); print(sys.base_prefix)"


@dataclass(frozen=True)
class Interpreter:
    """A Python that runs: its command, its version, and the folder of the installation behind it."""

    command: Path
    version: str
    base: str


def installed() -> dict[str, Interpreter]:
    """Return the interpreter of each Python, supported or unproven, that there is."""
    found = {name: find(name, candidates(name)) for name in (*SUPPORTED, *UNPROVEN)}
    return {name: interpreter for name, interpreter in found.items() if interpreter is not None}


def candidates(name: str) -> Iterator[Path]:
    """Yield the commands that may be this Python: the running one, those of pyenv and those on PATH."""
    if name == f"python{sys.version_info[0]}.{sys.version_info[1]}":
        yield Path(sys.executable)
    for version in pyenv_versions(name):
        yield version / "bin" / name
    for entry in filter(None, os.environ.get("PATH", "").split(os.pathsep)):
        yield Path(entry, name)


def pyenv_versions(name: str) -> list[Path]:
    """Return the folders of pyenv that hold releases of this Python, the newest first."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    releases = {
        Version.find(folder.name): folder
        for folder in root.glob(f"versions/{name.removeprefix('python')}.*")
        if str(Version.find(folder.name)) == folder.name
    }
    return [folder for _, folder in sorted(releases.items(), reverse=True)]


def find(name: str, commands: Iterator[Path]) -> Interpreter | None:
    """Return the first of the commands that runs and is this Python; a shim of pyenv may be neither."""
    for command in commands:
        interpreter = _ask(command) if is_program(command) else None
        if interpreter is not None and f"python{interpreter.version}".startswith(f"{name}."):
            return interpreter
    return None


def _ask(command: Path) -> Interpreter | None:
    try:
        answer = subprocess.run(
            [command, "-I", "-S", "-c", QUESTION], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    said = answer.stdout.splitlines()
    return Interpreter(command, *said) if len(said) == 2 else None  # noqa: PLR2004 - as many as it is asked for
