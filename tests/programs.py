"""Scripts in place of programs."""

from pathlib import Path


def write_program(path: Path, script: str) -> Path:
    """Write a program that runs this shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path
