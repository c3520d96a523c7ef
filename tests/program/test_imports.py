"""What an import brings with it, and what a program can import."""

from __future__ import annotations

import subprocess
import sys

import pulumi_switchboard
import pytest
from pulumi_switchboard import twilio, ultravox

HEAVY = ("pydantic", "requests", "tenacity", "starlette", "typer")
OURS = (
    "definitions",
    "core",
    "http",
    "vendors",
    "dynamic.bridge",
    "dynamic.host",
    "dynamic.process",
    "emulator",
)


@pytest.mark.parametrize("module", ["pulumi_switchboard", "pulumi_switchboard.twilio.voice"])
def test_a_program_loads_nothing_that_only_the_provider_needs(module: str) -> None:
    unwanted = (*HEAVY, *(f"pulumi_switchboard.{name}" for name in OURS))
    code = f"""
import sys
import pulumi, pulumi.dynamic
before = set(sys.modules)
import {module}
print([name for name in {unwanted!r} if name in set(sys.modules) - before])
"""

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )

    assert run.stdout.strip() == "[]"


def test_the_exported_names_are_these() -> None:
    assert pulumi_switchboard.__all__ == ["Provider", "twilio", "ultravox"]
    assert twilio.__all__ == ["conversations", "orchestrator", "voice"]
    assert twilio.conversations.__all__ == ["WebhookConfiguration"]
    assert twilio.voice.__all__ == [
        "CallNotification",
        "CallNotificationArgsDict",
        "ClientConfiguration",
        "DefaultClientConfiguration",
    ]
    assert ultravox.__all__ == ["TwilioTelephony"]
    parts = ("CaptureRule", "ChannelSetting", "ConversationsV1Bridge", "StatusCallback", "StatusTimeouts")
    assert set(twilio.orchestrator.__all__) == {
        "Configuration",
        *parts,
        *(f"{part}ArgsDict" for part in parts),
    }
    for module in (
        pulumi_switchboard,
        twilio,
        twilio.conversations,
        twilio.voice,
        twilio.orchestrator,
        ultravox,
    ):
        assert all(hasattr(module, name) for name in module.__all__)


def test_the_package_says_that_it_is_typed() -> None:
    from importlib.resources import files  # noqa: PLC0415 - this test's only

    assert files("pulumi_switchboard").joinpath("py.typed").is_file()
