"""Orchestrator configurations on the wire: what is sent to Twilio, and what is made of what it shows."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.operations import Accepted
from pulumi_switchboard.core.shape import plain
from pulumi_switchboard.definitions.twilio.orchestrator.configuration import (
    ConfigurationInputs,
    ConfigurationState,
    definition,
)
from pulumi_switchboard.errors import LostAnswerError

from tests.definitions.orchestrator_configurations import (
    ARGUMENTS,
    ID,
    SENT,
    SHOWN,
    SID,
    SMALL,
    call,
    read,
    shown,
    snake,
)
from tests.http.fakes import Wire, answer

KEY = "00000000-0000-4000-8000-000000000000"
CONFIGURATIONS = "/v2/ControlPlane/Configurations"
ACCEPTED = answer(
    202,
    b'{"statusUrl": "https://t.example/o/job_1", "related": {"configurationId": "%s"}}' % ID.encode(),
    retry_after="5",
)


def typed(**changes: Any) -> ConfigurationInputs:
    """The arguments."""
    return ConfigurationInputs.model_validate({**ARGUMENTS, **changes})


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
    assert (accepted.operation_id, accepted.object_ids, accepted.retry_after) == ("job_1", (ID,), 5.0)


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


NUMBERS = b'{"a": 12345678901234567890, "b": [%s], "c": 1E+400}' % (b"9" * 400)
"""What a double can't hold."""


def test_an_update_sends_a_number_that_it_does_not_know_as_it_is_shown_whatever_its_size() -> None:
    body = json.dumps({**SHOWN, "quota": 0}).encode().replace(b'"quota": 0', b'"quota": %s' % NUMBERS)
    moment, wire = call(answer(200, body), ACCEPTED)
    live = definition.read(moment, ID)
    assert live is not None

    definition.submit_update(moment, ID, live, typed(), KEY)

    assert b'"quota": %s' % NUMBERS in (wire.sent[1][1].body or b"")


def test_a_number_that_the_engine_cannot_hold_is_shown_as_a_text() -> None:
    assert plain(read(version=10**400))["version"] == "1" + "0" * 400


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

    assert definition.look(moment, "job_1").object_ids == ("x",)
    assert sent(wire) == [("GET", "/v2/ControlPlane/Operations/job_1", None, None)]


def test_an_id_that_is_announced_with_another_prefix_is_the_objects_own_first() -> None:
    cfg = ID.replace("conv_", "cfg_")
    announced = json.dumps(
        {"status": "x", "statusUrl": "/job_1", "related": {"configurationId": cfg}}
    ).encode()
    moment, _ = call(answer(202, announced), answer(200, announced))

    accepted = definition.submit_create(moment, typed(), KEY)

    assert isinstance(accepted, Accepted)
    assert accepted.object_ids == definition.look(moment, "job_1").object_ids == (ID, cfg)


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


@pytest.mark.parametrize("body", [b"[]", b"{}", b'"x"', b"7", b'{"id": 7}', b'{"id": ""}'])
def test_an_answer_that_is_no_configuration_is_a_lost_one(body: bytes) -> None:
    with pytest.raises(LostAnswerError, match="not a configuration"):
        definition.read(call(answer(200, body))[0], ID)


def test_what_is_expected_is_what_was_asked_for() -> None:
    expected = definition.expected(call()[0], ID, typed())

    assert plain(expected) == {**ARGUMENTS, "configuration_id": ID, "account_sid": SID}
