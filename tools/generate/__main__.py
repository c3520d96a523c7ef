"""`python -m tools.generate [--check]`: write the generated files, or list those that are out of date."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pulumi_switchboard
from pulumi_switchboard import definitions

from tools.generate import promises
from tools.generate.templates import package_module, resource_module

PACKAGE = Path(pulumi_switchboard.__file__).parent


def main(arguments: list[str]) -> int:
    """Write or check all generated files; the exit status says whether they are current."""
    checking = "--check" in arguments
    wanted = {PACKAGE / name: _formatted(text) for name, text in generated().items()}
    problems: list[str] = []
    # A test uses a copy of the package in another folder, which has no documents.
    if PACKAGE.is_relative_to(promises.ROOT):
        proofs = promises.proofs(promises.ROOT / "tests")
        wanted[promises.DOCUMENT] = promises.document(proofs)
        problems += promises.unproven(proofs)
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    if checking:
        problems += [f"{_shown(path)} is out of date: run `make generate`" for path in stale]
        for problem in problems:
            print(problem, file=sys.stderr)
        return 1 if problems else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path])
        print(f"wrote {_shown(path)}")
    return 0


def _shown(path: Path) -> str:
    """The path of a generated file for messages."""
    return str(path.relative_to(PACKAGE.parent if path.is_relative_to(PACKAGE) else promises.ROOT))


def generated() -> dict[str, str]:
    """The text of each generated file, by its path in the package."""
    files: dict[str, str] = {}
    modules: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    packages: defaultdict[str, set[str]] = defaultdict(set)
    for definition in definitions.every():
        module, _ = definition.key.split(":")
        source = definition.inputs.__module__.rpartition(".")[2]
        files[f"{module}/{source}.py"] = text = resource_module(definition)
        names = [
            line.split("(")[0].removeprefix("class ")
            for line in text.splitlines()
            if line.startswith("class ")
        ]
        modules[module][f"pulumi_switchboard.{module.replace('/', '.')}.{source}"] = sorted(names)
        *parents, last = module.split("/")
        if parents:
            packages["/".join(parents)].add(last)
    for module, imports in modules.items():
        files[f"{module}/__init__.py"] = package_module(f"Resources of {module.replace('/', '.')}.", imports)
    for package, members in packages.items():
        files[f"{package}/__init__.py"] = package_module(
            f"Resources of {package}.", {f"pulumi_switchboard.{package.replace('/', '.')}": sorted(members)}
        )
    return files


def _formatted(text: str) -> str:
    for command in (["check", "--select", "I", "--fix", "--quiet"], ["format", "--quiet"]):
        arguments = [
            sys.executable,
            "-m",
            "ruff",
            *command,
            "--stdin-filename",
            str(PACKAGE / "generated.py"),
            "-",
        ]
        text = subprocess.run(arguments, input=text, capture_output=True, text=True, check=True).stdout
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
