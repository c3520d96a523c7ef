"""Faults: which request one acts on, what it does, and how a test or a control request holds it."""

import re
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
import requests
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import (
    Answer,
    Hold,
    Injected,
    NeverFiredError,
    Outage,
    RateLimit,
    Reset,
    Stale,
    Stall,
    Truncate,
)
from pulumi_switchboard.emulator.faults.answers import Bucket

from tests.emulator.client import (
    SECONDS,
    Client,
    Voice,
    address,
    assert_refused,
    configuration,
    connection,
    create_request,
    receive_all,
    running,
)
from tests.promises import proves

CREATE, LIST = f"POST {Voice.path[1:]}", f"GET {Voice.path[1:]}"
FETCH, DELETE = f"GET {Voice.path[1:]}/{{id}}", f"DELETE {Voice.path[1:]}/{{id}}"
OPERATION = "POST conversations.twilio.com/v2/ControlPlane/Configurations"
FAULTS = "/_emulator/faults"
INFINITE, NAN = float("inf"), float("nan")


def statuses(client: Client, count: int, path: str = Voice.path) -> list[int]:
    return [client.get(path).status_code for _ in range(count)]


@proves("emulator.faults")
def test_a_fault_acts_on_the_nth_matching_request_and_as_many_as_were_told(voice: Voice) -> None:
    inject = voice.emulator.inject
    for nth, times, expected in (
        (1, 1, [503, 200, 200]),
        (2, 2, [200, 503, 503, 200]),
        (1, None, [503, 503, 503]),
    ):
        with inject(LIST, Answer(503), nth=nth, times=times) as injected:
            assert statuses(voice, len(expected)) == expected
        assert injected.fired == expected.count(503)
    assert statuses(voice, 1) == [200]
    with inject(LIST, Answer(500)), inject("*", Answer(503)):
        assert statuses(voice, 3) == [500, 503, 200], "the first acts, and the other keeps its turn"
    with inject(LIST, Answer(500), times=2), inject(LIST, Answer(503), nth=3):
        assert statuses(voice, 4) == [500, 500, 503, 200], "it counts those that another acts on"
    limit = RateLimit(per_second=0.001, burst=2, retry_after="soon")
    with inject("* " + Voice.path[1:], limit) as limited, inject(LIST, Answer(503), nth=2):
        assert statuses(voice, 2) == [200, 503], "a request within the rate is left to others"
        refused = [voice.post(Voice.path, configuration()), voice.get(Voice.path)]
    assert [each.headers["Retry-After"] for each in refused if each.status_code == 429] == ["soon"] * 2
    assert (limited.fired, voice.emulator.state) == (2, {})


@proves("emulator.faults")
def test_a_fault_finds_a_request_by_method_host_path_and_text(voice: Voice) -> None:
    inject = voice.emulator.inject
    item = f"{Voice.path}/{voice.create()['id']}"
    with inject(LIST, Answer(503)):
        assert statuses(voice, 1, "/voice.dublin.ie1.twilio.com/v2/Configurations/Client") == [503]
    for at in (FETCH, FETCH.replace("{id}", "{anything}"), FETCH.replace("Client", "{kind}")):
        with inject(at, Answer(503)):
            assert statuses(voice, 2, item) == [503, 200]
    for id in ("a%2Fb", "a%20b"):
        with inject(FETCH.replace("{id}", id), Answer(503)):
            assert statuses(voice, 1, f"{Voice.path}/other") == [404]
            assert statuses(voice, 1, f"{Voice.path}/{id}") == [503]
    with inject(LIST.replace("GET", "*"), Answer(503), times=2):
        assert [*statuses(voice, 1), voice.post(Voice.path).status_code] == [503, 503]
    with inject("*", Answer(503), times=None):
        assert statuses(voice, 1) == [503]
        assert voice.get("/nowhere/else").json() == {"message": "The emulator was told to answer 503 here"}
        assert statuses(voice, 1, "/_emulator/state") == [200]
    with inject("*", Answer(503), where="my desk", times=2):
        assert statuses(voice, 1) == [200]
        assert statuses(voice, 1, f"{Voice.path}/my%20desk") == [503]
        assert statuses(voice, 1, f"{Voice.path}?pageToken=my%20desk") == [503]


