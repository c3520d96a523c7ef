"""Conversation Orchestrator configurations: what writes make of them, and what is refused."""

from typing import Any

from tests.emulator.client import BRIDGE, Orchestrator, assert_refused, body
from tests.promises import proves

CALLBACK = {"url": "https://desk.example.com"}
RULE = {"from": "+18005550100", "to": "*", "metadata": {"callType": "PSTN"}}
EVERYTHING: dict[str, Any] = {
    "channelSettings": {
        name: {"statusTimeouts": {"inactive": 1, "closed": 5}, "captureRules": [RULE]}
        for name in ("VOICE", "RCS")
    },
    "statusCallbacks": [{"url": "https://desk.example.com/status", "method": "GET"}],
    "intelligenceConfigurationIds": ["intelligence_configuration_1"],
    "memoryExtractionEnabled": True,
    **BRIDGE,
}
UNSET: dict[str, Any] = {"memoryExtractionEnabled": False}


def without(bag: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in bag.items() if name not in names}


def test_what_was_not_sent_has_its_default_or_is_absent(orchestrator: Orchestrator) -> None:
    chat = {"statusTimeouts": {"closed": 5}, "captureRules": [{"from": "a", "to": "b"}]}
    channels = {"SMS": {}, "CHAT": chat}
    shown = orchestrator.create(channelSettings=channels, statusCallbacks=[{"url": "http://a_b/c"}])
    callbacks = {"statusCallbacks": [{"url": "http://a_b/c", "method": "POST"}]}
    dates = {name: shown[name] for name in ("createdAt", "updatedAt")}
    expected = body(**UNSET, **callbacks, **dates, channelSettings=channels, id=shown["id"], version=1)
    assert shown == expected
    write = orchestrator.write("POST", json=without(body(), "channelSettings"))
    assert "channelSettings" not in orchestrator.shown(write.json()["related"]["configurationId"])
    updated = orchestrator.update("PUT", shown["id"], shown)
    assert updated == {**shown, "updatedAt": updated["updatedAt"], "version": 2}, "what a GET answers"


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
    assert orchestrator.create()["displayName"] == orchestrator.create()["displayName"], (
        "it may be used twice"
    )


def test_a_patch_changes_only_what_it_has_and_null_clears_a_member(orchestrator: Orchestrator) -> None:
    created = orchestrator.create(**EVERYTHING)
    changes = {"description": "New", "memoryExtractionEnabled": False}
    updated = orchestrator.update("PATCH", created["id"], changes)
    assert updated == {**created, **changes, "updatedAt": updated["updatedAt"], "version": 2}
    optional = ["statusCallbacks", "intelligenceConfigurationIds", "conversationsV1Bridge"]
    cleared = {**UNSET, "description": "", "memoryStoreId": ""}
    sent = dict.fromkeys([*optional, *cleared, "displayName"])
    updated = orchestrator.update("PATCH", created["id"], sent)
    kept = without(created, *optional)
    assert updated == {**kept, **cleared, "updatedAt": updated["updatedAt"], "version": 3}
    channels: dict[str, Any] = {"SMS": {}, "RCS": None, "VOICE": None, "CHAT": {}}
    updated = orchestrator.update("PATCH", created["id"], {"channelSettings": channels})
    assert updated["channelSettings"] == {"SMS": {}, "CHAT": {}}, "each channel for itself"
    updated = orchestrator.update("PATCH", created["id"], {"channelSettings": {"VOICE": {}}})
    assert set(updated["channelSettings"]) == {"SMS", "CHAT", "VOICE"}


@proves("emulator.strict")
def test_neither_the_grouping_type_nor_what_is_not_there_can_be_changed(orchestrator: Orchestrator) -> None:
    created = orchestrator.create()
    for method in ("PUT", "PATCH"):
        sent = body(conversationGroupingType="GROUP_BY_PARTICIPANT_ADDRESSES")
        refused = orchestrator.write(method, created["id"], sent)
        assert_refused(refused, 400, "conversationGroupingType: cannot be changed")
        assert orchestrator.shown(created["id"]) == created
        assert_refused(orchestrator.write(method, "conv_configuration_unknown", body()), 404, "was not found")
    assert orchestrator.write("PATCH", created["id"], body()).status_code == 202


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
    good: list[dict[str, Any]] = [
        {"displayName": "a" * 32, "description": "ä" * 512},
        {"displayName": "a-B_1 c", "memoryStoreId": "memora_service_123"},
        dict.fromkeys(["channelSettings", "statusCallbacks", "intelligenceConfigurationIds"]),
        {"channelSettings": {"VIDEO": {}}},
        channel(statusTimeouts=None, captureRules=None),
        channel(captureRules=[{"from": "*", "to": "*"}] * 100),
        rule(metadata={}),
        {"statusCallbacks": [CALLBACK, CALLBACK], "intelligenceConfigurationIds": ["a"] * 5},
    ]
    for members in good:
        orchestrator.create(**members)


@proves("emulator.strict")
def test_what_the_description_does_not_say_is_refused_in_every_write(orchestrator: Orchestrator) -> None:
    """See `test_openapi.py` for what it says, such as patterns and enumerations."""
    created = orchestrator.create()
    callback, rules = "statusCallbacks[0]", "channelSettings.SMS.captureRules"
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"conversationGroupingType": None}, "conversationGroupingType: must not be null"),
        *((channel(statusTimeouts={"inactive": no}), "inactive: must be an integer") for no in (True, 1.5)),
        (channel(captureRules=[RULE] * 101), f"{rules}: must have at most 100 items"),
        (rule(**{"from": None}), f"{rules}[0].from: must not be null"),
        ({"statusCallbacks": [{"url": None}]}, f"{callback}.url: must not be null"),
        ({"statusCallbacks": [{"url": "desk.example.com"}]}, f"{callback}.url: must be an http or https URL"),
    ]
    for members, message in wrong:
        for method, id in (("POST", ""), ("PUT", created["id"]), ("PATCH", created["id"])):
            sent = members if method == "PATCH" else body(**members)
            assert_refused(orchestrator.write(method, id, sent), 400, message)
    for name in ("conversationGroupingType", "channelSettings"):
        refused = orchestrator.write("PATCH", created["id"], {name: None})
        assert_refused(refused, 400, f"{name}: must not be null")
    always = ["description", "conversationGroupingType", "memoryStoreId"]
    for method, id, required in (("POST", "", "displayName"), ("PUT", created["id"], "channelSettings")):
        for name in (*always, required):
            refused = orchestrator.write(method, id, body(**{name: None}))
            assert_refused(refused, 400, f"{name}: must not be null")
    assert orchestrator.objects(Orchestrator.type) == {created["id"]: created}
