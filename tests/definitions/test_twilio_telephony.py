"""Ultravox's Twilio telephony against a wire that answers as told."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.hidden import ORIGIN
from pulumi_switchboard.core.problems import problems
from pulumi_switchboard.core.shape import decoded, drifted, plain
from pulumi_switchboard.core.singletons.life import SingletonLife
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.core.values import UNKNOWN, Bag
from pulumi_switchboard.definitions.ultravox.twilio_telephony import (
    TwilioTelephonyInputs,
    TwilioTelephonyState,
    definition,
)
from pulumi_switchboard.errors import ConflictError, LostAnswerError, MissingError, NotFoundError, VendorError
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.ultravox.client import Ultravox

from tests.http.fakes import Answer, Wire, answer

PATH = "/api/telephony_configs/twilio"
KEY = "Ab3dE6gh.0123456789abcdef0123456789ABCDEF"
SID, OTHER_SID = "AC" + "1" * 32, "AC" + "2" * 32
TOKEN, NEXT = "c0de-canary-of-the-token", "f00d-canary-of-the-next"
NAMESAKE = "c0de-canary-of-the-namesake"
ALICE, BOB = "3c90c3cc-0d44-4b50-8888-8dd25736052a", "0f0e0d0c-0b0a-4908-8706-050403020100"
SHOWN: dict[str, Any] = {
    "accountSid": SID,
    "authTokenPrefix": {"prefix": TOKEN[:4]},
    "callCreationAllowedAgentIds": [ALICE],
    "callCreationAllowAllAgents": False,
    "requestContextMapping": {"caller": "from"},
    "nextYear": {"a": 1},
}
STATE: Bag = {
    "account_sid": SID,
    "auth_token_prefix": TOKEN[:4],
    "call_creation_allowed_agent_ids": [ALICE],
    "call_creation_allow_all_agents": False,
    "request_context_mapping": {"caller": "from"},
    "on_destroy": "restore",
}
NEEDED: Bag = {"account_sid": SID, "auth_token": TOKEN}
FULL: Bag = {
    **NEEDED,
    "call_creation_allowed_agent_ids": [ALICE],
    "request_context_mapping": {"caller": "from"},
}
GONE = answer(404, b'{"detail": "Not found."}')


def shown(status: int = 200, **changes: Any) -> Answer:
    """What Ultravox answers."""
    return answer(status, json.dumps({**SHOWN, **changes}).encode())


def call(*answers: Answer) -> tuple[Call[Ultravox], Wire]:
    """A call whose requests get these answers."""
    wire = Wire(iter(answers))
    client = Ultravox.sign_in(Sources({"ultravox:apiKey": KEY}, {}), lambda _: wire.line())
    return Call(client, wire.line().moment, "urn", progress=lambda _: None, warn=lambda _: None), wire


def life(*answers: Answer) -> tuple[SingletonLife, Wire]:
    """The life of a telephony, whose requests get these answers."""
    moment, wire = call(*answers)
    return SingletonLife(definition, moment, Claims()), wire


def known(life: SingletonLife, **changes: Any) -> Bag:
    """What state holds after an update to the full arguments."""
    written = {**FULL, "call_creation_allow_all_agents": False}
    taken = Taken(existed=False, written=written)
    kept = {ORIGIN: asdict(life.call.client.origin), "_taken": taken.text(), "on_destroy": "restore"}
    return {**STATE, "auth_token": TOKEN, **kept, **changes}


def sent(wire: Wire) -> list[tuple[str, Any]]:
    """The requests: method and body; all are for the one path."""
    assert {request.url for _, request in wire.sent} <= {f"https://api.ultravox.ai{PATH}"}
    return [(request.method, json.loads(request.body or b"null")) for _, request in wire.sent]


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

    definition.delete(moment, "twilio", state)
    with pytest.raises(NotFoundError):
        definition.delete(moment, "twilio", state)

    assert sent(wire) == [("DELETE", None)] * 2


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


# --- what is never told


@pytest.mark.parametrize("status", [400, 401, 403, 409, 500])
@pytest.mark.parametrize("live", [None, STATE])
def test_a_refusal_that_repeats_the_token_is_told_without_it(live: Bag | None, status: int) -> None:
    words = {"authToken": [f"{TOKEN} is bad"], "detail": f"not {TOKEN.upper()!r}"}
    moment, _ = call(*[answer(status, json.dumps(words).encode())] * 10)
    state = None if live is None else decoded(TwilioTelephonyState, live)

    with pytest.raises(VendorError) as caught:
        definition.write(moment, state, TwilioTelephonyInputs(**NEEDED))

    said = str(caught.value) + repr(caught.value) + repr(vars(caught.value))
    assert "authToken: [secret] is bad" in said
    assert "canary" not in said.lower()
    assert KEY not in said


def test_a_refusal_that_repeats_the_token_that_is_there_is_told_without_it() -> None:
    moment, _ = call(*[answer(400, json.dumps({"detail": f"{TOKEN} is in use"}).encode())] * 2)
    there = decoded(TwilioTelephonyState, {**STATE, "auth_token": TOKEN})

    for verb in (
        lambda: definition.delete(moment, "twilio", there),
        lambda: definition.update(
            moment, "twilio", there, decoded(TwilioTelephonyInputs, {"request_context_mapping": {}})
        ),
    ):
        with pytest.raises(VendorError, match=r"answered: \[secret\] is in use"):
            verb()


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


def test_an_account_that_is_not_known_yet_does_not_refuse_a_telephony_that_may_be_ours() -> None:
    running, wire = life(shown())

    running.foresee({"account_sid": UNKNOWN, "auth_token": TOKEN})

    assert sent(wire) == [("GET", None)]
