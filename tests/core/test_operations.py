"""The wait for an operation: when it looks, what ends it, and what it says."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from pulumi_switchboard.core.looking import LAST_LOOK_SECONDS
from pulumi_switchboard.core.operations import (
    FIRST_LOOK,
    JITTER,
    LONGEST_PAUSE,
    YOUNG_SECONDS,
    Operation,
    Watch,
)
from pulumi_switchboard.errors import (
    CancelledError,
    DeadlineError,
    LostAnswerError,
    NotFoundError,
    Refusal,
    SwitchboardError,
    UnreachableError,
    VendorError,
)
from pulumi_switchboard.moment import LONGEST_ASKED

from tests.core.fakes import Clock

NOT_FOUND = NotFoundError(Refusal("Fake", 404, 1, "no such operation"))


def refused(status: int) -> VendorError:
    """A refusal with this status."""
    return VendorError(Refusal("Fake", status, 1, "no", link="https://fake.example/1", request_id="RQ1"))


class Least(random.Random):
    """Chance that is as small as it can be."""

    def uniform(self, a: float, b: float) -> float:
        """The smaller one."""
        return a


class Most(Least):
    """Chance that is as great as it can be."""

    def uniform(self, a: float, b: float) -> float:
        """The greater one."""
        return b


@dataclass
class Vendor:
    """An operation that takes its time, on a clock that only moves when someone waits."""

    takes: float = 30.0
    ends_as: str = "COMPLETED"
    goes_on_as: str = "RUNNING"
    retry_after: Callable[[int], float | None] = lambda _: None
    trouble: Callable[[int], Exception | None] = lambda _: None
    """What becomes of a look, by its number."""
    a_look_takes: float = 0.0
    clock: Clock = field(default_factory=Clock)
    looked_at: list[float] = field(default_factory=list)
    progress: list[str] = field(default_factory=list)

    def look(self) -> Operation:
        """The operation as it is now."""
        waited = self.clock.time - 1000.0
        self.looked_at.append(waited)
        self.clock.time += self.a_look_takes
        if (trouble := self.trouble(len(self.looked_at))) is not None:
            raise trouble
        status = self.ends_as if waited >= self.takes else self.goes_on_as
        return Operation("op-1", status, retry_after=self.retry_after(len(self.looked_at)))

    def watch(self, chance: random.Random | None = None, seconds: float = 600.0) -> Watch:
        """The wait for it."""
        moment = self.clock.moment(seconds)
        return Watch("op-1", self.look, moment, self.progress.append, chance or Most())


def pauses(vendor: Vendor) -> list[float]:
    """The time between each look and the next."""
    return [after - before for before, after in zip(vendor.looked_at, vendor.looked_at[1:], strict=False)]


@pytest.mark.parametrize(
    ("asked", "first"), [(None, FIRST_LOOK), (0.0, FIRST_LOOK), (0.1, FIRST_LOOK), (5.0, 5.0)]
)
def test_the_first_look_is_when_the_server_says_or_soon(asked: float | None, first: float) -> None:
    vendor = Vendor(takes=0.0)

    vendor.watch().wait(asked)

    assert vendor.looked_at == [pytest.approx(first)]


@pytest.mark.parametrize(("chance", "share"), [(Most, 1.0), (Least, 1.0 - JITTER)])
def test_the_pauses_grow_with_the_time_waited_between_a_floor_and_a_ceiling(
    chance: type[random.Random], share: float
) -> None:
    vendor = Vendor(takes=200.0)

    vendor.watch(chance()).wait()

    expected = [share * min(10.0, max(0.3, 0.15 * waited)) for waited in vendor.looked_at[:-1]]
    assert pauses(vendor) == pytest.approx(expected)
    assert expected[0] == pytest.approx(share * FIRST_LOOK)
    assert expected[-1] == pytest.approx(share * LONGEST_PAUSE)


@pytest.mark.parametrize("asked", [0.05, 4.0, 25.0])
def test_a_later_word_of_the_server_is_a_floor_of_each_pause(asked: float) -> None:
    vendor = Vendor(takes=60.0, retry_after=lambda _: asked)

    vendor.watch().wait()

    assert min(pauses(vendor)) == pytest.approx(max(FIRST_LOOK, asked))


@pytest.mark.parametrize("first", [86_400.0, None])
def test_no_word_of_the_server_makes_the_wait_outlast_the_operation_by_more_than_a_while(
    first: float | None,
) -> None:
    vendor = Vendor(takes=90.0, retry_after=lambda _: 86_400.0)

    operation = vendor.watch().wait(first)

    assert operation is not None
    assert operation.is_over
    assert vendor.looked_at[0] == pytest.approx(min(first or FIRST_LOOK, LONGEST_ASKED))
    assert max(pauses(vendor)) == pytest.approx(LONGEST_ASKED)


def test_the_last_word_of_the_server_counts_even_through_trouble() -> None:
    vendor = Vendor(
        takes=12.0, retry_after=lambda _: 4.0, trouble=lambda n: LostAnswerError("lost") if n == 2 else None
    )

    vendor.watch().wait()

    assert pauses(vendor) == pytest.approx([4.0, 4.0, 4.0])


@pytest.mark.parametrize("first", [60.0, None])
def test_a_pause_is_cut_to_the_time_that_is_left(first: float | None) -> None:
    vendor = Vendor(takes=10.0, retry_after=lambda _: 60.0)

    assert vendor.watch(seconds=10.0).wait(first) is not None

    assert vendor.looked_at[-1] == pytest.approx(10.0)


@pytest.mark.parametrize("seconds", [2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 60.0])
@pytest.mark.parametrize("a_look_takes", [0.0, 0.05])
def test_the_wait_ends_soon_after_the_operation(seconds: float, a_look_takes: float) -> None:
    late = []
    for seed in range(200):
        chance = random.Random(seed)  # noqa: S311 - nothing secret
        vendor = Vendor(takes=seconds * chance.uniform(0.9, 1.0), a_look_takes=a_look_takes)
        vendor.watch(chance).wait()
        late.append((vendor.clock.time - 1000.0 - vendor.takes) / vendor.takes)

    assert min(late) >= 0.0
    assert sorted(late)[int(0.95 * len(late))] <= 0.2


def test_the_wait_costs_few_requests() -> None:
    vendor = Vendor(takes=60.0)

    vendor.watch(Least()).wait()

    assert len(vendor.looked_at) <= 40


TRANSIENT = [
    UnreachableError("no way"),
    LostAnswerError("half an answer"),
    *(refused(status) for status in (408, 425, 429, 500, 502, 503, 504)),
]


@pytest.mark.parametrize("error", TRANSIENT, ids=str)
def test_trouble_that_passes_never_ends_the_wait(error: Exception) -> None:
    vendor = Vendor(takes=60.0, trouble=lambda n: error if n % 3 else None)

    operation = vendor.watch().wait()

    assert operation is not None
    assert operation.status == "COMPLETED"


@pytest.mark.parametrize("error", TRANSIENT, ids=str)
def test_trouble_that_lasts_is_told_at_the_end(error: SwitchboardError) -> None:
    vendor = Vendor(trouble=lambda _: error)

    with pytest.raises(DeadlineError, match=r"last attempt: ") as caught:
        vendor.watch(seconds=20.0).wait()

    assert error.summary in str(caught.value)
    assert "operation op-1: accepted after 20 s" in str(caught.value)


@pytest.mark.parametrize("status", [400, 401, 403, 405, 410, 501])
def test_any_other_refusal_ends_the_wait_at_once(status: int) -> None:
    vendor = Vendor(trouble=lambda n: refused(status) if n == 2 else None)

    with pytest.raises(VendorError) as caught:
        vendor.watch().wait()

    assert len(vendor.looked_at) == 2
    assert f"HTTP {status}" in str(caught.value)
    assert "operation op-1: RUNNING after 1 s and 2 looks" in str(caught.value)
    assert "Request id: RQ1" in str(caught.value)


def test_a_young_operation_may_not_be_seen_yet() -> None:
    vendor = Vendor(takes=5.0, trouble=lambda n: NOT_FOUND if n < 4 else None)

    operation = vendor.watch().wait()

    assert operation is not None
    assert operation.status == "COMPLETED"


def test_how_young_it_is_counts_from_the_first_look() -> None:
    vendor = Vendor(takes=30.0, trouble=lambda n: NOT_FOUND if n == 1 else None)

    operation = vendor.watch().wait(first=20.0)

    assert operation is not None
    assert operation.status == "COMPLETED"


def test_a_brake_that_outlasts_the_call_does_not_end_the_wait_before_its_time() -> None:
    vendor = Vendor(takes=15.0, trouble=lambda n: DeadlineError("over") if n == 2 else None)

    operation = vendor.watch(seconds=20.0).wait()

    assert operation is not None
    assert operation.status == "COMPLETED"
    assert vendor.looked_at[-1] == pytest.approx(20.0)


def test_a_brake_that_is_never_let_off_is_told_at_the_end() -> None:
    vendor = Vendor(trouble=lambda n: DeadlineError("over") if n > 1 else None)

    with pytest.raises(DeadlineError, match="it has to wait, as the vendor asks") as caught:
        vendor.watch(seconds=20.0).wait()

    assert "operation op-1: RUNNING after 20 s and 3 looks" in str(caught.value)


def test_an_operation_that_is_not_found_after_a_while_is_gone() -> None:
    vendor = Vendor(trouble=lambda _: NOT_FOUND)

    assert vendor.watch().wait() is None
    assert YOUNG_SECONDS < vendor.looked_at[-1] < YOUNG_SECONDS + 5.0


@pytest.mark.parametrize("word", ["COMPLETED", "FAILED", "CANCELLED"])
def test_a_terminal_word_ends_the_wait(word: str) -> None:
    vendor = Vendor(takes=2.0, ends_as=word)

    operation = vendor.watch().wait()

    assert operation is not None
    assert (operation.status, operation.is_over, operation.failed) == (word, True, word != "COMPLETED")


@pytest.mark.parametrize(
    "word", ["PENDING", "RUNNING", "IN_PROGRESS", "QUEUED", "completed", "DONE", "", "?"]
)
def test_any_other_word_means_that_it_goes_on(word: str) -> None:
    vendor = Vendor(takes=20.0, goes_on_as=word)

    assert vendor.watch().wait() is not None
    assert vendor.looked_at[-1] >= 20.0


@pytest.mark.parametrize("word", ["COMPLETED", "FAILED"])
def test_there_is_one_last_look_at_the_end_of_the_call(word: str) -> None:
    vendor = Vendor(takes=20.0, ends_as=word, retry_after=lambda _: 12.0)

    operation = vendor.watch(seconds=20.0).wait()

    assert operation is not None
    assert operation.status == word
    assert vendor.looked_at == pytest.approx([0.3, 12.3, 20.0])


def test_the_last_look_has_some_time_of_its_own() -> None:
    vendor = Vendor()
    watch = vendor.watch(seconds=5.0)
    left: list[float] = []

    def look() -> Operation:
        left.append(watch.moment.left())
        return vendor.look()

    watch.look = look

    with pytest.raises(DeadlineError):
        watch.wait()

    assert left[-1] == pytest.approx(LAST_LOOK_SECONDS)
    assert watch.moment.left() == 0.0


def test_the_end_of_the_call_tells_all_that_is_known() -> None:
    vendor = Vendor(takes=99.0)

    with pytest.raises(DeadlineError) as caught:
        vendor.watch(seconds=20.0).wait()

    assert str(caught.value) == (
        "the time given to this call is over\n"
        f"  operation op-1: RUNNING after 20 s and {len(vendor.looked_at)} looks\n"
        "  What to do: raise custom_timeouts of the resource; the next update waits on for this operation"
    )


def test_a_call_that_is_over_before_the_first_look_looks_once() -> None:
    vendor = Vendor(takes=0.0)

    assert vendor.watch(seconds=0.0).wait() is not None
    assert len(vendor.looked_at) == 1


@pytest.mark.parametrize("looks", [0, 1, 4])
def test_a_stop_ends_the_wait_at_once(looks: int) -> None:
    vendor = Vendor()
    if looks == 0:
        vendor.clock.is_stopped = True

    def stop(number: int) -> None:
        vendor.clock.is_stopped = number == looks

    vendor.trouble = stop
    with pytest.raises(CancelledError, match="waits on for this operation") as caught:
        vendor.watch().wait()

    assert len(vendor.looked_at) == looks
    assert "operation op-1: " in str(caught.value)


def test_the_progress_says_what_the_vendor_says_and_for_how_long_each_line_once() -> None:
    vendor = Vendor(takes=3.3, trouble=lambda n: LostAnswerError("lost") if n == 4 else None)

    vendor.watch().wait()

    assert vendor.progress == [f"operation op-1 RUNNING, {seconds} s" for seconds in (0, 1, 2, 3)]


def test_a_failure_tells_the_vendors_reason_and_what_it_took() -> None:
    vendor = Vendor(takes=1.0, ends_as="FAILED")
    watch = vendor.watch()
    watch.wait()
    why, link = "Bad Request: No such store (code 20001)", "https://www.twilio.com/docs/errors/20001"

    failure = watch.failure(Operation("op-1", "FAILED", why=why, link=link))

    assert str(failure) == (
        f"the operation FAILED: {why}\n  See: {link}\n  operation op-1: FAILED after 1 s and 4 looks"
    )
    assert not failure.may_have_acted
    assert str(watch.failure(Operation("op-1", "CANCELLED"))).startswith("the operation CANCELLED\n")


def test_a_glance_is_one_look_without_a_wait() -> None:
    vendor = Vendor(trouble=lambda n: NOT_FOUND if n == 2 else None)
    watch = vendor.watch()

    assert (watch.glance(), watch.glance()) == (Operation("op-1", "RUNNING"), None)
    assert vendor.clock.slept == []
