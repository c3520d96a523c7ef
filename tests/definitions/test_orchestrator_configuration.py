"""Orchestrator configurations against a wire that answers as told."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any

import pytest
from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.difference import changed, difference
from pulumi_switchboard.core.operations import Accepted
from pulumi_switchboard.core.problems import advice, problems
from pulumi_switchboard.core.shape import plain
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.definitions.twilio.orchestrator.configuration import (
    ConfigurationInputs,
    ConfigurationState,
    definition,
)
from pulumi_switchboard.errors import LostAnswerError
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import Twilio

from tests.http.fakes import Answer, Wire, answer

SID = "AC" + "1" * 32
SERVICE = "IS" + "a" * 32
KEY = "00000000-0000-4000-8000-000000000000"
CONFIGURATIONS = "/v2/ControlPlane/Configurations"
ID = "conv_configuration_01"
RULE: Bag = {"from": "*", "to": "+1", "metadata": {"callType": "PSTN"}}
SENT: Bag = {
    "displayName": "Front desk",
    "description": "Calls",
    "conversationGroupingType": "GROUP_BY_PROFILE",
    "memoryStoreId": "mem_store_1",
    "channelSettings": {
        "VOICE": {"statusTimeouts": {"inactive": 5, "closed": 60}, "captureRules": [RULE]},
        "SMS": {"captureRules": [{"from": "*", "to": "+2"}]},
    },
    "statusCallbacks": [{"url": "https://a.example", "method": "POST"}],
    "intelligenceConfigurationIds": ["i1", "i2"],
    "memoryExtractionEnabled": True,
    "conversationsV1Bridge": {"serviceId": SERVICE},
}
READ_ONLY: Bag = {
    "id": ID,
    "accountSid": SID,
    "createdAt": "2026-01-01T00:00:00Z",
    "updatedAt": "2026-01-01T00:00:00Z",
    "version": 3,
}
SHOWN: Bag = {**SENT, **READ_ONLY}
ARGUMENTS: Bag = {
    "display_name": "Front desk",
    "description": "Calls",
    "conversation_grouping_type": "GROUP_BY_PROFILE",
    "memory_store_id": "mem_store_1",
    "channel_settings": {
        "VOICE": {
            "status_timeouts": {"inactive": 5, "closed": 60},
            "capture_rules": [{"from_": "*", "to": "+1", "metadata": {"callType": "PSTN"}}],
        },
        "SMS": {"capture_rules": [{"from_": "*", "to": "+2"}]},
    },
    "status_callbacks": [{"url": "https://a.example", "method": "POST"}],
    "intelligence_configuration_ids": ["i1", "i2"],
    "memory_extraction_enabled": True,
    "conversations_v1_bridge": {"service_id": SERVICE},
}
SMALL: Bag = {
    name: ARGUMENTS[name]
    for name in ("display_name", "description", "conversation_grouping_type", "memory_store_id")
}
ACCEPTED = answer(
    202,
    b'{"statusUrl": "https://t.example/o/job_1", "related": {"configurationId": "%s"}}' % ID.encode(),
    retry_after="5",
)


def shown(**changes: Any) -> Answer:
    """What Twilio shows."""
    return answer(200, json.dumps({**SHOWN, **changes}).encode())


def typed(**changes: Any) -> ConfigurationInputs:
    """The arguments."""
    return ConfigurationInputs.model_validate({**ARGUMENTS, **changes})


def call(*answers: Answer) -> tuple[Call[Twilio], Wire]:
    """A call whose requests get these answers."""
    wire = Wire(iter(answers))
    sources = Sources({"twilio:accountSid": SID, "twilio:authToken": "token"}, {})
    client = Twilio.sign_in(sources, lambda _: wire.line())
    return Call(client, wire.line().moment, "urn", progress=lambda _: None, warn=lambda _: None), wire


def read(**changes: Any) -> ConfigurationState:
    """The configuration, read."""
    state = definition.read(call(shown(**changes))[0], ID)
    assert state is not None
    return state


def sent(wire: Wire) -> list[tuple[str, str, Any, str | None]]:
    """The requests: method, path, body and key."""
    return [
        (
            request.method,
            request.url.removeprefix("https://conversations.twilio.com"),
            json.loads(request.body or b"null"),
            request.headers.get("Idempotency-Key"),
        )
        for _, request in wire.sent
    ]


# --- requests


def test_a_create_sends_what_is_given_and_the_key() -> None:
    moment, wire = call(ACCEPTED)

    accepted = definition.submit_create(moment, typed(), KEY)

    assert sent(wire) == [("POST", CONFIGURATIONS, SENT, KEY)]
    assert isinstance(accepted, Accepted)
    assert (accepted.operation_id, accepted.object_id, accepted.retry_after) == ("job_1", ID, 5.0)


def test_a_create_leaves_out_what_is_not_given() -> None:
    moment, wire = call(ACCEPTED)

    definition.submit_create(moment, ConfigurationInputs.model_validate(SMALL), KEY)

    names = ("displayName", "description", "conversationGroupingType", "memoryStoreId")
    ((_, _, body, _),) = sent(wire)
    assert body == {**{name: SENT[name] for name in names}, "memoryExtractionEnabled": False}


def test_an_update_replaces_all_and_sends_nothing_that_is_read_only() -> None:
    moment, wire = call(ACCEPTED)

    definition.submit_update(moment, ID, read(), typed(description="New"), KEY)

    assert sent(wire) == [("PUT", f"{CONFIGURATIONS}/{ID}", {**SENT, "description": "New"}, KEY)]


@pytest.mark.parametrize("settings", [None, {}])
def test_an_update_always_has_channel_settings(settings: Any) -> None:
    moment, wire = call(ACCEPTED)

    definition.submit_update(moment, ID, read(), typed(channel_settings=settings), KEY)

    ((_, _, body, _),) = sent(wire)
    assert body["channelSettings"] == {}


def test_an_update_keeps_what_it_does_not_know_and_drops_what_is_no_longer_given() -> None:
    odd = deepcopy(SENT)
    odd["nextYear"] = {"a": 1}
    odd["channelSettings"]["VOICE"]["novel"] = 1
    odd["channelSettings"]["VOICE"]["captureRules"][0]["novel"] = 2
    odd["conversationsV1Bridge"]["novel"] = 3
    moment, wire = call(ACCEPTED)

    definition.submit_update(moment, ID, read(**odd), typed(status_callbacks=None), KEY)

    ((_, _, body, _),) = sent(wire)
    del odd["statusCallbacks"]
    assert body == odd


def test_a_delete_names_the_configuration_and_the_key() -> None:
    moment, wire = call(ACCEPTED, answer(204))

    accepted = definition.submit_delete(moment, ID, KEY)

    assert accepted is not None
    assert accepted.operation_id == "job_1"
    assert definition.submit_delete(moment, "a/b", KEY) is None
    assert sent(wire) == [
        ("DELETE", f"{CONFIGURATIONS}/{ID}", None, KEY),
        ("DELETE", f"{CONFIGURATIONS}/a%2Fb", None, KEY),
    ]


def test_an_operation_is_looked_at_where_operations_are() -> None:
    moment, wire = call(answer(200, b'{"status": "COMPLETED", "related": {"configurationId": "x"}}'))

    assert definition.look(moment, "job_1").object_id == "x"
    assert sent(wire) == [("GET", "/v2/ControlPlane/Operations/job_1", None, None)]


def test_a_name_is_looked_for_among_all_of_the_memory_store() -> None:
    first = {"configurations": [SHOWN, {**SHOWN, "displayName": "Other"}], "meta": {"nextToken": "more"}}
    second = {"configurations": [{**SHOWN, "id": "two"}, {**SHOWN, "displayName": "front desk"}], "meta": {}}
    moment, wire = call(*(answer(200, json.dumps(page).encode()) for page in (first, second)))

    found = definition.named(moment, typed())

    assert [state.configuration_id for state in found] == [ID, "two"]
    query = "memoryStoreId=mem_store_1&pageSize=100"
    assert [path for _, path, _, _ in sent(wire)] == [
        f"{CONFIGURATIONS}?{query}",
        f"{CONFIGURATIONS}?{query}&pageToken=more",
    ]


# --- what Twilio shows


def test_a_configuration_is_shown_in_our_names() -> None:
    moment, wire = call(shown())

    state = definition.read(moment, ID)

    assert sent(wire) == [("GET", f"{CONFIGURATIONS}/{ID}", None, None)]
    assert state is not None
    assert plain(state) == {
        **ARGUMENTS,
        "configuration_id": ID,
        "account_sid": SID,
        "version": 3,
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
    }
    assert definition.made_at(state) == 1767225600.0


def test_what_twilio_says_is_gone_is_gone() -> None:
    body = b'{"code": 20404, "message": "No.", "more_info": "https://t.example", "status": 404}'

    assert definition.read(call(answer(404, body))[0], ID) is None


@pytest.mark.parametrize("id", ["conv_configuration_1", "cfg_configuration_1", "conf_configuration_1", "x"])
def test_any_id_is_an_id(id: str) -> None:
    assert read(id=id).configuration_id == id


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("name", ["id", "sid"])
def test_an_answer_with_the_object_itself_is_taken_as_done(status: int, name: str) -> None:
    body = {**SENT, name: ID, "uniqueName": "old"}
    moment, _ = call(*(answer(status, json.dumps(body).encode()) for _ in range(2)))

    for state in (
        definition.submit_create(moment, typed(), KEY),
        definition.submit_update(moment, ID, read(), typed(), KEY),
    ):
        assert isinstance(state, ConfigurationState)
        assert (state.configuration_id, state.display_name) == (ID, "Front desk")


@pytest.mark.parametrize("name", [name for name in SHOWN if name not in ("id", "accountSid")])
@pytest.mark.parametrize("odd", [None, "left out", [], {}, "odd", 7])
def test_a_member_that_is_missing_or_odd_is_no_reason_to_fail(name: str, odd: Any) -> None:
    body = {key: value for key, value in SHOWN.items() if key != name}
    raw = body if odd == "left out" else {**body, name: odd}

    state = definition.read(call(answer(200, json.dumps(raw).encode()))[0], ID)

    assert state is not None
    assert state.configuration_id == ID
    assert changed(ConfigurationInputs, plain(state), ARGUMENTS) in ([], [snake(name)])
    definition.made_at(state)
    moment, _ = call(ACCEPTED)
    definition.submit_update(moment, ID, state, typed(), KEY)


def snake(name: str) -> str:
    """The name as we have it."""
    return re.sub(r"([A-Z])", r"_\1", name).lower()


@pytest.mark.parametrize("body", [b"[]", b"{}", b'"x"', b"7", b'{"id": 7}', b'{"id": ""}'])
def test_an_answer_that_is_no_configuration_is_a_lost_one(body: bytes) -> None:
    with pytest.raises(LostAnswerError, match="not a configuration"):
        definition.read(call(answer(200, body))[0], ID)


def test_what_is_expected_is_what_was_asked_for() -> None:
    expected = definition.expected(call()[0], ID, typed())

    assert plain(expected) == {**ARGUMENTS, "configuration_id": ID, "account_sid": SID}


# --- rules


def test_a_full_and_a_small_configuration_have_no_problem() -> None:
    assert problems(ConfigurationInputs, ARGUMENTS) == problems(ConfigurationInputs, SMALL) == []
    assert advice(ConfigurationInputs, ARGUMENTS, list(ARGUMENTS)) == []


VOICE = "channel_settings.VOICE"


def voice(**members: Any) -> Bag:
    """The settings of one channel."""
    return {"VOICE": members}


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("display_name", "x" * 33, "display_name"),
        ("display_name", "Empfang ü", "display_name"),
        ("display_name", "a.b", "display_name"),
        ("display_name", "", "display_name"),
        ("display_name", "line\n", "display_name"),
        ("description", "x" * 513, "description"),
        ("conversation_grouping_type", "GROUP_BY_MOOD", "conversation_grouping_type"),
        ("memory_store_id", "", "memory_store_id"),
        ("channel_settings", voice(status_timeouts={"inactive": 0}), "VOICE.status_timeouts.inactive"),
        ("channel_settings", voice(status_timeouts={"closed": -1}), "VOICE.status_timeouts.closed"),
        ("channel_settings", voice(status_timeouts={"closed": 1.5}), "VOICE.status_timeouts.closed"),
        ("channel_settings", voice(capture_rules=[{"from_": "*"}]), "VOICE.capture_rules[0].to"),
        ("channel_settings", voice(capture_rules=[{"from_": "*", "to": "*"}] * 101), "VOICE.capture_rules"),
        ("channel_settings", voice(novel=1), "VOICE.novel"),
        ("status_callbacks", [{"url": f"https://{n}.example"} for n in "abc"], "status_callbacks"),
        ("status_callbacks", [{"url": "hook"}], "status_callbacks[0].url"),
        ("status_callbacks", [{"url": "https://a.example", "method": "PUT"}], "status_callbacks[0].method"),
        ("status_callbacks", [{"method": "GET"}], "status_callbacks[0].url"),
        ("intelligence_configuration_ids", list("abcdef"), "intelligence_configuration_ids"),
        ("memory_extraction_enabled", "yes", "memory_extraction_enabled"),
        ("conversations_v1_bridge", {}, "conversations_v1_bridge.service_id"),
        ("conversations_v1_bridge", {"service_id": "IS1"}, "conversations_v1_bridge.service_id"),
        ("conversations_v1_bridge", {"service_id": SERVICE + "\n"}, "conversations_v1_bridge.service_id"),
    ],
)
def test_what_twilio_would_refuse_is_a_problem(name: str, value: Any, path: str) -> None:
    found = problems(ConfigurationInputs, {**ARGUMENTS, name: value})

    assert [problem.path for problem in found] == [path.replace("VOICE", VOICE)]


@pytest.mark.parametrize("name", list(SMALL))
def test_what_twilio_requires_is_required(name: str) -> None:
    without = {key: value for key, value in ARGUMENTS.items() if key != name}

    assert [str(problem) for problem in problems(ConfigurationInputs, without)] == [f"{name}: is required"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("display_name", "a-b_C 9" + "x" * 25),
        ("description", "x" * 512),
        ("channel_settings", {"FAX": {}}),
        ("channel_settings", {"VOICE": {"status_timeouts": {}, "capture_rules": []}}),
        ("channel_settings", voice(capture_rules=[{"from_": "*", "to": f"+{n}"} for n in range(100)])),
        ("status_callbacks", []),
        ("intelligence_configuration_ids", list("abcde")),
        ("conversations_v1_bridge", {"service_id": "IS" + "A" * 32}),
    ],
)
def test_what_twilio_takes_is_no_problem(name: str, value: Any) -> None:
    assert problems(ConfigurationInputs, {**ARGUMENTS, name: value}) == []


def test_an_unknown_channel_and_plain_http_are_worth_a_remark() -> None:
    odd = {
        "channel_settings": {"VOICE": {}, "canary": {}},
        "status_callbacks": [{"url": "http://canary.example"}],
    }

    first, second = advice(ConfigurationInputs, {**ARGUMENTS, **odd}, list(ARGUMENTS))

    assert first.path == "channel_settings"
    assert "documented are VOICE, SMS, RCS, WHATSAPP, CHAT" in first.reason
    assert second.path == "status_callbacks[0].url"
    assert "canary" not in first.reason + second.reason


# --- what is no difference, and what is one


def differing(body: Bag, arguments: Bag) -> list[str]:
    """What differs between what Twilio shows and what the program says."""
    return changed(ConfigurationInputs, plain(read(**body)), arguments)


@pytest.mark.parametrize("settings", [None, {}])
@pytest.mark.parametrize("empty", [None, [], "left out"])
def test_what_twilio_fills_in_is_no_difference(settings: Any, empty: Any) -> None:
    filled: Bag = {
        "channelSettings": settings,
        "statusCallbacks": empty,
        "intelligenceConfigurationIds": empty,
        "memoryExtractionEnabled": None if empty is None else False,
        "conversationsV1Bridge": settings,
    }
    if empty == "left out":
        filled = dict.fromkeys(filled)

    nothing: list[Any] = [None, {}]
    for given in nothing:
        assert differing(filled, {**SMALL, "channel_settings": given, "status_callbacks": None}) == []


@pytest.mark.parametrize("timeouts", [None, {}, {"inactive": None, "closed": None}])
@pytest.mark.parametrize("rules", [None, []])
@pytest.mark.parametrize(
    "given", [{}, {"status_timeouts": {}}, {"status_timeouts": None, "capture_rules": []}]
)
def test_what_twilio_fills_into_a_channel_is_no_difference(timeouts: Any, rules: Any, given: Bag) -> None:
    body = {"channelSettings": {"CHAT": {"statusTimeouts": timeouts, "captureRules": rules}}}

    assert differing(body, {**ARGUMENTS, "channel_settings": {"CHAT": given}}) == []


@pytest.mark.parametrize("metadata", [None, {}])
@pytest.mark.parametrize("given", [{}, {"metadata": None}, {"metadata": {}}])
def test_what_twilio_fills_into_a_rule_is_no_difference(metadata: Any, given: Bag) -> None:
    body = {"channelSettings": {"SMS": {"captureRules": [{"from": "*", "to": "+2", "metadata": metadata}]}}}
    rule = {"from_": "*", "to": "+2", **given}

    assert differing(body, {**ARGUMENTS, "channel_settings": {"SMS": {"capture_rules": [rule]}}}) == []


def test_half_a_pair_of_timeouts_and_a_method_left_out_are_no_difference() -> None:
    body = {"channelSettings": {"SMS": {"statusTimeouts": {"closed": 5, "inactive": None}}}}
    given: Bag = {
        "channel_settings": {"SMS": {"status_timeouts": {"closed": 5.0}}},
        "status_callbacks": [{"url": "https://a.example"}],
    }

    assert differing(body, {**ARGUMENTS, **given}) == []


def test_an_order_that_means_nothing_is_no_difference() -> None:
    rules = [RULE, {"from": "*", "to": "+2"}, {"from": "a", "to": "b"}]
    body = {
        "channelSettings": {"VOICE": {"captureRules": rules}},
        "statusCallbacks": [{"url": "https://b.example", "method": "GET"}, *SENT["statusCallbacks"]],
        "intelligenceConfigurationIds": ["i2", "i1"],
    }
    ours = [{"from_" if key == "from" else key: rule[key] for key in rule} for rule in reversed(rules)]
    given: Bag = {
        "channel_settings": {"VOICE": {"capture_rules": ours}},
        "status_callbacks": [*ARGUMENTS["status_callbacks"], {"url": "https://b.example", "method": "GET"}],
    }

    assert differing(body, {**ARGUMENTS, **given}) == []


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all that is in the value."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for key, item in enumerate(value) for leaf in leaves(item, (*path, key))]
    return [path]


@pytest.mark.parametrize("path", leaves(SENT), ids=str)
def test_a_change_of_any_leaf_is_a_difference(path: tuple[Any, ...]) -> None:
    body = deepcopy(SENT)
    inner: Any = body
    for step in path[:-1]:
        inner = inner[step]
    was = inner[path[-1]]
    inner[path[-1]] = (not was) if isinstance(was, bool) else was + 1 if isinstance(was, int) else f"{was}x"

    assert differing(body, ARGUMENTS) == [snake(path[0])]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("channelSettings", {**SENT["channelSettings"], "CHAT": {}}),
        ("channelSettings", {"VOICE": SENT["channelSettings"]["VOICE"]}),
        ("statusCallbacks", None),
        ("intelligenceConfigurationIds", ["i1"]),
        ("intelligenceConfigurationIds", ["i1", "i1", "i2"]),
        ("conversationsV1Bridge", None),
    ],
)
def test_more_or_less_is_a_difference(name: str, value: Any) -> None:
    assert differing({name: value}, ARGUMENTS) == [snake(name)]


@pytest.mark.parametrize("name", list(ARGUMENTS))
def test_a_new_grouping_alone_calls_for_a_new_configuration(name: str) -> None:
    known = {**ARGUMENTS, name: "other"}

    found = difference(ConfigurationInputs, known, known, ARGUMENTS)

    assert found.replaces == ((name,) if name == "conversation_grouping_type" else ())
