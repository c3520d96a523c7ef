"""What type checkers say about programs that use the package, right ones and wrong ones."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pulumi_switchboard.importer.program import program_of

from tests.importer.test_program import EVERYTHING, many
from tests.promises import proves

FOLDER = Path(__file__).parent
RIGHT = [FOLDER / "outputs.py", *sorted(FOLDER.glob("programs/[a-z]*.py"))]
"""The last ones have all arguments and outputs of a type each; `make generate` writes them."""

# Wrong programs are texts here and not files, so that the checks of the whole repository never meet them.
HEAD = "from pulumi_switchboard import Provider, twilio\n\n"
NOTIFIED = 'twilio.voice.ClientConfiguration("a", call_notification={"url": %s})'
GOT = 'twilio.voice.ClientConfiguration.get("b", "c")'
WRONG = {
    NOTIFIED % '"https://a.io", "verb": "GET"': "call_notification|verb",
    NOTIFIED % "1": "call_notification|url",
    NOTIFIED % '"https://a.io", "method": "PUT"': "call_notification|method",
    'twilio.voice.ClientConfiguration("a", call_notification={"method": "GET"})': "call_notification|url",
    'twilio.voice.ClientConfiguration("a", description="b")': "call_notification",
    f'twilio.voice.ClientConfiguration("a", call_notification={GOT}.description)': "call_notification",
    NOTIFIED % f"{GOT}.call_notification": "call_notification",
    f"{GOT}.call_notificaton": "call_notificaton",
    'twilio.voice.DefaultClientConfiguration("a", configuration_id="b", on_destroy="keep")': "on_destroy",
    'Provider("a", twilio_token="b")': "twilio_token",
    'twilio.memory.get_store(name="a")': "name",
    'twilio.memory.get_store(id=twilio.memory.get_store_output(id="a").store_id)': "id",
    'twilio.memory.get_store(id="a").store_id = "b"': "read-only|frozen|store_id",
}
"""Wrong lines, and the words of which one is in what is said of it."""


def mypy(folder: Path, *programs: Path) -> dict[str, str]:
    """What mypy says, by line."""
    options = ["--strict", "--no-error-summary", "--show-absolute-path", "--config-file="]
    said: dict[str, str] = {}
    for line in run(folder, "mypy", *options, f"--cache-dir={folder / 'cache'}", *programs).splitlines():
        place, _, text = line.partition(": ")
        said[place] = said.get(place, "") + text
    return said


def pyright(folder: Path, *programs: Path) -> dict[str, str]:
    """What pyright says, by line."""
    (folder / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "strict"}))
    output = run(folder, "pyright", "--outputjson", "--pythonpath", sys.executable, *programs)
    said: dict[str, str] = {}
    for item in json.loads(output)["generalDiagnostics"]:
        place = f"{item['file']}:{item['range']['start']['line'] + 1}"
        said[place] = said.get(place, "") + item["message"]
    return said


def run(folder: Path, checker: str, *arguments: str | Path) -> str:
    """Run a type checker; returns what it says."""
    command = [sys.executable, "-m", checker, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def imported(folder: Path) -> list[Path]:
    """Programs with every type as `switchboard import` writes them: one of many modules, and one of one."""
    many_modules = program_of([*EVERYTHING, *many(20)], prefix="imported_").files
    files = {**many_modules, **program_of(EVERYTHING, main="short").files}
    assert len(files) > len(EVERYTHING)
    for name, text in files.items():
        (folder / name).write_text(text)
    return [folder / name for name in files]


@proves("program.typed")
@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_right_program_has_no_error_and_a_wrong_one_has_one_in_each_line(
    checker: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(HEAD + "\n".join(WRONG) + "\n")

    # One run: most of the time goes into reading Pulumi.
    verdict = checker(tmp_path, *RIGHT, *imported(tmp_path), wrong)

    first = HEAD.count("\n") + 1
    lines = {f"{wrong}:{number}": words for number, words in enumerate(WRONG.values(), first)}
    assert {place: text for place, text in verdict.items() if place not in lines} == {}
    for place, words in lines.items():
        assert any(word in verdict.get(place, "") for word in words.split("|")), (place, verdict)
