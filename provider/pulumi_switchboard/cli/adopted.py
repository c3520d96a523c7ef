"""What the program of a project adopts with `import_`, whether or not its stack has it yet."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

from pulumi_switchboard.cli.project_file import PROJECT_FILES

FOREIGN = frozenset({"pyvenv.cfg", *PROJECT_FILES})
"""Files of a folder that is not part of the program: of a virtual environment, or of another project."""


def adopted_objects(sources: Path) -> Iterator[tuple[str, str]]:
    """The class and the id of each resource with `import_`, in the files of a program and its packages.

    Args:
        sources: The folder of the program. A file in it that is not Python declares nothing.
    """
    for file in _python_files(sources):
        try:
            program = ast.parse(file.read_bytes())
        except (OSError, SyntaxError, ValueError):
            continue
        for node in ast.walk(program):
            if isinstance(node, ast.Call):
                yield from ((_class_name(node), found) for found in _imported_ids(node))


def _python_files(sources: Path) -> Iterator[Path]:
    """The files in this folder and below; not in hidden folders, nor in what `FOREIGN` recognises."""
    for folder, below, names in os.walk(sources):
        if Path(folder) != sources and not FOREIGN.isdisjoint(names):
            below.clear()
            continue
        below[:] = [name for name in below if not name.startswith(".")]
        yield from (Path(folder, name) for name in names if name.endswith(".py"))


def _class_name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _imported_ids(call: ast.Call) -> Iterator[str]:
    for node in ast.walk(call):
        if isinstance(node, ast.keyword) and node.arg == "import_" and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