@proves("emulator.faults")
def test_a_place_or_a_value_that_cannot_be_is_refused(emulator: Emulator) -> None:
    """See `test_a_wrong_fault_is_explained_and_not_injected` for the values that JSON can have."""
    hosts = [LIST.replace("voice", name) for name in ("studio", "voice.dublin.ie1")]
    paths = ["GET voice.twilio.com/v2/Configurations", "* voice.twilio.com/v2/Configurations/Server"]
    for at in ("", "GET", "GET *", LIST.replace("GET", "PATCH"), f"{LIST}/", *hosts, *paths):
        with pytest.raises(ValueError, match=re.escape(f"'{at}' matches no route")) as refused:
            emulator.inject(at, Answer(503))
        assert "PUT voice.twilio.com/v2/Configurations/Client/{id}" in str(refused.value)
    wrong: list[tuple[Callable[[], object], str]] = [
        *((partial(Answer, 200, json=value), "json: must be a JSON value") for value in (NAN, object())),
        (partial(Answer, 200, text="\ud800"), "text: must be Unicode"),
        *((partial(Stall, seconds), "seconds: must be 0 or more") for seconds in (INFINITE, NAN)),
        *((partial(Answer, 429, retry_after=no), "retry_after: must be a number") for no in (INFINITE, NAN)),
    ]
    for make, message in wrong:
        with pytest.raises(ValueError, match=message):
            make()


@proves("emulator.faults")
def test_an_answer_is_as_it_was_told(voice: Voice) -> None:
    def answered(answer: Answer) -> requests.Response:
        with voice.emulator.inject(LIST, answer):
            return voice.get(Voice.path)

    values: list[Any] = [None, [], "text", False, {"content": None}]
    for value in values:
        response = answered(Answer(200, json=value))
        assert (response.status_code, response.json()) == (200, value)
        assert response.headers["Content-Type"] == "application/json"
        assert response.headers["Twilio-Request-Id"]
    page = answered(Answer(502, text="<h1>Bad gateway</h1>"))
    assert (page.status_code, page.text) == (502, "<h1>Bad gateway</h1>")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Twilio-Request-Id" not in page.headers
    given = {"twilio-request-id": "RQ1", "X-Empty": ""}
    headers = answered(Answer(200, json={}, content_type="text/plain", headers=given)).headers
    assert [headers[name] for name in ("Content-Type", *given)] == ["text/plain", *given.values()]
    for status in (200, 202, 204, 304):
        response = answered(Answer(status))
        assert (response.status_code, response.content) == (status, b"")


def test_the_tokens_of_a_rate_limit_come_back_with_time_up_to_the_burst() -> None:
    clock = {"now": 0.0}
    bucket = Bucket(per_second=2, burst=3, clock=lambda: clock["now"])
    for clock["now"], count in ((0.0, 3), (0.5, 1), (100.0, 3)):
        assert [bucket.is_empty() for _ in range(count + 1)] == [False] * count + [True]


@proves("emulator.faults")
def test_a_stale_answer_is_as_before_the_last_write(voice: Voice) -> None:
    created = voice.create(description="old")
    path = f"{Voice.path}/{created['id']}"

    def stale() -> requests.Response:
        with voice.emulator.inject(FETCH, Stale()):
            return voice.get(path)

    assert_refused(stale(), 404)
    voice.put(path, configuration(description="new"))
    assert_refused(voice.put(path, {}), 400)
    assert stale().json() == created, "a refused write does not count"
    voice.delete(path)
    assert stale().json()["description"] == "new"
    with voice.emulator.inject(LIST, Stale()):
        assert [each["id"] for each in voice.get(Voice.path).json()["content"]] == [created["id"]]
    assert voice.emulator.state == {}


