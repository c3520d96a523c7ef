"""What `make test` runs, and what a run tells at its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_switchboard import definitions

from tests.__main__ import is_type, main, pytest_arguments
from tests.programs import write_program
from tests.promises import proves

ROOT = Path(__file__).parents[2]
TESTS = """
import subprocess, time
import pytest
from tests.summary import not_run

@pytest.mark.parametrize("field", ["url", "method"])
@pytest.mark.parametrize("sample", ["twilio/voice:ClientConfiguration", "ultravox:TwilioTelephony"])
def test_a_type(sample, field):
    subprocess.run(["pulumi", "--color=never", "stack", "init", "--yes"], check=True)
    not_run("the vendor's file is not here")

def test_no_type():
    subprocess.run(["pulumi", "up"], check=True)
    time.sleep(0.6)
"""


def run(folder: Path, *options: str) -> str:
    """Run the tests above with a CLI that does nothing; returns what is said."""
    (folder / "test_it.py").write_text(TESTS)
    write_program(folder / "pulumi", "")
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-p", "tests.conftest"]
    command = [sys.executable, "-m", "pytest", *settings, *options, str(folder)]
    path = {"PATH": f"{folder}:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=ROOT, env=path, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_a_run_tells_the_commands_of_all_workers_the_slow_tests_and_what_was_not_run(tmp_path: Path) -> None:
    said = run(tmp_path, "-n", "2")
    for text in ("5 passed", "\n5 (4 stack, 1 up)\n", "slowest 20 durations", "test_no_type"):
        assert text in said
    assert said.count("- the vendor's file is not here") == 1


@proves("make.test-one-type")
def test_a_run_can_be_that_of_one_type_and_without_workers(tmp_path: Path) -> None:
    said = run(tmp_path, "-p", "no:xdist", "--type", "ultravox:TwilioTelephony")
    assert "2 passed, 3 deselected" in said
    assert "\n2 (2 stack)\n" in said


@proves("make.test-one-type")
def test_a_type_is_given_by_its_key_or_class_and_anything_else_goes_to_pytest() -> None:
    for definition in definitions.every():
        for name in (definition.key, definition.key.replace("/", ".").replace(":", ".")):
            assert pytest_arguments([name, "-x"]) == ["tests/conformance", "--type", definition.key, "-x"]
    for given in ([], ["tests/tools", "-k", "runs"], ["tests/tools/test_runs.py::test_it"], ["-x"]):
        assert pytest_arguments(given) == given
        assert not is_type(given)
    with pytest.raises(SystemExit, match=r"neither a path nor a type; .* ultravox:TwilioTelephony"):
        main(["twilio.voice.Configuration"])
