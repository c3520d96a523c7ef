"""When a request is sent again, and when."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from functools import partial
from itertools import chain, pairwise, repeat

import pytest
from pulumi_switchboard.errors import (
    TRANSIENT,
    CancelledError,
    DeadlineError,
    LostAnswerError,
    SettingsError,
    SwitchboardError,
    UnreachableError,
)
from pulumi_switchboard.http.messages import Request
from pulumi_switchboard.http.retrying import FAILURES, REQUEST_SECONDS, retry_after
from pulumi_switchboard.moment import LONGEST_ASKED

from tests.http.fakes import Answer, Wire, answer, request

IDEMPOTENT = [
    request("GET"),
    request("HEAD"),
    request("PUT"),
    request("DELETE"),
    request("POST", Idempotency_Key="k"),
    request("POST", idempotent=True),
    request("PATCH", idempotent=True),
]
LOST = LostAnswerError("lost")
UNREACHABLE = UnreachableError("unreachable")


class Most(random.Random):
    """Chance at its worst: every pause is the longest."""

    def uniform(self, a: float, b: float) -> float:
        """The upper end."""
        return max(a, b)


def spelled(thing: Request | Answer) -> str:
    """How a parameter shows in the name of a test."""
    if isinstance(thing, Request):
        return thing.method + ("+key" if thing.headers else "") + ("+harmless" if thing.idempotent else "")
    return type(thing).__name__ if isinstance(thing, Exception) else str(thing.status)


def wire(*answers: Answer, then: Iterable[Answer] = ()) -> Wire:
    """A wire with these answers."""
    return Wire(chain(answers, then))


@pytest.mark.parametrize("status", [200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 412, 415, 422, 501])
@pytest.mark.parametrize("sent", [*IDEMPOTENT, request("POST")], ids=spelled)
def test_an_answer_that_would_be_the_same_again_is_taken(sent: Request, status: int) -> None:
    line = wire(answer(status))

    assert line.line().send(sent).status == status
    assert len(line.sent) == 1


@pytest.mark.parametrize(
    "trouble", [*map(answer, sorted(TRANSIENT)), answer(429), LOST, UNREACHABLE], ids=spelled
)
@pytest.mark.parametrize("sent", IDEMPOTENT, ids=spelled)
def test_what_is_harmless_to_repeat_is_repeated(sent: Request, trouble: Answer) -> None:
    line = wire(trouble, trouble, answer(200))

    assert line.line().send(sent).status == 200
    assert [again for _, again in line.sent] == [sent] * 3


@pytest.mark.parametrize("trouble", [answer(429), UNREACHABLE], ids=spelled)
def test_a_post_that_had_no_effect_is_repeated(trouble: Answer) -> None:
    line = wire(trouble, answer(201))

    assert line.line().send(request("POST")).status == 201
    assert len(line.sent) == 2


@pytest.mark.parametrize(
    "trouble", [*map(answer, sorted(TRANSIENT)), answer(429, retry_after="1"), LOST, UNREACHABLE], ids=spelled
)
def test_an_impatient_line_sends_nothing_twice_and_waits_for_nothing(trouble: Answer) -> None:
    there = wire(trouble)
    line = replace(there.line(), is_patient=False)

    if isinstance(trouble, Exception):
        with pytest.raises(type(trouble)):
            line.send(request("GET"))
    else:
        assert line.send(request("GET")).status == trouble.status
    assert len(there.sent) == 1
    assert there.slept == []


@pytest.mark.parametrize("status", sorted(TRANSIENT))
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_may_have_had_an_effect_is_not_repeated_where_that_may_do_harm(method: str, status: int) -> None:
    line = wire(answer(status))

    assert line.line().send(request(method)).status == status
    assert len(line.sent) == 1


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_may_do_harm_is_not_repeated_when_its_answer_got_lost(method: str) -> None:
    line = wire(LOST)

    with pytest.raises(LostAnswerError):
        line.line().send(request(method))
    assert len(line.sent) == 1


@pytest.mark.parametrize("error", [ZeroDivisionError(), SettingsError("no such proxy")], ids=spelled)
def test_what_would_fail_each_time_alike_is_not_repeated(error: Exception) -> None:
    line = wire(error)

    with pytest.raises(type(error)):
        line.line().send(request("GET"))
    assert len(line.sent) == 1


def test_after_a_few_attempts_the_last_answer_is_taken() -> None:
    line = wire(then=(answer(503, f"{n}".encode()) for n in range(100)))

    last = line.line().send(request("GET"))

    assert (last.status, last.body) == (503, f"{FAILURES - 1}".encode())


@pytest.mark.parametrize("sent", [request("GET"), request("POST")], ids=spelled)
def test_what_is_refused_for_too_many_requests_is_sent_again_until_it_is_taken(sent: Request) -> None:
    line = wire(*[answer(429)] * 20, answer(200))

    assert line.line().send(sent).status == 200
    assert len(line.sent) == 21


def test_what_is_refused_to_the_end_of_the_call_ends_with_the_refusal_and_had_no_effect() -> None:
    line = wire(then=repeat(answer(429, retry_after="7")))

    last = line.line(60.0).send(request("POST"))

    assert (last.status, retry_after(last), last.is_repeat) == (429, 7.0, False)
    assert len(line.sent) == 9


@pytest.mark.parametrize("status", [429, 503])
def test_however_long_the_server_asks_to_wait_it_is_asked_again_after_a_while(status: int) -> None:
    line = wire(answer(status, retry_after="86400"), answer(status, retry_after="86400"), answer(200))

    assert line.line().send(request("PUT")).status == 200

    times = [at for at, _ in line.sent]
    pauses = [after - before for before, after in pairwise(times)]
    assert len(pauses) == 2
    assert all(LONGEST_ASKED <= pause <= LONGEST_ASKED + 1.0 for pause in pauses)


@pytest.mark.parametrize("status", [429, 503])
def test_one_that_always_asks_to_wait_longer_than_there_is_time_has_the_last_word(status: int) -> None:
    line = wire(then=repeat(answer(status, b"busy", retry_after="86400")))

    last = line.line(200.0).send(request("PUT"))

    assert (last.status, last.body, retry_after(last)) == (status, b"busy", 86_400.0)
    assert len(line.sent) == 4


def test_an_answer_is_not_the_last_word_if_a_later_attempt_got_none() -> None:
    line = wire(answer(503, retry_after="30"), then=repeat(LOST))
    line.takes = 15.0

    with pytest.raises(LostAnswerError, match="the time given to this call is over") as caught:
        line.line(60.0, chance=Most).send(request("PUT"))
    assert "last attempt: lost" in str(caught.value)


@pytest.mark.parametrize("refused", [1, 4])
def test_refusals_for_too_many_requests_do_not_use_up_the_attempts(refused: int) -> None:
    line = wire(*[answer(429)] * refused, then=repeat(LOST))

    with pytest.raises(LostAnswerError):
        line.line().send(request("GET"))
    assert len(line.sent) == refused + FAILURES


def test_a_success_that_is_no_json_is_no_answer() -> None:
    line = wire(answer(200, b"<html>"), answer(200, b"{}"))

    assert line.line().send(request("GET")).body == b"{}"
    assert len(line.sent) == 2


@pytest.mark.parametrize("first", [LOST, answer(503)], ids=spelled)
@pytest.mark.parametrize("sent", [request("PUT"), request("PATCH", idempotent=True)], ids=spelled)
def test_an_attempt_that_may_have_acted_leaves_the_effect_open_whatever_comes_after(
    sent: Request, first: Answer
) -> None:
    with pytest.raises(LostAnswerError):
        wire(first, then=repeat(UNREACHABLE)).line(60.0).send(sent)

    last = wire(first, then=repeat(answer(429))).line(60.0).send(sent)
    assert (last.status, last.is_repeat) == (429, True)


@pytest.mark.parametrize("sent", IDEMPOTENT, ids=spelled)
def test_a_refusal_after_an_attempt_that_may_have_acted_says_that_it_is_a_repeat(sent: Request) -> None:
    assert wire(LOST, answer(400)).line().send(sent).is_repeat
    assert not wire(UNREACHABLE, answer(400)).line().send(sent).is_repeat


@pytest.mark.parametrize("error", [LOST, UNREACHABLE], ids=spelled)
def test_after_a_few_attempts_the_last_failure_is_raised(error: Exception) -> None:
    line = wire(then=repeat(error))

    with pytest.raises(type(error)):
        line.line().send(request("GET"))
    assert len(line.sent) == FAILURES


def test_pauses_grow_up_to_a_longest_one() -> None:
    line = wire(then=repeat(UNREACHABLE))

    with pytest.raises(UnreachableError):
        line.line(chance=Most).send(request("GET"))
    assert line.slept == [0.5, 1.0, 2.0, 4.0, 8.0]


def test_pauses_are_drawn_so_that_many_callers_spread() -> None:
    pauses = set()
    for seed in range(20):
        line = wire(UNREACHABLE, answer())
        line.line(chance=partial(random.Random, seed)).send(request("GET"))
        pauses.update(line.slept)

    assert len(pauses) == 20
    assert min(pauses) < 0.15
    assert max(pauses) > 0.35


@pytest.mark.parametrize("trouble", [answer(503, retry_after="7"), answer(429, retry_after="7")], ids=spelled)
def test_the_servers_wish_to_wait_is_honoured(trouble: Answer) -> None:
    line = wire(trouble, answer())

    line.line().send(request("GET"))

    assert 7.0 <= line.sent[1][0] - line.sent[0][0] <= 7.5


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        (" 7 ", 7.0),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("0", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("1e308", None),
        ("86400", 86_400.0),
        ("1700000000", None),
        ("Wed, 21 Oct 2015 07:28:00 +99999999999999", None),
        ("Wed, 21 Oct 9999 07:28:00 GMT", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", None),
        ("Wed, 99 Foo 2015 07:28:00 GMT", None),
        ("7; 8", None),
    ],
)
def test_the_wish_to_wait_is_a_number_of_seconds_and_nonsense_is_none(
    value: str, seconds: float | None
) -> None:
    assert retry_after(answer(429, retry_after=value)) == seconds


@pytest.mark.parametrize("zone", [timezone.utc, timezone(timedelta(hours=5))])
def test_the_wish_to_wait_may_be_a_date(zone: timezone) -> None:
    then = datetime.now(zone) + timedelta(minutes=5)

    seconds = retry_after(answer(429, retry_after=format_datetime(then)))

    assert seconds is not None
    assert 290 < seconds <= 300


def test_no_wish_to_wait_is_none() -> None:
    assert retry_after(answer(429)) is None


def test_too_many_requests_hold_every_call_of_the_account() -> None:
    line = wire(answer(429, retry_after="30"), answer(200), answer(200))
    other = line.line()
    line.line().send(request("GET"))
    freed = line.time
    line.time = 5000.0
    line.slept.clear()

    other.send(request("POST"))

    (slept,) = line.slept
    assert 30.0 <= slept < 31.0
    assert line.sent[2][0] == 5000.0 + slept
    assert freed >= 5030.0


def test_a_call_that_never_had_its_turn_says_why() -> None:
    line = wire(answer(429, retry_after="250"))
    line.line(10.0).send(request("POST"))
    with pytest.raises(DeadlineError) as caught:
        line.line(20.0).send(request("POST"))

    assert len(line.sent) == 1
    assert "last attempt" not in str(caught.value)
    assert (
        "there was no attempt: to another request the vendor answered HTTP 429, to wait 250 s"
        in caught.value.facts
    )


def test_one_word_of_the_vendor_does_not_hold_all_calls_for_longer_than_a_call_takes() -> None:
    line = wire(answer(429, retry_after="80000"), answer(200))
    line.line(50.0).send(request("GET"))

    line.line(600.0).send(request("GET"))

    assert line.sent[1][0] - line.sent[0][0] == LONGEST_ASKED


def test_too_many_requests_hold_back_even_where_the_vendor_names_no_time() -> None:
    line = wire(answer(429), answer(200))

    line.line().send(request("POST"))

    assert line.sent[1][0] - line.sent[0][0] >= 0.5


def test_a_call_does_not_wait_where_it_is_asked_to_wait_beyond_its_end() -> None:
    line = wire(answer(429, retry_after="3600"))

    assert line.line(10.0).send(request("GET")).status == 429
    assert (len(line.sent), line.slept) == (1, [])


@pytest.mark.parametrize(
    "trouble", [answer(503, retry_after="3600"), answer(503), LOST, UNREACHABLE, answer(429)], ids=spelled
)
def test_no_request_starts_once_the_time_of_the_call_is_over(trouble: Answer) -> None:
    line = wire(then=repeat(trouble))
    line.takes = 3.0

    if isinstance(trouble, Exception):
        with pytest.raises((DeadlineError, LostAnswerError)) as caught:
            line.line(4.0, chance=Most).send(request("PUT"))
        assert caught.value.summary == "the time given to this call is over"
    else:
        assert line.line(4.0, chance=Most).send(request("PUT")).status == trouble.status
    assert all(at < 5004.0 for at, _ in line.sent)


@pytest.mark.parametrize(
    ("trouble", "error"),
    [(UNREACHABLE, CancelledError), (answer(429), CancelledError), (LOST, LostAnswerError)],
    ids=["unreachable", "429", "lost"],
)
def test_a_stop_ends_a_pause_and_no_request_starts_after_it(
    trouble: Answer, error: type[SwitchboardError]
) -> None:
    line = wire(then=repeat(trouble))
    line.stops_in_sleep = True

    with pytest.raises(error, match="cancelled"):
        line.line().send(request("PUT"))
    assert len(line.sent) == 1


def test_a_call_that_was_told_to_stop_sends_nothing() -> None:
    line = wire(answer())
    line.is_stopped = True

    with pytest.raises(CancelledError):
        line.line().send(request("POST"))
    assert line.sent == []


@pytest.mark.parametrize(("left", "timeout"), [(600.0, REQUEST_SECONDS), (4.0, 4.0)])
def test_a_request_may_take_no_longer_than_the_call(left: float, timeout: float) -> None:
    line = wire(answer())

    line.line(left).send(request("GET"))

    assert line.timeouts == [timeout]


def test_a_pause_is_announced_with_its_reason() -> None:
    line = wire(answer(429, retry_after="7"), UNREACHABLE, UNREACHABLE, answer())

    line.line(chance=Most).send(request("GET"))

    assert line.progress == [
        "waiting 7 s: the vendor takes no more requests at the moment",
        "trying again: unreachable",
        "trying again in 1 s: unreachable",
    ]


def test_the_trace_names_method_path_status_request_id_and_time_and_no_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    line = wire(UNREACHABLE, answer(200, twilio_request_id="RQ1"))
    line.takes = 0.25
    secret = Request("GET", "https://u:canary@voice.example/v2/x?token=canary#canary", ("AC1", "canary"))

    with caplog.at_level(logging.DEBUG, "pulumi_switchboard.http"):
        line.line().send(secret)

    assert [record.message for record in caplog.records] == [
        "GET https://voice.example/v2/x failed: unreachable",
        "GET https://voice.example/v2/x -> 200, request id RQ1, 250 ms",
    ]
