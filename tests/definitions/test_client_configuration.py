"""Voice client configurations against a wire that answers as told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.problems import problems
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.definitions.twilio.voice.client_configuration import (
    CallNotification,
    ClientConfigurationInputs,
    definition,
)
from pulumi_switchboard.errors import MissingError, NotFoundError
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import Twilio

from tests.http.fakes import Answer, Wire, answer

SID = "AC" + "1" * 32
SHOWN: dict[str, Any] = {
    "id": "voice_clientconfiguration_01",
    "account_sid": SID,
    "unique_name": "desk",
    "description": None,
    "configuration": {
        "configurationType": "Client",
        "callnotification": {"url": "https://a.example", "method": "GET"},
    },
    "date_created": "2026-01-01T00:00:00Z",
    "date_updated": "2026-01-01T00:00:00Z",
    "next_year": {"a": 1},
}
INPUTS = ClientConfigurationInputs(
    call_notification=CallNotification(url="https://b.example"), unique_name="desk", description="Desk"
)
NOT_FOUND = answer(404, b'{"code": 20404, "message": "No.", "more_info": "https://t.example", "status": 404}')


def shown(**changes: Any) -> Answer:
    """What Twilio answers."""
    return answer(200, json.dumps({**SHOWN, **changes}).encode())


def call(*answers: Answer) -> tuple[Call[Twilio], Wire]:
    """A call whose requests get these answers."""
    wire = Wire(iter(answers))
    sources = Sources({"twilio:accountSid": SID, "twilio:authToken": "token"}, {})
    client = Twilio.sign_in(sources, lambda _: wire.line())
    return Call(client, wire.line().moment, "urn", progress=lambda _: None, warn=lambda _: None), wire


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


def test_create_gives_every_member_since_one_left_out_becomes_null() -> None:
    moment, wire = call(shown())

    definition.create(
        moment, ClientConfigurationInputs(call_notification=CallNotification(url="https://b.example"))
    )

    assert sent(wire) == [
        (
            "POST",
            "/v2/Configurations/Client",
            {
                "unique_name": None,
                "description": None,
                "configuration": {
                    "configurationType": "Client",
                    "callnotification": {"url": "https://b.example", "method": "POST"},
                },
            },
        )
    ]


def test_read_shows_the_object_in_our_names() -> None:
    moment, wire = call(shown())

    state = definition.read(moment, SHOWN["id"])

    assert sent(wire) == [("GET", f"/v2/Configurations/Client/{SHOWN['id']}", None)]
    assert state is not None
    assert plain(state) == {
        "configuration_id": SHOWN["id"],
        "account_sid": SID,
        "unique_name": "desk",
        "call_notification": {"url": "https://a.example", "method": "GET"},
        "date_created": "2026-01-01T00:00:00Z",
        "date_updated": "2026-01-01T00:00:00Z",
    }
    assert state.body == SHOWN


@pytest.mark.parametrize(
    "changes",
    [
        {"configuration": None},
        {"configuration": {}},
        {"configuration": {"callnotification": None}},
        {"configuration": "odd"},
        {"configuration": {"callnotification": ["odd"]}},
        {"date_created": None},
    ],
)
def test_read_takes_an_object_with_members_missing_or_odd(changes: dict[str, Any]) -> None:
    moment, _ = call(shown(**changes))

    state = definition.read(moment, SHOWN["id"])

    assert state is not None
    assert state.configuration_id == SHOWN["id"]


@pytest.mark.parametrize("configuration", [{}, {"callnotification": None}])
def test_a_notification_that_is_ignored_and_not_there_is_left_so(configuration: dict[str, Any]) -> None:
    moment, wire = call(shown(configuration=configuration), shown())
    live = definition.read(moment, SHOWN["id"])
    assert live is not None
    inputs = decoded(ClientConfigurationInputs, {"unique_name": "desk", "description": "Desk"})

    definition.update(moment, SHOWN["id"], live, inputs)

    (_, (_, _, body)) = sent(wire)
    assert body["configuration"] == {"configurationType": "Client", **configuration}
    assert body["description"] == "Desk"


def test_what_twilio_says_is_gone_is_gone() -> None:
    moment, _ = call(NOT_FOUND)

    assert definition.read(moment, "x") is None


def test_a_unique_name_is_no_id_though_twilio_answers_to_it() -> None:
    moment, _ = call(shown())

    with pytest.raises(MissingError) as caught:
        definition.read(moment, "desk")
    assert SHOWN["id"] in str(caught.value)


def test_an_id_is_one_segment_of_the_path() -> None:
    moment, wire = call(NOT_FOUND)

    definition.read(moment, "../Default?x")

    assert sent(wire)[0][1] == "/v2/Configurations/Client/..%2FDefault%3Fx"


def test_find_looks_for_the_name() -> None:
    moment, wire = call(shown())

    found = definition.find(moment, INPUTS)

    assert sent(wire) == [("GET", "/v2/Configurations/Client/desk", None)]
    assert found is not None
    assert found.configuration_id == SHOWN["id"]


def test_find_does_not_mistake_an_id_for_a_name() -> None:
    moment, _ = call(shown(unique_name="other"))

    assert definition.find(moment, INPUTS) is None


def test_find_without_a_name_asks_nothing() -> None:
    moment, wire = call()

    inputs = ClientConfigurationInputs(call_notification=INPUTS.call_notification)
    assert definition.find(moment, inputs) is None
    assert wire.sent == []


def test_update_drops_no_member_that_we_do_not_know_and_sends_none_that_is_read_only() -> None:
    deep = {"configuration": {**SHOWN["configuration"], "novel": 1}}
    deep["configuration"]["callnotification"] = {"url": "https://a.example", "method": "GET", "timeout": 5}
    moment, wire = call(shown(**deep), shown())
    live = definition.read(moment, SHOWN["id"])
    assert live is not None

    definition.update(moment, SHOWN["id"], live, INPUTS)

    assert sent(wire)[1] == (
        "PUT",
        f"/v2/Configurations/Client/{SHOWN['id']}",
        {
            "unique_name": "desk",
            "description": "Desk",
            "configuration": {
                "configurationType": "Client",
                "novel": 1,
                "callnotification": {"url": "https://b.example", "method": "POST", "timeout": 5},
            },
            "next_year": {"a": 1},
        },
    )


def test_delete_deletes_and_says_when_there_was_nothing() -> None:
    known_call, _ = call(shown())
    known = definition.read(known_call, SHOWN["id"])
    assert known is not None
    moment, wire = call(answer(204), NOT_FOUND)

    definition.delete(moment, "x", known)
    with pytest.raises(NotFoundError):
        definition.delete(moment, "x", known)

    assert [request[0] for request in sent(wire)] == ["DELETE", "DELETE"]


@pytest.mark.parametrize("name", ["two words", "a\tb", "Default", ".", ".."])
def test_a_name_that_twilio_cannot_take_is_a_problem(name: str) -> None:
    arguments = {"call_notification": {"url": "https://a.example"}, "unique_name": name}

    assert [problem.path for problem in problems(ClientConfigurationInputs, arguments)] == ["unique_name"]


def page(*names: str, token: str | None = None) -> Answer:
    """A page of the list."""
    content = [{**SHOWN, "id": f"id-of-{name}", "unique_name": name} for name in names]
    return answer(200, json.dumps({"content": content, "meta": {"next_token": token}}).encode())


def test_search_looks_through_the_pages_until_it_has_the_name() -> None:
    moment, wire = call(page("front", "back", token="next page"), page("attic", "desk", token="more"))

    found = definition.search(moment, INPUTS)

    assert found is not None
    assert found.configuration_id == "id-of-desk"
    assert [path for _, path, _ in sent(wire)] == [
        "/v2/Configurations/Client?pageSize=100",
        "/v2/Configurations/Client?pageSize=100&pageToken=next+page",
    ]


def test_all_configurations_are_listed_page_by_page() -> None:
    moment, _ = call(page("front", "back", token="next page"), page("attic"))

    found = [state.configuration_id for state in definition.list_all(moment)]

    assert found == ["id-of-front", "id-of-back", "id-of-attic"]


@pytest.mark.parametrize("last", [page("front"), NOT_FOUND, answer(200, b"[]")])
def test_search_finds_nothing_where_there_is_no_such_name_or_no_list(last: Answer) -> None:
    moment, _ = call(last)

    assert definition.search(moment, INPUTS) is None