def partition(received: bytes) -> tuple[bytes, int, bytes]:
    """Return the head of an answer, the length that it tells, and what there is of the body."""
    head, _, body = received.partition(b"\r\n\r\n")
    return head, int(head.lower().partition(b"content-length: ")[2].split()[0]), body


@proves("emulator.faults")
def test_a_connection_breaks_before_or_after_processing_or_in_the_body(emulator: Emulator) -> None:
    for after in (False, True):
        with connection(emulator) as opened, emulator.inject(CREATE, Reset(after=after)):
            opened.sendall(create_request())
            with pytest.raises(ConnectionResetError):
                opened.recv(1)
        assert bool(emulator.state) == after
        assert emulator.journal[-1].status is None
    with connection(emulator) as opened, emulator.inject(CREATE, Truncate()):
        opened.sendall(create_request())
        head, length, body = partition(receive_all(opened))
    assert head.startswith(b"HTTP/1.1 201 ")
    assert 0 < len(body) == length // 2
    with Voice(emulator) as voice:
        assert len(voice.objects(Voice.type)) == 2
        broken = pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead")
        with emulator.inject(CREATE, Truncate()), broken:
            voice.post(Voice.path, configuration())
        with emulator.inject(DELETE, Truncate()):  # without a body, there is nothing to cut off
            assert voice.delete(f"{Voice.path}/{voice.create()['id']}").status_code == 204


@proves("emulator.faults")
def test_an_outage_ends_with_its_release_time_or_block_on_the_same_port(voice: Voice) -> None:
    emulator, url = voice.emulator, voice.emulator.url
    with connection(emulator) as idle, emulator.inject(CREATE, Outage()) as injected:
        idle.sendall(b"GET /_emulator/state HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert idle.recv(1)
        response = voice.post(Voice.path, configuration())
        assert (response.status_code, response.headers["Connection"]) == (201, "close")
        assert receive_all(idle).endswith(b"{}")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address(emulator))
        with pytest.raises(OSError, match="in use"):
            socket.create_server(address(emulator))
        injected.release()
        assert voice.get(Voice.path).json()["content"] == [response.json()]
    with emulator.inject(LIST, Outage(0.05)):
        assert voice.get(Voice.path).ok
        for _ in range(1000):
            with suppress(requests.ConnectionError):
                assert voice.get(Voice.path).ok
                break
            time.sleep(0.01)
    with emulator.outage():
        with emulator.outage():
            pass
        with pytest.raises(requests.ConnectionError, match="refused"):
            voice.get(Voice.path)
    assert (voice.get(Voice.path).status_code, emulator.url) == (200, url)
    with pytest.raises(RuntimeError, match="unless its `with` block runs"), Emulator().outage():
        pass
    with Emulator() as other:
        port, outage = address(other), other.outage()
        outage.__enter__()
    with socket.create_server(port):
        pass  # the emulator has ended during the outage and left the port
    outage.__exit__(None, None, None)


@proves("emulator.faults")
def test_a_request_waits_before_or_after_it_is_processed_even_if_its_client_goes(
    voice: Voice, pool: ThreadPoolExecutor
) -> None:
    emulator = voice.emulator
    actions: list[Hold | Stall] = [Hold("before"), Stall(point="before"), Hold("after"), Stall(point="after")]
    for action in actions:
        emulator.reset()
        with emulator.inject(CREATE, action) as injected:
            response = pool.submit(voice.post, Voice.path, configuration())
            injected.wait()
            assert len(voice.objects(Voice.type)) == (action.point == "after")
            assert [entry.status for entry in emulator.journal] == [None]
            assert not response.done()
            injected.release()
            assert len(voice.objects(Voice.type)) == 1
            assert [entry.status for entry in emulator.journal] == [201]
        assert response.result().status_code == 201
    points: list[Any] = ["before", "after", "body"]
    for point in points:
        with emulator.inject(CREATE, Stall(0.01, point)):
            assert voice.create()
    for action in (*actions, Stall(point="body")):
        emulator.reset()
        with emulator.inject(CREATE, action) as injected:
            with connection(emulator) as opened:
                opened.sendall(create_request())
                injected.wait()
            injected.release()
            assert len(voice.objects(Voice.type)) == (action != Hold()), "dropped, as the client has gone"
            is_answered = isinstance(action, Stall) and action.point == "body"
            assert [entry.status for entry in emulator.journal] == [201 if is_answered else None]


