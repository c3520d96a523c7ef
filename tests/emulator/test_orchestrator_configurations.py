"""Conversation Orchestrator configurations: what writes make of them."""

import re
from typing import Any

import pytest

from tests.emulator.client import OTHER_SID, SID, assert_error
from tests.emulator.orchestrator import SERVICE, TYPE, Orchestrator, body, path_of

ID = re.compile(r"conv_configuration_[0-7][0-9a-z]{25}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
RULE = {"from": "+18005550100", "to": "*", "metadata": {"callType": "PSTN"}}
EVERYTHING = {
    "channelSettings": {
        "VOICE": {"statusTimeouts": {"inactive": 1, "closed": 5}, "captureRules": [RULE]},
        "SMS": {"statusTimeouts": {"inactive": 1, "closed": 5}, "captureRules": []},
    },
    "statusCallbacks": [{"url": "https://desk.example.com/status", "method": "GET"}],
    "intelligenceConfigurationIds": ["intelligence_configuration_1"],
    "memoryExtractionEnabled": True,
    "conversationsV1Bridge": {"serviceId": SERVICE},
}


def test_a_configuration_is_shown_as_it_was_sent_with_id_dates_and_version(vendor: Orchestrator) -> None:
    shown = vendor.created(**EVERYTHING)
    assert ID.fullmatch(shown["id"])
    assert TIME.fullmatch(shown["createdAt"])
    assert shown == {
        "id": shown["id"],
        **body(**EVERYTHING),
        "createdAt": shown["createdAt"],
        "updatedAt": shown["createdAt"],
        "version": 1,
    }
    assert vendor.emulator.state == {SID: {TYPE: {shown["id"]: shown}}}


def test_what_was_not_sent_is_filled_in_with_defaults_and_nulls(vendor: Orchestrator) -> None:
    channels = {
        "SMS": {},
        "CHAT": {"statusTimeouts": {"closed": 5}, "captureRules": [{"from": "a", "to": "b"}]},
    }
    shown = vendor.created(channelSettings=channels, statusCallbacks=[{"url": "http://a_b/c"}])
    assert shown["channelSettings"] == {
        "SMS": {"statusTimeouts": None, "captureRules": None},
        "CHAT": {
            "statusTimeouts": {"inactive": None, "closed": 5},
            "captureRules": [{"from": "a", "to": "b", "metadata": None}],
        },
    }
    assert shown["statusCallbacks"] == [{"url": "http://a_b/c", "method": "POST"}]
    assert shown["memoryExtractionEnabled"] is False
    assert shown["intelligenceConfigurationIds"] is None
    assert shown["conversationsV1Bridge"] is None


def test_channels_are_optional_in_a_create(vendor: Orchestrator) -> None:
    sent = body()
    del sent["channelSettings"]
    write = vendor.write("POST", json=sent)
    assert vendor.shown(write.json()["related"]["configurationId"])["channelSettings"] == {}


def test_a_put_replaces_everything_and_counts_the_version_up(vendor: Orchestrator) -> None:
    first = vendor.created(**EVERYTHING)
    vendor.emulator.advance(60)
    sent = body(displayName="New", description="", memoryStoreId="mem_store_other")
    second = vendor.updated("PUT", first["id"], sent)
    assert second == {
        **sent,
        "id": first["id"],
        "statusCallbacks": None,
        "intelligenceConfigurationIds": None,
        "memoryExtractionEnabled": False,
        "conversationsV1Bridge": None,
        "createdAt": first["createdAt"],
        "updatedAt": second["updatedAt"],
        "version": 2,
    }
    assert second["updatedAt"] > first["updatedAt"]


@pytest.mark.parametrize("absent", [{}, {"displayName": None}])
def test_a_put_without_a_display_name_keeps_it(vendor: Orchestrator, absent: dict[str, object]) -> None:
    created = vendor.created(displayName="Kept")
    sent = body()
    del sent["displayName"]
    assert vendor.updated("PUT", created["id"], {**sent, **absent})["displayName"] == "Kept"


def test_what_a_get_answers_can_be_put_as_it_is(vendor: Orchestrator) -> None:
    sent: list[dict[str, Any]] = [{}, EVERYTHING, {"channelSettings": {"SMS": {}}}]
    for members in sent:
        created = vendor.created(**members)
        updated = vendor.updated("PUT", created["id"], created)
        assert updated == {**created, "updatedAt": updated["updatedAt"], "version": 2}
        vendor.write("DELETE", created["id"])


def test_a_put_ignores_what_it_does_not_know(vendor: Orchestrator) -> None:
    created = vendor.created()
    channels = {
        "SMS": {"x": 1, "statusTimeouts": {"x": 1}, "captureRules": [{"from": "a", "to": "b", "x": 1}]}
    }
    sent = body(id="mine", version=9, createdAt="never", x=1, channelSettings=channels)
    updated = vendor.updated("PUT", created["id"], sent)
    assert updated == {
        **created,
        "channelSettings": {
            "SMS": {
                "statusTimeouts": {"inactive": None, "closed": None},
                "captureRules": [{"from": "a", "to": "b", "metadata": None}],
            }
        },
        "updatedAt": updated["updatedAt"],
        "version": 2,
    }


def test_a_patch_changes_only_what_it_has(vendor: Orchestrator) -> None:
    created = vendor.created(**EVERYTHING)
    updated = vendor.updated("PATCH", created["id"], {"description": "New", "memoryExtractionEnabled": False})
    expected = {**created, "description": "New", "memoryExtractionEnabled": False}
    assert updated == {**expected, "updatedAt": updated["updatedAt"], "version": 2}


def test_a_patch_replaces_a_channel_removes_one_that_is_null_and_keeps_the_others(
    vendor: Orchestrator,
) -> None:
    created = vendor.created(
        channelSettings={name: {"captureRules": [RULE]} for name in ("SMS", "RCS", "CHAT")}
    )
    updated = vendor.updated(
        "PATCH", created["id"], {"channelSettings": {"SMS": {}, "RCS": None, "VOICE": {}}}
    )
    empty = {"statusTimeouts": None, "captureRules": None}
    assert updated["channelSettings"] == {
        "SMS": empty,
        "CHAT": {"statusTimeouts": None, "captureRules": [RULE]},
        "VOICE": empty,
    }


def test_null_in_a_patch_clears_a_member(vendor: Orchestrator) -> None:
    created = vendor.created(**EVERYTHING)
    names = [
        "displayName",
        "description",
        "memoryStoreId",
        *(name for name in EVERYTHING if name != "channelSettings"),
    ]
    updated = vendor.updated("PATCH", created["id"], dict.fromkeys(names))
    cleared: dict[str, Any] = {name: updated[name] for name in names}
    assert cleared == {**dict.fromkeys(names), "memoryExtractionEnabled": False}
    assert updated["channelSettings"] == created["channelSettings"]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_the_grouping_type_cannot_be_changed(vendor: Orchestrator, method: str) -> None:
    created = vendor.created()
    sent = body(conversationGroupingType="GROUP_BY_PARTICIPANT_ADDRESSES")
    refused = vendor.write(method, created["id"], sent)
    assert_error(refused, 400, 20001, "conversationGroupingType: cannot be changed")
    assert vendor.shown(created["id"]) == created
    assert vendor.write(method, created["id"], body()).status_code == 202


def test_a_deleted_configuration_is_gone(vendor: Orchestrator) -> None:
    created = vendor.created()
    assert vendor.write("DELETE", created["id"]).status_code == 202
    assert_error(vendor.get(path_of(created["id"])), 404, 20404, "was not found")
    assert vendor.emulator.state == {}


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_an_unknown_id_is_a_404_at_once(vendor: Orchestrator, method: str) -> None:
    vendor.created()
    assert_error(vendor.write(method, "conv_configuration_unknown", body()), 404, 20404, "was not found")


def test_each_account_has_its_own(vendor: Orchestrator) -> None:
    created = vendor.created()
    stranger = Orchestrator(vendor.emulator, (OTHER_SID, "token"))
    assert_error(stranger.get(path_of(created["id"])), 404, 20404)
    stranger.close()


def test_a_v1_service_has_one_configuration(vendor: Orchestrator) -> None:
    bridge = {"conversationsV1Bridge": {"serviceId": SERVICE}}
    first, second = vendor.created(**bridge), vendor.created()
    for refused in (
        vendor.write("POST", json=body(**bridge)),
        vendor.write("PUT", second["id"], body(**bridge)),
        vendor.write("PATCH", second["id"], bridge),
    ):
        assert_error(refused, 409, 20409, "conversationsV1Bridge")
        assert refused.headers["X-Conflicting-Resource-Id"] == first["id"]
    vendor.updated("PUT", first["id"], body(**bridge))


def test_a_display_name_may_be_used_twice(vendor: Orchestrator) -> None:
    assert vendor.created()["id"] != vendor.created()["id"]
