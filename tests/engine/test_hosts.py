"""Other ways to run a program: an installed wheel, and the Automation API."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pulumi
import pytest
from pulumi import automation
from pulumi_switchboard import twilio
from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import VOICE, desk, ids_in_state
from tests.engine.stack import Stack
from tests.promises import proves
from tests.tools.wheel import build_wheel


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The Python of an environment that has the wheel; what it depends on comes from our own."""
    environment, wheel = tmp_path / "environment", build_wheel(tmp_path / "wheels")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin/python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python


@proves("documents.wheel", "program.no-plugin-download")
def test_an_installed_wheel_deploys_a_program_and_has_nothing_to_say(
    stack: Stack, emulator: Emulator, installed: Path
) -> None:
    stack.python = installed
    stack.environment["PYTHONPATH"] = ""  # the CLI asks pip itself
    where = 'import pulumi_switchboard\npulumi.export("from", pulumi_switchboard.__file__)\n'

    said = stack.up(desk("desk") + where)

    assert ids_in_state(stack, VOICE) == {"desk": Account(emulator).only(VOICE)["id"]}
    assert Path(stack.outputs()["from"]).is_relative_to(installed.parents[1])
    assert "plugin" not in said
    assert "Diagnostics" not in said
    stack.assert_settled()


@proves("documents.automation-api")
def test_an_inline_program_is_deployed_and_destroyed(stack: Stack, emulator: Emulator) -> None:
    def program() -> None:
        made = twilio.voice.ClientConfiguration("desk", call_notification={"url": "https://desk.example.com"})
        pulumi.export("id", made.configuration_id)

    options = automation.LocalWorkspaceOptions(
        work_dir=str(stack.folder), env_vars={**stack.settings(), "PULUMI_PYTHON_CMD": sys.executable}
    )
    account = Account(emulator)
    inline = automation.select_stack(stack.name, project_name=stack.project, program=program, opts=options)

    result = inline.up()
    assert result.outputs["id"].value == account.only(VOICE)["id"]
    assert account.new_writes() == ["POST"]
    stack.assert_clean(result.stdout + inline.destroy().stdout)
    assert account.objects(VOICE) == {}
    assert ids_in_state(stack, VOICE) == {}
