"""A program that is run without Pulumi."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.promises import proves

HEAD = "import pulumi\nfrom pulumi_switchboard import Provider, twilio\n\n"
NOTICE = (
    "this program declares resources for Pulumi: run it with `pulumi up` "
    "(in a unit test, call `pulumi.runtime.set_mocks` first)\n"
)
STATEMENTS = (
    'twilio.voice.ClientConfiguration("desk", call_notification={"url": "https://desk.example.com"})',
    'twilio.voice.ClientConfiguration.get("desk", "id")',
    'Provider("acme")',
)


def run_without_pulumi(folder: Path, program: str) -> tuple[int, str, str]:
    """Run the program with Python alone; returns its status, its output and its errors."""
    path = folder / "program.py"
    path.write_text(HEAD + program)
    done = subprocess.run(
        [sys.executable, path], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    return done.returncode, done.stdout, done.stderr


@proves("program.needs-the-engine")
@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_program_without_an_engine_ends_with_one_line(statement: str, tmp_path: Path) -> None:
    program = f'{statement}\npulumi.export("a", "b")\n'

    assert run_without_pulumi(tmp_path, program) == (1, "", NOTICE)


def test_code_that_handles_errors_handles_a_missing_engine(tmp_path: Path) -> None:
    program = f"try:\n    {STATEMENTS[-1]}\nexcept Exception as error:\n    print(error)\n"

    assert run_without_pulumi(tmp_path, program) == (0, NOTICE, "")
