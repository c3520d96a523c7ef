"""Conversation Orchestrator configurations: what writes make of them, and what is refused."""

import re
from typing import Any

from tests.emulator.client import BRIDGE, SID, Orchestrator, assert_refused, body, path_of
from tests.promises import proves

ID = re.compile(r"conv_configuration_[0-7][0-9a-z]{25}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
CALLBACK = {"url": "https://desk.example.com"}
RULE = {"from": "+18005550100", "to": "*", "metadata": {"callType": "PSTN"}}
EVERYTHING: dict[str, Any] = {
    "channelSettings": {
        "VOICE": {"statusTimeouts": {"inactive": 1, "closed": 5}, "captureRules": [RULE]},
        "SMS": {"statusTimeouts": {"inactive": 1, "closed": 5}, "captureRules": []},
    },
    "statusCallbacks": [{"url": "https://desk.example.com/status", "method": "GET"}],
    "intelligenceConfigurationIds": ["intelligence_configuration_1"],
    "memoryExtractionEnabled": True,
    **BRIDGE,
}
UNSET: dict[str, Any] = {
    **dict.fromkeys(["statusCallbacks", "intelligenceConfigurationIds", "conversationsV1Bridge"]),
    "memoryExtractionEnabled": False,
}


def without(bag: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return a copy without some members."""
    return {name: value for name, value in bag.items() if name not in names}


def test_a_configuration_is_shown_as_it_was_sent_with_id_dates_and_version(
    orchestrator: Orchestrator,
) -> None:
    shown = orchestrator.create(**EVERYTHING)
    assert ID.fullmatch(shown["id"])
    assert TIME.fullmatch(shown["createdAt"])
    dates = dict.fromkeys(("createdAt", "updatedAt"), shown["createdAt"])
    assert shown == {**body(**EVERYTHING), **dates, "id": shown["id"], "version": 1}
    assert orchestrator.emulator.state == {SID: {Orchestrator.type: {shown["id"]: shown}}}
    other = orchestrator.create()
    assert other["id"] != shown["id"], "a display name may be used twice"


def test_what_was_not_sent_is_filled_in_with_defaults_and_nulls(orchestrator: Orchestrator) -> None:
    chat = {"statusTimeouts": {"closed": 5}, "captureRules": [{"from": "a", "to": "b"}]}
    channels = {"SMS": {}, "CHAT": chat}
    shown = orchestrator.create(channelSettings=channels, statusCallbacks=[{"url": "http://a_b/c"}])
    assert shown["channelSettings"] == {
        "SMS": {"statusTimeouts": None, "captureRules": None},
        "CHAT": {
            "statusTimeouts": {"inactive": None, "closed": 5},
            "captureRules": [{"from": "a", "to": "b", "metadata": None}],
        },
    }
    assert shown["statusCallbacks"] == [{"url": "http://a_b/c", "method": "POST"}]
    assert {**UNSET, "statusCallbacks": shown["statusCallbacks"]}.items() <= shown.items()
    write = orchestrator.write("POST", json=without(body(), "channelSettings"))
    assert orchestrator.shown(write.json()["related"]["configurationId"])["channelSettings"] == {}


def test_a_put_replaces_everything_and_counts_the_version_up(orchestrator: Orchestrator) -> None:
    first = orchestrator.create(**EVERYTHING)
    orchestrator.emulator.advance(60)
    sent = body(displayName="New", description="", memoryStoreId="mem_store_other")
    second = orchestrator.update("PUT", first["id"], sent)
    dates = {"createdAt": first["createdAt"], "updatedAt": second["updatedAt"]}
    assert second == {**sent, **UNSET, **dates, "id": first["id"], "version": 2}
    assert second["updatedAt"] > first["updatedAt"]
    for absent in ({}, {"displayName": None}):
        kept = orchestrator.update("PUT", first["id"], {**without(body(), "displayName"), **absent})
        assert kept["displayName"] == "New"


def test_what_a_get_answers_can_be_put_as_it_is(orchestrator: Orchestrator) -> None:
    many: list[dict[str, Any]] = [{}, EVERYTHING, {"channelSettings": {"SMS": {}}}]
    for members in many:
        created = orchestrator.create(**members)
        updated = orchestrator.update("PUT", created["id"], created)
        assert updated == {**created, "updatedAt": updated["updatedAt"], "version": 2}
        orchestrator.write("DELETE", created["id"])


def test_a_put_ignores_what_it_does_not_know(orchestrator: Orchestrator) -> None:
    created = orchestrator.create()
    rules = [{"from": "a", "to": "b", "x": 1}]
    sms = {"x": 1, "statusTimeouts": {"x": 1}, "captureRules": rules}
    sent = body(id="mine", version=9, createdAt="never", x=1, channelSettings={"SMS": sms})
    updated = orchestrator.update("PUT", created["id"], sent)
    shown = {
        "statusTimeouts": {"inactive": None, "closed": None},
        "captureRules": [{"from": "a", "to": "b", "metadata": None}],
    }
    expected = {**created, "channelSettings": {"SMS": shown}, "version": 2}
    assert updated == {**expected, "updatedAt": updated["updatedAt"]}


def test_a_patch_changes_only_what_it_has_and_null_clears_a_member(orchestrator: Orchestrator) -> None:
    created = orchestrator.create(**EVERYTHING)
    changes = {"description": "New", "memoryExtractionEnabled": False}
    updated = orchestrator.update("PATCH", created["id"], changes)
    assert updated == {**created, **changes, "updatedAt": updated["updatedAt"], "version": 2}
    cleared = {**UNSET, **dict.fromkeys(["displayName", "description", "memoryStoreId"])}
    updated = orchestrator.update("PATCH", created["id"], dict.fromkeys(cleared))
    assert updated == {**created, **cleared, "updatedAt": updated["updatedAt"], "version": 3}


def test_a_patch_replaces_a_channel_removes_one_that_is_null_and_keeps_the_others(
    orchestrator: Orchestrator,
) -> None:
    channels = {name: {"captureRules": [RULE]} for name in ("SMS", "RCS", "CHAT")}
    created = orchestrator.create(channelSettings=channels)
    changes = {"SMS": {}, "RCS": None, "VOICE": {}}
    updated = orchestrator.update("PATCH", created["id"], {"channelSettings": changes})
    empty = {"statusTimeouts": None, "captureRules": None}
    chat = {"statusTimeouts": None, "captureRules": [RULE]}
    assert updated["channelSettings"] == {"SMS": empty, "CHAT": chat, "VOICE": empty}


@proves("emulator.strict")
def test_the_grouping_type_cannot_be_changed(orchestrator: Orchestrator) -> None:
    created = orchestrator.create()
    for method in ("PUT", "PATCH"):
        sent = body(conversationGroupingType="GROUP_BY_PARTICIPANT_ADDRESSES")
        refused = orchestrator.write(method, created["id"], sent)
        assert_refused(refused, 400, "conversationGroupingType: cannot be changed")
        assert orchestrator.shown(created["id"]) == created
    assert orchestrator.write("PATCH", created["id"], body()).status_code == 202


@proves("emulator.strict")
def test_an_id_that_is_unknown_or_deleted_is_a_404_at_once(orchestrator: Orchestrator) -> None:
    deleted = orchestrator.create()["id"]
    assert orchestrator.write("DELETE", deleted).status_code == 202
    assert orchestrator.emulator.state == {}
    for id in (deleted, "conv_configuration_unknown"):
        for method in ("GET", "PUT", "PATCH", "DELETE"):
            assert_refused(orchestrator.write(method, id, body()), 404, "was not found")


@proves("emulator.strict")
def test_a_v1_service_has_one_configuration(orchestrator: Orchestrator) -> None:
    first, second = orchestrator.create(**BRIDGE), orchestrator.create()
    for method, id in (("POST", ""), ("PUT", second["id"]), ("PATCH", second["id"])):
        refused = orchestrator.write(method, id, BRIDGE if method == "PATCH" else body(**BRIDGE))
        assert_refused(refused, 409, "conversationsV1Bridge")
        assert refused.headers["X-Conflicting-Resource-Id"] == first["id"]
    orchestrator.update("PUT", first["id"], body(**BRIDGE))


def channel(**members: object) -> dict[str, Any]:
    return {"channelSettings": {"SMS": members}}


def rule(**members: object) -> dict[str, Any]:
    return channel(captureRules=[{"from": "*", "to": "*", **members}])


def test_what_is_within_the_limits_is_accepted(orchestrator: Orchestrator) -> None:
    for members in (
        {"displayName": "a" * 32, "description": "ä" * 512},
        {"displayName": "a-B_1 c", "memoryStoreId": "memora_service_123"},
        dict.fromkeys(["channelSettings", "statusCallbacks", "intelligenceConfigurationIds"]),
        {"channelSettings": {"VIDEO": {}}},
        channel(statusTimeouts=None, captureRules=None),
        channel(statusTimeouts={"closed": 5, "inactive": None}, captureRules=[]),
        channel(captureRules=[{"from": "*", "to": "*"}] * 100),
        rule(metadata={}),
        rule(metadata=None),
        {"statusCallbacks": [CALLBACK, CALLBACK], "intelligenceConfigurationIds": ["a"] * 5},
    ):
        orchestrator.create(**members)


@proves("emulator.strict")
def test_a_wrong_member_is_refused_in_every_write(orchestrator: Orchestrator) -> None:
    created = orchestrator.create()
    sms, first_rule = "channelSettings.SMS", "channelSettings.SMS.captureRules[0]"
    for members, message in (
        ({"displayName": ""}, "displayName: must match"),
        ({"displayName": "a.b"}, "displayName: must match ^[a-zA-Z0-9-_ ]+$"),
        ({"displayName": "a" * 33}, "displayName: must have at most 32 characters"),
        ({"displayName": 1}, "displayName: must be a string"),
        ({"description": "a" * 513}, "description: must have at most 512 characters"),
        ({"conversationGroupingType": "GROUP"}, "conversationGroupingType: must be GROUP_BY_PROFILE or "),
        ({"conversationGroupingType": None}, "conversationGroupingType: must not be null"),
        ({"memoryStoreId": 1}, "memoryStoreId: must be a string"),
        ({"channelSettings": []}, "channelSettings: must be an object"),
        ({"channelSettings": {"SMS": []}}, f"{sms}: must be an object"),
        (channel(statusTimeouts=1), f"{sms}.statusTimeouts: must be an object"),
        (channel(statusTimeouts={"closed": 0}), f"{sms}.statusTimeouts.closed: must be 1 or more"),
        (channel(statusTimeouts={"inactive": "1"}), "statusTimeouts.inactive: must be an integer"),
        (channel(statusTimeouts={"inactive": True}), "statusTimeouts.inactive: must be an integer"),
        (channel(statusTimeouts={"inactive": 1.5}), "statusTimeouts.inactive: must be an integer"),
        (channel(captureRules={}), f"{sms}.captureRules: must be a list"),
        (channel(captureRules=[RULE] * 101), "captureRules: must have at most 100 items"),
        (channel(captureRules=[{"from": "*"}]), f"{first_rule}.to: must not be null"),
        (rule(**{"from": None}), f"{first_rule}.from: must not be null"),
        (rule(metadata=[]), f"{first_rule}.metadata: must be an object"),
        (rule(metadata={"callType": 1}), f"{first_rule}.metadata.callType: must be a string"),
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
    ):
        for method, id in (("POST", ""), ("PUT", created["id"]), ("PATCH", created["id"])):
            sent = members if method == "PATCH" else body(**members)
            assert_refused(orchestrator.write(method, id, sent), 400, message)
    for name in ("conversationGroupingType", "channelSettings"):
        refused = orchestrator.write("PATCH", created["id"], {name: None})
        assert_refused(refused, 400, f"{name}: must not be null")
    always = ["description", "conversationGroupingType", "memoryStoreId"]
    for method, id, required in (("POST", "", "displayName"), ("PUT", created["id"], "channelSettings")):
        for name in (*always, required):
            for sent in (body(**{name: None}), without(body(), name)):
                assert_refused(orchestrator.write(method, id, sent), 400, f"{name}: must not be null")
    assert orchestrator.objects(Orchestrator.type) == {created["id"]: created}


@proves("emulator.strict")
def test_an_unknown_member_is_refused_except_in_a_put(orchestrator: Orchestrator) -> None:
    created = orchestrator.create()
    for members, message in (
        ({"uniqueName": "a"}, "uniqueName: is unknown"),
        ({"version": 1}, "version: is unknown"),
        (channel(rules=[]), "channelSettings.SMS.rules: is unknown"),
        (channel(statusTimeouts={"open": 1}), "statusTimeouts.open: is unknown"),
        (rule(callType="PSTN"), "captureRules[0].callType: is unknown"),
        ({"statusCallbacks": [{**CALLBACK, "headers": {}}]}, "statusCallbacks[0].headers: is unknown"),
    ):
        assert_refused(orchestrator.write("POST", json=body(**members)), 400, message)
        assert_refused(orchestrator.write("PATCH", created["id"], members), 400, message)
        orchestrator.update("PUT", created["id"], body(**members))
    assert orchestrator.get(path_of(created["id"])).json()["version"] == 7
