"""Conversation Orchestrator configurations: what writes make of them, and what is refused."""

import re
from typing import Any

from tests.emulator.client import BRIDGE, SID, Orchestrator, assert_refused, body, client_fixture
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

client = client_fixture(Orchestrator)


def without(bag: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return a copy without some members."""
    return {name: value for name, value in bag.items() if name not in names}


def test_a_configuration_is_shown_as_it_was_sent_with_id_dates_and_version(client: Orchestrator) -> None:
    shown = client.create(**EVERYTHING)
    assert ID.fullmatch(shown["id"])
    assert TIME.fullmatch(shown["createdAt"])
    dates = dict.fromkeys(("createdAt", "updatedAt"), shown["createdAt"])
    assert shown == {**body(**EVERYTHING), **dates, "id": shown["id"], "version": 1}
    assert client.emulator.state == {SID: {Orchestrator.type: {shown["id"]: shown}}}
    other = client.create()
    assert other["id"] != shown["id"], "a display name may be used twice"


def test_what_was_not_sent_is_filled_in_with_defaults_and_nulls(client: Orchestrator) -> None:
    chat = {"statusTimeouts": {"closed": 5}, "captureRules": [{"from": "a", "to": "b"}]}
    channels = {"SMS": {}, "CHAT": chat}
    shown = client.create(channelSettings=channels, statusCallbacks=[{"url": "http://a_b/c"}])
    assert shown["channelSettings"] == {
        "SMS": {"statusTimeouts": None, "captureRules": None},
        "CHAT": {
            "statusTimeouts": {"inactive": None, "closed": 5},
            "captureRules": [{"from": "a", "to": "b", "metadata": None}],
        },
    }
    assert shown["statusCallbacks"] == [{"url": "http://a_b/c", "method": "POST"}]
    assert {**UNSET, "statusCallbacks": shown["statusCallbacks"]}.items() <= shown.items()
    write = client.write("POST", json=without(body(), "channelSettings"))
    assert client.shown(write.json()["related"]["configurationId"])["channelSettings"] == {}


def test_a_put_replaces_everything_and_counts_the_version_up(client: Orchestrator) -> None:
    first = client.create(**EVERYTHING)
    client.emulator.advance(60)
    sent = body(displayName="New", description="", memoryStoreId="mem_store_other")
    second = client.update("PUT", first["id"], sent)
    dates = {"createdAt": first["createdAt"], "updatedAt": second["updatedAt"]}
    assert second == {**sent, **UNSET, **dates, "id": first["id"], "version": 2}
    assert second["updatedAt"] > first["updatedAt"]
    for absent in ({}, {"displayName": None}):
        kept = client.update("PUT", first["id"], {**without(body(), "displayName"), **absent})
        assert kept["displayName"] == "New"


def test_what_a_get_answers_can_be_put_as_it_is(client: Orchestrator) -> None:
    many: list[dict[str, Any]] = [{}, EVERYTHING, {"channelSettings": {"SMS": {}}}]
    for members in many:
        created = client.create(**members)
        updated = client.update("PUT", created["id"], created)
        assert updated == {**created, "updatedAt": updated["updatedAt"], "version": 2}
        client.write("DELETE", created["id"])


def test_a_put_ignores_what_it_does_not_know(client: Orchestrator) -> None:
    created = client.create()
    rules = [{"from": "a", "to": "b", "x": 1}]
    sms = {"x": 1, "statusTimeouts": {"x": 1}, "captureRules": rules}
    sent = body(id="mine", version=9, createdAt="never", x=1, channelSettings={"SMS": sms})
    updated = client.update("PUT", created["id"], sent)
    shown = {
        "statusTimeouts": {"inactive": None, "closed": None},
        "captureRules": [{"from": "a", "to": "b", "metadata": None}],
    }
    expected = {**created, "channelSettings": {"SMS": shown}, "version": 2}
    assert updated == {**expected, "updatedAt": updated["updatedAt"]}


def test_a_patch_changes_only_what_it_has_and_null_clears_a_member(client: Orchestrator) -> None:
    created = client.create(**EVERYTHING)
    changes = {"description": "New", "memoryExtractionEnabled": False}
    updated = client.update("PATCH", created["id"], changes)
    assert updated == {**created, **changes, "updatedAt": updated["updatedAt"], "version": 2}
    cleared = {**UNSET, **dict.fromkeys(["displayName", "description", "memoryStoreId"])}
    updated = client.update("PATCH", created["id"], dict.fromkeys(cleared))
    assert updated == {**created, **cleared, "updatedAt": updated["updatedAt"], "version": 3}


def test_a_patch_replaces_a_channel_removes_one_that_is_null_and_keeps_the_others(
    client: Orchestrator,
) -> None:
    channels = {name: {"captureRules": [RULE]} for name in ("SMS", "RCS", "CHAT")}
    created = client.create(channelSettings=channels)
    changes: dict[str, Any] = {"SMS": {}, "RCS": None, "VOICE": {}}
    updated = client.update("PATCH", created["id"], {"channelSettings": changes})
    empty = {"statusTimeouts": None, "captureRules": None}
    chat = {"statusTimeouts": None, "captureRules": [RULE]}
    assert updated["channelSettings"] == {"SMS": empty, "CHAT": chat, "VOICE": empty}


@proves("emulator.strict")
def test_the_grouping_type_cannot_be_changed(client: Orchestrator) -> None:
    created = client.create()
    for method in ("PUT", "PATCH"):
        sent = body(conversationGroupingType="GROUP_BY_PARTICIPANT_ADDRESSES")
        refused = client.write(method, created["id"], sent)
        assert_refused(refused, 400, "conversationGroupingType: cannot be changed")
        assert client.shown(created["id"]) == created
    assert client.write("PATCH", created["id"], body()).status_code == 202


@proves("emulator.strict")
def test_an_id_that_is_unknown_or_deleted_is_a_404_at_once(client: Orchestrator) -> None:
    deleted = client.create()["id"]
    assert client.write("DELETE", deleted).status_code == 202
    assert client.emulator.state == {}
    for id in (deleted, "conv_configuration_unknown"):
        for method in ("GET", "PUT", "PATCH", "DELETE"):
            assert_refused(client.write(method, id, body()), 404, "was not found")


@proves("emulator.strict")
def test_a_v1_service_has_one_configuration(client: Orchestrator) -> None:
    first, second = client.create(**BRIDGE), client.create()
    for method, id in (("POST", ""), ("PUT", second["id"]), ("PATCH", second["id"])):
        refused = client.write(method, id, BRIDGE if method == "PATCH" else body(**BRIDGE))
        assert_refused(refused, 409, "conversationsV1Bridge")
        assert refused.headers["X-Conflicting-Resource-Id"] == first["id"]
    client.update("PUT", first["id"], body(**BRIDGE))


def channel(**members: object) -> dict[str, Any]:
    return {"channelSettings": {"SMS": members}}


def rule(**members: object) -> dict[str, Any]:
    return channel(captureRules=[{"from": "*", "to": "*", **members}])


def test_what_is_within_the_limits_is_accepted(client: Orchestrator) -> None:
    good: list[dict[str, Any]] = [
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
    ]
    for members in good:
        client.create(**members)


@proves("emulator.strict")
def test_what_the_description_does_not_say_is_refused_in_every_write(client: Orchestrator) -> None:
    """See `test_openapi.py` for what it says."""
    created = client.create()
    callback, rules = "statusCallbacks[0]", "channelSettings.SMS.captureRules"
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"displayName": ""}, "displayName: must match ^[a-zA-Z0-9-_ ]+$"),
        ({"conversationGroupingType": None}, "conversationGroupingType: must not be null"),
        *((channel(statusTimeouts={"inactive": no}), "inactive: must be an integer") for no in (True, 1.5)),
        (channel(captureRules=[RULE] * 101), f"{rules}: must have at most 100 items"),
        (rule(**{"from": None}), f"{rules}[0].from: must not be null"),
        ({"statusCallbacks": [{"url": None}]}, f"{callback}.url: must not be null"),
        ({"statusCallbacks": [{"url": "desk.example.com"}]}, f"{callback}.url: must be an http or https URL"),
        ({"statusCallbacks": [{**CALLBACK, "method": "PUT"}]}, f"{callback}.method: must be POST or GET"),
    ]
    for members, message in wrong:
        for method, id in (("POST", ""), ("PUT", created["id"]), ("PATCH", created["id"])):
            sent = members if method == "PATCH" else body(**members)
            assert_refused(client.write(method, id, sent), 400, message)
    for name in ("conversationGroupingType", "channelSettings"):
        refused = client.write("PATCH", created["id"], {name: None})
        assert_refused(refused, 400, f"{name}: must not be null")
    always = ["description", "conversationGroupingType", "memoryStoreId"]
    for method, id, required in (("POST", "", "displayName"), ("PUT", created["id"], "channelSettings")):
        for name in (*always, required):
            refused = client.write(method, id, body(**{name: None}))
            assert_refused(refused, 400, f"{name}: must not be null")
    assert client.objects(Orchestrator.type) == {created["id"]: created}
