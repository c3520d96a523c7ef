"""Stacks of projects, made without the Pulumi CLI, which takes seconds."""

from pathlib import Path

from tests.engine.stack import Stack


def stack_in(folder: Path, state: Path, name: str = "dev") -> Stack:
    """A stack of the project `desk` in this folder, which is still to be created."""
    backend = {"PULUMI_BACKEND_URL": f"file://{state}"}
    return Stack(folder, "", name=name, project="desk", environment=backend)
