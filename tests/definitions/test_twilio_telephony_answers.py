"""What Ultravox answers for its Twilio telephony: what is shown, whose it is, and what is never told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.core.values import UNKNOWN, Bag
from pulumi_switchboard.definitions.ultravox.twilio_telephony import (
    TwilioTelephonyInputs,
    TwilioTelephonyState,
    definition,
)
from pulumi_switchboard.errors import LostAnswerError, MissingError

from tests.definitions.twilio_telephony import (
    ALICE,
    FULL,
    GONE,
    NEEDED,
    NEXT,
    OTHER_SID,
    SHOWN,
    SID,
    STATE,
    TOKEN,
    call,
    known,
    life,
    sent,
    shown,
)
from tests.http.fakes import answer

NAMESAKE = "c0de-canary-of-the-namesake"


# --- what is shown


def test_read_shows_the_telephony_in_our_names_and_without_the_token() -> None:
    moment, wire = call(shown())

    state = definition.read(moment, "twilio")

    assert sent(wire) == [("GET", None)]
    assert state is not None
    assert plain(state) == STATE
    assert state.auth_token is None
    assert state.body == SHOWN


def test_what_ultravox_says_is_gone_is_gone() -> None:
    moment, _ = call(GONE)

    assert definition.read(moment, "twilio") is None


def test_what_is_left_out_or_null_is_empty() -> None:
    nulls = {**dict.fromkeys(SHOWN), "accountSid": SID}
    moment, _ = call(
        answer(200, json.dumps(nulls).encode()), answer(200, json.dumps({"accountSid": SID}).encode())
    )

    for _ in range(2):
        state = definition.read(moment, "twilio")
        assert state is not None
        assert plain(state).keys() == {"account_sid", "call_creation_allow_all_agents", "on_destroy"}
        wanted = {**NEEDED, **definition.empty}
        visible = {name: value for name, value in wanted.items() if name != "auth_token"}
        assert changed(TwilioTelephonyInputs, plain(state), visible) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"authTokenPrefix": TOKEN[:4]},
        {"authTokenPrefix": {}},
        {"authTokenPrefix": {"prefix": None}},
        {"authTokenPrefix": {"prefix": ""}},
        {"authTokenPrefix": {"prefix": 7}},
        {"authTokenPrefix": {"prefix": ["a"]}},
        {"authTokenPrefix": [TOKEN]},
    ],
)
def test_a_prefix_that_is_none_is_no_hint(changes: dict[str, Any]) -> None:
    moment, _ = call(shown(**changes))

    state = definition.read(moment, "twilio")

    assert state is not None
    assert not state.auth_token_prefix
    assert definition.holds(state, decoded(TwilioTelephonyState, NEEDED)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"callCreationAllowedAgentIds": "odd"},
        {"callCreationAllowedAgentIds": {"a": 1}},
        {"callCreationAllowedAgentIds": [None, 7, {"id": ALICE}, [ALICE]]},
        {"callCreationAllowAllAgents": "odd"},
        {"callCreationAllowAllAgents": [True]},
        {"requestContextMapping": "odd"},
        {"requestContextMapping": ["odd"]},
        {"requestContextMapping": {"a": None, "b": {"c": [1]}}},
        {"accountSid": ""},
        {"novel": [None]},
    ],
)
def test_a_telephony_with_odd_members_is_drift_and_can_be_put_right(changes: dict[str, Any]) -> None:
    running, wire = life(shown(**changes), shown(**changes), shown())
    state = known(running)

    refreshed = running.read("twilio", state, FULL)
    assert refreshed is not None
    assert refreshed.inputs is not None
    differs = bool(changed(TwilioTelephonyInputs, refreshed.inputs, FULL))
    assert differs == ("novel" not in changes)
    running.update("twilio", {**refreshed.outputs, "on_destroy": "restore"}, FULL, ())

    assert [method for method, _ in sent(wire)] == ["GET", "GET", "PATCH"][: 3 if differs else 1]


@pytest.mark.parametrize("body", [b"null", b"[]", b'"twilio"', b"{}", b'{"accountSid": 7}'])
def test_an_answer_that_is_no_telephony_is_as_good_as_none(body: bytes) -> None:
    moment, _ = call(answer(200, body), answer(201, body))

    with pytest.raises(LostAnswerError, match="no configuration of Twilio telephony"):
        definition.read(moment, "twilio")
    with pytest.raises(LostAnswerError, match="no configuration of Twilio telephony"):
        definition.create(moment, TwilioTelephonyInputs(**NEEDED))


# --- whose token it is


@pytest.mark.parametrize(
    ("live", "token", "holds"),
    [
        ({}, TOKEN, True),
        ({}, NAMESAKE, True),
        ({}, NEXT, False),
        ({}, TOKEN[:3], False),
        ({}, None, False),
        ({}, UNKNOWN, False),
        ({"account_sid": OTHER_SID}, TOKEN, False),
        ({"auth_token_prefix": None}, TOKEN, None),
        ({"auth_token_prefix": ""}, TOKEN, None),
        ({"auth_token_prefix": "", "account_sid": OTHER_SID}, TOKEN, False),
        ({"auth_token_prefix": TOKEN}, TOKEN, True),
        ({"auth_token_prefix": f"{TOKEN[:4]}****"}, TOKEN, True),
        ({"auth_token_prefix": "****"}, TOKEN, None),
        ({"auth_token_prefix": TOKEN.upper()[:4]}, TOKEN, False),
    ],
)
def test_a_token_is_known_by_its_account_and_its_first_characters(
    live: Bag, token: Any, *, holds: bool | None
) -> None:
    there = decoded(TwilioTelephonyState, {**STATE, **live})
    ours = decoded(TwilioTelephonyState, {"account_sid": SID, "auth_token": token})

    assert definition.holds(there, ours) is holds


# --- what is never told


# --- what is looked up


def test_one_that_is_not_managed_is_looked_up_by_its_one_id() -> None:
    running, wire = life(shown(), GONE)

    found = running.read("twilio", {}, None)
    assert found is not None
    assert found.id == "twilio"
    assert found.outputs["account_sid"] == SID
    assert "auth_token" not in found.outputs
    for id in ("twilio", "other"):
        with pytest.raises(MissingError):
            running.read(id, {}, None)

    assert sent(wire) == [("GET", None)] * 2


def test_an_account_that_is_not_known_yet_does_not_refuse_a_telephony_that_may_be_ours() -> None:
    running, wire = life(shown())

    running.foresee({"account_sid": UNKNOWN, "auth_token": TOKEN})

    assert sent(wire) == [("GET", None)]