@proves("emulator.faults")
def test_a_stall_in_the_body_comes_after_the_head_and_half_of_it(emulator: Emulator) -> None:
    with connection(emulator) as opened, emulator.inject(CREATE, Stall(point="body")) as injected:
        opened.sendall(create_request())
        injected.wait()
        received = opened.recv(65536)
        while b"\r\n\r\n" not in received or len((parts := partition(received))[2]) < parts[1] // 2:
            received += opened.recv(65536)
        opened.settimeout(0.05)
        with pytest.raises(TimeoutError):
            opened.recv(1)
        opened.settimeout(SECONDS)
        injected.release()
        length = partition(received)[1]
        while len(partition(received)[2]) < length:
            received += opened.recv(65536)


@proves("emulator.faults")
def test_held_requests_block_no_other_and_go_on_with_the_release_or_the_end_of_the_fault(
    voice: Voice, pool: ThreadPoolExecutor
) -> None:
    emulator = voice.emulator

    def create(name: str) -> str:
        with Voice(emulator) as client:
            return str(client.create(name)["unique_name"])

    held = {f"held-{number}" for number in range(3)}
    with emulator.inject(CREATE, Hold(), times=4, where="held") as injected:
        answers = [pool.submit(create, name) for name in held]
        injected.wait()
        voice.create("free")
        assert [shown["unique_name"] for shown in voice.objects(Voice.type).values()] == ["free"]
        assert voice.post(f"{FAULTS}/{injected.id}/release").status_code == 204
        assert {answer.result() for answer in answers} == held
        assert create("held-no-more")
    ends: list[tuple[Callable[[Injected], object], bool]] = [
        (lambda held: held.remove(), False),
        (lambda held: voice.delete(f"{FAULTS}/{held.id}"), False),
        (lambda _: emulator.reset(), True),
        (lambda _: voice.post("/_emulator/reset"), True),
    ]
    for end, is_reset in ends:
        emulator.reset()
        injected = emulator.inject(CREATE, Hold())
        emulator.inject("* voice.twilio.com/v2/Configurations/Client", Answer(503), nth=9)
        answer = pool.submit(create, "name")
        injected.wait()
        end(injected)
        assert answer.result() == "name"
        left = (voice.get(FAULTS).json() == [], emulator.state == {}, emulator.journal == [])
        assert left == (is_reset,) * 3


