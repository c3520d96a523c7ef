"""What is sent for Ultravox's Twilio telephony to be made, changed, removed and put back."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.definitions.ultravox.twilio_telephony import (
    TwilioTelephonyInputs,
    TwilioTelephonyState,
    definition,
)
from pulumi_switchboard.errors import ConflictError, NotFoundError

from tests.definitions.twilio_telephony import (
    ALICE,
    BOB,
    FULL,
    GONE,
    NEEDED,
    NEXT,
    OTHER_SID,
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

# --- what is sent


def test_a_telephony_that_is_not_there_is_made_of_what_is_given() -> None:
    moment, wire = call(shown(201))

    state = definition.create(moment, TwilioTelephonyInputs(**NEEDED))

    assert sent(wire) == [("POST", {"accountSid": SID, "authToken": TOKEN})]
    assert plain(state) == STATE


def test_every_argument_has_its_name_at_ultravox_and_on_destroy_is_not_sent() -> None:
    moment, wire = call(shown(201), shown(201))
    some = {**FULL, "on_destroy": "retain"}
    others = {**NEEDED, "call_creation_allowed_agent_ids": [], "call_creation_allow_all_agents": True}

    definition.write(moment, None, TwilioTelephonyInputs(**some))
    definition.write(moment, None, TwilioTelephonyInputs(**others))

    signed = {"accountSid": SID, "authToken": TOKEN}
    assert sent(wire) == [
        (
            "POST",
            {
                **signed,
                "callCreationAllowedAgentIds": [ALICE],
                "requestContextMapping": {"caller": "from"},
            },
        ),
        ("POST", {**signed, "callCreationAllowedAgentIds": [], "callCreationAllowAllAgents": True}),
    ]


def test_of_a_telephony_that_is_there_only_what_is_given_is_changed() -> None:
    moment, wire = call(shown(), shown())
    live = definition.read(moment, "twilio")
    assert live is not None

    definition.update(moment, "twilio", live, decoded(TwilioTelephonyInputs, {"request_context_mapping": {}}))

    assert sent(wire) == [("GET", None), ("PATCH", {"requestContextMapping": {}})]


ACCOUNT_AND_TOKEN = {"accountSid": SID, "authToken": NEXT}


@pytest.mark.parametrize(
    ("changes", "body"),
    [
        ({"auth_token": NEXT}, ACCOUNT_AND_TOKEN),
        ({"account_sid": OTHER_SID}, {"accountSid": OTHER_SID, "authToken": TOKEN}),
        (
            {"account_sid": OTHER_SID, "auth_token": NEXT},
            {"accountSid": OTHER_SID, "authToken": NEXT},
        ),
        ({"request_context_mapping": {"a": "b"}}, {"requestContextMapping": {"a": "b"}}),
        ({"request_context_mapping": {}}, {"requestContextMapping": {}}),
        ({"request_context_mapping": None}, {"requestContextMapping": {}}),
        (
            {"call_creation_allowed_agent_ids": [BOB]},
            {"callCreationAllowedAgentIds": [BOB], "callCreationAllowAllAgents": False},
        ),
        (
            {"call_creation_allowed_agent_ids": []},
            {"callCreationAllowedAgentIds": [], "callCreationAllowAllAgents": False},
        ),
        (
            {"call_creation_allowed_agent_ids": None},
            {"callCreationAllowedAgentIds": [], "callCreationAllowAllAgents": False},
        ),
        (
            {"call_creation_allowed_agent_ids": None, "call_creation_allow_all_agents": True},
            {"callCreationAllowedAgentIds": [], "callCreationAllowAllAgents": True},
        ),
        (
            {"auth_token": NEXT, "request_context_mapping": {}},
            {**ACCOUNT_AND_TOKEN, "requestContextMapping": {}},
        ),
    ],
)
def test_an_update_sends_what_differs_and_what_belongs_to_it(changes: Bag, body: dict[str, Any]) -> None:
    answers = {name: value for name, value in body.items() if name != "authToken"}
    prefix = {"prefix": body.get("authToken", TOKEN)[:4]}
    running, wire = life(shown(), shown(**{**answers, "authTokenPrefix": prefix}))
    inputs = {name: value for name, value in {**FULL, **changes}.items() if value is not None}

    live = running.update("twilio", known(running), inputs, ())

    assert sent(wire) == [("GET", None), ("PATCH", body)]
    assert live.outputs["auth_token"] == inputs["auth_token"]
    assert live.outputs["auth_token_prefix"] == prefix["prefix"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"call_creation_allowed_agent_ids": [ALICE.upper()]},
        {"call_creation_allow_all_agents": False},
        {"on_destroy": "reset"},
    ],
)
def test_an_update_that_changes_nothing_sends_nothing(changes: Bag) -> None:
    running, wire = life()

    running.update("twilio", known(running), {**FULL, **changes}, ())

    assert sent(wire) == []


def test_delete_removes_the_telephony_and_says_when_there_was_none() -> None:
    moment, wire = call(answer(204), GONE)
    state = decoded(TwilioTelephonyState, STATE)

    definition.reset(moment, state)
    with pytest.raises(NotFoundError):
        definition.reset(moment, state)

    assert sent(wire) == [("DELETE", None)] * 2


# --- what is put back


def test_an_account_is_put_back_with_its_token_or_not_at_all() -> None:
    running, wire = life(shown(accountSid=OTHER_SID, authTokenPrefix={"prefix": "9d9d"}))
    taken = Taken(
        found={"account_sid": SID, "auth_token": TOKEN},
        written={"account_sid": OTHER_SID, "auth_token": NEXT},
    )
    state = known(running, account_sid=OTHER_SID, auth_token=NEXT, _taken=taken.text())

    running.delete("twilio", state)

    assert sent(wire) == [("GET", None)]


def test_agents_are_put_back_with_what_excludes_them_or_not_at_all() -> None:
    running, wire = life(shown(callCreationAllowedAgentIds=[], callCreationAllowAllAgents=True))
    pair = {"call_creation_allowed_agent_ids": [BOB], "call_creation_allow_all_agents": False}
    taken = Taken(
        found={**NEEDED, **pair},
        written={**NEEDED, "call_creation_allowed_agent_ids": [], "call_creation_allow_all_agents": False},
    )

    running.delete("twilio", known(running, _taken=taken.text()))

    assert sent(wire) == [("GET", None)]


def test_an_account_whose_token_could_not_be_read_is_not_put_back_without_it() -> None:
    running, wire = life(shown(accountSid=OTHER_SID, authTokenPrefix={"prefix": NEXT[:4]}))
    taken = Taken(
        found={"account_sid": SID},
        written={"account_sid": OTHER_SID, "auth_token": NEXT},
        unreadable=["auth_token"],
    )
    state = known(running, account_sid=OTHER_SID, auth_token=NEXT, _taken=taken.text())

    with pytest.raises(ConflictError, match="can't be read"):
        running.delete("twilio", {**state, "on_destroy": "restore"})

    assert "PATCH" not in [method for method, _ in sent(wire)]
