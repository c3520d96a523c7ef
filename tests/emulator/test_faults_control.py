"""Faults over the control API."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold

from tests.emulator.client import CONFIGURATIONS, Client, configuration

FAULTS = "/_emulator/faults"
CREATE = "POST voice.twilio.com/v2/Configurations/Client"
LIST = "GET voice.twilio.com/v2/Configurations/Client"

pytestmark = pytest.mark.usefixtures("quiet")


def inject(client: Client, at: str, action: dict[str, object], **members: object) -> dict[str, Any]:
    response = client.post(FAULTS, {"at": at, "do": action, **members})
    assert response.status_code == 201, response.text
    fault: dict[str, Any] = response.json()
    return fault


def test_a_fault_is_shown_as_it_was_given_with_its_id_and_how_often_it_fired(client: Client) -> None:
    action = {"kind": "answer", "status": 503, "json": None, "retry_after": 1, "headers": {"X-A": "b"}}
    fault = inject(client, LIST, action, nth=2, times=None, where="page")
    assert fault == {
        "id": fault["id"],
        "at": LIST,
        "nth": 2,
        "times": None,
        "where": "page",
        "do": action,
        "fired": 0,
    }
    for _ in range(3):
        client.get(f"{CONFIGURATIONS}?pageSize=1")
    assert client.get(f"{FAULTS}/{fault['id']}").json() == {**fault, "fired": 2}
    assert client.get(FAULTS).json() == [{**fault, "fired": 2}]


@pytest.mark.parametrize(
    "action",
    [
        {"kind": "answer", "status": 503},
        {"kind": "rate_limit", "per_second": 2, "burst": 3, "retry_after": "1"},
        {"kind": "reset", "after": True},
        {"kind": "stall", "seconds": 0.5, "point": "body"},
        {"kind": "truncate"},
        {"kind": "stale"},
        {"kind": "hold", "point": "after"},
        {"kind": "outage", "seconds": 1},
    ],
)
def test_every_action_has_a_json_form(client: Client, action: dict[str, object]) -> None:
    assert inject(client, LIST, action)["do"] == action


def test_a_fault_can_be_released_and_deleted(
    client: Client, emulator: Emulator, pool: ThreadPoolExecutor
) -> None:
    with emulator.inject(CREATE, Hold(), times=None) as injected:
        other = Client(emulator)
        response = pool.submit(other.post, CONFIGURATIONS, configuration())
        injected.wait()
        assert client.post(f"{FAULTS}/{injected.id}/release").status_code == 204
        assert response.result().status_code == 201
        other.close()
        assert client.delete(f"{FAULTS}/{injected.id}").status_code == 204
        assert client.get(FAULTS).json() == []


def test_a_reset_forgets_the_faults(client: Client, emulator: Emulator, pool: ThreadPoolExecutor) -> None:
    hold = emulator.inject(CREATE, Hold())
    inject(client, LIST, {"kind": "reset"})
    other = Client(emulator)
    response = pool.submit(other.post, CONFIGURATIONS, configuration())
    hold.wait()
    assert client.post("/_emulator/reset").status_code == 204
    assert response.result().status_code == 201
    other.close()
    assert (client.get(FAULTS).json(), emulator.state, emulator.journal) == ([], {}, [])


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("DELETE", ""), ("POST", "/release")])
def test_a_fault_that_is_not_there_is_a_404(client: Client, method: str, path: str) -> None:
    response = client.request(method, f"{FAULTS}/nothing{path}")
    assert response.status_code == 404
    assert "There is no fault 'nothing'; GET /_emulator/faults lists" in response.json()["message"]


RESET = {"kind": "reset"}


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ({}, ["at: is required; add it", "do: is required; add it"]),
        ([], ["body: must be an object"]),
        ({"at": "GET nowhere", "do": RESET}, ["at: 'GET nowhere' fits no route; use *", f"{CREATE}, "]),
        ({"at": 1, "do": RESET}, ["at: must be a valid string"]),
        ({"at": "*", "do": RESET, "nth": 0}, ["nth: must be 1 or more"]),
        ({"at": "*", "do": RESET, "nth": "1"}, ["nth: must be a valid integer"]),
        ({"at": "*", "do": RESET, "times": 0}, ["times: must be 1 or more, or null"]),
        ({"at": "*", "do": RESET, "where": None}, ["where: must be a valid string"]),
        ({"at": "*", "do": RESET, "ntimes": 1}, ["ntimes: is unknown; leave it out"]),
        ({"at": "*", "do": {}}, ["do: kind must be one of 'answer', 'rate_limit', 'reset', "]),
        ({"at": "*", "do": {"kind": "x"}}, ["do: kind must be one of 'answer', 'rate_limit', 'reset', "]),
        ({"at": "*", "do": "reset"}, ["do: must be an object"]),
        ({"at": "*", "do": {**RESET, "x": 1}}, ["do.x: is unknown; leave it out"]),
        ({"at": "*", "do": {**RESET, "after": 1}}, ["do.after: must be a valid boolean"]),
        ({"at": "*", "do": {"kind": "answer"}}, ["do.status: is required; add it"]),
        ({"at": "*", "do": {"kind": "answer", "status": "503"}}, ["do.status: must be a valid integer"]),
        ({"at": "*", "do": {"kind": "answer", "status": 99}}, ["do.status: must be from 200 to 599"]),
        (
            {"at": "*", "do": {"kind": "answer", "status": 503, "retry_after": [], "headers": {"A": 1}}},
            ["do.retry_after: must be a valid integer or ", "do.headers: must be a valid string"],
        ),
        ({"at": "*", "do": {"kind": "stall", "point": "x"}}, ["do.point: must be 'before', 'after' or"]),
        ({"at": "*", "do": {"kind": "stall", "seconds": -1}}, ["do.seconds: must be 0 or more"]),
        ({"at": "*", "do": {"kind": "stale"}}, ["at: Stale acts on GET only; begin with that method"]),
        ({"at": "*", "do": {"kind": "outage"}}, ["do.seconds: is required here", "; add a number"]),
    ],
)
def test_a_wrong_fault_is_explained_and_not_injected(
    client: Client, body: object, messages: list[str]
) -> None:
    response = client.request("POST", FAULTS, json=body)
    assert response.status_code == 400
    assert set(response.json()) == {"message"}
    for message in messages:
        assert message in response.json()["message"]
    assert client.get(FAULTS).json() == []


@pytest.mark.parametrize("data", [b"", b"{", b"\xff"])
def test_a_body_that_is_not_json_is_explained(client: Client, data: bytes) -> None:
    response = client.request("POST", FAULTS, data=data)
    assert response.status_code == 400
    assert response.json()["message"].startswith('body: must be JSON such as {"at": ')
