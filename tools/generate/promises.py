"""Writes `docs/promises.md`: the promises of the product and the tests that prove them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from os.path import relpath
from pathlib import Path
from typing import TypeAlias

from tests.promises import KEYS, PROMISES

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/promises.md"
HEAD = """\
# Promises and their tests

This page lists each promise of the package with the tests that prove it. The tests in `tests/conformance` run
for every configuration type. A test names its promises with `@proves` of `tests/promises.py`. `make generate`
writes this page.
"""

Proofs: TypeAlias = Mapping[str, Mapping[Path, list[str]]]
"""The names of the tests that prove a promise, by the promise's key and the tests' file."""


def proofs(tests: Path) -> Proofs:
    """The tests of a folder that prove promises, according to their decorators.

    Raises:
        ValueError: A test names an unknown promise.
    """
    found: defaultdict[str, defaultdict[Path, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(tests.rglob("test_*.py")):
        for test in ast.walk(ast.parse(path.read_text())):
            if isinstance(test, ast.FunctionDef | ast.ClassDef):
                for key in _keys(test):
                    if key not in KEYS:
                        raise ValueError(
                            f"{path}: {test.name} proves {key}, which is not the key of a promise"
                        )
                    found[key][path].append(test.name)
    return found


def unproven(proofs: Proofs) -> list[str]:
    """One sentence for each promise without a test."""
    return [f"no test proves {one.key}: {one.text}" for one in PROMISES if one.key not in proofs]


def document(proofs: Proofs) -> str:
    """The text of the document."""
    lines = [HEAD]
    for section, members in groupby(PROMISES, lambda promise: promise.section):
        lines.append(f"## {section}\n")
        for promise in members:
            lines.append(f"- {promise.text} (`{promise.key}`)")
            lines += [_proof(*proof) for proof in proofs.get(promise.key, {}).items()]
        lines.append("")
    return "\n".join(lines)


def _proof(path: Path, names: list[str]) -> str:
    named = ", ".join(f"`{name}`" for name in names)
    return f"  - [{path.relative_to(ROOT)}]({relpath(path, DOCUMENT.parent)}): {named}"


def _keys(test: ast.FunctionDef | ast.ClassDef) -> Iterator[str]:
    """The arguments of `@proves` of a test. An argument that is not a literal is returned as its source."""
    for decorator in test.decorator_list:
        match decorator:
            case ast.Call(func=ast.Name(id="proves"), args=arguments):
                for argument in arguments:
                    try:
                        yield str(ast.literal_eval(argument))
                    except ValueError:
                        yield ast.unparse(argument)
