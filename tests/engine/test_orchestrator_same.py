"""What means the same is no change, however the vendor or the program writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator, Switches

from tests.engine.orchestrator import FULL, NEEDED, SERVICE, Code, Orchestrator, configuration, ids
from tests.engine.stack import Stack

RULES: list[dict[str, Any]] = [
    {"from_": "*", "to": "+18005550101"},
    {"from_": "+18005550101", "to": "*", "metadata": {"callType": "PSTN", "other": "x"}},
    {"from_": "*", "to": "+18005550102"},
]
CALLBACKS: list[dict[str, Any]] = [
    {"url": "https://a.example.com"},
    {"url": "https://b.example.com", "method": "GET"},
]


def _channels(**settings: Any) -> dict[str, Any]:
    return {"channel_settings": settings}


SPELLINGS: dict[str, list[dict[str, Any]]] = {
    "rules": [
        _channels(SMS={"capture_rules": RULES}),
        _channels(SMS={"capture_rules": [RULES[2], RULES[0], RULES[1]], "status_timeouts": {}}),
        _channels(
            SMS={
                "capture_rules": [
                    RULES[1],
                    {**RULES[0], "metadata": {}},
                    {"to": "+18005550102", "from_": "*", "metadata": None},
                ],
                "status_timeouts": None,
            }
        ),
    ],
    "callbacks": [
        {"status_callbacks": CALLBACKS},
        {"status_callbacks": [CALLBACKS[1], {**CALLBACKS[0], "method": "POST"}]},
        {"status_callbacks": [{"method": "GET", "url": "https://b.example.com"}, CALLBACKS[0]]},
    ],
    "listeners": [
        {"intelligence_configuration_ids": ["one", "two", "three"]},
        {"intelligence_configuration_ids": ["three", "one", "two"]},
        {"intelligence_configuration_ids": ("two", "one", "three")},
    ],
    "nothing": [
        {},
        {
            "channel_settings": {},
            "status_callbacks": [],
            "intelligence_configuration_ids": [],
            "memory_extraction_enabled": False,
            "conversations_v1_bridge": None,
        },
        {
            "channel_settings": None,
            "status_callbacks": None,
            "intelligence_configuration_ids": None,
            "memory_extraction_enabled": None,
        },
    ],
    "empty-channel": [
        _channels(SMS={}),
        _channels(SMS={"status_timeouts": {}, "capture_rules": []}),
        _channels(SMS={"status_timeouts": {"inactive": None, "closed": None}, "capture_rules": None}),
    ],
    "timeouts": [
        _channels(SMS={"status_timeouts": {"inactive": 10, "closed": 15}}),
        _channels(SMS={"status_timeouts": {"closed": 15.0, "inactive": 10.0}}),
        _channels(SMS={"status_timeouts": {"closed": Code("pulumi.Output.from_input(15)"), "inactive": 10}}),
    ],
    "one-timeout": [
        _channels(SMS={"status_timeouts": {"closed": 15}}),
        _channels(SMS={"status_timeouts": {"closed": 15, "inactive": None}}),
        _channels(SMS={"status_timeouts": {"closed": 15.0}}),
    ],
}


@pytest.fixture(params=["null", "empty", "absent"])
def emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """The vendor, with each way to show what was not sent."""
    with Emulator(operation_time=0.3, switches=Switches(orchestrator_fill=request.param)) as running:
        yield running


def _program(spelling: int) -> str:
    named = {name: spellings[spelling] for name, spellings in SPELLINGS.items()}
    return "".join(
        configuration(name, {**NEEDED, "display_name": name, **arguments})
        for name, arguments in named.items()
    ) + configuration("full", {**FULL, "conversations_v1_bridge": {"service_id": SERVICE}})


def test_no_way_to_say_the_same_makes_a_difference(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    stack.up(_program(0), "--parallel", "64")
    assert colleague.new_writes() == ["POST"] * (len(SPELLINGS) + 1)
    made = ids(stack)
    stack.assert_settled()
    stack.refresh()
    stack.assert_settled()

    for spelling in (1, 2):
        stack.write(_program(spelling))
        stack.assert_settled()
        said = stack.up()
        assert f"{len(made) + 2} unchanged" in said
        stack.refresh()
        stack.assert_settled()

    assert colleague.new_writes() == []
    assert {shown["version"] for shown in colleague.all().values()} == {1}
    assert ids(stack) == made
