"""The emulator's time, and how to move it on."""

import time
from datetime import datetime

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.pace import parse_duration

from tests.emulator.client import Client

CLOCK = "/_emulator/clock"


def created_at(client: Client) -> float:
    shown = client.create()["date_created"].replace("Z", "+00:00")
    return datetime.fromisoformat(shown).timestamp()


def test_the_time_is_real_at_first_and_moves_on_in_python_and_over_http(
    client: Client, emulator: Emulator
) -> None:
    assert abs(created_at(client) - time.time()) < 60
    emulator.advance(10_000)
    assert abs(created_at(client) - time.time() - 10_000) < 60
    answer = client.post(CLOCK, {"advance": 90_000.5})
    assert answer.status_code == 200
    assert abs(answer.json()["time"] - time.time() - 100_000.5) < 60
    assert abs(created_at(client) - time.time() - 100_000.5) < 60


def test_a_reset_sets_the_clock(client: Client, emulator: Emulator) -> None:
    emulator.advance(10_000)
    client.post("/_emulator/reset")
    assert abs(created_at(client) - time.time()) < 60


def test_the_journal_keeps_to_the_real_time(client: Client, emulator: Emulator) -> None:
    emulator.advance(10_000)
    client.create()
    assert abs(emulator.journal[0].time - time.time()) < 60


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf"), 1e12])
def test_the_time_does_not_go_back_or_too_far(emulator: Emulator, seconds: float) -> None:
    with pytest.raises(ValueError, match="from 0 up to a century"):
        emulator.advance(seconds)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", 'body: must be JSON such as {"advance": 60}'),
        (b"60", 'body: must be JSON such as {"advance": 60}'),
        (b'{"advance": 60, "x": 1}', 'body: must be JSON such as {"advance": 60}'),
        (b'{"advance": "60"}', "advance: must be a number of seconds"),
        (b'{"advance": true}', "advance: must be a number of seconds"),
        (b'{"advance": -1}', "advance: must be a number of seconds from 0 up to a century"),
    ],
)
def test_a_wrong_request_is_explained(client: Client, data: bytes, message: str) -> None:
    response = client.request("POST", CLOCK, data=data)
    assert (response.status_code, response.json()) == (400, {"message": message})


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("500ms", 0.5), ("2s", 2), ("1m", 60), ("3", 3), ("0.25", 0.25), (" .5s ", 0.5), ("0", 0)],
)
def test_a_duration_has_a_unit_or_is_in_seconds(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "s", "-1s", "1h", "1 s", "1e3", "٣s", "nan"])
def test_another_duration_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="write 500ms, 2s, 1m or a number of seconds"):
        parse_duration(text)
