"""Requests and responses: what a `repr` shows, and how JSON is read and written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pulumi_switchboard.errors import LostAnswerError
from pulumi_switchboard.fields.values import normalised
from pulumi_switchboard.transport.json_codec import DEEPEST, decode_json, encode_json
from pulumi_switchboard.transport.messages import Request

from tests.promises import proves
from tests.transport.fakes import answer

CANARY = "canary"
LARGEST = 2**53
"""A double holds every integer up to this one, and not the next one."""
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | FINITE | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)
DIGITS = "9" * 400


def test_a_repr_shows_no_credentials_headers_or_body_and_a_success_is_in_the_two_hundreds() -> None:
    sent = Request("PUT", "https://a.example/x", ("AC1", CANARY), {"X-Token": CANARY}, CANARY.encode())
    assert repr(sent) == "Request(method='PUT', url='https://a.example/x')"
    assert CANARY not in repr(answer(200, CANARY.encode()))
    assert [status for status in (199, 200, 204, 299, 302, 404) if answer(status).ok] == [200, 204, 299]


@proves("transport.broken-answers")
def test_a_body_that_is_not_json_is_a_lost_answer_without_its_text() -> None:
    for body in (b"<html>canary</html>", b'{"a": "canary', b"\xff\xfecanary"):
        with pytest.raises(LostAnswerError, match=r"HTTP 200, text/html\) is not readable JSON") as caught:
            answer(200, body, content_type="text/html").json()
        assert CANARY not in str(caught.value)
    with pytest.raises(LostAnswerError) as caught:
        answer(200, b"x", content_type="text/html\r\n\tx" * 1000).json()
    assert "\n" not in caught.value.summary
    assert len(caught.value.summary) < 1200


@proves("text.unusual-values")
def test_a_body_is_read_to_a_certain_depth() -> None:
    for begin, end in (("[", "]"), ('{"a":', "}")):
        assert decode_json(f"{begin * DEEPEST}0{end * DEEPEST}".encode())
        for levels in (DEEPEST + 1, 600, 100_000):
            with pytest.raises(LostAnswerError):
                answer(200, f"{begin * levels}0{end * levels}".encode()).json()


@proves("text.unusual-values")
def test_half_a_character_is_replaced_since_the_engine_refuses_it() -> None:
    for body, value in (
        (rb'"half \ud83d"', "half \ufffd"),
        (rb'{"a": ["\ude00x"]}', {"a": ["\ufffdx"]}),
        (rb'{"\ud83d": 1}', {"\ufffd": 1}),
        (b'"\xed\xa0\xbd"', "\ufffd"),
        (rb'"\ud83d\ude00 \u00e9"', "\U0001f600 é"),
        ('"\U0001f600 é"'.encode(), "\U0001f600 é"),
    ):
        assert answer(200, body).json() == value


@proves("text.unusual-values")
def test_a_number_that_the_engine_cannot_hold_is_sent_back_unchanged_and_is_a_text_in_state() -> None:
    numbers = (str(LARGEST + 1), str(-LARGEST - 1), DIGITS, f"-{DIGITS}", "9" * 100_000)
    for text in (*numbers, "1E+400", "-1E+400", "1.5E+309"):
        value = decode_json(f'{{"a": [{text}]}}'.encode())
        assert encode_json(value) == f'{{"a": [{text}]}}'
        assert normalised(value) == {"a": [text]}


def test_what_is_not_a_number_in_json_is_null_or_refused() -> None:
    for text in ("NaN", "Infinity", "-Infinity", "1e9999999999999999999999"):
        assert decode_json(f"[{text}, 1]".encode()) == [None, 1]
    for text in ("01", "+1", ".5", "1.", "0x1", "1_000", "nan", "1e"):
        with pytest.raises(ValueError):  # noqa: PT011 - json's own
            decode_json(text.encode())


@given(JSON)
@example([0, 7, -7, LARGEST, -LARGEST, 0.1, -1.5, 1e300])
def test_every_other_value_is_written_as_json_itself_writes_it(value: Any) -> None:
    assert encode_json(value) == json.dumps(value)
    assert repr(decode_json(encode_json(value).encode())) == repr(value)
