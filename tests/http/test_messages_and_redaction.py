"""What a request and a response hold, and what of them may be shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pulumi_switchboard.errors import LostAnswerError
from pulumi_switchboard.http.decoding import DEEPEST
from pulumi_switchboard.http.messages import Request
from pulumi_switchboard.http.redaction import bare_url

from tests.http.fakes import answer, request

CANARY = "canary"


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://a.example/v2/x", "https://a.example/v2/x"),
        (f"https://{CANARY}@a.example/x", "https://a.example/x"),
        (f"https://user:{CANARY}@a.example:8443/x", "https://a.example:8443/x"),
        (f"https://a.example/x?token={CANARY}", "https://a.example/x"),
        (f"https://a.example/x#{CANARY}", "https://a.example/x"),
        (f"https://u:{CANARY}@a.example?{CANARY}#{CANARY}", "https://a.example"),
        (f"https://u:{CANARY}@[::1]:8080/x", "https://[::1]:8080/x"),
        (f"https://a.example\\@{CANARY}:x@b.example/", "https://b.example/"),
        ("http://127.0.0.1:80/x/y", "http://127.0.0.1:80/x/y"),
    ],
)
def test_a_bare_url_has_neither_user_nor_query_nor_fragment(url: str, bare: str) -> None:
    assert bare_url(url) == bare


@pytest.mark.parametrize(
    "url",
    [
        f"https://[{CANARY}/x",
        f"https://u:{CANARY}@a.example:port/",
        f"https://u:{CANARY}@a.example:999999/",
        f"user:{CANARY}@a.example/x",
        f"//user:{CANARY}@a.example/x",
        f"{CANARY}",
        f"https:/{CANARY}@a.example",
        "",
    ],
)
def test_what_is_no_url_is_not_shown_at_all(url: str) -> None:
    assert bare_url(url) == "[unreadable URL]"


@pytest.mark.parametrize("levels", [DEEPEST + 1, 600, 100_000])
@pytest.mark.parametrize("level", [b"[]", b'{"a":}'], ids=["lists", "objects"])
def test_a_body_too_deep_to_be_passed_on_is_no_answer(levels: int, level: bytes) -> None:
    with pytest.raises(LostAnswerError):
        answer(200, level[:-1] * levels + b"0" + level[-1:] * levels).json()


def test_a_body_as_deep_as_any_object_is_read() -> None:
    value = answer(200, b"[" * DEEPEST + b"]" * DEEPEST).json()

    assert str(value) == "[" * DEEPEST + "]" * DEEPEST


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (rb'"half \ud83d"', "half \ufffd"),
        (rb'{"a": ["\ude00x"]}', {"a": ["\ufffdx"]}),
        (rb'{"\ud83d": 1}', {"\ufffd": 1}),
        (b'"\xed\xa0\xbd"', "\ufffd"),
        (rb'"\ud83d\ude00 \u00e9"', "\U0001f600 é"),
        ('"\U0001f600 é"'.encode(), "\U0001f600 é"),
    ],
)
def test_half_a_character_is_marked_since_no_one_else_could_take_it(body: bytes, value: Any) -> None:
    found = answer(200, body).json()

    assert found == value
    json.dumps(found, ensure_ascii=False).encode()


def test_a_request_does_not_show_credentials_headers_and_body() -> None:
    shown = repr(Request("PUT", "https://a.example/x", ("AC1", CANARY), {"X-Token": CANARY}, CANARY.encode()))

    assert shown == "Request(method='PUT', url='https://a.example/x')"


def test_a_request_needs_no_user_and_password() -> None:
    sent = Request("PATCH", "https://a.example/x", headers={"X-API-Key": CANARY}, idempotent=True)

    assert sent.auth is None
    assert repr(sent) == "Request(method='PATCH', url='https://a.example/x')"


def test_a_response_does_not_show_its_body() -> None:
    assert CANARY not in repr(answer(200, CANARY.encode()))


@pytest.mark.parametrize(
    ("sent", "repeatable"),
    [
        (request("GET"), True),
        (request("PUT"), True),
        (request("DELETE"), True),
        (request("POST"), False),
        (request("PATCH"), False),
        (request("POST", Idempotency_Key="k"), True),
        (request("POST", idempotent=True), True),
        (request("PATCH", idempotent=True), True),
    ],
)
def test_a_request_is_repeatable_by_verb_by_key_or_as_it_is_told(sent: Request, repeatable: bool) -> None:  # noqa: FBT001
    assert sent.repeatable is repeatable


@pytest.mark.parametrize(
    ("status", "ok"), [(199, False), (200, True), (204, True), (299, True), (302, False)]
)
def test_a_response_is_a_success_in_the_two_hundreds(status: int, ok: bool) -> None:  # noqa: FBT001
    assert answer(status).ok is ok


def test_a_body_is_read_as_json() -> None:
    assert answer(200, '{"a": "ä"}'.encode()).json() == {"a": "ä"}
    assert answer(204).json() is None


@pytest.mark.parametrize("body", [b"<html>canary</html>", b'{"a": "canary', b"\xff\xfecanary"])
def test_a_body_that_is_no_json_is_a_lost_answer_that_is_not_repeated_to_the_user(body: bytes) -> None:
    with pytest.raises(LostAnswerError) as caught:
        answer(200, body, content_type="text/html").json()

    assert str(caught.value).startswith("the answer (HTTP 200, text/html) is not JSON")
    assert CANARY not in str(caught.value)
