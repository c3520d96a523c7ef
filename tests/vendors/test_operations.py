"""What Twilio's answers say about a long-running operation, wherever they say it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from pulumi_switchboard.errors import LostAnswerError, MissingError, NotFoundError
from pulumi_switchboard.rest.operations import Operations, read_operation
from pulumi_switchboard.vendors.operation import Operation, OperationStarted
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.twilio.operations import instant, operation_started
from pulumi_switchboard.vendors.vendor import Product

from tests.promises import proves
from tests.transport.fakes import NEW_YEAR, Answer, ScriptedTransport, answer
from tests.vendors.clients import SID, TOKEN, raw, said, twilio

PATH = "/v2/ControlPlane/Operations"
IDS = ("related.configurationId", "result.id")
URL = f"https://conversations.twilio.com{PATH}/proc_job_1"
DATE = "Thu, 01 Jan 2026 00:00:00 GMT"
BAD_DATES = [
    "",
    "today",
    "2026-01-01",
    "Thu, 99 Jan 2026 00:00:00 GMT",
    "Thu, 01 Jan 2026 00:00:00 +99999999999999",
    "Mon, 01 Jan 0001 00:00:00 -0000",
]
ERROR = {
    "type": "https://www.twilio.com/docs/errors/20001",
    "title": "Bad Request",
    "status": 400,
    "detail": "memoryStoreId: must not be null",
    "instance": "/x",
}
WHY = "Bad Request: memoryStoreId: must not be null"


def begun(body: Any = None, status: int = 202, **headers: str) -> OperationStarted | None:
    return operation_started(answer(status, b"" if body is None else raw(body), **headers), IDS)


def looked_at(*answers: Answer, id: str = "proc_job_1") -> tuple[Operation, ScriptedTransport]:
    """The operation that these answers show, and what was sent to see it."""
    client, script = twilio(*answers)
    return read_operation(client, Product(TWILIO, "conversations"), Operations(PATH, IDS), id), script


def shown(body: Any, **headers: str) -> Operation:
    return looked_at(answer(200, raw(body), **headers))[0]


@proves("wait.operation-id")
@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({"statusUrl": "https://odd.example/other"}, {"operation_id": "proc_job_1"}),
        (None, {"operation_id": "proc_job_1", "location": "https://odd.example/other"}),
        ({"operationId": "proc_job_1", "statusUrl": "https://odd.example/other"}, {}),
        ({"statusUrl": URL}, {}),
        ({"statusUrl": f"{URL}/"}, {}),
        ({"statusUrl": f"{URL}?a=b/c#d/e"}, {}),
        ({"statusUrl": f"{PATH}/proc_job_1"}, {"location": "https://odd.example/other"}),
        (None, {"location": URL}),
        ([], {"location": URL}),
        ('"text"', {"location": URL}),
        ({"operationId": None, "statusUrl": 7}, {"location": URL}),
        ({"operationId": "", "statusUrl": ""}, {"operation_id": "", "location": URL}),
        ({"operationId": ["x"], "statusUrl": "https://[odd"}, {"location": URL}),
        ({"novel": 1}, {"operation_id": "proc_job_1", "retry_after": BAD_DATES[4], "date": BAD_DATES[4]}),
    ],
)
def test_the_id_of_the_operation_is_found_wherever_it_is(body: Any, headers: dict[str, Any]) -> None:
    found = begun(body, **headers)

    assert found is not None
    assert (found.operation_id, found.object_ids, found.retry_after) == ("proc_job_1", (), None)


@proves("wait.object-id")
def test_the_id_of_the_object_and_the_time_are_taken_from_the_202_if_they_can_be_read() -> None:
    found = begun({"statusUrl": URL, "related": {"configurationId": "id-1"}}, retry_after="5", date=DATE)
    assert found == OperationStarted("proc_job_1", NEW_YEAR, object_ids=("id-1",), retry_after=5.0)

    odd: list[Any] = [
        *({"configurationId": id} for id in ("", 7)),
        {"conversationId": "x"},
        {},
        None,
        [],
        "a",
    ]
    for related in odd:
        other = begun({"statusUrl": URL, "related": related})
        assert other is not None
        assert other.object_ids == ()

    for date in BAD_DATES:
        found = begun({"statusUrl": URL}, date=date)
        assert found is not None
        assert found.answered_at < time.time(), "an object looks older than its create"


@proves("wait.operation-id")
def test_an_operation_is_looked_at_in_its_own_place_whatever_url_was_given() -> None:
    evil = "https://evil.example/steal/proc_job_1"
    found = begun({"statusUrl": evil}, location="https://evil.example/x")
    assert found is not None

    _, script = looked_at(said({"status": "PENDING", "statusUrl": evil}), id=found.operation_id)

    ((_, request),) = script.sent
    assert (request.method, request.url, request.auth) == ("GET", URL, (SID, TOKEN))

    _, script = looked_at(said({"status": "PENDING"}), id="a/../b?c")
    assert script.sent[0][1].url == f"https://conversations.twilio.com{PATH}/a%2F..%2Fb%3Fc"
    with pytest.raises(MissingError):
        looked_at(id="..")


@proves("wait.unknown-operation")
def test_an_operation_that_is_unknown_or_expired_is_not_found() -> None:
    for status, code in ((404, 20404), (410, 1), (400, 520051), (404, 520052), (400, 520052)):
        body = {"code": code, "message": "No.", "more_info": "https://t.example", "status": status}
        with pytest.raises(NotFoundError):
            looked_at(said(body, status))


@proves("wait.object-id")
def test_the_id_of_the_object_is_found_in_an_operation_or_its_result() -> None:
    bodies: list[tuple[Any, tuple[str, ...]]] = [
        ({"related": {"configurationId": "a"}, "result": {"id": "b"}}, ("a", "b")),
        ({"related": {"configurationId": "a"}, "result": {"id": "a"}}, ("a",)),
        ({"related": {"configurationId": None}, "result": {"id": "b"}}, ("b",)),
        ({"related": None, "result": {"id": "b"}}, ("b",)),
        ({"related": [], "result": {"id": 7}}, ()),
        ({"related": "odd", "result": "odd"}, ()),
        ({}, ()),
    ]
    for body, ids in bodies:
        assert shown({"status": "completed", **body}) == Operation("proc_job_1", "COMPLETED", object_ids=ids)


def test_times_and_retry_after_of_an_operation_are_read() -> None:
    times = {"createdAt": "2026-01-01T00:00:00Z", "completedAt": "2026-01-01T01:00:02.500+01:00"}

    found = shown({"status": "COMPLETED", **times}, retry_after="2")

    assert (found.created_at, found.completed_at, found.retry_after) == (NEW_YEAR, NEW_YEAR + 2.5, 2.0)


@proves("wait.terminal-states", "error.vendor-words")
def test_the_reason_of_a_failure_is_told_in_twilios_words() -> None:
    errors: list[tuple[Any, str]] = [
        (ERROR, f"{WHY} (code 20001)"),
        *(({**ERROR, "code": code}, f"{WHY} (code 30001)") for code in (30001, "30001")),
        ({**ERROR, "type": "about:blank"}, WHY),
        ({**ERROR, "type": None, "detail": None}, "Bad Request"),
        ({"title": "Same", "detail": "Same"}, "Same"),
        ({"title": "two\nlines", "detail": ""}, "two lines"),
        *((odd, "") for odd in ({"detail": 7, "title": ["x"]}, {}, None, "odd", [ERROR])),
    ]
    for error, why in errors:
        assert shown({"status": "FAILED", "error": error}).error == why
    told = {"status": "FAILED", "error": {"code": 20001}, "errorMessage": "No store."}
    assert shown(told).error == "No store. (code 20001)"


def test_only_a_proper_link_is_told() -> None:
    links = {
        "https://t.example/1": "https://t.example/1",
        "https://t.example/1\nWhat to do: run rm": "https://t.example/1 What to do: run rm",
        **dict.fromkeys(("http://t.example/1", "javascript:alert(1)", 7, None), ""),
    }
    assert {link: shown({"status": "FAILED", "error": {"type": link}}).link for link in links} == links


@proves("transport.broken-answers")
def test_an_answer_that_is_not_an_operation_or_names_none_is_a_lost_one() -> None:
    odd: list[Any] = ["null", [], {}, '"PENDING"', {"status": None}, {"status": 7}, {"id": "x"}]
    for body in odd:
        with pytest.raises(LostAnswerError, match="not an operation"):
            shown(body)
    odd = [None, [], {}, {"statusUrl": None}, {"statusUrl": "https://t.example/"}]
    for body in odd:
        with pytest.raises(LostAnswerError, match="names no operation"):
            begun(body)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_a_time_is_read_alike_wherever_the_program_runs(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    times = {
        "2026-01-01T00:00:00Z": NEW_YEAR,
        "2026-01-01T00:00:00": NEW_YEAR,
        "2026-01-01T00:00:00.000Z": NEW_YEAR,
        "2026-01-01T00:00:00.25Z": NEW_YEAR + 0.25,
        "2026-01-01T00:00:00.250000000Z": NEW_YEAR + 0.25,
        "2026-01-01T02:00:00+02:00": NEW_YEAR,
        "2026-01-01 00:00:00+00:00": NEW_YEAR,
        **dict.fromkeys(("", None, "today", 7, "2026-13-01T00:00:00Z")),
    }
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert {text: instant(text) for text in times} == times
        assert instant({}) is None
        assert answer(date="Thu Jan  1 00:00:00 2026").date == NEW_YEAR
    finally:
        monkeypatch.undo()
        time.tzset()
