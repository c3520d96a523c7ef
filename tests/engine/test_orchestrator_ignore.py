"""`ignore_changes` inside a configuration, what we do not model, and changes made since the last update."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator, Switches

from tests.engine.orchestrator import FULL, NEEDED, STORE, UPDATED, Orchestrator, configuration, ids, urn
from tests.engine.stack import Stack

PATHS = {
    "text": "description",
    "timeouts": 'channel_settings["SMS"].status_timeouts',
    "inactive": "channel_settings.SMS.status_timeouts.inactive",
    "channel": "channel_settings.SMS",
    "voice": "channel_settings.VOICE",
    "rules": "channel_settings.SMS.capture_rules",
    "callbacks": "status_callbacks",
    "bridge": "conversations_v1_bridge",
    "memories": "memory_extraction_enabled",
}
RULE = {"from": "*", "to": "+18005550199", "metadata": {"by": "hand"}}
DRIFT: dict[str, Any] = {
    "description": "by hand",
    "channelSettings": {
        "SMS": {"statusTimeouts": {"inactive": 98, "closed": 99}, "captureRules": [RULE]},
        "VOICE": {"captureRules": [RULE]},
    },
    "statusCallbacks": [{"url": "https://by-hand.example.com", "method": "GET"}],
    "memoryExtractionEnabled": True,
}
NEWER = {
    "traitExtractionStrategyIds": ["trait-by-hand"],
    "observationExtractionStrategyIds": ["one", "two"],
    "redactionConfigurationId": "redaction-by-hand",
}


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(switches=Switches(orchestrator_newer_members=True)) as running:
        yield running


def _program(text: str, closed: int) -> str:
    rules = FULL["channel_settings"]["SMS"]["capture_rules"]
    timeouts = {"inactive": 10, "closed": closed}
    return "".join(
        configuration(
            name,
            {
                **NEEDED,
                "display_name": name,
                "description": text,
                "channel_settings": {"SMS": {"status_timeouts": timeouts, "capture_rules": rules}},
                "status_callbacks": [{"url": "https://desk.example.com"}],
                "intelligence_configuration_ids": [f"listener-{closed}"],
            },
            f"ignore_changes=[{path!r}]",
        )
        for name, path in PATHS.items()
    )


def _drift(colleague: Orchestrator) -> None:
    for number, name in enumerate(PATHS):
        bridge = {"serviceId": f"IS{number:032x}"}
        colleague.change(colleague.named(name)["id"], **DRIFT, conversationsV1Bridge=bridge)


def _assert_only_what_is_ignored_is_left(colleague: Orchestrator, text: str, closed: int) -> None:
    shown = {name: colleague.named(name) for name in PATHS}
    sms = {name: body["channelSettings"]["SMS"] for name, body in shown.items()}

    def odd(values: dict[str, Any], ours: Any) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value != ours}

    theirs = DRIFT["channelSettings"]["SMS"]
    both = {"inactive": 10, "closed": closed}
    assert odd({n: body["description"] for n, body in shown.items()}, text) == {"text": "by hand"}
    assert odd({n: setting["statusTimeouts"] for n, setting in sms.items()}, both) == {
        "timeouts": theirs["statusTimeouts"],
        "channel": theirs["statusTimeouts"],
        "inactive": {"inactive": 98, "closed": closed},
    }
    assert {n for n, setting in sms.items() if setting["captureRules"] == [RULE]} == {"channel", "rules"}
    assert {n for n, body in shown.items() if "VOICE" in body["channelSettings"]} == {"voice"}
    assert odd({n: body["statusCallbacks"][0]["method"] for n, body in shown.items()}, "POST") == {
        "callbacks": "GET"
    }
    assert {n for n, body in shown.items() if body["conversationsV1Bridge"]} == {"bridge"}
    assert {n for n, body in shown.items() if body["memoryExtractionEnabled"]} == {"memories"}
    listeners = [f"listener-{closed}"]
    assert odd({n: body["intelligenceConfigurationIds"] for n, body in shown.items()}, listeners) == {}


def test_what_is_ignored_is_left_to_others_also_when_something_else_is_updated(
    stack: Stack, emulator: Emulator
) -> None:
    colleague = Orchestrator(emulator)
    stack.up(_program("one", 15), "--parallel", "64")
    _drift(colleague)
    colleague.new_writes()

    stack.refresh("--parallel", "64")
    stack.up(None, "--parallel", "64")
    assert colleague.new_writes() == ["PUT"] * len(PATHS)
    _assert_only_what_is_ignored_is_left(colleague, "one", 15)
    stack.assert_settled()

    stack.up(_program("two", 16), "--parallel", "64")
    assert colleague.new_writes() == ["PUT"] * len(PATHS)
    _assert_only_what_is_ignored_is_left(colleague, "two", 16)
    stack.assert_settled()
    stack.up()
    assert colleague.new_writes() == []


def test_what_is_ignored_outlives_an_update_that_did_not_know_of_it(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    stack.up(_program("one", 15), "--parallel", "64")
    _drift(colleague)
    colleague.new_writes()

    said = stack.up(_program("two", 16), "--parallel", "64")

    warning = "was changed outside of this program since the last update: "
    assert said.partition("Diagnostics:")[2].count(warning) == len(PATHS)
    assert colleague.new_writes() == ["PUT"] * len(PATHS)
    _assert_only_what_is_ignored_is_left(colleague, "two", 16)
    stack.assert_settled()


def test_members_that_we_do_not_model_outlive_an_update(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    stack.up(configuration("support", FULL))
    id = ids(stack)["support"]
    colleague.change(id, **NEWER)
    colleague.new_steps()

    stack.refresh()
    stack.assert_settled()
    colleague.new_steps()
    stack.up(configuration("support", {**FULL, "description": "Help", "status_callbacks": []}))

    assert colleague.new_steps() == UPDATED
    shown = colleague.only()
    assert {name: shown[name] for name in NEWER} == NEWER
    assert (shown["description"], shown["statusCallbacks"]) == ("Help", [])
    stack.assert_settled()


def test_an_update_warns_of_what_someone_else_has_changed_by_name(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    named = {name: {**NEEDED, "display_name": name} for name in ("moved", "elsewhere", "still")}
    stack.up("".join(configuration(name, arguments) for name, arguments in named.items()))
    made = ids(stack)
    colleague.change(made["moved"], description="canary-by-hand", statusCallbacks=DRIFT["statusCallbacks"])
    colleague.change(made["elsewhere"], **NEWER)
    stack.secret("canary-by-hand")

    said = stack.up(
        "".join(
            configuration(name, {**arguments, "memory_extraction_enabled": True})
            for name, arguments in named.items()
        )
    )

    moved = "was changed outside of this program since the last update"
    assert f"warning: {made['moved']} {moved}: description, status_callbacks" in said
    assert f"warning: {made['elsewhere']} {moved}, in nothing that this resource manages" in said
    assert said.partition("Diagnostics:")[2].count(moved) == 2
    assert urn(stack, "moved") not in said
    assert [shown["memoryStoreId"] for shown in colleague.all().values()] == [STORE] * 3
    stack.assert_settled()
