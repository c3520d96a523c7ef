"""Ultravox's configuration of Twilio telephony."""

import json
from typing import Any

from tests.emulator.client import KEY_NAME, OTHER_SID, SID, TOKEN, Telephony, assert_refused, running, shown
from tests.emulator.client import telephony as body
from tests.promises import proves

AGENTS, ALL_AGENTS = "callCreationAllowedAgentIds", "callCreationAllowAllAgents"
CONTEXT = "requestContextMapping"
ALICE, BOB = "3c90c3cc-0d44-4b50-8888-8dd25736052a", "0f0e0d0c-0b0a-4908-8706-050403020100"
PREFIX = {"prefix": TOKEN[:4]}


def test_a_configuration_is_shown_as_it_was_sent_until_it_is_deleted(telephony: Telephony) -> None:
    empty = {AGENTS: [], ALL_AGENTS: False, CONTEXT: {}}
    assert telephony.create() == {"accountSid": SID, "authTokenPrefix": PREFIX, **empty}
    sent = {AGENTS: [BOB, ALICE.upper()], CONTEXT: {"From": "caller.number"}}
    created = telephony.create(**sent)
    assert created == {**empty, **sent, "accountSid": SID, "authTokenPrefix": PREFIX, AGENTS: [BOB, ALICE]}
    assert shown(telephony.get(Telephony.path)) == created
    assert telephony.emulator.state == {KEY_NAME: {Telephony.type: {"twilio": created}}}
    assert telephony.delete(Telephony.path).status_code == 204
    for method in ("GET", "PATCH", "DELETE"):
        assert_refused(telephony.request(method, Telephony.path, {}), 404, "Not found")


def test_a_patch_keeps_what_it_does_not_have_and_a_post_replaces_everything(telephony: Telephony) -> None:
    created = telephony.create(**{AGENTS: [ALICE], CONTEXT: {"a": "b"}})
    assert telephony.update() == created
    assert telephony.update(accountSid=OTHER_SID) == {**created, "accountSid": OTHER_SID}
    updated = telephony.update(**{AGENTS: [], CONTEXT: {"c": "d"}})
    assert updated == {**created, "accountSid": OTHER_SID, AGENTS: [], CONTEXT: {"c": "d"}}
    replaced = telephony.create(accountSid=OTHER_SID)
    assert replaced == {**updated, CONTEXT: {}}
    assert shown(telephony.get(Telephony.path)) == replaced


def test_the_token_is_neither_answered_nor_kept_and_its_prefix_is_read_only(telephony: Telephony) -> None:
    other = TOKEN[::-1]
    answers = [telephony.create(authTokenPrefix={"prefix": "mine"}), telephony.update(authTokenPrefix=None)]
    assert [answer["authTokenPrefix"] for answer in answers] == [PREFIX, PREFIX]
    answers += [telephony.update(authToken=other), shown(telephony.get(Telephony.path))]
    assert answers[-1]["authTokenPrefix"] == {"prefix": other[:4]}
    everything = json.dumps([answers, telephony.emulator.state])
    for text in (TOKEN[:5], other[:5], '"authToken"'):
        assert text not in everything


@proves("emulator.strict")
def test_all_agents_and_a_list_of_them_exclude_each_other(telephony: Telephony) -> None:
    message = f"non_field_errors: {AGENTS} may not be set if {ALL_AGENTS} is true."
    assert_refused(telephony.post(Telephony.path, body(**{AGENTS: [ALICE], ALL_AGENTS: True})), 400, message)
    assert telephony.emulator.state == {}
    created = telephony.create(**{AGENTS: [ALICE]})
    assert_refused(telephony.patch(Telephony.path, {ALL_AGENTS: True}), 400, message)
    assert shown(telephony.get(Telephony.path)) == created
    telephony.update(**{AGENTS: [], ALL_AGENTS: True})
    assert_refused(telephony.patch(Telephony.path, {AGENTS: [BOB]}), 400, message)


