"""The emulator as a Python object: how it starts, ends, finds an API, and what it is started with."""

import json
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pulumi_switchboard.emulator import Emulator, Switches, apis, store
from pulumi_switchboard.emulator.faults import Answer, Reset, registry
from pulumi_switchboard.emulator.switches import switch_kinds

from tests.emulator.client import (
    SID,
    Orchestrator,
    Telephony,
    Voice,
    address,
    assert_refused,
    body,
    configuration,
    connection,
    receive_all,
    running,
)
from tests.promises import proves

DOCS = Path(__file__).parents[2] / "docs" / "emulator.md"


@proves("emulator.ready")
def test_it_is_ready_in_a_tenth_of_a_second() -> None:
    """A machine that is busy with something else needs several attempts to show it."""

    def seconds() -> float:
        start = time.perf_counter()
        with Emulator():
            return time.perf_counter() - start

    assert any(seconds() < 0.1 for _ in range(100))


def test_it_leaves_no_thread_frees_its_port_and_can_be_started_again() -> None:
    before = set(threading.enumerate())
    emulator = Emulator()
    for _ in range(2):
        with emulator:
            voice = Voice(emulator)
            voice.create()
            where = address(emulator)
        assert set(threading.enumerate()) <= before
        with socket.create_server(where), voice:
            pass
    assert len(emulator.state[SID][Voice.type]) == 2
    with pytest.raises(RuntimeError, match="no URL"):
        _ = emulator.url


def test_a_wrong_argument_is_an_error() -> None:
    hosts = ("", "*", "http://emulator", "emulator:x", "emulator:65536", "a b", "::1")
    urls = [
        "",
        "emulator",
        "ftp://a",
        "https://",
        "https:///a",
        "https://a:b@c",
        "https://a?b",
        "https://a#b",
    ]
    urls += ["https://a:99999", "https://a b", "https://a:x", "https://[::1"]
    wrong: list[tuple[dict[str, Any], str]] = [
        *(({"port": port}, "port: must be from 0 to 65535") for port in (-1, 65536)),
        ({"journal_size": 0}, "journal_size: must be 1 or more"),
        *(({"operation_time": seconds}, "time of an operation must be") for seconds in (-1, float("nan"))),
        ({"operation_polls": 0}, "polls of an operation must be"),
        ({"operation_time": 1, "operation_polls": 1}, "give only one of them"),
        ({"retry_after": -1}, "Retry-After must be"),
        *(({"allowed_hosts": [host]}, "write NAME or NAME:PORT") for host in hosts),
        *(({"public_url": url}, "write https://NAME or https://NAME:PORT") for url in urls),
    ]
    for options, message in wrong:
        with pytest.raises(ValueError, match=message):
            Emulator(**options)


def test_64_clients_at_once_are_all_served_and_faults_act_as_often_as_they_should(emulator: Emulator) -> None:
    def work(number: int) -> list[int]:
        names = (f"own-{number}", "wanted-by-all")
        with Voice(emulator) as voice:
            return [voice.post(Voice.path, configuration(unique_name=name)).status_code for name in names]

    fault = emulator.inject("*", Answer(503), nth=10, times=20, where="own-")
    with fault, ThreadPoolExecutor(64) as pool:
        statuses = list(pool.map(work, range(64)))
    assert sorted(first for first, _ in statuses) == [201] * 44 + [503] * 20
    assert sorted(second for _, second in statuses) == [201] + [409] * 63
    assert (len(emulator.state[SID][Voice.type]), len(emulator.journal), fault.fired) == (45, 128, 20)


@proves("emulator.hosts-and-accounts")
def test_a_host_without_an_api_is_a_404_that_names_those_there_are(voice: Voice) -> None:
    refused = voice.get("/studio.twilio.com/v2/Flows")
    assert_refused(refused, 404, "studio.twilio.com", "voice.twilio.com")
    assert "api.ultravox.ai" in voice.get("/app.ultravox.ai/api").json()["detail"]
    for path in ("/", "/v2/Configurations/Client", "/voice.twilio.org/v2", "//voice.twilio.com"):
        response = voice.get(path)
        assert (response.status_code, "voice.twilio.com" in response.json()["message"]) == (404, True)


@proves("emulator.hosts-and-accounts")
def test_the_forms_of_a_request_that_only_proxies_and_servers_know_are_understood(emulator: Emulator) -> None:
    for sent, status in (
        ("GET http://voice.twilio.com/v2/Configurations/Client", 401),
        ("GET HTTPS://Voice.twilio.com/", 404),
        ("GET http://voice.twilio.com", 404),
        ("OPTIONS *", 404),
    ):
        head = f"{sent} HTTP/1.1\r\nHost: voice.twilio.com\r\nConnection: close\r\n\r\n"
        with connection(emulator) as opened:
            opened.sendall(head.encode())
            answer = receive_all(opened)
        assert answer.startswith(f"HTTP/1.1 {status} ".encode()), sent
        assert b'"more_info":"https://www.twilio.com/docs/errors/' in answer
        assert (emulator.journal[-1].host, emulator.journal[-1].status) == ("voice.twilio.com", status)


def test_a_request_for_a_web_socket_is_answered_as_any_other_and_no_warning_is_shown(
    voice: Voice, caplog: pytest.LogCaptureFixture
) -> None:
    asked = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    assert voice.get(Voice.path, headers=asked).status_code == 200
    with connection(voice.emulator) as opened:
        opened.sendall(b"no HTTP\r\n\r\n")
        assert receive_all(opened).startswith(b"HTTP/1.1 400 ")
    assert caplog.records == []