@proves("emulator.faults")
def test_a_fault_that_never_fired_is_an_error_at_the_end_of_its_block_or_the_emulator(voice: Voice) -> None:
    injected = voice.emulator.inject(LIST, Answer(503), nth=2, where="page")
    voice.get(f"{Voice.path}?pageSize=1")
    said = (
        f"Answer(status=503) at '{LIST}' (nth=2 where 'page') did not fire within 0.01 s; 1 requests matched"
    )
    with pytest.raises(TimeoutError, match=re.escape(said)):
        injected.wait(0.01)
    injected.remove(may_be_idle=True)
    never_held = f"Hold() at '{CREATE}' (nth=1)"
    with pytest.raises(NeverFiredError) as never, voice.emulator.inject(CREATE, Hold()):
        pass
    assert str(never.value) == f"never fired: {never_held}"
    with pytest.raises(NeverFiredError), voice.emulator.inject(LIST, RateLimit(per_second=1)):
        voice.get(Voice.path)  # within the rate
    with pytest.raises(KeyError), voice.emulator.inject(CREATE, Hold()):
        raise KeyError
    emulator = Emulator()
    emulator.inject(LIST, Answer(503))
    emulator.inject(CREATE, Hold()).remove()
    emulator.inject("*", Hold()).remove(may_be_idle=True)
    with pytest.raises(NeverFiredError) as never, emulator:
        pass
    assert str(never.value) == f"never fired: {never_held}; Answer(status=503) at '{LIST}' (nth=1)"
    with emulator, Voice(emulator) as client:
        assert statuses(client, 1) == [200], "a new start has no faults"
        emulator.inject(LIST, Hold())
        emulator.reset()
        client.delete(f"{FAULTS}/{emulator.inject(LIST, Hold()).id}")
    emulator.inject(CREATE, Answer(503))
    with pytest.raises(KeyError), emulator:
        raise KeyError


def test_the_end_of_the_emulator_answers_what_is_held_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    with Emulator() as emulator, connection(emulator) as held, connection(emulator) as stalled:
        for opened, action in ((held, Hold()), (stalled, Stall(1000))):
            injected = emulator.inject(CREATE, action)
            opened.sendall(create_request())
            injected.wait()
        emulator.__exit__(None, None, None)
        for opened in (held, stalled):
            assert opened.recv(65536).startswith(b"HTTP/1.1 201 ")
    assert set(threading.enumerate()) <= before
    with running(Voice) as voice:
        voice.emulator.inject(CREATE, Outage())
        voice.create()


@proves("emulator.control")
def test_every_fault_has_a_json_form_that_is_shown_with_how_often_it_fired(voice: Voice) -> None:
    action: dict[str, Any] = {"kind": "answer", "status": 503, "json": None, "headers": {"X-A": "b"}}
    sent = {"at": LIST, "nth": 2, "times": None, "where": "page", "do": action}
    fault = voice.post(FAULTS, sent).json()
    assert fault == {**sent, "id": fault["id"], "fired": 0}
    assert statuses(voice, 3, f"{Voice.path}?pageSize=1") == [200, 503, 503]
    assert voice.get(f"{FAULTS}/{fault['id']}").json() == {**fault, "fired": 2}
    assert voice.get(FAULTS).json() == [{**fault, "fired": 2}]
    actions: list[dict[str, Any]] = [
        {"kind": "answer", "status": 503, "retry_after": 1},
        {"kind": "rate_limit", "per_second": 2, "burst": 3, "retry_after": "1"},
        {"kind": "reset", "after": True},
        {"kind": "stall", "seconds": 0.5, "point": "body"},
        *({"kind": kind} for kind in ("truncate", "stale")),
        {"kind": "hold", "point": "after"},
        {"kind": "outage", "seconds": 1},
        {"kind": "operation", "end": "FAILED", "title": "a", "detail": "b", "code": None, "status": 400},
        {"kind": "operation", "end": "CANCELLED", "applied": True, "time": 0.5, "word": "QUEUED"},
        {"kind": "operation", "end": "vanished", "polls": 2},
    ]
    for action in actions:
        at = OPERATION if action["kind"] == "operation" else LIST
        assert voice.post(FAULTS, {"at": at, "do": action}).json()["do"] == action
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/release")):
        response = voice.request(method, f"{FAULTS}/nothing{path}")
        assert (response.status_code, "There is no fault 'nothing'" in response.text) == (404, True)


