"""What Ruff says about sources."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path


def assert_formatted(folder: Path, files: Mapping[str, str]) -> None:
    """`ruff format` changes nothing."""
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    assert _ruff(folder, "format", "--diff") == ""


def assert_as_ruff_leaves_it(folder: Path, files: Mapping[str, str]) -> None:
    """`ruff format` changes nothing, and names and imports are in order."""
    assert_formatted(folder, files)
    assert _ruff(folder, "check", "--select=F,I", "--output-format=concise") == ""


def _ruff(folder: Path, *arguments: str) -> str:
    """Run Ruff with its default settings; returns what it says, which is nothing if all is well."""
    command = ["ruff", *arguments, "--isolated", "--quiet", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr
