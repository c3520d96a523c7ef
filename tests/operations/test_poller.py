"""The wait for an operation: when it polls, what ends it, and what it says."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from pulumi_switchboard.deadline import LONGEST_RETRY_AFTER
from pulumi_switchboard.errors import (
    UNAUTHORIZED,
    DeadlineError,
    LostAnswerError,
    NotFoundError,
    OperationFailedError,
    Refusal,
    SwitchboardError,
    UnreachableError,
    VendorError,
)
from pulumi_switchboard.operations.poller import FIRST_PAUSE, JITTER, YOUNG_SECONDS, OperationPoller
from pulumi_switchboard.resource.polling import LAST_LOOK_SECONDS
from pulumi_switchboard.vendors.operation import Operation

from tests.clock import Clock
from tests.promises import proves

NOT_FOUND = NotFoundError(Refusal("Example", 404, 1, "no such operation"))
LOST = LostAnswerError("half an answer")


def refused(status: int) -> VendorError:
    """A refusal with this status."""
    return VendorError(Refusal("Example", status, 1, "no", link="https://example.com/1", request_id="RQ1"))


class Extreme(random.Random):
    """Draws the greatest number that is allowed, or the smallest."""

    greatest = True

    def uniform(self, a: float, b: float) -> float:
        """The one or the other."""
        return b if self.greatest else a


@dataclass
class Wait:
    """The wait for an operation that ends after some time."""

    takes: float = 30.0
    ends_as: str = "COMPLETED"
    goes_on_as: str = "RUNNING"
    retry_after: float | None = None
    trouble: Callable[[int], Exception | None] = lambda _: None
    """What becomes of a poll, by its number."""
    a_poll_takes: float = 0.0
    clock: Clock = field(default_factory=Clock)
    polls: list[float] = field(default_factory=list)
    """When the operation was polled."""
    left: float = 0.0
    """The time that the last poll had."""

    def poll(self) -> Operation:
        """The operation as it is now."""
        waited = self.clock.time - 1000.0
        self.polls.append(waited)
        self.left = self.poller.deadline.left()
        self.clock.time += self.a_poll_takes
        if (trouble := self.trouble(len(self.polls))) is not None:
            raise trouble
        status = self.ends_as if waited >= self.takes else self.goes_on_as
        return Operation("op-1", status, retry_after=self.retry_after)

    def run(
        self, first: float | None = None, *, seconds: float = 600.0, chance: random.Random | None = None
    ) -> str:
        """Wait to the end; returns the last status, or nothing if the operation is unknown."""
        self.poller = OperationPoller(
            "op-1", self.poll, self.clock.deadline(seconds), lambda _: None, chance or Extreme()
        )
        operation = self.poller.wait(first)
        assert operation is None or operation.has_ended
        return operation.status if operation is not None else ""

    def fails(self, kind: type[SwitchboardError], *, seconds: float = 600.0) -> str:
        """Wait, which fails; returns the text of the error."""
        with pytest.raises(kind) as caught:
            self.run(seconds=seconds)
        return str(caught.value)

    @property
    def pauses(self) -> list[float]:
        """The time between each poll and the next."""
        return [after - before for before, after in pairwise(self.polls)]


@proves("wait.pace")
def test_the_pauses_grow_with_the_time_waited_between_two_limits() -> None:
    for greatest, share in ((True, 1.0), (False, 1.0 - JITTER)):
        wait, chance = Wait(takes=200.0), Extreme()
        chance.greatest = greatest
        wait.run(chance=chance)
        assert wait.pauses == pytest.approx(
            [share * min(10.0, max(0.3, 0.15 * waited)) for waited in wait.polls[:-1]]
        )


@proves("wait.pace")
def test_a_retry_after_is_a_minimum_of_each_pause_up_to_a_limit() -> None:
    for asked, first in (
        (None, FIRST_PAUSE),
        (0.1, FIRST_PAUSE),
        (5.0, 5.0),
        (86_400.0, LONGEST_RETRY_AFTER),
    ):
        wait = Wait(takes=0.0)
        wait.run(asked)
        assert wait.polls == [pytest.approx(first)]
        wait = Wait(takes=90.0, retry_after=asked)
        wait.run()
        assert min(wait.pauses) == pytest.approx(first)
        assert max(wait.pauses) <= LONGEST_RETRY_AFTER
    broken = Wait(takes=12.0, retry_after=4.0, trouble=lambda n: LOST if n == 2 else None)
    broken.run()
    assert broken.pauses == pytest.approx([4.0, 4.0, 4.0]), "the last Retry-After counts through trouble"


@proves("wait.pace")
@pytest.mark.parametrize("seconds", [2.0, 5.0, 13.0, 34.0, 60.0])
def test_the_wait_ends_soon_after_the_operation_and_costs_few_requests(seconds: float) -> None:
    for a_poll_takes in (0.0, 0.05):
        late = []
        for seed in range(200):
            chance = random.Random(seed)  # noqa: S311 - nothing secret
            wait = Wait(takes=seconds * chance.uniform(0.9, 1.0), a_poll_takes=a_poll_takes)
            wait.run(chance=chance)
            late.append((wait.clock.time - 1000.0 - wait.takes) / wait.takes)
            assert len(wait.polls) <= 40
        assert min(late) >= 0.0
        assert sorted(late)[int(0.95 * len(late))] <= 0.2


@proves("wait.transient-trouble")
def test_transient_trouble_never_ends_the_wait_and_is_told_at_the_deadline() -> None:
    statuses = (408, 425, 429, 500, 502, 503, 504)
    errors: list[SwitchboardError] = [UnreachableError("no way"), LOST, *map(refused, statuses)]
    for error in errors:
        trouble = {n: error for n in range(1, 99) if n % 3}
        assert Wait(takes=60.0, trouble=trouble.get).run() == "COMPLETED"
        told = Wait(trouble=dict.fromkeys(range(99), error).get).fails(DeadlineError, seconds=20.0)
        assert f"last attempt: {error.summary}" in told
        assert "operation op-1: accepted after 20 s" in told


@proves("wait.transient-trouble", "wait.unknown-operation")
def test_any_other_refusal_ends_the_wait_at_once() -> None:
    for status in (400, 401, 403, 405, 410, 501):
        wait = Wait(trouble={2: refused(status)}.get)
        if status in UNAUTHORIZED:
            told = wait.fails(VendorError)
        else:
            assert wait.run() == ""
            told = str(wait.poller.unknown("look again"))
            assert told.endswith("look again")
        assert len(wait.polls) == 2
        for text in (f"HTTP {status}", "operation op-1: RUNNING after 1 s and 2 polls", "Request id: RQ1"):
            assert text in told


@proves("wait.unknown-operation")
def test_an_operation_that_is_not_found_is_asked_for_again_while_it_is_young() -> None:
    assert Wait(takes=5.0, trouble=lambda n: NOT_FOUND if n < 4 else None).run() == "COMPLETED"
    late = Wait(trouble=lambda n: NOT_FOUND if n == 1 else None)
    assert late.run(first=20.0) == "COMPLETED", "its age counts from the first poll"
    wait = Wait(trouble=lambda _: NOT_FOUND)
    assert wait.run() == ""
    assert YOUNG_SECONDS < wait.polls[-1] < YOUNG_SECONDS + 5.0


@proves("transport.rate-limit")
def test_a_rate_limit_that_outlasts_the_call_does_not_end_the_wait_before_its_time() -> None:
    over = DeadlineError("over")
    wait = Wait(takes=15.0, trouble=lambda n: over if n == 2 else None)
    assert wait.run(seconds=20.0) == "COMPLETED"
    assert wait.polls[-1] == pytest.approx(20.0)

    told = Wait(trouble=lambda n: over if n > 1 else None).fails(DeadlineError, seconds=20.0)
    assert "the vendor asks to wait longer" in told
    assert "operation op-1: RUNNING after 20 s and 3 polls" in told
    told = Wait(a_poll_takes=30.0, trouble=lambda _: over).fails(DeadlineError, seconds=20.0)
    assert "the vendor asks" not in told, "the poll itself has outlasted the call"


@proves("wait.terminal-states", "error.vendor-words")
def test_only_three_states_end_the_wait_and_a_failure_has_the_vendors_reason() -> None:
    for status in ("COMPLETED", "FAILED", "CANCELLED"):
        assert Wait(takes=2.0, ends_as=status).run() == status
    for status in ("PENDING", "RUNNING", "IN_PROGRESS", "completed", "DONE", "", "?"):
        wait = Wait(takes=20.0, goes_on_as=status)
        wait.run()
        assert wait.polls[-1] >= 20.0, status

    wait = Wait(takes=1.0, ends_as="FAILED")
    wait.run()
    why, link = "Bad Request: No such store (code 20001)", "https://www.twilio.com/docs/errors/20001"
    failure = wait.poller.failure(Operation("op-1", "FAILED", error=why, link=link))
    assert isinstance(failure, OperationFailedError)
    assert not failure.may_have_acted
    assert str(failure) == (
        f"the operation FAILED: {why}\n  See: {link}\n  operation op-1: FAILED after 1 s and 4 polls"
    )
    assert str(wait.poller.failure(Operation("op-1", "CANCELLED"))).startswith("the operation CANCELLED\n")


@proves("wait.deadline", "error.what-failed")
def test_there_is_one_last_poll_at_the_deadline_and_the_error_says_what_is_known_and_what_to_do() -> None:
    for status in ("COMPLETED", "FAILED"):
        wait = Wait(takes=20.0, ends_as=status, retry_after=12.0)
        assert wait.run(seconds=20.0) == status
        assert wait.polls == pytest.approx([0.3, 12.3, 20.0])
    for asked, seconds in ((60.0, 10.0), (None, 10.0), (None, 0.0)):
        wait = Wait(takes=seconds, retry_after=60.0)
        assert wait.run(asked, seconds=seconds) == "COMPLETED"
        assert wait.polls[-1] == pytest.approx(seconds)

    wait = Wait(takes=99.0)
    assert wait.fails(DeadlineError, seconds=20.0) == (
        "the time given to this call is over\n"
        f"  operation op-1: RUNNING after 20 s and {len(wait.polls)} polls\n"
        "  What to do: raise custom_timeouts of the resource; "
        "the next update continues to wait for this operation"
    )
    assert wait.left == pytest.approx(LAST_LOOK_SECONDS)
    assert wait.poller.deadline.left() == 0.0
