"""A type that the package does not have works like the others once its definition is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.engine.canary import Canary
from tests.engine.programs import ids_in_state
from tests.engine.stack import ACCOUNT, ROOT, Stack
from tests.promises import proves

EXTENSION = Path(__file__).parent / "extension"
TYPE = "twilio/voice:Greeting"
PROGRAM = """
    hello = twilio.voice.Greeting(
        "hello",
        text="Good morning",
        voice="low",
        languages=["fr", "en"],
        pauses={"*": {"seconds": 3}, "vip": {}},
        pin="canary-of-the-pin",
    )
    pulumi.export("id", hello.greeting_id)
    pulumi.export("pauses", hello.pauses)
    pulumi.export("seconds", hello.pauses["*"]["seconds"].apply(lambda seconds: f"{seconds} s"))
"""


@pytest.fixture
def extended(tmp_path: Path) -> Path:
    """A copy of the package with one more type: two files, and what is generated from them."""
    package = tmp_path / "extended/pulumi_switchboard"
    shutil.copytree(
        ROOT / "provider/pulumi_switchboard", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(EXTENSION / "greeting.py", package / "definitions/twilio/voice/greeting.py")
    shutil.copy(EXTENSION / "greetings_api.py", package / "emulator/apis/voice_greetings.py")
    generate = [sys.executable, "-m", "tools.generate"]
    subprocess.run(generate, cwd=ROOT, env=_with(package), check=True, stdout=subprocess.DEVNULL)
    return package


@proves("process.new-type")
def test_a_new_type_works_as_the_others_do(stack: Stack, extended: Path) -> None:
    stack.environment["PYTHONPATH"] = str(extended.parent)
    stack.secret("canary-of-the-pin")
    with _emulator(extended, stack.canary) as url:
        stack.endpoint = url

        stack.up(PROGRAM)
        first = _greeting(url)
        stack.up(PROGRAM.replace("morning", "evening").replace('["fr", "en"]', '["en", "fr"]'))
        changed = _greeting(url)
        stack.up(PROGRAM.replace("low", "high"))
        replaced = _greeting(url)

        assert first["text"] == "Good morning"
        assert changed == {**first, "text": "Good evening"}
        assert replaced["voice"] == "high"
        assert replaced["id"] != first["id"]
        assert stack.outputs() == {
            "id": replaced["id"],
            "pauses": {"*": {"seconds": 3}, "vip": {"seconds": 1}},
            "seconds": "3 s",
        }
        assert ids_in_state(stack, TYPE) == {"hello": replaced["id"]}
        stack.assert_settled()
        stack.destroy()
        assert requests.get(f"{url}/_emulator/state", timeout=10).json() == {}


@contextmanager
def _emulator(package: Path, canary: Canary) -> Iterator[str]:
    """The URL of the extended package's emulator, which is a command; it prints no secret."""
    command = [sys.executable, "-m", "pulumi_switchboard.cli", "emulator", "--port", "0", "--quiet"]
    with subprocess.Popen(command, env=_with(package), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()
            canary.assert_absent(process.stdout.read(), "what the emulator has printed")


def _with(package: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(package.parent)}


def _greeting(url: str) -> dict[str, str]:
    state = requests.get(f"{url}/_emulator/state", timeout=10).json()
    (greeting,) = state[ACCOUNT][TYPE].values()
    return dict(greeting)
