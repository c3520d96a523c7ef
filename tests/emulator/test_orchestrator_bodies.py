"""The bodies that Conversation Orchestrator refuses."""

from typing import Any

import pytest

from tests.emulator.client import assert_error
from tests.emulator.orchestrator import COLLECTION, Orchestrator, body

CALLBACK = {"url": "https://desk.example.com"}


def channel(**members: object) -> dict[str, Any]:
    return {"channelSettings": {"SMS": members}}


def rule(**members: object) -> dict[str, Any]:
    return channel(captureRules=[{"from": "*", "to": "*", **members}])


IN_EVERY_WRITE: list[tuple[dict[str, Any], str]] = [
    ({"displayName": ""}, "displayName: must match"),
    ({"displayName": "a.b"}, "displayName: must match ^[a-zA-Z0-9-_ ]+$"),
    ({"displayName": "a" * 33}, "displayName: must have at most 32 characters"),
    ({"displayName": 1}, "displayName: must be a string"),
    ({"description": "a" * 513}, "description: must have at most 512 characters"),
    ({"conversationGroupingType": "GROUP"}, "conversationGroupingType: must be GROUP_BY_PROFILE or "),
    ({"conversationGroupingType": None}, "conversationGroupingType: must not be null"),
    ({"memoryStoreId": 1}, "memoryStoreId: must be a string"),
    ({"channelSettings": []}, "channelSettings: must be an object"),
    ({"channelSettings": {"SMS": []}}, "channelSettings.SMS: must be an object"),
    (channel(statusTimeouts=1), "channelSettings.SMS.statusTimeouts: must be an object"),
    (channel(statusTimeouts={"closed": 0}), "channelSettings.SMS.statusTimeouts.closed: must be 1 or more"),
    (channel(statusTimeouts={"inactive": "1"}), "statusTimeouts.inactive: must be an integer"),
    (channel(statusTimeouts={"inactive": True}), "statusTimeouts.inactive: must be an integer"),
    (channel(statusTimeouts={"inactive": 1.5}), "statusTimeouts.inactive: must be an integer"),
    (channel(captureRules={}), "channelSettings.SMS.captureRules: must be a list"),
    (channel(captureRules=[{"from": "*", "to": "*"}] * 101), "captureRules: must have at most 100 items"),
    (channel(captureRules=[{"from": "*"}]), "channelSettings.SMS.captureRules[0].to: must not be null"),
    (rule(**{"from": None}), "channelSettings.SMS.captureRules[0].from: must not be null"),
    (rule(metadata=[]), "captureRules[0].metadata: must be an object"),
    (rule(metadata={"callType": 1}), "captureRules[0].metadata.callType: must be a string"),
    ({"statusCallbacks": {}}, "statusCallbacks: must be a list"),
    ({"statusCallbacks": [CALLBACK] * 3}, "statusCallbacks: must have at most 2 items"),
    ({"statusCallbacks": [{}]}, "statusCallbacks[0].url: must not be null"),
    ({"statusCallbacks": [{"url": "desk.example.com"}]}, "url: must be an http or https URL"),
    ({"statusCallbacks": [{**CALLBACK, "method": "PUT"}]}, "method: must be POST or GET"),
    ({"intelligenceConfigurationIds": ["a"] * 6}, "must have at most 5 items"),
    ({"intelligenceConfigurationIds": [1]}, "intelligenceConfigurationIds[0]: must be a string"),
    ({"memoryExtractionEnabled": "true"}, "memoryExtractionEnabled: must be true or false"),
    ({"conversationsV1Bridge": {}}, "conversationsV1Bridge.serviceId: must not be null"),
    ({"conversationsV1Bridge": {"serviceId": "IS" + "A" * 32}}, "must match ^IS[0-9a-f]{32}$"),
]

