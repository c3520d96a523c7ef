"""Every argument of an Orchestrator configuration is set, changed and cleared, at every depth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator, Switches

from tests.engine.orchestrator import (
    CONFIGURATIONS,
    NEEDED,
    OPERATIONS,
    Orchestrator,
    configuration,
    ids,
)
from tests.engine.stack import Stack

RULE = {"from_": "*", "to": "+18005550101"}
SERVICES = ["IS" + "0" * 32, "IS" + "a" * 32]
WIRE = {
    "display_name": "displayName",
    "conversation_grouping_type": "conversationGroupingType",
    "memory_store_id": "memoryStoreId",
    "channel_settings": "channelSettings",
    "status_timeouts": "statusTimeouts",
    "capture_rules": "captureRules",
    "from_": "from",
    "status_callbacks": "statusCallbacks",
    "intelligence_configuration_ids": "intelligenceConfigurationIds",
    "memory_extraction_enabled": "memoryExtractionEnabled",
    "conversations_v1_bridge": "conversationsV1Bridge",
    "service_id": "serviceId",
}


def _sms(**setting: Any) -> dict[str, Any]:
    return {"channel_settings": {"SMS": setting}}


def _rules(*rules: dict[str, Any]) -> dict[str, Any]:
    return _sms(capture_rules=list(rules))


def _callbacks(*urls: str, method: str = "POST") -> dict[str, Any]:
    found = [{"url": f"https://{url}.example.com", "method": method} for url in urls]
    return {"status_callbacks": found}


EDITS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "description": ({"description": "one"}, {"description": "two"}),
    "store": ({}, {"memory_store_id": "mem_store_01k1etk2y5f1y9fpe2epfdtvv3"}),
    "channel": ({}, _rules(RULE)),
    "second-channel": (_rules(RULE), {"channel_settings": {**_rules(RULE)["channel_settings"], "VOICE": {}}}),
    "empty-channel": ({}, _sms()),
    "timeouts": (_rules(RULE), _sms(capture_rules=[RULE], status_timeouts={"inactive": 1, "closed": 2})),
    "inactive": (_sms(status_timeouts={"closed": 2}), _sms(status_timeouts={"inactive": 1, "closed": 2})),
    "closed": (_sms(status_timeouts={"closed": 2}), _sms(status_timeouts={"closed": 30})),
    "rules": (_rules(RULE), _rules(RULE, {"from_": "+18005550101", "to": "*"})),
    "no-rules": (
        _sms(status_timeouts={"closed": 2}),
        _sms(status_timeouts={"closed": 2}, capture_rules=[RULE]),
    ),
    "sender": (_rules(RULE), _rules({**RULE, "from_": "+18005550102"})),
    "receiver": (_rules(RULE), _rules({**RULE, "to": "+18005550102"})),
    "metadata": (_rules(RULE), _rules({**RULE, "metadata": {"callType": "PSTN"}})),
    "metadata-key": (
        _rules({**RULE, "metadata": {"callType": "PSTN"}}),
        _rules({**RULE, "metadata": {"callType": "PSTN", "other": "x"}}),
    ),
    "metadata-value": (
        _rules({**RULE, "metadata": {"callType": "PSTN"}}),
        _rules({**RULE, "metadata": {"callType": "CLIENT"}}),
    ),
    "callbacks": ({}, _callbacks("a", "b")),
    "callback": (_callbacks("a", "b"), _callbacks("b")),
    "callback-url": (_callbacks("a"), _callbacks("b")),
    "callback-method": (_callbacks("a"), _callbacks("a", method="GET")),
    "listeners": ({}, {"intelligence_configuration_ids": ["one", "two"]}),
    "listener": (
        {"intelligence_configuration_ids": ["one", "two"]},
        {"intelligence_configuration_ids": ["two", "three"]},
    ),
    "memories": ({}, {"memory_extraction_enabled": True}),
    "bridge": ({}, {"conversations_v1_bridge": {"service_id": SERVICES[0]}}),
}


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(operation_time=0.3, switches=Switches(orchestrator_fill="absent")) as running:
        yield running


def _arguments(name: str, edit: dict[str, Any]) -> dict[str, Any]:
    return {**NEEDED, "display_name": name, **edit}


def _program(side: int) -> str:
    return "".join(configuration(name, _arguments(name, edit[side])) for name, edit in EDITS.items())


def _wire(value: Any) -> Any:
    if isinstance(value, dict):
        return {WIRE.get(key, key): _wire(item) for key, item in value.items()}
    return [_wire(item) for item in value] if isinstance(value, list) else value


def _assert_is_as_written(colleague: Orchestrator, side: int, version: int) -> None:
    shown = {
        item["displayName"]: {
            key: value for key, value in item.items() if key not in ("createdAt", "updatedAt")
        }
        for item in colleague.all().values()
    }
    for name, edit in EDITS.items():
        expected = {"memory_extraction_enabled": False, **_arguments(name, edit[side])}
        assert shown[name] == {**_wire(expected), "id": shown[name]["id"], "version": version}


def _assert_each_was_written_once(stack: Stack, colleague: Orchestrator, method: str) -> None:
    requests = [request for request in colleague.new_requests() if OPERATIONS not in request]
    expected = [
        request
        for id in ids(stack).values()
        for request in [
            f"GET {CONFIGURATIONS}/{id}",
            f"{method} {CONFIGURATIONS}/{id}",
            f"GET {CONFIGURATIONS}/{id}",
        ]
    ]
    assert sorted(requests) == sorted(expected)


def test_each_argument_is_set_changed_and_cleared_with_one_write(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    stack.up(_program(0), "--parallel", "64")
    assert colleague.new_writes() == ["POST"] * len(EDITS)
    _assert_is_as_written(colleague, 0, version=1)
    made = ids(stack)
    stack.assert_settled()
    colleague.new_requests()

    stack.up(_program(1), "--parallel", "64")
    _assert_each_was_written_once(stack, colleague, "PUT")
    _assert_is_as_written(colleague, 1, version=2)
    stack.assert_settled()
    colleague.new_requests()

    stack.up(_program(0), "--parallel", "64")
    _assert_each_was_written_once(stack, colleague, "PUT")
    _assert_is_as_written(colleague, 0, version=3)
    assert ids(stack) == made
    stack.assert_settled()


def test_a_new_display_name_is_an_update(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    stack.up(configuration())
    made = ids(stack)
    colleague.new_writes()

    stack.up(configuration("support", {**NEEDED, "display_name": "Help - 2_a"}))

    assert colleague.new_writes() == ["PUT"]
    assert colleague.only()["displayName"] == "Help - 2_a"
    assert ids(stack) == made
    stack.assert_settled()
