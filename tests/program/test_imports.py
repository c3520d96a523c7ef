"""What an import loads, and what a program can import."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pulumi_switchboard
from pulumi_switchboard import twilio, ultravox

from tests.promises import proves

ONLY_OF_THE_PROVIDER = ("pydantic", "requests", "tenacity", "starlette", "typer")
LOADED_BY_A_PROGRAM = [
    "__init__",
    "dynamic",
    "identity",
    "program",
    "settings",
    "sensitive",
    "state_keys",
    "twilio",
]
CODE = f"""
import sys
import pulumi, pulumi.dynamic
before = set(sys.modules)
import pulumi_switchboard, pulumi_switchboard.twilio.voice
new = set(sys.modules) - before
print(sorted(name for name in {ONLY_OF_THE_PROVIDER!r} if name in new))
ours = {{name.split(".", 1)[1] for name in new if name.startswith("pulumi_switchboard.")}}
print(sorted(name for name in ours if name.split(".")[0] not in {[*LOADED_BY_A_PROGRAM, "ultravox"]!r}))
print("dynamic.bridge" in ours)
"""


@proves("program.light-import")
def test_a_program_loads_nothing_that_only_the_provider_needs() -> None:
    said = subprocess.check_output([sys.executable, "-c", CODE], text=True, timeout=300)

    assert said.splitlines() == ["[]", "[]", "False"]


@proves("program.typed")
def test_the_public_names_are_these() -> None:
    notification = ["CallNotification", "CallNotificationArgsDict"]
    parts = ("CaptureRule", "ChannelSetting", "ConversationsV1Bridge", "StatusCallback", "StatusTimeouts")
    public = {
        pulumi_switchboard: ["Provider", "twilio", "ultravox"],
        twilio: ["conversations", "orchestrator", "voice"],
        twilio.conversations: ["WebhookConfiguration"],
        twilio.voice: [*notification, "ClientConfiguration", "DefaultClientConfiguration"],
        twilio.orchestrator: sorted(["Configuration", *parts, *(f"{part}ArgsDict" for part in parts)]),
        ultravox: ["TwilioTelephony"],
    }

    for module, names in public.items():
        assert sorted(module.__all__) == names
        assert all(hasattr(module, name) for name in names)
    assert files("pulumi_switchboard").joinpath("py.typed").is_file()
