"""Voice v2 Client configurations."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.emulator import Emulator, Switches

from tests.emulator.client import CONFIGURATIONS, SID, Client, assert_error, client_of, configuration

TYPE = "twilio/voice:ClientConfiguration"
ID = re.compile(r"voice_clientconfiguration_[0-7][0-9a-z]{25}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_a_create_answers_201_and_the_whole_configuration(client: Client, emulator: Emulator) -> None:
    response = client.post(CONFIGURATIONS, configuration(unique_name="calls", description="All calls"))
    assert response.status_code == 201
    created = response.json()
    assert ID.fullmatch(created["id"])
    assert TIME.fullmatch(created["date_created"])
    assert created["date_updated"] == created["date_created"]
    assert created == {
        "account_sid": SID,
        "configuration": {
            "configurationType": "Client",
            "callnotification": {"url": "https://desk.example.com/call", "method": "POST"},
        },
        "unique_name": "calls",
        "description": "All calls",
        "id": created["id"],
        "date_created": created["date_created"],
        "date_updated": created["date_updated"],
    }
    assert emulator.state == {SID: {TYPE: {created["id"]: created}}}


def test_a_name_and_a_description_may_be_absent_or_null(client: Client) -> None:
    for body in (configuration(), configuration(unique_name=None, description=None)):
        created = client.post(CONFIGURATIONS, body).json()
        assert (created["unique_name"], created["description"]) == (None, None)


def test_an_absent_method_is_post(client: Client) -> None:
    body = configuration(
        configuration={"configurationType": "Client", "callnotification": {"url": "http://a_b/c"}}
    )
    created = client.post(CONFIGURATIONS, body).json()
    assert created["configuration"]["callnotification"] == {"method": "POST", "url": "http://a_b/c"}


@pytest.mark.parametrize("key", ["id", "unique_name"])
def test_id_and_unique_name_find_update_and_delete_the_same_object(client: Client, key: str) -> None:
    created = client.create("with/slash?and#more")
    path = f"{CONFIGURATIONS}/{created[key].replace('/', '%2F').replace('?', '%3F').replace('#', '%23')}"
    assert client.get(path).json() == created
    updated = client.put(path, configuration(unique_name=created["unique_name"], description="new"))
    assert updated.json()["description"] == "new"
    assert client.get(path).json() == updated.json()
    response = client.delete(path)
    assert (response.status_code, response.content) == (204, b"")
    for method in (client.get, client.delete):
        assert_error(method(path), 404, 20404, "was not found")
    assert_error(client.put(path, configuration()), 404, 20404)


def test_a_put_replaces_everything_and_keeps_the_id_and_the_date_of_creation(client: Client) -> None:
    created = client.create("old", description="old")
    response = client.put(f"{CONFIGURATIONS}/{created['id']}", configuration())
    assert response.status_code == 200
    updated = response.json()
    assert updated == {
        **created,
        "unique_name": None,
        "description": None,
        "date_updated": updated["date_updated"],
    }


def test_a_put_can_rename_and_the_old_name_is_free_again(client: Client) -> None:
    created = client.create("old")
    client.put(f"{CONFIGURATIONS}/old", configuration(unique_name="new"))
    assert_error(client.get(f"{CONFIGURATIONS}/old"), 404, 20404)
    assert client.get(f"{CONFIGURATIONS}/new").json()["id"] == created["id"]
    client.create("old")


def without(*path: str) -> Callable[[dict[str, Any]], None]:
    def change(body: dict[str, Any]) -> None:
        for name in path[:-1]:
            body = body[name]
        del body[path[-1]]

    return change


def with_value(value: object, *path: str) -> Callable[[dict[str, Any]], None]:
    def change(body: dict[str, Any]) -> None:
        for name in path[:-1]:
            body = body[name]
        body[path[-1]] = value

    return change


CALL = ("configuration", "callnotification")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without("configuration"), "configuration: is required"),
        (without("configuration", "configurationType"), "configuration.configurationType: is required"),
        (without(*CALL), "configuration.callnotification: is required"),
        (without(*CALL, "url"), "configuration.callnotification.url: is required"),
        (with_value(None, "configuration"), "configuration: must not be null"),
        (with_value([], "configuration"), "configuration: must be an object"),
        (with_value("Recording", "configuration", "configurationType"), "must be Client"),
        (with_value("PUT", *CALL, "method"), "configuration.callnotification.method: must be GET or POST"),
        (with_value(None, *CALL, "method"), "configuration.callnotification.method: must not be null"),
        (with_value(1, *CALL, "url"), "configuration.callnotification.url: must be a string"),
        (with_value("desk.example.com", *CALL, "url"), "must be an http or https URL"),
        (with_value("http://[", *CALL, "url"), "must be an http or https URL"),
        (with_value("ftp://desk.example.com", *CALL, "url"), "must be an http or https URL"),
        (with_value("https://desk.example.com/a b", *CALL, "url"), "must be an http or https URL"),
        (with_value(1, "description"), "description: must be a string"),
        (with_value("two words", "unique_name"), "unique_name: must not contain spaces"),
        (with_value("", "unique_name"), "unique_name: must not be empty"),
        (with_value("Default", "unique_name"), "unique_name: is reserved"),
        (with_value("x", "friendly_name"), "friendly_name: is unknown"),
        (with_value("x", "configuration", "callNotification"), "configuration.callNotification: is unknown"),
        (with_value("x", *CALL, "headers"), "configuration.callnotification.headers: is unknown"),
    ],
)
def test_a_wrong_body_is_refused_and_changes_nothing(
    client: Client, emulator: Emulator, change: Callable[[dict[str, Any]], None], message: str
) -> None:
    created = client.create("existing")
    body = configuration(unique_name="new")
    change(body)
    before = emulator.state
    assert_error(client.post(CONFIGURATIONS, body), 400, 20001, message)
    assert_error(client.put(f"{CONFIGURATIONS}/{created['id']}", body), 400, 20001, message)
    assert emulator.state == before


def test_all_problems_are_reported_at_once_and_no_value_is(client: Client) -> None:
    response = client.post(
        CONFIGURATIONS,
        {"unique_name": "my secret", "configuration": {"callnotification": {"url": "hunter2"}}},
    )
    assert_error(response, 400, 20001, "unique_name: ", "configurationType: ", "callnotification.url: ")
    assert "secret" not in response.text
    assert "hunter2" not in response.text


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b'{"a": NaN}', b'"\xff"', b'{"description": "\\ud800"}', b"[" * 100_000],
)
def test_a_body_that_is_no_json_object_is_a_400(client: Client, data: bytes) -> None:
    response = client.request(
        "POST", CONFIGURATIONS, data=data, headers={"Content-Type": "application/json; charset=utf-8"}
    )
    assert_error(response, 400, 20001)


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", None])
def test_another_content_type_is_a_415(client: Client, content_type: str | None) -> None:
    response = client.request("POST", CONFIGURATIONS, data=b"{}", headers={"Content-Type": content_type})
    assert_error(response, 415, 20422, "application/json")


def test_a_unique_name_that_is_taken_is_a_409(client: Client) -> None:
    first, second = client.create("first"), client.create("second")
    assert_error(client.post(CONFIGURATIONS, configuration(unique_name="first")), 409, 20409, "unique_name")
    path = f"{CONFIGURATIONS}/{second['id']}"
    assert_error(client.put(path, configuration(unique_name="first")), 409, 20409, "unique_name")
    assert client.put(f"{CONFIGURATIONS}/{first['id']}", configuration(unique_name="first")).ok


def test_switch_voice_unique_names_accepts_a_taken_name() -> None:
    with client_of(Switches(voice_unique_names=False)) as client:
        assert client.create("name")["id"] != client.create("name")["id"]


def test_switch_voice_timestamps_leaves_the_dates_out() -> None:
    with client_of(Switches(voice_timestamps=False)) as client:
        created = client.create()
        updated = client.put(f"{CONFIGURATIONS}/{created['id']}", configuration()).json()
        assert updated == created
        assert not {"date_created", "date_updated"} & set(created)


def test_switch_voice_lookup_by_unique_name_finds_ids_only() -> None:
    with client_of(Switches(voice_lookup_by_unique_name=False)) as client:
        created = client.create("name")
        assert client.get(f"{CONFIGURATIONS}/{created['id']}").ok
        assert_error(client.get(f"{CONFIGURATIONS}/name"), 404, 20404)


def test_switch_voice_create_status_answers_200() -> None:
    with client_of(Switches(voice_create_status=200)) as client:
        assert client.post(CONFIGURATIONS, configuration()).status_code == 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["configuration", "callnotification", "url", "unique_name"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=JSON)
def test_no_body_without_a_configuration_type_gets_in_or_breaks_the_emulator(
    client: Client, body: object
) -> None:
    response = client.request("POST", CONFIGURATIONS, json=body)
    assert response.status_code in {400, 415}  # requests sends no content type with null
    assert set(response.json()) == {"code", "message", "more_info", "status"}
