"""State, journal and reset over HTTP."""

import time
from dataclasses import FrozenInstanceError, asdict

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import CONFIGURATIONS, DEFAULT, SID, Client


@pytest.fixture
def stranger(emulator: Emulator) -> Client:
    return Client(emulator, auth=None)


def test_the_state_is_empty_at_first_and_needs_no_credentials(stranger: Client) -> None:
    response = stranger.get("/_emulator/state")
    assert (response.status_code, response.json()) == (200, {})
    stranger.close()


def test_the_state_over_http_is_the_state_in_python(client: Client, emulator: Emulator) -> None:
    created = client.create()
    client.post(DEFAULT, {"configuration_id": created["id"]})
    expected = {
        SID: {
            "twilio/voice:ClientConfiguration": {created["id"]: created},
            "twilio/voice:DefaultClientConfiguration": {SID: {"configuration_id": created["id"]}},
        }
    }
    assert client.get("/_emulator/state").json() == emulator.state == expected


def test_the_state_is_a_copy(client: Client, emulator: Emulator) -> None:
    client.create()
    emulator.state[SID].clear()
    assert emulator.state[SID]


def test_the_journal_has_every_vendor_request_and_no_control_request(
    client: Client, emulator: Emulator
) -> None:
    before = time.time()
    client.get(CONFIGURATIONS, params={"pageSize": 2})
    client.get("/_emulator/state")
    client.request("POST", CONFIGURATIONS, data=b"", headers={"Idempotency-Key": "key-1"})
    client.get("/nowhere/else")
    entries = emulator.journal
    assert [
        (entry.method, entry.host, entry.path, entry.status, entry.idempotency_key) for entry in entries
    ] == [
        ("GET", "voice.twilio.com", "/v2/Configurations/Client?pageSize=2", 200, None),
        ("POST", "voice.twilio.com", "/v2/Configurations/Client", 415, "key-1"),
        ("GET", "nowhere", "/else", 404, None),
    ]
    assert before <= entries[0].time <= entries[-1].time <= time.time()
    assert client.get("/_emulator/journal").json() == [asdict(entry) for entry in entries]
    with pytest.raises(FrozenInstanceError):
        entries[0].status = 0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("?token=hunter2&pageSize=1", "?token=***&pageSize=1"),
        ("?pageToken=https://user:hunter2@example.com", "?pageToken=***"),
        ("?hunter2", "?***"),
        ("?https://user:hunter2@example.com/?a=1", "?***"),
        ("/https:%2F%2Fuser:hunter2%40example.com", "/***"),
        ("/https://user:hunter2@example.com/x", "/https://***/x"),
    ],
)
def test_the_journal_shows_nothing_that_could_be_secret(
    client: Client, emulator: Emulator, sent: str, shown: str
) -> None:
    client.get(CONFIGURATIONS + sent)
    (entry,) = emulator.journal
    assert entry.path == f"/v2/Configurations/Client{shown}"
    assert "hunter2" not in str(client.get("/_emulator/journal").json())


def test_a_reset_forgets_state_and_journal(client: Client, emulator: Emulator) -> None:
    client.create("name")
    response = client.post("/_emulator/reset")
    assert (response.status_code, response.content) == (204, b"")
    assert (emulator.state, emulator.journal) == ({}, [])
    client.create("name")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "state", 405), ("DELETE", "journal", 405), ("GET", "reset", 405), ("GET", "nothing", 404)],
)
def test_other_control_requests_are_refused(client: Client, method: str, path: str, status: int) -> None:
    assert client.request(method, f"/_emulator/{path}").status_code == status
