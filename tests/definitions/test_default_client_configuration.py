"""The default of the Voice client configurations against a wire that answers as told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.listings import Listings
from pulumi_switchboard.core.lives import life_of
from pulumi_switchboard.core.problems import problems
from pulumi_switchboard.core.shape import plain
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.definitions.twilio.voice.default_client_configuration import (
    DefaultClientConfigurationInputs,
    definition,
)
from pulumi_switchboard.errors import (
    AccountMismatchError,
    LostAnswerError,
    MissingError,
    NotFoundError,
    SwitchboardError,
    VendorError,
)
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import Twilio

from tests.http.fakes import Answer, Wire, answer

SID = "AC" + "1" * 32
ID = "voice_clientconfiguration_01"
PATH = "/v2/Configurations/Client/Default"
TARGET = f"/v2/Configurations/Client/{ID}"
INPUTS = DefaultClientConfigurationInputs(configuration_id=ID)
DONE = answer(204)
NOT_FOUND = answer(404, b'{"code": 20404, "message": "No.", "more_info": "https://t.example", "status": 404}')
FORBIDDEN = answer(403, b'{"code": 20403, "message": "No.", "more_info": "https://t.example", "status": 403}')
MOVED = [("GET", TARGET, None), ("POST", PATH, {"configuration_id": ID}), ("GET", PATH, None)]


def shown(**changes: Any) -> Answer:
    """The configuration, as Twilio answers it for its own path and for that of the default."""
    return answer(200, json.dumps({"id": ID, "account_sid": SID, "unique_name": "desk", **changes}).encode())


def call(*answers: Answer) -> tuple[Call[Twilio], Wire, list[str]]:
    """A call whose requests get these answers, and what it will have warned of."""
    wire, warnings = Wire(iter(answers)), list[str]()
    sources = Sources({"twilio:accountSid": SID, "twilio:authToken": "token"}, {})
    client = Twilio.sign_in(sources, lambda _: wire.line())
    moment = Call(client, wire.line().moment, "urn", progress=lambda _: None, warn=warnings.append)
    return moment, wire, warnings


def sent(wire: Wire) -> list[tuple[str, str, Any]]:
    """The requests: method, path and body."""
    return [
        (
            request.method,
            request.url.removeprefix("https://voice.twilio.com"),
            json.loads(request.body or b"null"),
        )
        for _, request in wire.sent
    ]


def test_read_shows_the_pointer_and_nothing_else_of_the_configuration() -> None:
    moment, wire, _ = call(shown(call_notification={"url": "https://a.example"}))

    state = definition.read(moment, SID)

    assert sent(wire) == [("GET", PATH, None)]
    assert state is not None
    assert plain(state) == {"configuration_id": ID, "account_sid": SID, "on_destroy": "restore"}


def test_a_pointer_that_is_unset_is_not_there() -> None:
    moment, _, _ = call(NOT_FOUND)

    assert definition.read(moment, SID) is None


def test_a_proxy_that_answers_404_does_not_unset_it() -> None:
    moment, _, _ = call(answer(404, b"<h1>Not Found</h1>"))

    with pytest.raises(VendorError) as caught:
        definition.read(moment, SID)
    assert not isinstance(caught.value, NotFoundError)


@pytest.mark.parametrize(
    "body", [b"null", b"[]", b"{}", b'"odd"', b'{"id": null}', b'{"id": 1}', b'{"id": ""}']
)
def test_an_answer_that_is_no_configuration_is_not_taken_for_one(body: bytes) -> None:
    moment, _, _ = call(answer(200, body))

    with pytest.raises(LostAnswerError):
        definition.read(moment, SID)


def test_write_looks_at_the_configuration_moves_the_pointer_and_looks_again() -> None:
    moment, wire, warnings = call(shown(), DONE, shown())

    state = definition.write(moment, None, INPUTS)

    assert sent(wire) == MOVED
    assert (state.configuration_id, state.account_sid) == (ID, SID)
    assert warnings == []


def test_what_twilio_shows_after_the_move_counts() -> None:
    moment, _, _ = call(shown(), DONE, shown(id="voice_clientconfiguration_02"))

    assert definition.write(moment, None, INPUTS).configuration_id == "voice_clientconfiguration_02"


def test_a_move_that_is_not_to_be_seen_yet_is_shown_as_unset() -> None:
    moment, _, _ = call(shown(), DONE, NOT_FOUND)

    assert plain(definition.write(moment, None, INPUTS)) == {"account_sid": SID, "on_destroy": "restore"}


def test_trouble_while_looking_again_does_not_lose_the_move() -> None:
    moment, wire, warnings = call(shown(), DONE, FORBIDDEN)

    state = definition.write(moment, None, INPUTS)

    assert sent(wire) == MOVED
    assert (state.configuration_id, state.account_sid) == (ID, SID)
    (warning,) = warnings
    assert "could not be looked at again: Twilio answered: No. (HTTP 403, code 20403)" in warning


def test_a_lost_answer_to_the_move_is_no_end_since_to_move_it_again_changes_nothing() -> None:
    moment, wire, _ = call(shown(), LostAnswerError("reset"), answer(503), DONE, shown())

    assert definition.write(moment, None, INPUTS).configuration_id == ID
    assert [method for method, _, _ in sent(wire)] == ["GET", "POST", "POST", "POST", "GET"]


@pytest.mark.parametrize(
    ("target", "error", "says"),
    [
        (NOT_FOUND, MissingError, f"{ID} does not exist in account {SID}"),
        (shown(id="x"), MissingError, f"{ID} is not the id of a configuration"),
        (shown(account_sid="AC2"), AccountMismatchError, "they belong to AC2"),
        (FORBIDDEN, VendorError, "HTTP 403"),
        (answer(200, b"[]"), LostAnswerError, "the answer is not a configuration"),
    ],
)
def test_nothing_is_moved_to_what_is_not_there_or_not_ours(
    target: Answer, error: type[SwitchboardError], says: str
) -> None:
    moment, wire, _ = call(target)

    with pytest.raises(error) as caught:
        definition.write(moment, None, INPUTS)

    assert says in str(caught.value)
    assert not caught.value.may_have_acted
    assert sent(wire) == MOVED[:1]


def test_a_configuration_that_shows_no_account_is_taken_for_ours() -> None:
    moment, wire, _ = call(shown(account_sid=None), DONE, shown())

    definition.write(moment, None, INPUTS)

    assert sent(wire) == MOVED


def test_delete_unsets_the_pointer_and_says_when_there_was_none() -> None:
    moment, wire, _ = call(shown(), DONE, NOT_FOUND)
    known = definition.read(moment, SID)
    assert known is not None

    definition.reset(moment, known)
    with pytest.raises(NotFoundError):
        definition.reset(moment, known)

    assert sent(wire)[1:] == [("DELETE", PATH, None)] * 2


@pytest.mark.parametrize(
    ("found", "recalled"), [({"configuration_id": ID}, {"previous_configuration_id": ID}), ({}, {})]
)
def test_what_was_the_default_before_is_an_output(found: dict[str, Any], recalled: dict[str, Any]) -> None:
    assert definition.recalled(found) == recalled


def test_a_move_that_is_never_to_be_seen_is_open_until_the_next_update() -> None:
    moment, wire, _ = call(NOT_FOUND, shown(), DONE, *[NOT_FOUND] * 6, NOT_FOUND, shown(), DONE, shown())
    life = life_of(definition, moment, Claims(), Listings())

    left = life.create({"configuration_id": ID})
    done = life.update(SID, left.outputs, {"configuration_id": ID}, ())

    assert str(left.unfinished).startswith("the account's default client configuration was set, and is not")
    assert left.outputs["configuration_id"] == done.outputs["configuration_id"] == ID
    assert Taken.of(left.outputs).is_open
    assert not Taken.of(done.outputs).is_open
    assert [request for request in sent(wire) if request[0] == "POST"] == [MOVED[1]] * 2


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (NOT_FOUND, []),
        (shown(id="other"), ["there was nothing before, and someone else has changed it since"]),
    ],
)
def test_what_someone_else_has_made_of_it_is_left_alone(found: Answer, says: list[str]) -> None:
    moment, wire, warnings = call(NOT_FOUND, shown(), DONE, shown(), found)
    life = life_of(definition, moment, Claims(), Listings())
    known = life.create({"configuration_id": ID}).outputs

    life.delete(SID, known)

    assert [warning.partition(": ")[2] for warning in warnings] == says
    assert sent(wire)[4:] == [("GET", PATH, None)]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({}, "configuration_id: is required"),
        ({"configuration_id": ""}, "configuration_id: must have at least 1 character"),
        ({"configuration_id": 1}, "configuration_id: must be a valid string"),
        ({"configuration_id": None}, "configuration_id: is required"),
        (
            {"configuration_id": ID, "on_destroy": "keep"},
            "on_destroy: must be 'restore', 'reset' or 'retain'",
        ),
        (
            {"configuration_id": ID, "unique_name": "desk"},
            "unique_name: is not known here; known are: configuration_id, on_destroy",
        ),
    ],
)
def test_wrong_arguments_are_problems(arguments: dict[str, Any], reason: str) -> None:
    assert [str(problem) for problem in problems(DefaultClientConfigurationInputs, arguments)] == [reason]
