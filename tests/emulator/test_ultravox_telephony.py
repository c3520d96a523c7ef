"""Ultravox's configuration of Twilio telephony."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Stale

from tests.emulator.client import OTHER_SID, SID
from tests.emulator.ultravox import (
    ALICE,
    BOB,
    FETCH,
    NAME,
    PATH,
    TOKEN,
    TYPE,
    Ultravox,
    assert_detail,
    assert_invalid,
    body,
)

AGENTS = "callCreationAllowedAgentIds"
ALL_AGENTS = "callCreationAllowAllAgents"
EXCLUSIVE = [f"{AGENTS} may not be set if {ALL_AGENTS} is true."]


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Ultravox]:
    client = Ultravox(emulator)
    yield client
    client.close()


def test_before_a_create_there_is_nothing(client: Ultravox, emulator: Emulator) -> None:
    for response in (client.get(PATH), client.patch({}), client.delete(PATH)):
        assert_detail(response, 404, "Not found")
    assert emulator.state == {}


def test_a_create_answers_201_and_the_whole_configuration(client: Ultravox, emulator: Emulator) -> None:
    sent = {AGENTS: [BOB, ALICE], "requestContextMapping": {"From": "caller.number"}}
    response = client.post(PATH, body(**sent))
    assert response.status_code == 201
    assert response.json() == {
        "accountSid": SID,
        "authTokenPrefix": {"prefix": TOKEN[:4]},
        AGENTS: [BOB, ALICE],
        ALL_AGENTS: False,
        "requestContextMapping": {"From": "caller.number"},
    }
    assert client.get(PATH).json() == response.json()
    assert emulator.state == {NAME: {TYPE: {"twilio": response.json()}}}


def test_what_is_not_sent_is_empty(client: Ultravox) -> None:
    created = client.created()
    assert (created[AGENTS], created[ALL_AGENTS], created["requestContextMapping"]) == ([], False, {})


def test_the_token_is_neither_answered_nor_kept(client: Ultravox, emulator: Emulator) -> None:
    other = TOKEN[::-1]
    answers = [client.post(PATH, body()), client.patch({"authToken": other}), client.get(PATH)]
    everything = json.dumps([answer.json() for answer in answers]) + json.dumps(emulator.state)
    assert answers[-1].json()["authTokenPrefix"] == {"prefix": other[:4]}
    assert "authToken" not in answers[-1].json()
    assert TOKEN[:5] not in everything
    assert other[:5] not in everything


def test_the_prefix_is_read_only(client: Ultravox) -> None:
    expected = {"prefix": TOKEN[:4]}
    assert client.created(authTokenPrefix={"prefix": "mine"})["authTokenPrefix"] == expected
    assert client.updated(authTokenPrefix=None)["authTokenPrefix"] == expected


def test_a_patch_keeps_what_it_does_not_have(client: Ultravox) -> None:
    created = client.created(**{AGENTS: [ALICE], "requestContextMapping": {"a": "b"}})
    assert client.updated() == created
    assert client.updated(accountSid=OTHER_SID) == {**created, "accountSid": OTHER_SID}
    updated = client.updated(**{AGENTS: [], "requestContextMapping": {"c": "d"}})
    assert updated == {
        **created,
        "accountSid": OTHER_SID,
        AGENTS: [],
        "requestContextMapping": {"c": "d"},
    }
    assert client.get(PATH).json() == updated


def test_a_second_create_replaces_the_first(client: Ultravox) -> None:
    client.created(**{AGENTS: [ALICE]})
    assert client.created(accountSid=OTHER_SID)[AGENTS] == []
    assert client.get(PATH).json()["accountSid"] == OTHER_SID


def test_a_delete_answers_204_and_makes_room_for_another(client: Ultravox, emulator: Emulator) -> None:
    created = client.created()
    response = client.delete(PATH)
    assert (response.status_code, response.content) == (204, b"")
    assert_detail(client.get(PATH), 404)
    assert_detail(client.delete(PATH), 404)
    assert emulator.state == {}
    assert client.created() == created


def test_all_agents_and_a_list_of_them_exclude_each_other(client: Ultravox, emulator: Emulator) -> None:
    assert_invalid(client.post(PATH, body(**{AGENTS: [ALICE], ALL_AGENTS: True})), non_field_errors=EXCLUSIVE)
    assert emulator.state == {}
    created = client.created(**{AGENTS: [ALICE]})
    assert_invalid(client.patch({ALL_AGENTS: True}), non_field_errors=EXCLUSIVE)
    assert client.get(PATH).json() == created
    client.updated(**{AGENTS: [], ALL_AGENTS: True})
    assert_invalid(client.patch({AGENTS: [BOB]}), non_field_errors=EXCLUSIVE)
    assert client.updated(**{AGENTS: [BOB], ALL_AGENTS: False})[AGENTS] == [BOB]


def test_agent_ids_are_shown_in_lower_case(client: Ultravox) -> None:
    assert client.created(**{AGENTS: [ALICE.upper()]})[AGENTS] == [ALICE]


def test_a_hundred_agents_are_as_many_as_there_can_be(client: Ultravox) -> None:
    assert len(client.created(**{AGENTS: [ALICE] * 100})[AGENTS]) == 100
    assert_invalid(client.patch({AGENTS: [ALICE] * 101}), **{AGENTS: ["must have at most 100 items"]})


def test_a_create_needs_the_credentials(client: Ultravox) -> None:
    assert_invalid(client.post(PATH, {}), accountSid=["is required"], authToken=["is required"])


UUID = "must match ^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


@pytest.mark.parametrize(
    ("member", "value", "messages"),
    [
        ("accountSid", "", ["must not be empty"]),
        ("accountSid", 1, ["must be a string"]),
        ("authToken", "", ["must not be empty"]),
        ("authToken", None, ["must not be null"]),
        (AGENTS, None, ["must not be null"]),
        (AGENTS, ALICE, ["must be a list"]),
        (AGENTS, [ALICE, "alice", 1], [f"[1]: {UUID}", "[2]: must be a string"]),
        (AGENTS, [ALICE.replace("-", "")], [f"[0]: {UUID}"]),
        (ALL_AGENTS, None, ["must not be null"]),
        (ALL_AGENTS, "true", ["must be true or false"]),
        ("requestContextMapping", None, ["must not be null"]),
        ("requestContextMapping", [], ["must be an object"]),
        (
            "requestContextMapping",
            {"From": 1, "to": None},
            [".From: must be a string", ".to: must not be null"],
        ),
        ("accountSID", SID, ["is unknown"]),
    ],
)
def test_a_wrong_member_is_refused_by_its_name_and_changes_nothing(
    client: Ultravox, emulator: Emulator, member: str, value: object, messages: list[str]
) -> None:
    client.created()
    before = emulator.state
    assert_invalid(client.post(PATH, body(**{member: value})), **{member: messages})
    assert_invalid(client.patch({member: value}), **{member: messages})
    assert emulator.state == before


def test_accounts_do_not_see_each_other(client: Ultravox, emulator: Emulator) -> None:
    client.created()
    other = Ultravox(emulator, "zyxw9876." + "k" * 32)
    assert_detail(other.get(PATH), 404)
    assert_detail(other.delete(PATH), 404)
    assert other.created(accountSid=OTHER_SID)["accountSid"] == OTHER_SID
    other.close()
    assert client.get(PATH).json()["accountSid"] == SID
    assert set(emulator.state) == {NAME, "zyxw9876"}


def test_a_stale_answer_is_from_before_the_last_write(client: Ultravox, emulator: Emulator) -> None:
    created = client.created()
    client.updated(accountSid=OTHER_SID)
    with emulator.inject(FETCH, Stale()):
        assert client.get(PATH).json() == created
    assert client.get(PATH).json()["accountSid"] == OTHER_SID


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["accountSid", AGENTS, ALL_AGENTS, "a: b", "", "[."]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=JSON)
def test_no_body_without_a_token_gets_in_or_breaks_the_emulator(client: Ultravox, sent: Any) -> None:
    response = client.post(PATH, sent)
    if response.status_code == 415:  # requests sends no content type with null
        assert_detail(response, 415)
        return
    assert response.status_code == 400
    for messages in response.json().values():
        assert all(isinstance(message, str) for message in messages)
