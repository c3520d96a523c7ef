"""Control requests: the state, the journal, the clock, and who may send them."""

import asyncio
import re
import time
from dataclasses import FrozenInstanceError, asdict
from datetime import datetime
from importlib.metadata import version
from queue import SimpleQueue
from typing import Any

import pytest
import requests
from pulumi_switchboard.emulator.faults import Reset
from pulumi_switchboard.emulator.request_log import logged

from tests.emulator.client import SECONDS, SID, Client, Voice, configuration, connection, receive_all, running
from tests.promises import proves

CLOCK = "/_emulator/clock"
STATE = "/_emulator/state"
RESET = "/_emulator/reset"


@proves("emulator.journal")
def test_the_journal_has_every_vendor_request_and_no_control_request(voice: Voice) -> None:
    before = time.time()
    voice.get(Voice.path, params={"pageSize": 2})
    voice.get(STATE)
    voice.request("POST", Voice.path, data=b"", headers={"Idempotency-Key": "key-1"})
    voice.get("/nowhere/else")
    entries = voice.emulator.journal
    assert [(each.method, each.host, each.path, each.status, each.idempotency_key) for each in entries] == [
        ("GET", "voice.twilio.com", "/v2/Configurations/Client?pageSize=2", 200, None),
        ("POST", "voice.twilio.com", "/v2/Configurations/Client", 415, "key-1"),
        ("GET", "nowhere", "/else", 404, None),
    ]
    assert before <= entries[0].time <= entries[-1].time <= time.time()
    assert voice.get("/_emulator/journal").json() == [asdict(entry) for entry in entries]
    with pytest.raises(FrozenInstanceError):
        entries[0].status = 0  # type: ignore[misc]


@proves("emulator.journal")
def test_the_journal_shows_nothing_of_a_path_that_could_be_secret(voice: Voice) -> None:
    for sent, shown in (
        ("?token=hunter2&pageSize=1", "?token=***&pageSize=1"),
        ("?pageToken=https://user:hunter2@example.com", "?pageToken=***"),
        ("?hunter2", "?***"),
        ("?https://user:hunter2@example.com/?a=1", "?***"),
        ("/https:%2F%2Fuser:hunter2%40example.com", "/***"),
        ("/https://user:hunter2@example.com/x", "/https://***/x"),
    ):
        voice.get(Voice.path + sent)
        assert voice.emulator.journal[-1].path == f"/v2/Configurations/Client{shown}"
    assert "hunter2" not in voice.get("/_emulator/journal").text


@proves("emulator.journal")
def test_the_journal_keeps_the_newest_entries_with_short_texts_and_counts_the_others() -> None:
    with running(Voice, journal_size=2) as voice:
        for size in (1, 2, 3):
            voice.get(Voice.path, params={"pageSize": size})
        shown = voice.get("/_emulator/journal")
        assert [entry.path[-1] for entry in voice.emulator.journal] == ["2", "3"]
        assert [entry["path"][-1] for entry in shown.json()] == ["2", "3"]
        assert (voice.emulator.journal_dropped, shown.headers["Journal-Dropped"]) == (1, "1")
        voice.emulator.reset()
        voice.get(Voice.path)
        assert (len(voice.emulator.journal), voice.emulator.journal_dropped) == (1, 0)
        voice.request("A" * 100_000, "/" + "b" * 100_000, headers={"Idempotency-Key": "c" * 100_000})
        assert len(str(voice.emulator.journal[-1])) < 10_000


@proves("emulator.control")
def test_the_state_is_shown_as_a_copy_and_a_reset_forgets_it_with_journal_and_clock(voice: Voice) -> None:
    voice.emulator.advance(10_000)
    voice.create("name")
    state = voice.emulator.state
    with Client(voice.emulator, None) as stranger:
        assert stranger.get(STATE).json() == state, "without credentials"
    (shown,) = state[SID][Voice.type].values()
    shown.clear()
    assert voice.emulator.state != state
    response = voice.post(RESET)
    assert (response.status_code, response.content) == (204, b"")
    assert (voice.emulator.state, voice.emulator.journal) == ({}, [])
    assert abs(created_at(voice) - time.time()) < 60
    for request in ("POST state", "DELETE journal", "GET reset", "GET nothing"):
        method, path = request.split()
        status = 404 if path == "nothing" else 405
        assert voice.request(method, f"/_emulator/{path}").status_code == status


def created_at(voice: Voice) -> float:
    shown = voice.create()["date_created"].replace("Z", "+00:00")
    return datetime.fromisoformat(shown).timestamp()


