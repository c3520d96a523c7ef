"""The reads of all types, and what is behind an endpoint."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.doctor.endpoint import check_endpoint
from pulumi_switchboard.doctor.finding import Level
from pulumi_switchboard.doctor.reads import read_each
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Stall
from pulumi_switchboard.errors import AccountMismatchError, LostAnswerError, UnreachableError
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.vendors.credentials import Sources

from tests.promises import proves

SID, OTHER = "AC" + "1" * 32, "AC" + "2" * 32
CONFIG = {
    "twilio:accountSid": SID,
    "twilio:authToken": "canary-token",
    "ultravox:apiKey": f"canary00.{'k' * 32}",
}
RUBBISH: tuple[Any, ...] = (
    None,
    [],
    7,
    {},
    {"configurations": [None]},
    {"stores": [{}]},
    {"url": []},
    {"a": {"b": [[]]}},
)
HEALTH = b'{"version": "1.2", "uptime": 0.5}'


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as running:
        yield running


def session(emulator: Emulator, **config: str) -> Session:
    return Session({**CONFIG, "switchboard:endpoint": emulator.url, **config})


@proves("doctor.reads-only")
def test_each_type_is_read_once_with_gets_alone(emulator: Emulator) -> None:
    types = list(definitions.every())
    reads = read_each(session(emulator), types)
    assert [read.definition for read in reads] == types
    assert [read.error for read in reads] == [None] * len(types)
    assert {entry.method for entry in emulator.journal} == {"GET"}
    assert len(emulator.journal) == len(types)
    assert all("date" in answer.headers for read in reads for answer in read.answers)
    assert sum(len(read.answers) for read in reads) >= len(types) - 2, "two settings may not be there"


def test_an_api_key_of_another_account_is_an_error(emulator: Emulator) -> None:
    shown = {"account_sid": OTHER, "url": "https://a", "target": "webhook", "method": "POST"}
    client = {"account_sid": OTHER, "id": "a", "configuration": {"callnotification": {"url": "https://a"}}}
    for key, at, answer in (
        (
            "twilio/conversations:WebhookConfiguration",
            "conversations.twilio.com/v1/Configuration/Webhooks",
            shown,
        ),
        (
            "twilio/voice:ClientConfiguration",
            "voice.twilio.com/v2/Configurations/Client",
            {"content": [client]},
        ),
    ):
        with emulator.inject(f"GET {at}", Answer(200, answer)):
            (read,) = read_each(session(emulator), [definitions.find(key)])
        assert isinstance(read.error, AccountMismatchError)


@proves("doctor.bounded")
@pytest.mark.parametrize("body", RUBBISH)
def test_rubbish_is_an_error_or_nothing_and_never_a_crash(emulator: Emulator, body: Any) -> None:
    with emulator.inject("*", Answer(200, body), times=None):
        reads = read_each(session(emulator), definitions.every(), seconds=0.5)
    assert any(read.error for read in reads)


@proves("doctor.bounded")
def test_a_server_that_hangs_costs_the_time_of_one_read(emulator: Emulator) -> None:
    types, seconds = list(definitions.every()), 1.0
    with emulator.inject("*", Stall(), times=None):
        begun = time.monotonic()
        reads = read_each(session(emulator), types, seconds=seconds)
        assert time.monotonic() - begun < len(types) * seconds, "they are read at the same time"
    assert all(read.error for read in reads)


def test_what_is_behind_the_endpoint_is_said_plainly() -> None:
    url = "https://proxy.example/v"
    sources = Sources({}, {"SWITCHBOARD_ENDPOINT": url})
    for answer, level, text in (
        (Response(200, {}, HEALTH), Level.OK, "is an emulator: nothing reaches the vendors"),
        (
            Response(200, {}, HEALTH.replace(b"1.2", b"1.3")),
            Level.WARNING,
            "its version 1.3 differs from 1.2",
        ),
        (Response(404, {}, HEALTH), Level.OK, "is no emulator: it receives all requests"),
        (Response(200, {}, b"<html>"), Level.OK, "is no emulator"),
        (Response(200, {}, b'{"version": "1.2"}'), Level.OK, "is no emulator"),
    ):
        asked: list[str] = []

        def ask(at: str, answer: Response = answer, asked: list[str] = asked) -> Response:
            asked.append(at)
            return answer

        found = check_endpoint(sources, ask, "1.2")
        assert (found.level, text in found.text, asked) == (level, True, [f"{url}/_emulator/health"])
        assert "SWITCHBOARD_ENDPOINT in the environment" in found.text


def test_an_endpoint_that_cannot_be_used_or_does_not_answer_is_an_error() -> None:
    def unreachable(_url: str) -> Response:
        raise UnreachableError("no connection", remedy="check the network")

    def lost(_url: str) -> Response:
        raise LostAnswerError("no whole answer")

    for ask in (unreachable, lost):
        found = check_endpoint(Sources({}, {"SWITCHBOARD_ENDPOINT": "http://127.0.0.1:1"}), ask, "1")
        assert found.level is Level.ERROR
    found = check_endpoint(Sources({}, {"SWITCHBOARD_ENDPOINT": "http://canary@emulator"}), unreachable, "1")
    assert found.level is Level.ERROR
    assert "canary" not in str(found)
    found = check_endpoint(Sources({}, {"SWITCHBOARD_ENDPOINT": "http://emulator:8080"}), unreachable, "1")
    assert "`pulumi config set switchboard:allowHttp emulator`" in found.remedy
    found = check_endpoint(Sources({}, {}), unreachable, "1")
    assert (found.level, "the vendors themselves" in found.text) == (Level.OK, True)
