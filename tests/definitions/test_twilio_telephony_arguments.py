"""What a program may say of Ultravox's Twilio telephony, and what of it means the same."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.problems import problems
from pulumi_switchboard.core.shape import drifted
from pulumi_switchboard.core.values import UNKNOWN, Bag
from pulumi_switchboard.definitions.ultravox.twilio_telephony import TwilioTelephonyInputs

from tests.definitions.twilio_telephony import ALICE, BOB, NEEDED, SID

# --- what a program may say


def told(**arguments: Any) -> list[str]:
    """All that is wrong with these arguments."""
    return [str(problem) for problem in problems(TwilioTelephonyInputs, {**NEEDED, **arguments})]


NO_ACCOUNT = "is not the SID of a Twilio account: AC and 32 hexadecimal digits"
NO_AGENT = "is not the id of an agent: a UUID such as 123e4567-e89b-12d3-a456-426614174000"
EXCLUSIVE = (
    "call_creation_allow_all_agents and call_creation_allowed_agent_ids exclude each other: "
    "give one of the two"
)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"account_sid": None}, "account_sid: is required"),
        ({"auth_token": None}, "auth_token: is required"),
        ({"auth_token": ""}, "auth_token: must have at least 1 character"),
        ({"auth_token": 7}, "auth_token: must be a valid string"),
        *(
            (
                {"account_sid": sid},
                f"account_sid: {NO_ACCOUNT}",
            )
            for sid in ("", "canary", "SK" + "1" * 32, "AC" + "1" * 31, "AC" + "g" * 32, f"{SID}\n")
        ),
        *(
            (
                {"call_creation_allowed_agent_ids": [ALICE, id]},
                f"call_creation_allowed_agent_ids[1]: {NO_AGENT}",
            )
            for id in ("", "canary", ALICE.replace("-", ""), f"{{{ALICE}}}", f"{ALICE}\n", ALICE[:-1] + "x")
        ),
        (
            {"call_creation_allowed_agent_ids": [7]},
            "call_creation_allowed_agent_ids[0]: must be a valid string",
        ),
        (
            {"call_creation_allowed_agent_ids": [f"{ALICE[:-3]}{number:03}" for number in range(101)]},
            "call_creation_allowed_agent_ids: must have at most 100 items",
        ),
        (
            {"call_creation_allowed_agent_ids": "canary"},
            "call_creation_allowed_agent_ids: must be a valid list",
        ),
        (
            {"call_creation_allow_all_agents": "canary"},
            "call_creation_allow_all_agents: must be a valid boolean",
        ),
        ({"request_context_mapping": "canary"}, "request_context_mapping: must be an object"),
        ({"request_context_mapping": {"a": 7}}, "request_context_mapping.a: must be a valid string"),
        ({"on_destroy": "canary"}, "on_destroy: must be 'restore', 'reset' or 'retain'"),
        (
            {"call_creation_allowed_agent_ids": [ALICE], "call_creation_allow_all_agents": True},
            EXCLUSIVE,
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_path_and_without_a_value(arguments: Bag, text: str) -> None:
    assert told(**arguments) == [text]


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = told(
        account_sid="canary", auth_token="", call_creation_allowed_agent_ids=["canary"], token="canary"
    )

    assert [problem.split(":")[0] for problem in wrong] == [
        "account_sid",
        "auth_token",
        "call_creation_allowed_agent_ids[0]",
        "token",
    ]
    assert "canary" not in "".join(wrong)


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"call_creation_allowed_agent_ids": []},
        {"call_creation_allowed_agent_ids": [f"{ALICE[:-3]}{number:03}" for number in range(100)]},
        {"call_creation_allowed_agent_ids": [ALICE.upper()], "call_creation_allow_all_agents": False},
        {"call_creation_allowed_agent_ids": [], "call_creation_allow_all_agents": True},
        {"request_context_mapping": {"": ""}},
        {"account_sid": "AC" + "aF" * 16},
        {"account_sid": UNKNOWN, "auth_token": UNKNOWN, "on_destroy": UNKNOWN},
        {"call_creation_allowed_agent_ids": UNKNOWN, "call_creation_allow_all_agents": True},
        {"call_creation_allowed_agent_ids": [ALICE, UNKNOWN], "call_creation_allow_all_agents": True},
        {"call_creation_allowed_agent_ids": [ALICE], "call_creation_allow_all_agents": UNKNOWN},
        {"request_context_mapping": {"a": UNKNOWN}},
    ],
)
def test_what_can_be_right_is_no_problem(arguments: Bag) -> None:
    assert told(**arguments) == []


# --- what means the same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([ALICE, BOB], [BOB, ALICE], True),
        ([ALICE, BOB], [BOB.upper(), ALICE.upper()], True),
        ([ALICE, BOB, ALICE.upper()], [BOB, ALICE], True),
        ([], None, True),
        ([ALICE], [ALICE, BOB], False),
        ([ALICE], [BOB], False),
    ],
)
def test_agents_are_a_set_and_have_no_case(one: Any, other: Any, *, same: bool) -> None:
    def holding(agents: Any) -> Bag:
        return {**NEEDED, "call_creation_allowed_agent_ids": agents}

    assert changed(TwilioTelephonyInputs, holding(one), holding(other)) == (
        [] if same else ["call_creation_allowed_agent_ids"]
    )


def test_the_words_of_the_program_stay_where_other_agents_have_drifted() -> None:
    written, live = [BOB.upper(), ALICE.upper()], [ALICE, "00000000-0000-4000-8000-000000000000"]

    mended = drifted(TwilioTelephonyInputs, "call_creation_allowed_agent_ids", written, live)

    assert mended == [live[1], ALICE.upper()]


@pytest.mark.parametrize(
    ("one", "other"), [({"a": "b"}, {"a": "B"}), ({"a": "b"}, {"A": "b"}), ({"a": ""}, {})]
)
def test_a_mapping_is_another_by_each_character(one: Bag, other: Bag) -> None:
    inputs = [{**NEEDED, "request_context_mapping": mapping} for mapping in (one, other)]

    assert changed(TwilioTelephonyInputs, *inputs) == ["request_context_mapping"]
