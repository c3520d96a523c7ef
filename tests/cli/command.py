"""Runs the command, as a process or in this one."""

import os
import subprocess
import sys
from dataclasses import dataclass

from pulumi_switchboard.cli.app import app
from typer.testing import CliRunner

COMMAND = [sys.executable, "-m", "pulumi_switchboard.cli"]
SECONDS = 120
"""No command takes longer, unless something is wrong."""
WIDE = {"COLUMNS": "300"}
"""Lines are so wide that no message is folded."""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end as a process."""
    command, env = [*COMMAND, *arguments], {**os.environ, **WIDE, **environment}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert "Traceback" not in done.stderr
    return done


@dataclass(frozen=True)
class Done:
    """How a command has ended."""

    returncode: int
    stdout: str
    stderr: str


def call(*arguments: str, text: str = "", **environment: str) -> Done:
    """Run the command to its end in this process, which is faster, with this standard input."""
    result = CliRunner().invoke(app, arguments, input=text, env={**WIDE, **environment})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Done(result.exit_code, result.stdout, result.stderr)
