"""The programs that the README and the examples show."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.orchestrator import STORE, Orchestrator
from tests.engine.stack import ROOT, SECRET, Stack
from tests.engine.vendor import Vendor

ACME = "AC" + "1" * 32
PROGRAMS = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/__main__.py"))


def test_the_program_of_the_readme_runs(stack: Stack, vendor: Vendor) -> None:
    stack.secret("desk.example.com/calls")
    stack.configure("webhookUrl", "https://desk.example.com/calls", secret=True)
    stack.write(PROGRAMS[0], head=False)

    stack.up()

    assert stack.outputs() == {"supportConfigurationId": vendor.only_client()["id"]}
    stack.assert_settled()


def test_the_program_with_an_orchestrator_configuration_runs(stack: Stack, emulator: Emulator) -> None:
    stack.configure("memoryStoreId", STORE)
    stack.write(PROGRAMS[1], head=False)

    stack.up()

    assert stack.outputs() == {"supportConfigurationId": Orchestrator(emulator).only()["id"]}
    stack.assert_settled()


def test_the_program_with_what_an_account_has_once_runs(stack: Stack, emulator: Emulator) -> None:
    stack.configure("twilio:accountSid", ACME)
    stack.configure("twilio:authToken", SECRET, secret=True)
    stack.environment["ULTRAVOX_API_KEY"] = stack.secret(f"canary00.{'k' * 32}")
    stack.configure("eventsUrl", stack.secret("https://desk.example.com/canary-of-events"), secret=True)
    stack.write(PROGRAMS[2], head=False)

    stack.up()

    assert stack.outputs() == {"webhooksAccount": ACME}
    webhooks = emulator.state[ACME]["twilio/conversations:WebhookConfiguration"][ACME]
    assert (webhooks["filters"], webhooks["pre_webhook_url"]) == (["onMessageAdded"], None)
    assert emulator.state["canary00"]["ultravox:TwilioTelephony"]["twilio"]["accountSid"] == ACME
    stack.assert_settled()

    stack.environment["ULTRAVOX_API_KEY"] = stack.secret(f"canary01.{'k' * 32}")
    stack.refresh()
    assert stack.resources("pulumi-python:dynamic/ultravox:TwilioTelephony") == [], "another account's key"


def test_the_program_with_a_second_account_runs(stack: Stack, vendor: Vendor) -> None:
    stack.configure("acme:authToken", stack.secret("canary-of-acme"), secret=True)
    stack.write(PROGRAMS[3], head=False)

    stack.up()

    assert set(vendor.clients(ACME)) == stack.ids()
    stack.assert_settled()


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs_settles_and_leaves_nothing(stack: Stack, vendor: Vendor, example: str) -> None:
    stack.write((ROOT / "examples" / example / "__main__.py").read_text(), head=False)

    stack.up()

    assert stack.outputs()
    stack.assert_settled()
    stack.destroy()
    assert vendor.emulator.state == {}


def test_the_demo_shows_the_id_and_leaves_nothing_behind() -> None:
    demo = subprocess.run(
        [sys.executable, "-m", "tools.demo"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )

    assert re.search(r"configurationId\W+voice_clientconfiguration_\w{26}", demo.stdout)
