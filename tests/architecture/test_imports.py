"""Who may import whom: the contracts of `pyproject.toml` hold, and each of them bites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pulumi_switchboard
import pytest

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
PACKAGE = Path(pulumi_switchboard.__file__).parent

VIOLATIONS = [
    ("core/values.py", "import pulumi_switchboard.vendors.twilio"),
    ("core/values.py", "import pulumi_switchboard.http.messages"),
    ("http/messages.py", "import pulumi_switchboard.core.values"),
    ("vendors/twilio/client.py", "import pulumi_switchboard.definitions"),
    ("definitions/__init__.py", "import pulumi_switchboard.dynamic"),
    ("errors.py", "import pulumi_switchboard.core.values"),
    ("program/values.py", "import pydantic"),
    ("program/values.py", "import pulumi_switchboard.core.values"),
    ("program/values.py", "import pulumi_switchboard.dynamic.bags"),
    ("settings.py", "import requests"),
    ("emulator/ids.py", "import pulumi_switchboard.errors"),
    ("emulator/ids.py", "import pulumi_switchboard.core.fields"),
    ("dynamic/bags.py", "import pulumi_switchboard.emulator"),
    ("core/values.py", "import pulumi"),
    ("definitions/__init__.py", "import pulumi.dynamic"),
]


def lint(parent: Path) -> subprocess.CompletedProcess[str]:
    """Judge the package in this folder."""
    code = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache", "--config", str(PYPROJECT)],
        env={**os.environ, "PYTHONPATH": str(parent)},
        cwd=parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package, for changing."""
    shutil.copytree(
        PACKAGE, tmp_path / "pulumi_switchboard", ignore=shutil.ignore_patterns("__pycache__", "apis")
    )
    return tmp_path


def test_all_contracts_are_kept() -> None:
    run = lint(PACKAGE.parent)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


@pytest.mark.parametrize(("module", "line"), VIOLATIONS)
def test_an_import_that_must_not_be_breaks_a_contract(copied: Path, module: str, line: str) -> None:
    path = copied / "pulumi_switchboard" / module
    path.write_text(f"{path.read_text()}\n{line}\n")

    run = lint(copied)

    assert "BROKEN" in run.stdout, run.stdout + run.stderr
    assert run.returncode == 1


def test_the_emulator_loads_nothing_else_of_the_package_and_no_pulumi_of_its_own() -> None:
    code = """
import sys
import pulumi_switchboard
before = set(sys.modules)
import pulumi_switchboard.emulator
names = set(sys.modules) - before
print(sorted(n for n in names if n.startswith("pulumi") and not n.startswith("pulumi_switchboard.emulator")))
"""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )

    assert run.stdout.strip() == "[]"
