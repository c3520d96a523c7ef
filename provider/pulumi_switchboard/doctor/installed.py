"""Finds out which programs and libraries are installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

LANGUAGE_HOST = "pulumi-language-python"
"""The program that runs a Python program for the Pulumi CLI."""
SECONDS = 30.0
"""The time in which a program has to tell its version."""


class Version(NamedTuple):
    """A version, compared number by number."""

    major: int
    minor: int
    patch: int = 0

    @classmethod
    def find(cls, text: str) -> Version | None:
        """The first version that a text names."""
        found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
        return cls(*(int(part or 0) for part in found.groups())) if found else None

    def __str__(self) -> str:
        """The version as it is usually written."""
        return ".".join(map(str, self))


@dataclass(frozen=True)
class Program:
    """A program on this machine."""

    path: str
    version: Version | None
    """None if it does not tell."""


@dataclass(frozen=True)
class Installed:
    """What is installed."""

    cli: Program | None
    language_host: Program | None
    sdk: Version | None
    python: Version
    package: str


def find_installed() -> Installed:
    """What is on PATH, and in the environment of this Python."""
    cli, host = shutil.which("pulumi"), _language_host()
    return Installed(
        Program(cli, _told(cli, "version")) if cli else None,
        Program(host, _told(host, "-version")) if host else None,
        Version.find(version("pulumi")),
        Version(*sys.version_info[:3]),
        version("pulumi-switchboard"),
    )


def _language_host() -> str | None:
    """The language host that the CLI uses: the one on PATH, else the one beside the CLI."""
    cli = shutil.which("pulumi")
    beside = str(Path(cli).resolve().parent) if cli else ""
    return shutil.which(LANGUAGE_HOST) or (shutil.which(LANGUAGE_HOST, path=beside) if beside else None)


def _told(program: str, argument: str) -> Version | None:
    """The version that a program tells; None if it tells none."""
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        answer = subprocess.run(  # noqa: S603 - the user's own Pulumi CLI and its host
            [program, argument], env=environment, capture_output=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return Version.find(answer.stdout.decode(errors="replace"))
