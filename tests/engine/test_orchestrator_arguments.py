"""What a program may say about a configuration, and what it is told when it may not."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.orchestrator import NEEDED, STORE, Code, Orchestrator, configuration, ids
from tests.engine.stack import Stack

BAD: dict[str, Any] = {
    "display_name": "canary: a name that is long and has colons",
    "description": "canary" * 100,
    "conversation_grouping_type": "canary-type",
    "memory_store_id": "",
    "channel_settings": {
        "SMS": {
            "status_timeouts": {"inactive": 0, "closed": "canary-closed", "open": "canary-open"},
            "capture_rules": [
                {"from_": "canary-from"},
                {"from": "canary-from", "to": 5},
                {"from_": "*", "to": "*", "metadata": {"callType": ["canary-call-type"]}},
            ],
        },
        "CHAT": {"capture_rules": [{"from_": "*", "to": str(number)} for number in range(101)]},
        "VOICE": "canary-voice",
    },
    "status_callbacks": [
        {"url": "desk.example.com/canary-url"},
        {"method": "PUT"},
    ],
    "intelligence_configuration_ids": [
        "canary-1",
        "canary-2",
        "canary-3",
        "canary-4",
        "canary-5",
        "canary-6",
    ],
    "memory_extraction_enabled": "canary-enabled",
    "conversations_v1_bridge": {"service_id": "canary-service"},
}
PROBLEMS = (
    "display_name: ",
    "description: ",
    "conversation_grouping_type: must be 'GROUP_BY_PROFILE', ",
    "memory_store_id: ",
    "channel_settings.SMS.status_timeouts.inactive: ",
    "channel_settings.SMS.status_timeouts.closed: ",
    "channel_settings.SMS.status_timeouts.open: is not known here; known are: inactive, closed",
    "channel_settings.SMS.capture_rules[0].to: ",
    "channel_settings.SMS.capture_rules[1].from_: ",
    "channel_settings.SMS.capture_rules[1].from: is not known here",
    "channel_settings.SMS.capture_rules[1].to: ",
    "channel_settings.SMS.capture_rules[2].metadata.callType: ",
    "channel_settings.CHAT.capture_rules: ",
    "channel_settings.VOICE: ",
    "status_callbacks[0].url: is not an absolute URL",
    "status_callbacks[1].method: must be 'GET' or 'POST'",
    "status_callbacks[1].url: ",
    "memory_extraction_enabled: ",
    "intelligence_configuration_ids: ",
    "conversations_v1_bridge.service_id: must be the SID of a Conversations service",
)
MANY_CALLBACKS = {**NEEDED, "status_callbacks": [{"url": f"https://{name}.example.com"} for name in "abc"]}


@pytest.fixture
def colleague(emulator: Emulator) -> Orchestrator:
    return Orchestrator(emulator)


def test_all_problems_are_reported_at_once_and_no_value_is_echoed(
    stack: Stack, colleague: Orchestrator
) -> None:
    stack.secret("canary")
    stack.write(configuration("support", BAD))

    said = stack.preview(fails=True)

    missing = [problem for problem in PROBLEMS if problem not in said]
    assert missing == [], said
    assert "status_callbacks: " in stack.up(configuration("many", MANY_CALLBACKS), fails=True)
    assert colleague.new_requests() == []
    assert ids(stack) == {}


def test_what_is_needed_is_asked_for_by_name(stack: Stack, colleague: Orchestrator) -> None:
    nothing = dict.fromkeys(NEEDED)

    said = stack.up(configuration("support", nothing), fails=True)

    for name in NEEDED:
        assert f"{name}: " in said
    assert colleague.new_requests() == []


def test_an_unknown_channel_and_plain_http_are_warned_of_once_and_only_when_new(stack: Stack) -> None:
    odd = {
        **NEEDED,
        "channel_settings": {"PIGEON": {"capture_rules": [{"from_": "*", "to": "*"}]}},
        "status_callbacks": [{"url": "https://a.example.com"}, {"url": "http://b.example.com"}],
    }
    warnings = (
        "warning: channel_settings has channels that Twilio does not document; documented are VOICE, SMS, ",
        "warning: status_callbacks[1].url is plain http",
    )

    created = stack.up(configuration("support", odd))
    changed = stack.up(configuration("support", {**odd, "description": "two"}))

    for warning in warnings:
        assert created.split("Diagnostics:")[1].count(warning) == 1
        assert warning not in changed
    assert "PIGEON" not in created
    stack.assert_settled()


def test_what_is_unknown_in_a_preview_is_no_problem_at_any_depth(
    stack: Stack, colleague: Orchestrator
) -> None:
    def known(text: str) -> Code:
        return Code(f"first.configuration_id.apply(lambda id: {text})")

    rule = {"from_": known("'*'"), "to": known("id[-5:]"), "metadata": {"by": known("id")}}
    unknown = {
        "display_name": known("'Second'"),
        "description": Code("first.created_at"),
        "conversation_grouping_type": known("'GROUP_BY_PROFILE'"),
        "memory_store_id": known(repr(STORE)),
        "channel_settings": {
            "SMS": {
                "status_timeouts": {"inactive": known("5"), "closed": known("6")},
                "capture_rules": [rule, known("{'from_': '*', 'to': id}")],
            },
            "CHAT": known("{'capture_rules': []}"),
        },
        "status_callbacks": [{"url": known("f'https://a.example.com/{id}'"), "method": known("'GET'")}],
        "intelligence_configuration_ids": [known("id"), Code("first.configuration_id")],
        "memory_extraction_enabled": known("True"),
        "conversations_v1_bridge": {"service_id": known("'IS' + '0' * 32")},
    }
    whole = {
        **NEEDED,
        "display_name": "Third",
        "channel_settings": known("{'SMS': {}}"),
        "status_callbacks": known("[]"),
        "intelligence_configuration_ids": known("[id]"),
        "conversations_v1_bridge": known("None"),
    }
    stack.write(configuration("first") + configuration("second", unknown) + configuration("third", whole))

    assert "+ 5 to create" in stack.preview()
    assert colleague.new_requests() == []
    stack.up()

    made = ids(stack)
    shown = colleague.named("Second")
    assert shown["intelligenceConfigurationIds"] == [made["first"]] * 2
    assert shown["channelSettings"]["SMS"]["statusTimeouts"] == {"inactive": 5, "closed": 6}
    assert shown["channelSettings"]["SMS"]["captureRules"][1]["to"] == made["first"]
    assert colleague.named("Third")["intelligenceConfigurationIds"] == [made["first"]]
    stack.assert_settled()