IN_A_POST_AND_A_PATCH: list[tuple[dict[str, Any], str]] = [
    ({"uniqueName": "a"}, "uniqueName: is unknown"),
    ({"version": 1}, "version: is unknown"),
    (channel(rules=[]), "channelSettings.SMS.rules: is unknown"),
    (channel(statusTimeouts={"open": 1}), "statusTimeouts.open: is unknown"),
    (rule(callType="PSTN"), "captureRules[0].callType: is unknown"),
    ({"statusCallbacks": [{**CALLBACK, "headers": {}}]}, "statusCallbacks[0].headers: is unknown"),
]


@pytest.mark.parametrize(("members", "message"), IN_EVERY_WRITE)
def test_a_wrong_member_is_refused_in_every_write(
    vendor: Orchestrator, members: dict[str, Any], message: str
) -> None:
    created = vendor.created()
    for refused in (
        vendor.write("POST", json=body(**members)),
        vendor.write("PUT", created["id"], body(**members)),
        vendor.write("PATCH", created["id"], members),
    ):
        assert_error(refused, 400, 20001, message)
    assert vendor.objects() == {created["id"]: created}


@pytest.mark.parametrize(("members", "message"), IN_A_POST_AND_A_PATCH)
def test_an_unknown_member_is_refused_except_in_a_put(
    vendor: Orchestrator, members: dict[str, Any], message: str
) -> None:
    created = vendor.created()
    assert_error(vendor.write("POST", json=body(**members)), 400, 20001, message)
    assert_error(vendor.write("PATCH", created["id"], members), 400, 20001, message)
    vendor.updated("PUT", created["id"], body(**members))


def test_a_required_member_must_be_there_and_not_be_null(vendor: Orchestrator) -> None:
    created = vendor.created()
    always = ["description", "conversationGroupingType", "memoryStoreId"]
    for method, identifier, names in (
        ("POST", "", [*always, "displayName"]),
        ("PUT", created["id"], [*always, "channelSettings"]),
    ):
        for name in names:
            null = body(**{name: None})
            absent = {other: value for other, value in body().items() if other != name}
            for sent in (null, absent):
                assert_error(vendor.write(method, identifier, sent), 400, 20001, f"{name}: must not be null")


@pytest.mark.parametrize("name", ["conversationGroupingType", "channelSettings"])
def test_two_members_are_never_null_in_a_patch(vendor: Orchestrator, name: str) -> None:
    created = vendor.created()
    refused = vendor.write("PATCH", created["id"], {name: None})
    assert_error(refused, 400, 20001, f"{name}: must not be null")


@pytest.mark.parametrize(
    "members",
    [
        {"displayName": "a" * 32, "description": "ä" * 512},
        {"displayName": "a-B_1 c"},
        {"memoryStoreId": "memora_service_123"},
        {"channelSettings": None} | dict.fromkeys(["statusCallbacks", "intelligenceConfigurationIds"]),
        {"channelSettings": {"VIDEO": {}}},
        channel(statusTimeouts=None, captureRules=None),
        channel(statusTimeouts={"closed": 5, "inactive": None}, captureRules=[]),
        channel(captureRules=[{"from": "*", "to": "*"}] * 100),
        rule(metadata={}),
        rule(metadata=None),
        {"statusCallbacks": [CALLBACK, CALLBACK], "intelligenceConfigurationIds": ["a"] * 5},
    ],
)
def test_what_is_within_the_limits_is_accepted(vendor: Orchestrator, members: dict[str, Any]) -> None:
    vendor.created(**members)


def test_all_problems_are_reported_at_once_and_no_value_is(vendor: Orchestrator) -> None:
    refused = vendor.write("POST", json={"displayName": "hunter2!", "statusCallbacks": [{"url": "hunter2"}]})
    assert_error(refused, 400, 20001, "displayName: ", "description: ", "statusCallbacks[0].url: ")
    assert "hunter2" not in refused.text


def test_a_form_is_a_415(vendor: Orchestrator) -> None:
    assert_error(vendor.request("POST", COLLECTION, data={"displayName": "a"}), 415, 20422)
