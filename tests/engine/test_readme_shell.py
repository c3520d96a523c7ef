"""What the README types into a shell, word for word but for the emulator's port."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.processes import assert_no_provider_is_left
from tests.engine.stack import ROOT, SECRET, Stack
from tests.engine.test_documents import PROGRAMS

BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
EMULATED = {
    found[1]: block for block in BLOCKS if (found := re.search(r"^cd examples/(\S+)", block, re.MULTILINE))
}
TYPED = {
    "twilio:authToken": SECRET,
    "webhookUrl": "https://desk.example.com/canary-of-the-desk",
    "ultravox:apiKey": f"canary00.{'k' * 32}",
    "deskUrl": "https://desk.example.com/canary-of-the-desk",
}
"""What the user types where `pulumi config set` asks for a secret."""
SHELL = """
pulumi() {
    case "$1 $2" in
        "config set") command pulumi "$@" < "$TYPED/$3" ;;
        *) command pulumi "$@" < /dev/null ;;
    esac
}
"""
"""Answers what `pulumi` asks, as no one sits there."""


@pytest.fixture
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what is typed for each key."""
    folder = tmp_path_factory.mktemp("typed")
    for key, value in TYPED.items():
        (folder / key).write_text(value)
    return folder


def run(block: str, stack: Stack, typed: Path) -> str:
    """Type the block in the folder of the stack; returns what is said."""
    commands = re.sub(r"^switchboard emulator.*\n", "", block, flags=re.MULTILINE)
    commands = commands.replace("http://127.0.0.1:8080", stack.endpoint)
    for key in re.findall(r"config set (\S+)", commands):
        (typed / key).touch()
    settings = {
        **stack.settings(),
        "TMPDIR": str(stack.folder),
        "TYPED": str(typed),
        "PULUMI_SKIP_CONFIRMATIONS": "true",
    }
    done = subprocess.run(
        ["sh", "-e", "-c", SHELL + commands],
        check=False,
        cwd=stack.folder,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert_no_provider_is_left(stack.folder)
    stack.assert_clean(done.stdout)
    return done.stdout


def test_the_first_steps_lead_to_a_deployment(stack: Stack, typed: Path) -> None:
    (block,) = (block for block in BLOCKS if block.startswith("pulumi config set"))
    stack.secret(TYPED["webhookUrl"])
    stack.write(PROGRAMS[0], head=False)

    said = run(block, stack, typed)

    assert re.search(r'supportConfigurationId: "voice_clientconfiguration_\w{26}"', said)


@pytest.mark.parametrize("block", EMULATED.values(), ids=EMULATED.keys())
def test_an_example_runs_as_it_is_shown(stack: Stack, emulator: Emulator, typed: Path, block: str) -> None:
    shutil.copytree(
        ROOT / "examples",
        stack.folder / "examples",
        ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__"),
    )
    stack.environment |= {"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""}
    for key in re.findall(r"config set (\S+).*--secret", block):
        stack.secret(TYPED[key])

    said = run(block, stack, typed)

    assert "Outputs:" in said
    assert emulator.state != {}
    assert "warning" not in said
