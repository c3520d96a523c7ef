"""Runs the command as a process."""

import os
import subprocess
import sys

COMMAND = [sys.executable, "-m", "pulumi_switchboard.cli"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, with wide lines so that no message is folded."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        env={**os.environ, "COLUMNS": "300", **environment},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done
