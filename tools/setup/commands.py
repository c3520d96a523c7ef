"""Commands that a step of the setup runs."""

import subprocess


def run(*command: str) -> str:
    """Run a command to its end and return what it printed; if it fails, the setup fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stdout}`{' '.join(command)}` failed with status {done.returncode}")
    return done.stdout
