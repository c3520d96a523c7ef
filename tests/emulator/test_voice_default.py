"""The account's default Client configuration."""

import pytest
from pulumi_switchboard.emulator import Emulator, Switches

from tests.emulator.client import (
    CONFIGURATIONS,
    DEFAULT,
    OTHER_SID,
    SID,
    Client,
    assert_error,
    client_of,
    configuration,
)

TYPE = "twilio/voice:DefaultClientConfiguration"


def test_it_is_unset_at_first(client: Client) -> None:
    assert_error(client.get(DEFAULT), 404, 20404)
    assert_error(client.delete(DEFAULT), 404, 20404)


def test_it_points_at_the_configuration_that_was_set_last(client: Client, emulator: Emulator) -> None:
    for created in (client.create(), client.create()):
        response = client.post(DEFAULT, {"configuration_id": created["id"]})
        assert (response.status_code, response.content) == (204, b"")
        assert client.get(DEFAULT).json() == created
        assert emulator.state[SID][TYPE] == {SID: {"configuration_id": created["id"]}}


def test_it_shows_the_configuration_as_it_is_now(client: Client) -> None:
    created = client.create()
    client.post(DEFAULT, {"configuration_id": created["id"]})
    updated = client.put(f"{CONFIGURATIONS}/{created['id']}", configuration(description="new")).json()
    assert client.get(DEFAULT).json() == updated


def test_it_can_be_unset_and_the_configuration_stays(client: Client, emulator: Emulator) -> None:
    created = client.create()
    client.post(DEFAULT, {"configuration_id": created["id"]})
    response = client.delete(DEFAULT)
    assert (response.status_code, response.content) == (204, b"")
    assert_error(client.get(DEFAULT), 404, 20404)
    assert TYPE not in emulator.state[SID]
    assert client.get(f"{CONFIGURATIONS}/{created['id']}").ok


def test_each_account_has_its_own(client: Client, emulator: Emulator) -> None:
    created = client.create()
    client.post(DEFAULT, {"configuration_id": created["id"]})
    other = Client(emulator, (OTHER_SID, "token"))
    assert_error(other.get(DEFAULT), 404, 20404)
    assert_error(other.post(DEFAULT, {"configuration_id": created["id"]}), 404, 20404)
    other.close()


def test_it_is_set_by_id_only(client: Client) -> None:
    client.create("name")
    response = client.post(DEFAULT, {"configuration_id": "name"})
    assert_error(response, 404, 20404, "configuration_id")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "configuration_id: is required"),
        ({"configuration_id": None}, "configuration_id: must not be null"),
        ({"configuration_id": 1}, "configuration_id: must be a string"),
        ({"configuration_id": "x", "more": 1}, "more: is unknown"),
        ([], "body: must be an object"),
    ],
)
def test_a_wrong_body_is_a_400(client: Client, body: object, message: str) -> None:
    assert_error(client.request("POST", DEFAULT, json=body), 400, 20001, message)


def test_deleting_the_default_configuration_unsets_the_default(client: Client, emulator: Emulator) -> None:
    created = client.create()
    client.post(DEFAULT, {"configuration_id": created["id"]})
    assert client.delete(f"{CONFIGURATIONS}/{created['id']}").status_code == 204
    assert_error(client.get(DEFAULT), 404, 20404)
    assert emulator.state == {}


def test_deleting_another_configuration_leaves_the_default_alone(client: Client) -> None:
    default, other = client.create(), client.create()
    client.post(DEFAULT, {"configuration_id": default["id"]})
    client.delete(f"{CONFIGURATIONS}/{other['id']}")
    assert client.get(DEFAULT).json() == default


def test_switch_voice_delete_of_default_refuses_it() -> None:
    with client_of(Switches(voice_delete_of_default="refuse")) as client:
        created = client.create()
        client.post(DEFAULT, {"configuration_id": created["id"]})
        assert_error(client.delete(f"{CONFIGURATIONS}/{created['id']}"), 409, 20409, "default")
        client.delete(DEFAULT)
        assert client.delete(f"{CONFIGURATIONS}/{created['id']}").status_code == 204
