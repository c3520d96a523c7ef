"""The programs that deploy a Python program, and the versions of them that will do."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

PROGRAMS = (
    "pulumi",
    "pulumi-language-python",
    "pulumi-language-python-exec",
    "pulumi-resource-pulumi-python",
)


class Version(NamedTuple):
    """A version of a program, compared number by number."""

    major: int
    minor: int
    patch: int = 0

    @classmethod
    def find(cls, text: str) -> "Version | None":
        """Return the first version that the text names, as in `v3.259.0` or `go1.26`."""
        found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
        return cls(*(int(part or 0) for part in found.groups())) if found else None

    def __str__(self) -> str:
        return ".".join(map(str, self))


INSTALLER = "https://get.pulumi.com"
HOST = PROGRAMS[1]
"""The language host: what runs a Python program for the CLI."""

REMEDY = f"curl -fsSL {INSTALLER} | sh    (then put ~/.pulumi/bin on PATH)"
MINIMUM = Version(3, 254)
PINNED = Version(3, 259)


class UnavailableError(Exception):
    """A source cannot provide the programs: says why and, where one helps, which command brings them."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True)
class Toolchain:
    """Where the programs are, in the order of `PROGRAMS`, and the version of the command."""

    version: Version
    paths: tuple[Path, ...]
    remark: str = ""
    """What a user has to know about it, as a sentence."""

    @classmethod
    def in_directory(cls, directory: Path) -> "Toolchain":
        """Return the toolchain in a directory that holds every program."""
        paths = tuple(directory / name for name in PROGRAMS)
        missing = [path.name for path in paths if not is_program(path)]
        if missing:
            raise UnavailableError(f"{directory} lacks {', '.join(missing)}")
        return cls(suitable_version(paths[0]), paths)


def host_version(host: Path) -> Version | None:
    """Return the version of a language host; None if it cannot say it, as those of old cannot."""
    try:
        answer = subprocess.run([host, "-version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return Version.find(answer.stdout)


def is_program(path: Path) -> bool:
    """Say whether a path is a file that may be run."""
    return path.is_file() and os.access(path, os.X_OK)


def suitable_version(pulumi: Path) -> Version:
    """Return the version of a `pulumi` command, which must be new enough."""
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        answer = subprocess.run(
            [pulumi, "version"], env=environment, capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UnavailableError(f"{pulumi} does not run: {error}") from error
    version = Version.find(answer.stdout)
    if version is None or version < MINIMUM:
        found = version or answer.stdout.strip()
        raise UnavailableError(f"{pulumi} is {found}, at least {MINIMUM} is needed")
    return version