@proves("emulator.strict")
def test_a_wrong_member_is_refused_by_its_name_and_changes_nothing(telephony: Telephony) -> None:
    assert len(telephony.create(**{AGENTS: [ALICE] * 100})[AGENTS]) == 100
    before = telephony.emulator.state
    missing = telephony.post(Telephony.path, {})
    assert_refused(missing, 400, "accountSid: is required", "authToken: is required")
    message = "non_field_errors: Invalid data. Expected a dictionary."
    assert_refused(telephony.post(Telephony.path, []), 400, message)
    uuid = "must match ^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
    wrong: list[tuple[str, Any, list[str]]] = [
        *((name, "", ["must not be empty"]) for name in ("accountSid", "authToken")),
        ("accountSid", 1, ["must be a string"]),
        *((name, None, ["must not be null"]) for name in ("authToken", AGENTS, ALL_AGENTS, CONTEXT)),
        (AGENTS, ALICE, ["must be a list"]),
        (AGENTS, [ALICE] * 101, ["must have at most 100 items"]),
        (AGENTS, [ALICE, "alice", 1], [f"[1]: {uuid}", "[2]: must be a string"]),
        (AGENTS, [ALICE.replace("-", "")], [f"[0]: {uuid}"]),
        (ALL_AGENTS, "true", ["must be true or false"]),
        (CONTEXT, [], ["must be an object"]),
        (CONTEXT, {"From": 1, "to": None}, [".From: must be a string", ".to: must not be null"]),
        ("accountSID", SID, ["is unknown"]),
    ]
    for member, value, messages in wrong:
        for method, sent in (("POST", body(**{member: value})), ("PATCH", {member: value})):
            refused = telephony.request(method, Telephony.path, sent)
            assert (refused.status_code, refused.json()) == (400, {member: messages})
    assert telephony.emulator.state == before


@proves("emulator.switches")
def test_each_switch_has_its_other_values() -> None:
    for policy, status in (("refuse", 400), ("conflict", 409)):
        with running(Telephony, ultravox_create_over_existing=policy) as telephony:
            telephony.create()
            assert_refused(telephony.post(Telephony.path, body(accountSid=OTHER_SID)), status, "already")
            assert shown(telephony.get(Telephony.path))["accountSid"] == SID
            telephony.delete(Telephony.path)
            telephony.create()
    for length in (0, 1, 8):
        with running(Telephony, ultravox_token_prefix_length=length) as telephony:
            assert telephony.create()["authTokenPrefix"] == {"prefix": TOKEN[:length]}
    with running(Telephony, ultravox_agent_order="sorted") as telephony:
        assert telephony.create(**{AGENTS: [ALICE, BOB]})[AGENTS] == [BOB, ALICE]
        assert telephony.update(**{AGENTS: [ALICE, BOB.upper()]})[AGENTS] == [BOB, ALICE]
    with running(Telephony, ultravox_context_mapping_in_patch="merge") as telephony:
        telephony.create(**{CONTEXT: {"a": "1", "b": "2"}})
        expected = {"a": "1", "b": "3", "c": "4"}
        changes: list[dict[str, Any]] = [{CONTEXT: {"b": "3", "c": "4"}}, {}, {CONTEXT: {}}]
        for members in changes:
            assert telephony.update(**members)[CONTEXT] == expected
        assert telephony.create(**{CONTEXT: {"d": "5"}})[CONTEXT] == {"d": "5"}
    with running(Telephony, ultravox_fill="absent", ultravox_context_mapping_in_patch="merge") as telephony:
        bare = {"accountSid": SID, "authTokenPrefix": PREFIX}
        assert telephony.create() == bare
        given = {AGENTS: [ALICE], CONTEXT: {"a": "b"}}
        assert telephony.update(**given) == {**bare, **given}
        assert telephony.create() == bare
        assert telephony.update(**{AGENTS: [], ALL_AGENTS: True, CONTEXT: {}}) == {**bare, ALL_AGENTS: True}
        assert telephony.update(**{ALL_AGENTS: False}) == bare
