"""The switches of Ultravox, each at its other values."""

import pytest

from tests.emulator.client import OTHER_SID, SID
from tests.emulator.ultravox import ALICE, BOB, PATH, TOKEN, assert_detail, assert_invalid, body, ultravox

AGENTS = "callCreationAllowedAgentIds"
ALL_AGENTS = "callCreationAllowAllAgents"
CONTEXT = "requestContextMapping"


def test_a_second_create_can_be_refused() -> None:
    with ultravox(ultravox_create_over_existing="refuse") as client:
        client.created()
        refused = client.post(PATH, body(accountSid=OTHER_SID))
        assert_invalid(refused, non_field_errors=["The account has a Twilio configuration already."])
        assert client.get(PATH).json()["accountSid"] == SID
        client.delete(PATH)
        client.created()


def test_a_second_create_can_be_a_conflict() -> None:
    with ultravox(ultravox_create_over_existing="conflict") as client:
        client.created()
        assert_detail(client.post(PATH, body(accountSid=OTHER_SID)), 409, "already")
        assert client.get(PATH).json()["accountSid"] == SID


@pytest.mark.parametrize("length", [0, 1, 8])
def test_the_prefix_can_have_another_length(length: int) -> None:
    with ultravox(ultravox_token_prefix_length=length) as client:
        assert client.created()["authTokenPrefix"] == {"prefix": TOKEN[:length]}


def test_a_patch_can_add_to_the_mapping() -> None:
    with ultravox(ultravox_context_mapping_in_patch="merge") as client:
        client.created(**{CONTEXT: {"a": "1", "b": "2"}})
        expected = {"a": "1", "b": "3", "c": "4"}
        assert client.updated(**{CONTEXT: {"b": "3", "c": "4"}})[CONTEXT] == expected
        assert client.updated()[CONTEXT] == expected
        assert client.updated(**{CONTEXT: {}})[CONTEXT] == expected
        assert client.created(**{CONTEXT: {"d": "5"}})[CONTEXT] == {"d": "5"}


def test_agents_can_be_sorted() -> None:
    with ultravox(ultravox_agent_order="sorted") as client:
        assert client.created(**{AGENTS: [ALICE, BOB]})[AGENTS] == [BOB, ALICE]
        assert client.updated(**{AGENTS: [ALICE, BOB.upper()]})[AGENTS] == [BOB, ALICE]


def test_what_is_empty_can_be_absent() -> None:
    with ultravox(ultravox_fill="absent") as client:
        bare = {"accountSid": SID, "authTokenPrefix": {"prefix": TOKEN[:4]}}
        assert client.created() == bare
        assert client.updated(**{AGENTS: [ALICE], CONTEXT: {"a": "b"}}) == {
            **bare,
            AGENTS: [ALICE],
            CONTEXT: {"a": "b"},
        }
        assert client.updated(**{AGENTS: [], ALL_AGENTS: True, CONTEXT: {}}) == {**bare, ALL_AGENTS: True}
        assert client.updated(**{ALL_AGENTS: False}) == bare


def test_what_is_absent_can_be_added_to() -> None:
    with ultravox(ultravox_fill="absent", ultravox_context_mapping_in_patch="merge") as client:
        client.created()
        assert client.updated(**{CONTEXT: {"a": "b"}})[CONTEXT] == {"a": "b"}
