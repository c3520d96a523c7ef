"""The pairs of a Python and a Pulumi SDK, and the virtual environment of each."""

import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.pythons.interpreters import UNPROVEN, Interpreter
from tools.setup.commands import run
from tools.setup.stamps import Step, fingerprint
from tools.setup.steps import PACKAGE, ROOT, TOOLS

PYTHONS = TOOLS / "pythons"
REQUIREMENTS = (ROOT / "requirements" / "oldest.txt", ROOT / "requirements" / "newest.txt")
STAMP = "made.stamp"
BUILD = """
import os, sys
from hatchling.build import build_editable
os.chdir(sys.argv[1])
build_editable(sys.argv[2])
"""


@dataclass(frozen=True)
class Pair:
    """A Python and the requirements with a Pulumi SDK."""

    interpreter: Interpreter
    requirements: Path

    @property
    def name(self) -> str:
        """What the pair is called, and its folder: both versions, as in `3.10.13-pulumi-3.216.0`."""
        return f"{self.interpreter.version}-pulumi-{sdk_version(self.requirements)}"


def sdk_version(requirements: Path) -> str:
    """Return the version of Pulumi's SDK that the requirements pin."""
    pinned = re.search(r"^pulumi==(\S+)", requirements.read_text(), re.MULTILINE)
    if pinned is None:
        raise SystemExit(f"{requirements} pins no pulumi")
    return pinned[1]


def pairs(interpreters: Mapping[str, Interpreter]) -> list[Pair]:
    """Return every interpreter with the oldest and the newest requirements.

    An unproven Python is newer than the oldest requirements, and gets the newest ones alone.
    """
    return [
        Pair(interpreter, file)
        for name, interpreter in interpreters.items()
        for file in (REQUIREMENTS[1:] if name in UNPROVEN else REQUIREMENTS)
    ]


def environment(pair: Pair) -> Step:
    """The pair's virtual environment: the hash-pinned requirements and this package, editable."""
    folder = PYTHONS / pair.name
    python = folder / "bin" / "python"

    def do() -> str:
        started = time.monotonic()
        _uv("venv", "--clear", "--no-project", "--python", str(pair.interpreter.command), str(folder))
        install = ("pip", "install", "--python", str(python))
        _uv(*install, "--require-hashes", "--requirement", str(pair.requirements))
        with TemporaryDirectory(dir=folder) as scratch:
            _uv(*install, "--no-deps", str(_editable(Path(scratch))))
        return f"made from {pair.requirements.relative_to(ROOT)} in {time.monotonic() - started:.1f} s"

    made_from = fingerprint(
        str(folder), pair.interpreter.base, pair.interpreter.version, pair.requirements, *PACKAGE
    )
    return Step(pair.name, folder / STAMP, made_from, python.exists, do)


def made(place: Path = PYTHONS) -> dict[str, Path]:
    """Return the Python of each environment that is complete, by the name of its pair."""
    folders = sorted(stamp.parent for stamp in place.glob(f"*/{STAMP}"))
    pythons = {folder.name: folder / "bin" / "python" for folder in folders}
    return {name: python for name, python in pythons.items() if python.exists()}


def _editable(folder: Path) -> Path:
    """Build what installs this package as editable, with the build tools of the running environment."""
    run(sys.executable, "-c", BUILD, str(ROOT), str(folder))
    (wheel,) = folder.glob("*.whl")
    return wheel


def _uv(*arguments: str) -> None:
    run(sys.executable, "-m", "uv", "--quiet", "--no-python-downloads", *arguments)
