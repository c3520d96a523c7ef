"""The life of an Orchestrator configuration, as a user sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.orchestrator import (
    CREATED,
    DELETED,
    FULL,
    NEEDED,
    SERVICE,
    STORE,
    TOKEN,
    UPDATED,
    Code,
    Orchestrator,
    configuration,
    ids,
)
from tests.engine.stack import ACCOUNT, Stack

OUTPUTS = (
    *FULL,
    *("configuration_id", "account_sid", "version", "created_at", "updated_at"),
)
EXPORTS = "".join(f'pulumi.export("{name}", support.{name})\n' for name in OUTPUTS)


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(operation_time=0.3) as running:
        yield running


@pytest.fixture
def colleague(emulator: Emulator) -> Orchestrator:
    return Orchestrator(emulator)


def test_it_is_made_with_the_fewest_requests_and_gone_after_destroy(
    stack: Stack, colleague: Orchestrator
) -> None:
    stack.up(configuration("support", FULL) + EXPORTS)

    steps = colleague.new_steps()
    assert steps == CREATED
    shown = colleague.only()
    assert shown == {
        "id": ids(stack)["support"],
        "displayName": "Support",
        "description": "Customer support",
        "conversationGroupingType": "GROUP_BY_PROFILE",
        "memoryStoreId": STORE,
        "channelSettings": {
            "SMS": {
                "statusTimeouts": {"inactive": 10, "closed": 15},
                "captureRules": [
                    {"from": "*", "to": "+18005550101", "metadata": None},
                    {"from": "+18005550101", "to": "*", "metadata": {"callType": "PSTN"}},
                ],
            },
            "CHAT": {
                "statusTimeouts": None,
                "captureRules": [{"from": "*", "to": "*", "metadata": {"chatService": SERVICE}}],
            },
        },
        "statusCallbacks": [
            {"url": "https://desk.example.com/status", "method": "POST"},
            {"url": "https://log.example.com/status", "method": "GET"},
        ],
        "intelligenceConfigurationIds": ["intelligence_configuration_1", "intelligence_configuration_2"],
        "memoryExtractionEnabled": True,
        "conversationsV1Bridge": {"serviceId": SERVICE},
        "createdAt": shown["createdAt"],
        "updatedAt": shown["updatedAt"],
        "version": 1,
    }
    callbacks = [{"method": "POST", **callback} for callback in FULL["status_callbacks"]]
    assert stack.outputs() == {
        **FULL,
        "status_callbacks": callbacks,
        "configuration_id": shown["id"],
        "account_sid": ACCOUNT,
        "version": 1,
        "created_at": shown["createdAt"],
        "updated_at": shown["updatedAt"],
    }
    stack.assert_settled()
    colleague.new_steps()
    stack.destroy()
    assert colleague.new_steps() == DELETED
    assert colleague.all() == {}


def test_outputs_are_typed_at_every_depth_and_print_the_same_in_every_run(stack: Stack) -> None:
    metadata = {"z_key": "1", "from_": "2", "status_timeouts": "3", "Some-Key": "4", "camelCase": "5"}
    rule = {"from_": "*", "to": "*", "metadata": metadata}
    settings = {"my_channel": {"status_timeouts": {"closed": 7, "inactive": 3}, "capture_rules": [rule]}}
    said = stack.up(
        configuration("support", {**NEEDED, "channel_settings": settings})
        + """
def typed(settings):
    timeouts = settings["my_channel"]["status_timeouts"]
    assert all(type(minutes) is int for minutes in timeouts.values()), timeouts
    return timeouts["closed"] - timeouts["inactive"]

pulumi.export("minutes", support.channel_settings.apply(typed))
pulumi.export("version", support.version.apply(lambda version: "v" + str(version)))
pulumi.export("json", pulumi.Output.json_dumps(support.channel_settings))
pulumi.export("metadata", support.channel_settings["my_channel"]["capture_rules"][0]["metadata"])
"""
    )

    assert "channel_settings has channels that Twilio does not document" in said
    outputs = stack.outputs()
    assert outputs["minutes"] == 4
    assert outputs["version"] == "v1"
    assert outputs["metadata"] == metadata
    assert outputs["json"] == json.dumps(settings, sort_keys=True)
    stack.refresh()
    stack.assert_settled()
    stack.up()
    assert stack.outputs() == outputs


def test_a_changed_grouping_type_makes_a_new_one_first_and_the_id_is_followed_everywhere(
    stack: Stack, colleague: Orchestrator, tmp_path: Path
) -> None:
    other = {
        **NEEDED,
        "display_name": "Other",
        "description": Code('pulumi.Output.concat("Beside ", support.configuration_id)'),
    }
    export = 'pulumi.export("supportConfigurationId", support.configuration_id)\n'
    consumer = Stack(
        tmp_path / "consumer",
        stack.endpoint,
        project="consumer",
        environment={"PULUMI_BACKEND_URL": stack.settings()["PULUMI_BACKEND_URL"]},
    )
    consumer.create()
    consumer.write(f"""
        desk = pulumi.StackReference("organization/{stack.project}/{stack.name}")
        pulumi.export("url", pulumi.Output.concat("/c/", desk.require_output("supportConfigurationId")))
    """)

    stack.up(configuration("support") + configuration("other", other) + export)
    first = ids(stack)
    consumer.up()
    assert consumer.outputs() == {"url": f"/c/{first['support']}"}
    colleague.new_steps()

    changed = {**NEEDED, "conversation_grouping_type": "GROUP_BY_PARTICIPANT_ADDRESSES"}
    stack.write(configuration("support", changed) + configuration("other", other) + export)
    assert "+-1 to replace" in stack.preview().replace("+- 1", "+-1")
    stack.up()

    first_key_leads_to_the_old_one = ["POST"]
    assert colleague.new_steps() == [*first_key_leads_to_the_old_one, *CREATED, *UPDATED, *DELETED]
    second = ids(stack)
    assert second["other"] == first["other"]
    assert second["support"] != first["support"]
    assert set(colleague.all()) == set(second.values())
    shown = colleague.named("Support")
    assert (shown["id"], shown["conversationGroupingType"]) == (
        second["support"],
        "GROUP_BY_PARTICIPANT_ADDRESSES",
    )
    assert colleague.named("Other")["description"] == f"Beside {second['support']}"
    stack.assert_settled()
    consumer.up()
    assert consumer.outputs() == {"url": f"/c/{second['support']}"}
    assert len(stack.resources(TOKEN)) == 2


def test_a_replacement_that_the_old_one_is_in_the_way_of_says_how_to_go_on(
    stack: Stack, colleague: Orchestrator
) -> None:
    stack.up(configuration("support", FULL))
    before, made = colleague.all(), ids(stack)
    changed = {**FULL, "conversation_grouping_type": "GROUP_BY_PARTICIPANT_ADDRESSES"}
    colleague.new_writes()

    said = stack.up(configuration("support", changed), fails=True)

    assert "conversationsV1Bridge: another configuration has it already" in said
    assert made["support"] in said
    assert "delete_before_replace" in said
    assert (colleague.all(), ids(stack)) == (before, made)
    assert "DELETE" not in colleague.new_writes()
    stack.up(configuration("support", changed, "delete_before_replace=True"))
    assert ids(stack)["support"] != made["support"]
    assert set(colleague.all()) == set(ids(stack).values())
    stack.assert_settled()
