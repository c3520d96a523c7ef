"""`python -m tools.generate [--check]`: write the generated files, or list those that are out of date."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pulumi_switchboard
from pulumi_switchboard import definitions
from pulumi_switchboard.resource.definition import AnyDefinition

from tests.dynamic import freeze
from tests.samples import by_type
from tools.generate import completeness, promises, typed_programs
from tools.generate.package import modules
from tools.generate.pages import coverage, documents

PACKAGE = Path(pulumi_switchboard.__file__).parent
ONLY_GENERATED = (documents.FOLDER, typed_programs.FOLDER)
"""Folders in which all but `__init__.py` is generated."""


def main(arguments: list[str]) -> int:
    """Write or check all generated files; the exit status says whether they are current."""
    types = list(definitions.every())
    wanted = {PACKAGE / name: text for name, text in modules(types).items()}
    problems: list[str] = []
    left: list[Path] = []
    # A test uses a copy of the package in another folder, which has no documents.
    if PACKAGE.is_relative_to(promises.ROOT):
        of_repository, problems = repository(types)
        wanted |= of_repository
        left = leftovers(ONLY_GENERATED, wanted)
    texts = {path: _formatted(path, text) for path, text in wanted.items()}
    stale = [path for path, text in texts.items() if not path.exists() or path.read_text() != text]
    if "--check" in arguments:
        problems += [f"{_shown(path)} is out of date: run `make generate`" for path in (*stale, *left)]
    else:
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(texts[path])
            print(f"wrote {_shown(path)}")
        for path in left:
            path.unlink()
            print(f"removed {_shown(path)}, which belongs to no type")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def repository(types: Sequence[AnyDefinition]) -> tuple[dict[Path, str], list[str]]:
    """What is generated outside the package, by its path, and a sentence for all that is missing."""
    samples = by_type()
    gaps = completeness.gaps_here(types)
    proofs = promises.proofs(promises.ROOT / "tests")
    files = {
        promises.DOCUMENT: promises.document(proofs),
        **documents.documents(types),
        **typed_programs.programs(types, samples),
    }
    if not gaps:  # what follows needs complete types
        files |= {coverage.PAGE: coverage.coverage(types, samples), **freeze.missing(samples.values())}
        gaps = coverage.unexplained(types, samples)
    return files, [*promises.unproven(proofs), *gaps]


def leftovers(folders: Iterable[Path], wanted: Collection[Path]) -> list[Path]:
    """The files of types that are gone."""
    files = (path for folder in folders for path in folder.glob("*.*"))
    return [path for path in files if path not in wanted and path.name != "__init__.py"]


def _shown(path: Path) -> str:
    """The path of a generated file for messages."""
    return str(path.relative_to(PACKAGE.parent if path.is_relative_to(PACKAGE) else promises.ROOT))


def _formatted(path: Path, text: str) -> str:
    if path.suffix != ".py":
        return text
    for command in (["check", "--select", "I", "--fix", "--quiet"], ["format", "--quiet"]):
        arguments = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(path), "-"]
        text = subprocess.run(arguments, input=text, capture_output=True, text=True, check=True).stdout
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
