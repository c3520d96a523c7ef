"""Who may import whom: the contracts of `pyproject.toml` hold, and each of them finds what breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pulumi_switchboard

from tests.promises import proves

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
PACKAGE = Path(pulumi_switchboard.__file__).parent
VIOLATIONS = {
    "fields.values": ["vendors.twilio", "transport.messages", "pulumi"],
    "transport.messages": ["vendors.twilio"],
    "vendors.twilio.client": ["definitions"],
    "definitions": ["dynamic", "pulumi"],
    "errors": ["fields.values"],
    "program.text": ["pydantic", "fields.values", "dynamic.properties"],
    "settings": ["requests"],
    "emulator.clock": ["errors", "fields.models"],
    "dynamic.properties": ["emulator"],
    "accounts.objects": ["importer.program"],
}
"""Modules, and what they must not import."""
LOADED_BY_THE_EMULATOR = """
import sys
import pulumi_switchboard
before = set(sys.modules)
import pulumi_switchboard.emulator
names = set(sys.modules) - before
print(sorted(n for n in names if n.startswith("pulumi") and not n.startswith("pulumi_switchboard.emulator")))
"""


def lint(parent: Path) -> subprocess.CompletedProcess[str]:
    """Judge the package in this folder."""
    code = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", code, "--no-cache", "--config", str(PYPROJECT)]
    env = {**os.environ, "PYTHONPATH": str(parent), "COLUMNS": "300"}
    return subprocess.run(
        command, env=env, cwd=parent, capture_output=True, text=True, check=False, timeout=300
    )


def full(name: str) -> str:
    """The whole name of a module of ours or of others."""
    return name if name in ("pulumi", "pydantic", "requests") else f"pulumi_switchboard.{name}"


@proves("process.layers")
def test_all_contracts_are_kept_and_each_import_that_must_not_be_is_found(tmp_path: Path) -> None:
    run = lint(PACKAGE.parent)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout

    copy = tmp_path / "pulumi_switchboard"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "apis"))
    for module, imported in VIOLATIONS.items():
        path = copy.joinpath(*module.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        lines = [f"import {full(name)}" for name in imported]
        path.write_text("\n".join([path.read_text(), *lines]))

    run = lint(tmp_path)
    assert run.returncode == 1
    found = {(module, name) for module, names in VIOLATIONS.items() for name in names}
    missing = {(one, other) for one, other in found if f"{full(one)} -> {full(other)} (l." not in run.stdout}
    assert missing == set(), run.stdout


@proves("process.layers")
def test_the_emulator_loads_nothing_else_of_the_package_and_no_pulumi_of_its_own() -> None:
    said = subprocess.check_output([sys.executable, "-c", LOADED_BY_THE_EMULATOR], text=True, timeout=300)
    assert said.strip() == "[]"