@proves("emulator.control")
def test_a_wrong_fault_is_explained_and_not_injected(voice: Voice) -> None:
    reset = {"kind": "reset"}
    kinds = "do: kind must be one of 'answer', 'rate_limit', 'reset', "
    wrong: list[tuple[Any, str]] = [
        ({}, "at: is required; add it; do: is required; add it"),
        ([], "body: must be an object"),
        ({"at": "GET nowhere", "do": reset}, "at: 'GET nowhere' matches no route; use *"),
        ({"at": "*", "do": reset, "nth": 0}, "nth: must be 1 or more"),
        ({"at": "*", "do": reset, "nth": "1"}, "nth: must be a valid integer"),
        ({"at": "*", "do": reset, "times": 0}, "times: must be 1 or more, or null"),
        ({"at": "*", "do": reset, "ntimes": 1}, "ntimes: is unknown; leave it out"),
    ]
    actions: list[tuple[Any, str]] = [
        *(({}, kinds), ({"kind": "x"}, kinds), ("reset", "do: must be an object")),
        ({**reset, "x": 1}, "do.x: is unknown; leave it out"),
        ({"kind": "answer"}, "do.status: is required; add it"),
        ({"kind": "stall", "point": "x"}, "do.point: must be 'before', 'after' or"),
        ({"kind": "stall", "seconds": -1}, "do.seconds: must be 0 or more"),
        ({"kind": "hold", "point": "body"}, "do.point: must be 'before' or 'after'"),
        ({"kind": "stale"}, "at: Stale acts on GET only; begin with that method"),
        ({"kind": "outage"}, "do.seconds: is required here"),
        ({"kind": "rate_limit", "per_second": 0}, "per_second: must be a number above 0"),
        *(
            ({"kind": "rate_limit", "per_second": 1, "burst": burst}, "burst: must be from 1 to 1000000")
            for burst in (0, 10**400)
        ),
    ]
    answers: list[tuple[dict[str, Any], str]] = [
        *(({"status": status}, "do.status: must be from 200 to 599") for status in (100, 600)),
        ({"retry_after": []}, "do.retry_after: must be a valid integer or "),
        ({"status": 204, "json": None}, "status: 204 has no body"),
        ({"json": {}, "text": ""}, "json, text: only one"),
        ({"headers": {"Content-Length": "1"}}, "Content-Length follows from the body"),
        ({"headers": {"a b": "1"}}, "headers: 'a b' is not a name"),
        ({"headers": {"A": "1\r\nB: 2"}}, "headers: A must be printable ASCII"),
    ]
    operations: list[tuple[dict[str, Any], str]] = [
        ({"end": "DONE"}, "do.end: must be 'COMPLETED', 'FAILED', "),
        ({"end": "FAILED", "status": 200}, "do.status: must be from 400 to 599"),
        ({"end": "COMPLETED", "time": -1}, "do.time: must be 0 seconds or more"),
        ({"end": "COMPLETED", "polls": 0}, "do.polls: must be 1 or more"),
        ({"end": "COMPLETED", "time": 1, "polls": 1}, "time, polls: only one can say when it ends"),
        ({"end": "PENDING", "polls": 1}, "time, polls: a PENDING one ends with the release"),
        ({"end": "COMPLETED", "applied": True}, "do.applied: only one that failed or was cancelled"),
        ({"end": "COMPLETED", "word": ""}, "do.word: must not be empty"),
    ]
    actions += [({"kind": "answer", "status": 503, **members}, message) for members, message in answers]
    wrong += [({"at": "*", "do": action}, message) for action, message in actions]
    for members, message in operations:
        wrong += [({"at": OPERATION, "do": {"kind": "operation", **members}}, message)]
    for body, message in wrong:
        response = voice.post(FAULTS, body)
        assert (response.status_code, set(response.json())) == (400, {"message"})
        assert message in response.json()["message"]
    deep = "nested more than 100 levels deep"
    texts = [(text, 'body: must be JSON such as {"at": ') for text in (b"", b"{", b"\xff")]
    for data, message in (*texts, *((b"[" * depth + b"]" * depth, deep) for depth in (101, 200_000))):
        response = voice.request("POST", FAULTS, data=data)
        assert (response.status_code, message in response.json()["message"]) == (400, True)
    assert voice.get(FAULTS).json() == []