@proves("emulator.control")
def test_the_time_is_real_at_first_and_moves_on_in_python_and_over_http(voice: Voice) -> None:
    assert abs(created_at(voice) - time.time()) < 60
    voice.emulator.advance(10_000)
    assert abs(created_at(voice) - time.time() - 10_000) < 60
    answer = voice.post(CLOCK, {"advance": 90_000.5})
    assert answer.status_code == 200
    for shown in (answer.json()["time"], created_at(voice)):
        assert abs(shown - time.time() - 100_000.5) < 60
    with running(Voice, now=lambda: 1e9) as other:
        other.emulator.advance(1)
        times = (created_at(other), other.emulator.journal[-1].time)
        assert times == (1e9 + 1, 1e9), "the journal keeps to the time that is not moved on"


@proves("emulator.control")
def test_a_wrong_time_is_explained(voice: Voice) -> None:
    voice.emulator.advance(1e9)
    for seconds in (-1, float("nan"), float("inf"), 1e12, 2.5e9):
        with pytest.raises(ValueError, match="from 0 up to a century in all"):
            voice.emulator.advance(seconds)
    form = 'body: must be JSON such as {"advance": 60}'
    deep = [b"[" * depth + b"]" * depth for depth in (101, 200_000)]
    for data, message in (
        *((data, form) for data in (b"", b"60", b'{"advance": 60, "x": 1}', *deep)),
        *((b'{"advance": %s}' % no, "advance: must be a number of seconds") for no in (b'"60"', b"true")),
        *(
            (b'{"advance": %s}' % no, "advance: must be a number of seconds from 0 up to a century in all")
            for no in (b"-1", b"1" * 400)
        ),
    ):
        response = voice.request("POST", CLOCK, data=data)
        assert (response.status_code, response.json()) == (400, {"message": message})


@proves("emulator.control")
def test_the_health_is_for_everybody_and_says_the_version_and_for_how_long(voice: Voice) -> None:
    health = "/_emulator/health"
    page = {"Host": "emulator:8080", "Origin": "https://evil.example"}
    for headers in ({}, page, {"Host": "voice.twilio.com"}):
        response = voice.get(health, headers=headers)
        assert (response.status_code, set(response.json())) == (200, {"version", "uptime"})
        assert response.json()["version"] == version("pulumi-switchboard")
        assert "Access-Control-Allow-Origin" not in response.headers
    first, second = (voice.get(health).json()["uptime"] for _ in range(2))
    assert 0 <= first <= second < 3600
    assert voice.emulator.journal == []


LINE = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ (?P<request>.*) (?P<status>\d{3}|no answer) \d+ ms"


@proves("emulator.log")
def test_the_request_log_has_a_line_for_each_request_without_secrets() -> None:
    lines: list[str] = []
    with running(Voice, request_log=lines.append) as voice:
        voice.get(Voice.path, params={"pageSize": 2, "token": "hunter2"}, auth=(SID, "hunter2"))
        voice.get(f"{Voice.path}/%0Ahttps:%2F%2Fhunter2@example.com")
        voice.get(f"{Voice.path}/a%0Ab")
        voice.post(Voice.path, configuration(description="hunter2"), headers={"Idempotency-Key": "hunter2"})
        voice.get("/_emulator/state?hunter2")
        with voice.emulator.inject("*", Reset()), pytest.raises(requests.ConnectionError):
            voice.get(Voice.path)
    found = [re.fullmatch(LINE, line) for line in lines]
    path = Voice.path.removeprefix("/")
    assert [(line["request"], line["status"]) if line else None for line in found] == [
        (f"GET {path}?pageSize=2&token=***", "200"),
        (f"GET {path}/***", "404"),
        (f"GET {path}/a%0Ab", "404"),
        (f"POST {path}", "201"),
        ("GET /_emulator/state", "200"),
        (f"GET {path}", "no answer"),
    ]


def test_a_request_without_an_answer_because_of_a_bug_has_a_line_too() -> None:
    lines: list[str] = []

    async def broken(*_given: object) -> None:
        raise ZeroDivisionError

    app: Any = logged(broken, lambda _scope: "GET path", lines.append)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(app({}, None, None))
    (line,) = lines
    assert re.fullmatch(LINE, line)


@proves("emulator.control")
def test_a_client_that_goes_away_before_its_body_is_complete_is_no_bug() -> None:
    lines: SimpleQueue[str] = SimpleQueue()
    with running(Voice, request_log=lines.put) as voice:
        for path in (Voice.path, CLOCK, "/_emulator/faults"):
            with connection(voice.emulator) as opened:
                head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
                opened.sendall(head.encode())
            assert path[1:] in lines.get(timeout=SECONDS)


