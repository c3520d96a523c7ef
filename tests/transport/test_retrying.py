"""Which requests are sent again, and after which pause."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from functools import partial
from itertools import pairwise, product, repeat

import pytest
from pulumi_switchboard.deadline import LONGEST_RETRY_AFTER
from pulumi_switchboard.errors import (
    TRANSIENT,
    CancelledError,
    DeadlineError,
    LostAnswerError,
    SettingsError,
    SwitchboardError,
    UnreachableError,
)
from pulumi_switchboard.transport.messages import Request
from pulumi_switchboard.transport.retrying import (
    FAILURES,
    LEAST_SECONDS,
    REQUEST_SECONDS,
    RetryingClient,
)

from tests.promises import proves
from tests.transport.fakes import NEW_YEAR, Answer, ScriptedTransport, answer, request, scripted

REPEATABLE = [
    *map(request, ("GET", "HEAD", "PUT", "DELETE")),
    request("POST", Idempotency_Key="k"),
    *(request(method, idempotent=True) for method in ("POST", "PATCH")),
]
ONCE_ONLY = [request("POST"), request("PATCH")]
LOST = LostAnswerError("lost")
UNREACHABLE = UnreachableError("unreachable")
WITHOUT_EFFECT: list[Answer] = [answer(429), UNREACHABLE]
UNKNOWN_EFFECT: list[Answer] = [*map(answer, sorted(TRANSIENT)), LOST]
IMPLAUSIBLE = [
    *("", "soon", "-3", "0", "nan", "inf", "1e999", "1e308", "7; 8", "1700000000"),
    "Wed, 21 Oct 2015 07:28:00 +99999999999999",
    "Wed, 21 Oct 9999 07:28:00 GMT",
    "Wed, 21 Oct 2015 07:28:00 GMT",
    "Wed, 99 Foo 2015 07:28:00 GMT",
]
FINAL = [*map(answer, (200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 412, 415, 422, 501))]


class Longest(random.Random):
    """Chance that makes every pause the longest possible."""

    share = 1.0

    def uniform(self, a: float, b: float) -> float:
        return a + self.share * (b - a)


class Half(Longest):
    """Chance that makes every pause half as long as possible."""

    share = 0.5


def kind(answer: Answer) -> int | type:
    return type(answer) if isinstance(answer, Exception) else answer.status


def outcome_of(http: RetryingClient, sent: Request) -> int | type:
    try:
        return kind(http.send(sent))
    except SwitchboardError as error:
        return kind(error)


def outcome(script: ScriptedTransport, sent: Request, *, retries: bool = True) -> int | type:
    return outcome_of(script.http(retries=retries), sent)


@proves("transport.retries")
def test_a_request_is_repeated_after_transient_trouble_if_that_does_no_harm() -> None:
    harmless = [*product(REPEATABLE, WITHOUT_EFFECT + UNKNOWN_EFFECT), *product(ONCE_ONLY, WITHOUT_EFFECT)]
    for sent, trouble in harmless:
        script = scripted(trouble, trouble, answer(200))
        assert outcome(script, sent) == 200
        assert [again for _, again in script.sent] == [sent] * 3
    for sent, last in [*product(REPEATABLE, FINAL), *product(ONCE_ONLY, FINAL + UNKNOWN_EFFECT)]:
        script = scripted(last)
        assert (outcome(script, sent), len(script.sent)) == (kind(last), 1)


def test_a_client_without_retries_sends_once_and_never_waits() -> None:
    for trouble in [*WITHOUT_EFFECT, *UNKNOWN_EFFECT, answer(429, retry_after="1")]:
        script = scripted(trouble)
        assert outcome(script, request("GET"), retries=False) == kind(trouble)
        assert (len(script.sent), script.slept) == (1, [])


def test_an_error_that_would_come_each_time_is_not_retried() -> None:
    for error in (ZeroDivisionError("a bug"), SettingsError("no such proxy")):
        script = scripted(error)
        with pytest.raises(type(error)):
            script.http().send(request("GET"))
        assert len(script.sent) == 1


@proves("transport.retries")
def test_after_a_few_attempts_the_last_outcome_counts() -> None:
    last = scripted(then=(answer(503, f"{n}".encode()) for n in range(100))).http().send(request("GET"))
    assert (last.status, last.body) == (503, f"{FAILURES - 1}".encode())

    for error, refusals in product([LOST, UNREACHABLE], [0, 1, 4]):
        script = scripted(*[answer(429)] * refusals, then=repeat(error))
        assert outcome(script, request("GET")) is type(error)
        assert len(script.sent) == refusals + FAILURES, "a 429 does not use up an attempt"


@proves("lost.create-found-again")
def test_an_attempt_that_may_have_acted_leaves_the_effect_open_whatever_comes_after() -> None:
    for sent, first in product(REPEATABLE, UNKNOWN_EFFECT):
        with pytest.raises(LostAnswerError):
            scripted(first, then=repeat(UNREACHABLE)).http(60.0).send(sent)

        last = scripted(first, then=repeat(answer(429))).http(60.0).send(sent)
        assert (last.status, last.is_repeat) == (429, True)
        assert scripted(first, answer(400)).http().send(sent).is_repeat
    assert not scripted(UNREACHABLE, answer(400)).http().send(request("PUT")).is_repeat


@proves("transport.retries")
def test_pauses_grow_are_random_and_are_announced() -> None:
    for chance in (Longest(), Half()):
        script = scripted(then=repeat(UNREACHABLE))
        with pytest.raises(UnreachableError):
            script.http(chance=chance).send(request("GET"))
        assert script.slept == [chance.share * pause for pause in (0.5, 1.0, 2.0, 4.0, 8.0)]
        assert script.progress[0] == "trying again: unreachable"
        assert script.progress[-1] == f"trying again in {script.slept[-1]:.0f} s: unreachable"


@proves("transport.retries")
def test_retry_after_is_honoured_up_to_a_minute() -> None:
    for status in (429, 503):
        answers = [answer(status, retry_after=asked) for asked in ("7", "86400", "86400")]
        script = scripted(*answers, answer(200))
        assert script.http().send(request("PUT")).status == 200

        first, *others = [after - before for before, after in pairwise(at for at, _ in script.sent)]
        assert 7.0 <= first <= 7.5
        assert len(others) == 2
        assert all(LONGEST_RETRY_AFTER <= pause <= LONGEST_RETRY_AFTER + 2.0 for pause in others)


@proves("transport.parallel", "lost.open-outcome-in-state")
def test_a_request_that_can_not_be_repeated_has_time_for_its_answer_also_just_before_the_deadline() -> None:
    for requests, left, given in (
        (REPEATABLE, 0.1, 0.1),
        (ONCE_ONLY, 0.1, LEAST_SECONDS),
        (ONCE_ONLY, 10.0, 10.0),
        (ONCE_ONLY, 600.0, REQUEST_SECONDS),
    ):
        for sent in requests:
            script = scripted(answer())
            script.http(left).send(sent)
            assert script.timeouts == [pytest.approx(given)]


@proves("transport.rate-limit")
def test_the_last_answer_before_the_deadline_is_the_result() -> None:
    for status in (429, 503):
        script = scripted(then=repeat(answer(status, b"busy", retry_after="86400")))
        last = script.http(200.0).send(request("PUT"))
        assert (last.status, last.body, last.retry_after) == (status, b"busy", 86_400.0)
        assert len(script.sent) == 4

        hurried = scripted(answer(status, retry_after="3600"))
        assert hurried.http(10.0).send(request("GET")).status == status
        assert (len(hurried.sent), hurried.slept) == (1, [])
        assert [*script.timeouts[:3], *hurried.timeouts] == [*[REQUEST_SECONDS] * 3, 10.0]

    script = scripted(then=repeat(answer(429, retry_after="7")))
    assert not script.http(60.0).send(request("POST")).is_repeat
    assert len(script.sent) == 9


def test_an_answer_is_not_the_result_if_a_later_attempt_got_none() -> None:
    script = scripted(answer(503, retry_after="30"), then=repeat(LOST))
    script.takes = 15.0
    with pytest.raises(LostAnswerError, match="the time given to this call is over") as caught:
        script.http(60.0, Longest()).send(request("PUT"))
    assert "last attempt: lost" in str(caught.value)


def test_a_cancelled_call_sends_nothing_more_and_its_last_outcome_is_the_result() -> None:
    for troubles, result in (
        ([], CancelledError),
        *(([one], kind(one)) for one in (answer(503), LOST, UNREACHABLE)),
    ):
        script = scripted(*troubles)
        http = script.http()
        http.deadline.is_cancelled = partial(
            lambda script, most: len(script.sent) == most, script, len(troubles)
        )
        assert outcome_of(http, request("PUT")) == result
        assert (len(script.sent), script.slept) == (len(troubles), [])


def test_retry_after_is_a_number_of_seconds_or_a_date_or_is_ignored() -> None:
    later = datetime.fromtimestamp(NEW_YEAR + 300.0, timezone.utc)
    in_another_zone = later.astimezone(timezone(timedelta(hours=5)))
    without_a_zone = later.strftime("%a, %d %b %Y %H:%M:%S -0000")
    dates = [*map(format_datetime, (later, in_another_zone)), without_a_zone, later.ctime()]
    numbers = {"7": 7.0, "0.5": 0.5, " 7 ": 7.0, "86400": 86_400.0}
    cases: dict[str, float | None] = {**numbers, **dict.fromkeys(dates, 300.0), **dict.fromkeys(IMPLAUSIBLE)}
    for value, seconds in cases.items():
        response = replace(answer(429, retry_after=value), received_at=NEW_YEAR)
        assert response.retry_after == seconds, value
    assert answer(429).retry_after is None
    assert scripted(answer()).http().send(request()).received_at == NEW_YEAR


def test_a_date_is_by_the_clock_of_the_server() -> None:
    now, later = (
        format_datetime(datetime.fromtimestamp(at, timezone.utc)) for at in (NEW_YEAR, NEW_YEAR + 9)
    )
    for ours in (NEW_YEAR - 3600.0, NEW_YEAR + 3600.0):
        response = replace(answer(503, retry_after=later, date=now), received_at=ours)
        assert (response.date, response.retry_after) == (NEW_YEAR, 9.0)


@proves("transport.rate-limit")
def test_a_429_holds_every_call_of_the_account_and_they_say_why() -> None:
    script = scripted(answer(429, retry_after="30"), answer(200))
    script.http(10.0).send(request("POST"))
    with pytest.raises(DeadlineError) as caught:
        script.http(20.0).send(request("POST"))
    assert caught.value.facts == (
        "no attempt was made; for another request, the vendor answered HTTP 429 and asked to wait 30 s",
    )
    assert len(script.sent) == 1

    script.http().send(request("POST"))
    assert script.sent[1][0] == NEW_YEAR + 30.0
    assert script.progress == ["waiting 30 s: the vendor accepts no more requests at the moment"] * 3
