"""What type checkers say about programs that use the package, right ones and wrong ones."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent / "every_argument.py"

# Wrong programs are texts here and not files, so that the checks of the whole repository never meet them.
HEAD = "from pulumi_switchboard import Provider, twilio\n\n"
WRONG = {
    "a nested key that does not exist": (
        'twilio.voice.ClientConfiguration("a", call_notification={"url": "https://a.io", "verb": "GET"})',
        "call_notification|verb",
    ),
    "a nested value of the wrong type": (
        'twilio.voice.ClientConfiguration("a", call_notification={"url": 1})',
        "call_notification|url",
    ),
    "a nested value that is none of the choices": (
        'twilio.voice.ClientConfiguration("a", call_notification={"url": "https://a.io", "method": "PUT"})',
        "call_notification|method",
    ),
    "a required nested key that is missing": (
        'twilio.voice.ClientConfiguration("a", call_notification={"method": "GET"})',
        "call_notification|url",
    ),
    "a required argument that is missing": (
        'twilio.voice.ClientConfiguration("a", description="b")',
        "call_notification",
    ),
    "an end that there is not": (
        'twilio.voice.DefaultClientConfiguration("a", configuration_id="b", on_destroy="keep")',
        "on_destroy",
    ),
    "an argument that does not exist": (
        'Provider("a", twilio_token="b")',
        "twilio_token",
    ),
}


def mypy(*programs: Path) -> dict[str, str]:
    """What mypy says, by line."""
    run = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--show-absolute-path"),
            *("--config-file=", "--cache-dir", str(programs[-1].parent / "cache")),
            *map(str, programs),
        ],
        cwd=programs[0].parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.stderr == ""
    said: dict[str, str] = {}
    for line in run.stdout.splitlines():
        place, _, text = line.partition(": ")
        said[place] = said.get(place, "") + text
    return said


def pyright(folder: Path, *programs: Path) -> dict[str, str]:
    """What pyright says, by line."""
    (folder / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "strict"}))
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable),
            *map(str, programs),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    said: dict[str, str] = {}
    for item in json.loads(run.stdout)["generalDiagnostics"]:
        place = f"{item['file']}:{item['range']['start']['line'] + 1}"
        said[place] = said.get(place, "") + item["message"]
    return said


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with one mistake a line."""
    program = tmp_path_factory.mktemp("typing") / "wrong.py"
    program.write_text(HEAD + "\n".join(line for line, _ in WRONG.values()) + "\n")
    return program


@pytest.fixture(scope="module", params=["mypy", "pyright"])
def verdict(request: pytest.FixtureRequest, wrong: Path) -> dict[str, str]:
    """What a type checker says of the right program and of the wrong one."""
    # One run for both: most of the time goes into reading Pulumi.
    return mypy(PROGRAM, wrong) if request.param == "mypy" else pyright(wrong.parent, PROGRAM, wrong)


def test_a_program_with_every_argument_is_right(verdict: dict[str, str]) -> None:
    assert {place: text for place, text in verdict.items() if str(PROGRAM) in place} == {}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_is_told_in_its_line(verdict: dict[str, str], wrong: Path, mistake: str) -> None:
    line = list(WRONG).index(mistake) + HEAD.count("\n") + 1

    said = verdict.get(f"{wrong}:{line}", "")

    assert any(word in said for word in WRONG[mistake][1].split("|")), (said, verdict)


def test_nothing_but_the_mistakes_is_told(verdict: dict[str, str], wrong: Path) -> None:
    lines = {place.rpartition(":")[2] for place in verdict if place.startswith(str(wrong))}

    assert lines <= {str(number + HEAD.count("\n") + 1) for number in range(len(WRONG))}
