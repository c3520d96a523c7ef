"""The example `voice-agents`, in its own folder, with its secrets in the stack."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.orchestrator import Orchestrator
from tests.engine.processes import assert_no_provider_is_left, end_all
from tests.engine.stack import ACCOUNT, ROOT, SECRET, Stack
from tests.engine.vendor import Vendor

EXAMPLE = ROOT / "examples" / "voice-agents"
AGENT = "123e4567-e89b-12d3-a456-426614174000"
KEY = f"canary00.{'k' * 32}"
DESK = "https://desk.example.com/canary-of-the-desk"


@pytest.fixture
def stack(tmp_path: Path, emulator: Emulator, printed: Callable[[], str]) -> Iterator[Stack]:
    """The example as it lies in the repository, with nothing of the vendors in the environment."""
    folder = tmp_path / "voice-agents"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__"))
    (folder / "state").mkdir()
    nothing = {"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""}
    stack = Stack(folder, emulator.url, project="voice-agents", environment=nothing)
    try:
        stack.run("stack", "init", stack.name)
        yield stack
        assert_no_provider_is_left(folder)
    finally:
        end_all(folder)
    stack.assert_clean()
    stack.canary.assert_absent(printed(), "what the emulator has printed")


def test_it_runs_with_its_secrets_from_the_stack_and_shows_them_nowhere(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.configure("twilio:accountSid", ACCOUNT)
    stack.configure("twilio:authToken", SECRET, secret=True)
    stack.configure("ultravox:apiKey", stack.secret(KEY), secret=True)
    stack.configure("deskUrl", stack.secret(DESK), secret=True)
    stack.configure("agentId", AGENT)

    stack.up()

    calls, support = vendor.only_client(), Orchestrator(emulator).only()
    assert stack.outputs() == {
        "callsConfigurationId": calls["id"],
        "supportConfigurationId": support["id"],
        "numberWebhookUrl": f"https://api.ultravox.ai/api/agents/{AGENT}/telephony_xml",
    }
    assert calls["configuration"]["callnotification"]["url"] == f"{DESK}/calls"
    assert support["statusCallbacks"] == [{"method": "POST", "url": f"{DESK}/status"}]
    assert vendor.default() == calls["id"]
    webhooks = emulator.state[ACCOUNT]["twilio/conversations:WebhookConfiguration"][ACCOUNT]
    assert webhooks["post_webhook_url"] == f"{DESK}/events"
    assert webhooks["filters"] == ["onMessageAdded", "onConversationStateUpdated"]
    ((key, telephony),) = emulator.state["canary00"]["ultravox:TwilioTelephony"].items()
    assert key == "twilio"
    assert telephony["accountSid"] == ACCOUNT
    assert telephony["callCreationAllowedAgentIds"] == [AGENT]
    stack.assert_settled()
    stack.run("stack", "export")

    stack.destroy()
    assert set(emulator.state) == {ACCOUNT}
    assert set(emulator.state[ACCOUNT]) == {"twilio/conversations:WebhookConfiguration"}, "always there"
    webhooks = emulator.state[ACCOUNT]["twilio/conversations:WebhookConfiguration"][ACCOUNT]
    assert webhooks["post_webhook_url"] is None
