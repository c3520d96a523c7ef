"""What a run tells at its end besides the results: how many commands of the Pulumi CLI, and what was not run.

The notes lie in a folder that is named in the environment, so that all workers and their children share it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.programs import write_program

FOLDER = "TEST_SUMMARY_FOLDER"
COUNTING = """
for argument; do
    case $argument in
        -*) ;;
        *) echo "$argument" >> "{commands}"; break ;;
    esac
done
exec "{pulumi}" "$@"
"""
"""Stands before the CLI on PATH, notes the name of each command, and becomes the CLI."""


def begin() -> Callable[[], None]:
    """Begin to take notes, unless this is a worker of a run that has begun; returns what ends it."""
    if FOLDER in os.environ:
        return lambda: None
    folder = Path(tempfile.mkdtemp(prefix="test-summary-"))
    path = os.environ.get("PATH", "")
    if pulumi := shutil.which("pulumi"):
        script = COUNTING.format(commands=folder / "commands", pulumi=pulumi)
        counting = write_program(folder / "bin/pulumi", script)
        os.environ["PATH"] = os.pathsep.join([str(counting.parent), path])
    os.environ[FOLDER] = str(folder)

    def end() -> None:
        os.environ["PATH"] = path
        del os.environ[FOLDER]
        shutil.rmtree(folder)

    return end


def not_run(reason: str) -> None:
    """Have the summary say, once, that something was not run because of something that is missing here."""
    with Path(os.environ[FOLDER], "not-run").open("a") as notes:
        notes.write(f"{reason}\n")


def commands() -> str:
    """How many commands of the CLI there were, in all and of each kind."""
    counts = Counter(_noted("commands"))
    kinds = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    return f"{counts.total()} ({kinds})" if counts else "none"


def reasons() -> list[str]:
    """Why something was not run."""
    return sorted(set(_noted("not-run")))


def _noted(name: str) -> list[str]:
    notes = Path(os.environ[FOLDER], name)
    return notes.read_text().splitlines() if notes.exists() else []
