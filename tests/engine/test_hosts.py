"""Other ways to run a program: Pulumi's plain host, an installed wheel, and the Automation API."""

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
from tests.engine.programs import (
    DEFAULT,
    ORCHESTRATOR,
    TELEPHONY,
    VOICE,
    WEBHOOKS,
    Code,
    desk,
    ids_in_state,
    resource,
    support,
    token,
)
from tests.engine.stack import ACCOUNT, ROOT, Stack
from tests.promises import proves
from tests.samples.twilio.orchestrator import configuration
from tests.samples.twilio.voice import client_configuration


@proves("process.plain-host", "diff.drift-is-repaired")
def test_every_type_lives_in_the_plain_host(stack: Stack, emulator: Emulator) -> None:
    account = Account.of(stack, emulator)
    stack.environment["SWITCHBOARD_PLAIN_HOST"] = "1"
    token_of_twilio = stack.secret("canary-of-the-telephony")

    def program(text: str, **webhooks: str) -> str:
        telephony = {"account_sid": ACCOUNT, "auth_token": token_of_twilio}
        return (
            desk("desk", text)
            + support("support", text)
            + resource(DEFAULT, "default", {"configuration_id": Code("desk.configuration_id")})
            + resource(WEBHOOKS, "webhooks", webhooks)
            + resource(TELEPHONY, "telephony", telephony)
        )

    stack.up(program("first", method="POST"))
    before = {type: ids_in_state(stack, type) for type in (VOICE, ORCHESTRATOR)}
    assert account.only(DEFAULT)["configuration_id"] == before[VOICE]["desk"]
    assert account.only(TELEPHONY)["accountSid"] == ACCOUNT

    account.change(client_configuration.sample, {"description": "by hand"})
    account.change(configuration.sample, {"description": "by hand"})
    account.new_requests()
    stack.up(program("second", method="GET"), "--refresh")
    assert sorted(account.new_writes()) == ["POST", "PUT", "PUT"]
    assert [account.only(type)["description"] for type in before] == ["second", "second"]
    assert account.only(WEBHOOKS)["method"] == "GET"
    assert {type: ids_in_state(stack, type) for type in before} == before
    stack.assert_settled()

    stack.destroy()
    assert [account.objects(type) for type in (VOICE, ORCHESTRATOR, DEFAULT, TELEPHONY)] == [{}, {}, {}, {}]
    assert account.only(WEBHOOKS)["method"] is None


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The Python of an environment that has the wheel; what it depends on comes from our own."""
    wheels, environment = tmp_path / "wheels", tmp_path / "environment"
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin/python"
    (wheel,) = wheels.iterdir()
    _pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python


def _pip(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True
    )


@proves("documents.wheel", "program.no-plugin-download")
def test_an_installed_wheel_deploys_a_program_and_has_nothing_to_say(
    stack: Stack, emulator: Emulator, installed: Path
) -> None:
    stack.python = installed
    stack.environment["PYTHONPATH"] = ""  # the CLI asks pip itself
    where = 'import pulumi_switchboard\npulumi.export("from", pulumi_switchboard.__file__)\n'

    said = stack.up(desk("desk") + where)

    assert ids_in_state(stack, VOICE) == {"desk": Account(emulator).only(VOICE)["id"]}
    (root,) = stack.resources("pulumi:pulumi:Stack")
    assert Path(root["outputs"]["from"]).is_relative_to(installed.parents[1])
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
    inline = automation.create_or_select_stack("inline", project_name="inline", program=program, opts=options)

    result = inline.up()
    assert result.outputs["id"].value == account.only(VOICE)["id"]
    assert account.new_writes() == ["POST"]
    stack.assert_clean(result.stdout + inline.destroy().stdout)
    assert account.objects(VOICE) == {}
    assert stack.resources(token(VOICE)) == []
