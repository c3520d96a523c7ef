"""The second source: the vendor's installer, at a pinned version."""

import shutil
import subprocess
from pathlib import Path

from tools.pulumi_cli.programs import INSTALLER, PINNED, PROGRAMS, REMEDY, UnavailableError


def install(directory: Path) -> None:
    """Run the vendor's installer and leave the programs in the directory."""
    root = directory / "root"
    script = _run(["curl", "--connect-timeout", "5", "--max-time", "30", "-fsSL", INSTALLER])
    print(f"    installing pulumi {PINNED} with {INSTALLER}", flush=True)
    _run(
        ["sh", "-s", "--", "--version", str(PINNED), "--install-root", str(root), "--no-edit-path"],
        script=script,
    )
    for name in PROGRAMS:
        program = root / "bin" / name
        if not program.exists():
            raise UnavailableError(f"the vendor's installer brought no {name}")
        program.rename(directory / name)
    shutil.rmtree(root)


def _run(command: list[str], script: str = "") -> str:
    if shutil.which(command[0]) is None:
        raise UnavailableError(f"the vendor's installer needs {command[0]}")
    try:
        done = subprocess.run(command, input=script, capture_output=True, text=True, timeout=900, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(
            f"the vendor's installer at {INSTALLER} did not finish in 15 minutes", REMEDY
        ) from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"status {done.returncode}"]
        raise UnavailableError(f"the vendor's installer at {INSTALLER} failed: {said[-1]}", REMEDY)
    return done.stdout