@proves("emulator.hosts-and-accounts")
def test_the_urls_in_answers_begin_with_the_public_url() -> None:
    public = "https://emulator.example:8443/twilio"
    host = "conversations.twilio.com"
    with running(Orchestrator, public_url=f"{public}/", operation_time=60) as client:
        for path, headers in ((Orchestrator.path, {}), (Orchestrator.path[len(host) + 1 :], {"Host": host})):
            write = client.post(path, body(), headers=headers)
            url = write.json()["statusUrl"]
            assert url == write.headers["Location"]
            assert url.startswith(f"{public}/{host}/v2/ControlPlane/Operations/")
            for same in (headers, {"Host": host}, {"Host": "emulator.example:8443"}):
                # What ends TLS passes on the path behind the public URL.
                assert client.get(url.removeprefix(public), headers=same).json()["statusUrl"] == url
        webhooks = f"{host}/v1/Configuration/Webhooks"
        assert client.get(f"/{webhooks}").json()["url"] == f"{public}/{webhooks}"


@proves("process.new-type")
def test_an_api_is_added_by_a_new_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "studio.py").write_text(
        "from pulumi_switchboard.emulator.api import Api, ApiDefinition, NoSwitches, Route\n"
        "from pulumi_switchboard.emulator.twilio import TWILIO\n"
        "def flows(request):\n"
        "    raise RuntimeError('a bug')\n"
        "flows_api = Api(TWILIO, 'studio.twilio.com', [Route('GET', '/v2/Flows', flows)])\n"
        "api = ApiDefinition(NoSwitches, lambda _switches: flows_api)\n"
    )
    monkeypatch.setattr(apis, "__path__", [*apis.__path__, str(tmp_path)])
    with running(Voice) as voice:
        assert_refused(voice.get("/studio.twilio.com/v2/Flows"), 500, "bug")
    assert "The emulator has a bug" in caplog.text
    caplog.clear()


@proves("emulator.switches")
def test_a_switch_is_checked_and_documented() -> None:
    given: list[tuple[dict[str, Any], str]] = [
        ({"nothing": 1}, "there is no switch 'nothing'"),
        ({"voice_timestamps": "on"}, "voice_timestamps cannot be 'on'; it can be True or False"),
        ({"voice_timestamps": 1}, "voice_timestamps cannot be 1; it can be True or False"),
        ({"voice_create_status": "200"}, "voice_create_status cannot be '200'; it can be 201 or 200"),
        ({"voice_delete_of_default": "keep"}, "cannot be 'keep'; it can be 'unset' or 'refuse'"),
        ({"orchestrator_lag": -1}, "orchestrator_lag cannot be -1; it can be a number from 0 up"),
        ({"orchestrator_lag": True}, "orchestrator_lag cannot be True; it can be a number from 0 up"),
    ]
    for values, message in given:
        with pytest.raises(ValueError, match=re.escape(message)):
            Emulator(switches=Switches(**values))
    documentation = DOCS.read_text()
    assert [name for name in switch_kinds(apis.switch_groups()) if f"`{name}`" not in documentation] == []


@proves("emulator.strict")
def test_a_body_is_limited_for_every_host_and_not_waited_for(voice: Voice, emulator: Emulator) -> None:
    chunks = [b" " * 65536] * 17
    for path in (Voice.path, "/nowhere/else", "/_emulator/clock", "/_emulator/faults"):
        for data in (b"".join(chunks), iter(chunks)):
            response = voice.request("POST", path, data=data)
            assert response.status_code == 413
            assert "larger than 1048576 bytes" in response.json()["message"]
    largest = json.dumps(configuration()).ljust(1 << 20)
    assert voice.request("POST", Voice.path, data=largest, headers={"Content-Type": "application/json"}).ok
    head = f"POST {Telephony.path} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
    with connection(emulator) as opened, opened.makefile("rb") as answer:
        opened.sendall(f"{head}Content-Length: {10**15}\r\n\r\n".encode())
        assert answer.readline().startswith(b"HTTP/1.1 413 ")


def test_the_newest_operations_keys_and_faults_are_remembered(
    monkeypatch: pytest.MonkeyPatch, orchestrator: Orchestrator
) -> None:
    monkeypatch.setattr(store, "MAX_KEPT", 3)
    monkeypatch.setattr(registry, "MAX_FAULTS", 3)
    urls = [orchestrator.start()[0].json()["statusUrl"] for _ in range(4)]
    assert [orchestrator.get(url).status_code for url in urls] == [404, 200, 200, 200]
    assert len(orchestrator.objects(Orchestrator.type)) == 4
    keys = [str(UUID(int=number)) for number in range(4)]
    for count, sent in ((8, [*keys, keys[1], keys[3]]), (9, keys[:1])):
        for key in sent:
            orchestrator.write("POST", json=body(), key=key)
        assert len(orchestrator.objects(Orchestrator.type)) == count
    emulator = orchestrator.emulator
    faults = [emulator.inject("*", Reset(), where="never") for _ in range(3)]
    with pytest.raises(ValueError, match="3 faults already; remove some"):
        emulator.inject("*", Reset())
    faults[0].remove(may_be_idle=True)
    fault = {"at": "*", "do": {"kind": "reset"}, "where": "never"}
    answers = [orchestrator.post("/_emulator/faults", fault) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 400]
    assert answers[1].json()["message"].startswith("there are 3 faults already")
