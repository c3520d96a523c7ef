"""What Twilio's answers say about operations, wherever they say it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from pulumi_switchboard.core.operations import Accepted, Operation
from pulumi_switchboard.errors import LostAnswerError, MissingError, NotFoundError
from pulumi_switchboard.http.messages import Response
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import Twilio
from pulumi_switchboard.vendors.twilio.operations import accepted, instant, operation

from tests.http.fakes import Answer, Wire, answer

SID = "AC" + "1" * 32
URL = "https://conversations.twilio.com/v2/ControlPlane/Operations/proc_job_1"
TOKEN = "the-auth-token"
PATH = "/v2/ControlPlane/Operations"
DATE = "Thu, 01 Jan 2026 00:00:00 GMT"
NEW_YEAR = 1767225600.0
E4 = {
    "type": "https://www.twilio.com/docs/errors/20001",
    "title": "Bad Request",
    "status": 400,
    "detail": "memoryStoreId: must not be null",
    "instance": "/x",
}


def said(body: Any = None, status: int = 202, **headers: str) -> Accepted | None:
    """What an answer says."""
    raw = b"" if body is None else json.dumps(body).encode()
    return accepted(answer(status, raw, **headers), "configurationId")


def looked(body: Any, **headers: str) -> Operation:
    """The operation that an answer shows."""
    return look(answer(200, json.dumps(body).encode(), **headers))[0]


def look(*answers: Answer, id: str = "proc_job_1") -> tuple[Operation, Wire]:
    """The operation that these answers show."""
    wire = Wire(iter(answers))
    settings = {"twilio:accountSid": SID, "twilio:authToken": TOKEN}
    twilio = Twilio.sign_in(Sources(settings, {}), lambda _: wire.line())
    return operation(twilio, "conversations", PATH, id, "configurationId"), wire


# --- the answer to a write


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({"statusUrl": "https://odd.example/other"}, {"operation_id": "proc_job_1"}),
        (None, {"operation_id": "proc_job_1", "location": "https://odd.example/other"}),
        ({"operationId": "proc_job_1", "statusUrl": "https://odd.example/other"}, {}),
        ({"statusUrl": URL}, {}),
        ({"statusUrl": URL + "/"}, {}),
        ({"statusUrl": URL + "?a=b/c#d/e"}, {}),
        ({"statusUrl": "/v2/ControlPlane/Operations/proc_job_1"}, {"location": "https://odd.example/other"}),
        (None, {"location": URL}),
        ([], {"location": URL}),
        ("text", {"location": URL}),
        ({"operationId": None, "statusUrl": 7}, {"location": URL}),
        ({"operationId": "", "statusUrl": ""}, {"operation_id": "", "location": URL}),
        ({"operationId": ["x"], "statusUrl": "https://[odd"}, {"location": URL}),
    ],
)
def test_the_id_of_the_operation_is_found_wherever_it_stands(body: Any, headers: dict[str, Any]) -> None:
    found = accepted(
        answer(202, json.dumps(body).encode() if body is not None else b"", **headers), "configurationId"
    )

    assert found is not None
    assert found.operation_id == "proc_job_1"


@pytest.mark.parametrize(
    ("related", "id"),
    [
        ({"configurationId": "cfg_configuration_1"}, "cfg_configuration_1"),
        ({"configurationId": ""}, None),
        ({"configurationId": 7}, None),
        ({"conversationId": "x"}, None),
        ({}, None),
        (None, None),
        ([], None),
        ("odd", None),
    ],
)
def test_the_id_of_the_object_is_taken_where_there_is_one(related: Any, id: str | None) -> None:
    found = said({"statusUrl": URL, "related": related})

    assert found is not None
    assert found.object_ids == ((id,) if id else ())


def test_nonsense_in_a_header_does_not_lose_an_operation() -> None:
    odd = "Thu, 01 Jan 2026 00:00:00 +99999999999999"

    found = said({"statusUrl": URL}, retry_after=odd, date=odd)

    assert found is not None
    assert (found.operation_id, found.retry_after) == ("proc_job_1", None)


def test_the_server_says_when_to_look_and_what_time_it_is() -> None:
    found = said({"statusUrl": URL}, retry_after="5", date=DATE)

    assert found == Accepted("proc_job_1", NEW_YEAR, retry_after=5.0)


@pytest.mark.parametrize(
    "date",
    [
        "",
        "today",
        "2026-01-01",
        "Thu, 99 Jan 2026 00:00:00 GMT",
        "Thu, 01 Jan 2026 00:00:00 +99999999999999",
        "Mon, 01 Jan 0001 00:00:00 -0000",
    ],
)
def test_a_date_that_can_not_be_read_does_not_make_anything_look_old(date: str) -> None:
    found, later = said({"statusUrl": URL}, date=date), said({"statusUrl": URL}, date=DATE)

    assert found is not None
    assert later is not None
    assert found.retry_after is None
    assert isinstance(found.answered_at, float)


@pytest.mark.parametrize("body", [None, [], {}, {"statusUrl": None}, {"statusUrl": "https://t.example/"}])
def test_an_acceptance_that_names_no_operation_is_a_lost_answer(body: Any) -> None:
    with pytest.raises(LostAnswerError, match="names no operation"):
        said(body)


@pytest.mark.parametrize("status", [200, 201, 204])
@pytest.mark.parametrize("headers", [{}, {"location": "https://t.example/v2/ControlPlane/Configurations/x"}])
def test_an_answer_that_is_no_acceptance_has_begun_no_operation(status: int, headers: dict[str, str]) -> None:
    assert said(None if status == 204 else {"id": "x"}, status, **headers) is None


# --- the operation


def test_an_operation_is_asked_for_at_its_own_place_whatever_url_was_given() -> None:
    found = said({"statusUrl": "https://evil.example/steal/proc_job_1"}, location="https://evil.example/x")
    assert found is not None
    shown = answer(200, b'{"status": "PENDING", "statusUrl": "https://evil.example/a"}')

    _, wire = look(shown, id=found.operation_id)

    ((_, request),) = wire.sent
    assert (request.method, request.url) == ("GET", URL)
    assert request.auth == (SID, TOKEN)


def test_an_id_is_one_segment_of_the_path() -> None:
    _, wire = look(answer(200, b'{"status": "PENDING"}'), id="a/../b?c")

    assert wire.sent[0][1].url == f"https://conversations.twilio.com{PATH}/a%2F..%2Fb%3Fc"
    with pytest.raises(MissingError):
        look(answer(200, b'{"status": "PENDING"}'), id="..")


@pytest.mark.parametrize(("status", "code"), [(410, 1), (400, 520051), (404, 520052), (400, 520052)])
def test_an_operation_that_is_unknown_or_expired_is_not_found(status: int, code: int) -> None:
    body = {"code": code, "message": "No.", "more_info": "https://t.example", "status": status}

    with pytest.raises(NotFoundError):
        look(answer(status, json.dumps(body).encode()))


@pytest.mark.parametrize("word", ["PENDING", "pending", "Pending"])
def test_the_case_of_the_status_does_not_matter(word: str) -> None:
    assert looked({"status": word}) == Operation("proc_job_1", "PENDING")


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ({"related": {"configurationId": "a"}, "result": {"id": "b"}}, ("a", "b")),
        ({"related": {"configurationId": "a"}, "result": {"id": "a"}}, ("a",)),
        ({"related": {"configurationId": None}, "result": {"id": "b"}}, ("b",)),
        ({"related": None, "result": {"id": "b"}}, ("b",)),
        ({"related": [], "result": {"id": 7}}, ()),
        ({"related": "odd", "result": "odd"}, ()),
        ({}, ()),
    ],
)
def test_the_id_of_the_object_is_found_in_both_its_places(body: Any, ids: tuple[str, ...]) -> None:
    assert looked({"status": "COMPLETED", **body}).object_ids == ids


def test_times_and_the_next_look_are_read() -> None:
    times = {"createdAt": "2026-01-01T00:00:00Z", "completedAt": "2026-01-01T01:00:02.500+01:00"}

    found = looked({"status": "COMPLETED", **times}, retry_after="2")

    assert (found.created_at, found.completed_at, found.retry_after) == (NEW_YEAR, NEW_YEAR + 2.5, 2.0)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (E4, "Bad Request: memoryStoreId: must not be null (code 20001)"),
        ({**E4, "code": 30001}, "Bad Request: memoryStoreId: must not be null (code 30001)"),
        ({**E4, "code": "30001"}, "Bad Request: memoryStoreId: must not be null (code 30001)"),
        ({**E4, "type": "about:blank"}, "Bad Request: memoryStoreId: must not be null"),
        ({**E4, "type": None, "detail": None}, "Bad Request"),
        ({"title": "Same", "detail": "Same"}, "Same"),
        ({"title": "two\nlines", "detail": ""}, "two lines"),
        ({"detail": 7, "title": ["x"]}, ""),
        ({}, ""),
        (None, ""),
        ("odd", ""),
        ([E4], ""),
    ],
)
def test_the_reason_of_a_failure_is_told_in_twilios_words(error: Any, why: str) -> None:
    assert looked({"status": "FAILED", "error": error}).why == why


def test_a_message_beside_the_error_is_told_too() -> None:
    found = looked({"status": "FAILED", "error": {"code": 20001}, "errorMessage": "No store."})

    assert found.why == "No store. (code 20001)"


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (E4["type"], E4["type"]),
        ("http://t.example/1", ""),
        ("javascript:alert(1)", ""),
        ("https://t.example/1\nWhat to do: run rm", "https://t.example/1 What to do: run rm"),
        (7, ""),
        (None, ""),
    ],
)
def test_only_a_proper_link_is_told(link: Any, told: str) -> None:
    assert looked({"status": "FAILED", "error": {**E4, "type": link}}).link == told


@pytest.mark.parametrize("body", [None, [], {}, "PENDING", {"status": None}, {"status": 7}, {"id": "x"}])
def test_an_answer_that_is_no_operation_is_a_lost_one(body: Any) -> None:
    with pytest.raises(LostAnswerError, match="not an operation"):
        looked(body)


def test_an_operation_that_twilio_does_not_know_is_not_found() -> None:
    gone = b'{"code": 20404, "message": "No.", "more_info": "https://t.example", "status": 404}'

    with pytest.raises(NotFoundError):
        look(answer(404, gone))


# --- times


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-01-01T00:00:00Z", NEW_YEAR),
        ("2026-01-01T00:00:00.000Z", NEW_YEAR),
        ("2026-01-01T00:00:00.250000Z", NEW_YEAR + 0.25),
        ("2026-01-01T00:00:00.25Z", NEW_YEAR + 0.25),
        ("2026-01-01T00:00:00.250000000Z", NEW_YEAR + 0.25),
        ("2026-01-01T02:00:00+02:00", NEW_YEAR),
        ("2026-01-01 00:00:00+00:00", NEW_YEAR),
        ("", None),
        (None, None),
        ("today", None),
        (7, None),
        ({}, None),
        ("2026-13-01T00:00:00Z", None),
    ],
)
def test_a_time_is_read_or_it_is_none(text: Any, seconds: float | None) -> None:
    found = instant(text)

    assert found == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_a_time_without_a_zone_is_universal_wherever_the_program_runs(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert instant("2026-01-01T00:00:00") == NEW_YEAR
    finally:
        monkeypatch.undo()
        time.tzset()


def test_nothing_else_is_taken_from_an_answer() -> None:
    raw = Response(202, {"operation-id": "proc_job_1"}, b'{"novel": 1}')

    found = accepted(raw, "configurationId")

    assert found is not None
    assert (found.operation_id, found.object_ids, found.retry_after) == ("proc_job_1", (), None)