OWN = "http://localhost:8080"
OWN_HOSTS = ["127.0.0.1", "127.0.0.1:1", "127.1.2.3", "localhost:9999", "LOCALHOST", "[::1]:8080"]
FOREIGN_HOSTS = ["evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example"]
FOREIGN_HOSTS += ["127.0.0.1@evil.example", "voice.twilio.com", "10.0.0.1", "localhost:99999", "localhost:"]
FOREIGN_HOSTS += ["0.0.0.0", "[::1", "::1"]  # noqa: S104 - a name in a request
OTHER_ORIGINS = ["https://evil.example", "null", "", "http://localhost:3000", "http://localhost"]
OTHER_ORIGINS += ["https://localhost:8080", "http://127.0.0.1:8080", "http://user@localhost:8080"]
SAME = [("localhost:8080", OWN), ("localhost", "http://localhost"), ("localhost:80", "http://localhost")]


@proves("emulator.control")
def test_every_control_request_is_only_for_programs_and_pages_of_this_machine(voice: Voice) -> None:
    voice.create("kept")
    for host in (*OWN_HOSTS, "[::ffff:7f00:1]"):
        assert voice.get(STATE, headers={"Host": host}).status_code == 200
    for host, origin in (*SAME, ("[::1]:8080", "http://[::1]:8080")):
        for site in ("same-origin", "none"):
            headers = {"Host": host, "Origin": origin, "Sec-Fetch-Site": site}
            assert voice.get(STATE, headers=headers).status_code == 200
    refused = [({"Host": host}, "--allow-host NAME") for host in FOREIGN_HOSTS]
    pages = [{"Origin": origin} for origin in OTHER_ORIGINS]
    pages += [{"Sec-Fetch-Site": site} for site in ("cross-site", "same-site")]
    for page in (*pages, {"Origin": OWN, "Sec-Fetch-Site": "cross-site"}):
        refused += [({"Host": "localhost:8080", **page}, "without the headers Origin and Sec-Fetch-Site")]
    paths = ["GET journal", "POST reset", "POST clock", "GET faults", "POST faults", "DELETE faults/1"]
    cases = [("GET state", *each) for each in refused]
    cases += [
        (path, *each)
        for path in (*paths, "OPTIONS reset", "GET nothing")
        for each in (refused[0], refused[-1])
    ]
    for request, headers, remedy in cases:
        method, path = request.split()
        response = voice.request(method, f"/_emulator/{path}", headers=headers)
        assert (response.status_code, set(response.json())) == (403, {"message"})
        assert remedy in response.json()["message"]
        assert "evil" not in response.text
    assert voice.get("/%5Femulator/state", headers={"Host": "evil.example"}).status_code == 403
    vendor = {"Host": "voice.twilio.com"}
    assert voice.get(Voice.path.removeprefix("/voice.twilio.com"), headers=vendor).status_code == 200
    assert voice.get(Voice.path, headers={"Host": "emulator:8080"}).status_code == 200
    assert len(voice.objects(Voice.type)) == 1
    assert voice.emulator.journal
    origins = "Origin: http://localhost:8080\r\nOrigin: http://evil.example\r\nConnection: close"
    for sent in (
        f"POST {RESET} HTTP/1.1\r\nHost: localhost:8080\r\n{origins}\r\n\r\n",
        f"GET {STATE} HTTP/1.0\r\n\r\n",
    ):
        with connection(voice.emulator) as opened:
            opened.sendall(sent.encode())
            assert receive_all(opened).startswith(b"HTTP/1.1 403 "), "one foreign origin, or no host"


@proves("emulator.control")
def test_a_host_is_allowed_with_any_port_or_only_with_the_one_given() -> None:
    hosts = ["Emulator", "other:8080", "plain:80", "[2001:db8::1]"]
    allowed = ["emulator", "emulator:1", "EMULATOR:2", "other:8080", "plain", "plain:80", "[2001:DB8:0::1]:5"]
    refused = ["other", "other:8081", "plain:8080", "emulator.evil.example", "[2001:db8::2]"]
    with running(Voice, allowed_hosts=hosts) as voice:
        for host in (*allowed, *refused):
            status = 200 if host in allowed else 403
            assert voice.get(STATE, headers={"Host": host}).status_code == status, host
    with running(Voice, host="0.0.0.0") as voice:  # noqa: S104 - what is tested
        assert voice.get(STATE).status_code == 200
        assert voice.get(STATE, headers={"Host": "[::]"}).status_code == 403
