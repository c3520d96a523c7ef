"""Runs the command as a process."""

import os
import subprocess
import sys

COMMAND = [sys.executable, "-m", "pulumi_switchboard.cli"]
SECONDS = 120
"""No command takes longer, unless something is wrong."""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, with wide lines so that no message is folded."""
    command, env = [*COMMAND, *arguments], {**os.environ, "COLUMNS": "300", **environment}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert "Traceback" not in done.stderr
    return done
