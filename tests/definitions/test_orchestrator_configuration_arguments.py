"""What a program may say of an orchestrator configuration."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.problems import advice, problems
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.definitions.twilio.orchestrator.configuration import ConfigurationInputs

from tests.definitions.orchestrator_configurations import ARGUMENTS, SERVICE, SMALL


def test_a_full_and_a_small_configuration_have_no_problem() -> None:
    assert problems(ConfigurationInputs, ARGUMENTS) == problems(ConfigurationInputs, SMALL) == []
    assert advice(ConfigurationInputs, ARGUMENTS, list(ARGUMENTS)) == []


VOICE = "channel_settings.VOICE"


def voice(**members: Any) -> Bag:
    """The settings of one channel."""
    return {"VOICE": members}


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("display_name", "x" * 33, "display_name"),
        ("display_name", "Empfang ü", "display_name"),
        ("display_name", "a.b", "display_name"),
        ("display_name", "", "display_name"),
        ("display_name", "line\n", "display_name"),
        ("description", "x" * 513, "description"),
        ("conversation_grouping_type", "GROUP_BY_MOOD", "conversation_grouping_type"),
        ("memory_store_id", "", "memory_store_id"),
        ("channel_settings", voice(status_timeouts={"inactive": 0}), "VOICE.status_timeouts.inactive"),
        ("channel_settings", voice(status_timeouts={"closed": -1}), "VOICE.status_timeouts.closed"),
        ("channel_settings", voice(status_timeouts={"closed": 1.5}), "VOICE.status_timeouts.closed"),
        ("channel_settings", voice(capture_rules=[{"from_": "*"}]), "VOICE.capture_rules[0].to"),
        ("channel_settings", voice(capture_rules=[{"from_": "*", "to": "*"}] * 101), "VOICE.capture_rules"),
        ("channel_settings", voice(novel=1), "VOICE.novel"),
        ("status_callbacks", [{"url": f"https://{n}.example"} for n in "abc"], "status_callbacks"),
        ("status_callbacks", [{"url": "hook"}], "status_callbacks[0].url"),
        ("status_callbacks", [{"url": "https://a.example", "method": "PUT"}], "status_callbacks[0].method"),
        ("status_callbacks", [{"method": "GET"}], "status_callbacks[0].url"),
        ("intelligence_configuration_ids", list("abcdef"), "intelligence_configuration_ids"),
        ("memory_extraction_enabled", "yes", "memory_extraction_enabled"),
        ("conversations_v1_bridge", {}, "conversations_v1_bridge.service_id"),
        ("conversations_v1_bridge", {"service_id": "IS1"}, "conversations_v1_bridge.service_id"),
        ("conversations_v1_bridge", {"service_id": SERVICE + "\n"}, "conversations_v1_bridge.service_id"),
    ],
)
def test_what_twilio_would_refuse_is_a_problem(name: str, value: Any, path: str) -> None:
    found = problems(ConfigurationInputs, {**ARGUMENTS, name: value})

    assert [problem.path for problem in found] == [path.replace("VOICE", VOICE)]


@pytest.mark.parametrize("name", list(SMALL))
def test_what_twilio_requires_is_required(name: str) -> None:
    without = {key: value for key, value in ARGUMENTS.items() if key != name}

    assert [str(problem) for problem in problems(ConfigurationInputs, without)] == [f"{name}: is required"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("display_name", "a-b_C 9" + "x" * 25),
        ("description", "x" * 512),
        ("channel_settings", {"FAX": {}}),
        ("channel_settings", {"VOICE": {"status_timeouts": {}, "capture_rules": []}}),
        ("channel_settings", voice(capture_rules=[{"from_": "*", "to": f"+{n}"} for n in range(100)])),
        ("status_callbacks", []),
        ("intelligence_configuration_ids", list("abcde")),
        ("conversations_v1_bridge", {"service_id": "IS" + "A" * 32}),
    ],
)
def test_what_twilio_takes_is_no_problem(name: str, value: Any) -> None:
    assert problems(ConfigurationInputs, {**ARGUMENTS, name: value}) == []


def test_an_unknown_channel_and_plain_http_are_worth_a_remark() -> None:
    odd = {
        "channel_settings": {"VOICE": {}, "canary": {}},
        "status_callbacks": [{"url": "http://canary.example"}],
    }

    first, second = advice(ConfigurationInputs, {**ARGUMENTS, **odd}, list(ARGUMENTS))

    assert first.path == "channel_settings"
    assert "documented are VOICE, SMS, RCS, WHATSAPP, CHAT" in first.reason
    assert second.path == "status_callbacks[0].url"
    assert "canary" not in first.reason + second.reason
