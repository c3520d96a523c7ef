"""What the program of a project adopts with `import_`, whether or not its stack has it yet."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path


def adopted_objects(sources: Path) -> Iterator[tuple[str, str]]:
    """The class and the id of each resource with `import_`, in the files of a program's folder.

    Args:
        sources: The folder. A file in it that is not Python declares nothing.
    """
    for file in sources.glob("*.py"):
        try:
            program = ast.parse(file.read_bytes())
        except (OSError, SyntaxError, ValueError):
            continue
        for node in ast.walk(program):
            if isinstance(node, ast.Call):
                yield from ((_class_name(node), found) for found in _imported_ids(node))


def _class_name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _imported_ids(call: ast.Call) -> Iterator[str]:
    for node in ast.walk(call):
        if isinstance(node, ast.keyword) and node.arg == "import_" and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
