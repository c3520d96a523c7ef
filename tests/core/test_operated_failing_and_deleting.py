"""Operations that fail, vanish or are refused for a while, and deletes, which leave nothing or are errors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.errors import (
    DeadlineError,
    LostAnswerError,
    OperationFailedError,
    Refusal,
    VendorError,
)

from tests.core.factory import ACTS_AND_FAILS, FAILS, NEW, VANISHES, Fate, Works
from tests.core.machine_runs import FASTER, answered_late, left, made

# --- failure


def test_an_update_that_fails_is_an_error_and_changes_nothing(works: Works) -> None:
    live = made(works)
    works.factory.fates = [FAILS]

    with pytest.raises(OperationFailedError, match="the operation FAILED: no steel"):
        works.life().update(live.id, live.outputs, FASTER, ())


def test_an_update_that_fails_but_has_its_effect_goes_to_state_as_it_is(works: Works) -> None:
    live = made(works)
    works.factory.fates = [ACTS_AND_FAILS]

    half = works.life().update(live.id, live.outputs, FASTER, ())

    assert isinstance(half.unfinished, OperationFailedError)
    assert half.outputs["speed"] == 2


def test_an_update_whose_operation_vanishes_is_what_the_object_shows(works: Works) -> None:
    live = made(works)
    works.factory.fates = [VANISHES]

    assert works.life().update(live.id, live.outputs, FASTER, ()).outputs["speed"] == 2


def test_a_lost_answer_to_an_update_is_settled_by_the_next_one(works: Works) -> None:
    live = made(works)
    works.trouble("after", "PUT")
    lost = works.life().update(live.id, live.outputs, FASTER, ())
    works.next_run()

    done = works.life().update(live.id, lost.outputs, FASTER, ())

    assert isinstance(lost.unfinished, LostAnswerError)
    assert (done.unfinished, done.outputs["speed"]) == (None, 2)


@pytest.mark.parametrize("verb", ["PUT", "DELETE"])
def test_a_conflict_is_waited_for_and_told_at_the_end(works: Works, verb: str) -> None:
    live = made(works)
    for _ in range(3):
        works.trouble("before", verb, VendorError(Refusal("Fake", 409, 7, "another operation goes on")))

    write(works, verb, live)
    requests = [request for request in works.requests() if request == f"{verb} machine-1"]
    assert len(requests) == (4 if verb == "PUT" else 1), "repeated deletes show as one"
    assert any("another write is in the way" in text for text in works.progress)

    works.next_run()
    if verb == "DELETE":
        live = made(works)
    for _ in range(99):
        works.trouble("before", verb, VendorError(Refusal("Fake", 409, 7, "another operation goes on")))
    with pytest.raises(DeadlineError, match=r"another operation goes on \(HTTP 409, code 7\)"):
        write(works, verb, live, seconds=60.0)


def write(works: Works, verb: str, live: Live, seconds: float = 600.0) -> None:
    """Change or delete the machine."""
    if verb == "PUT":
        works.life(seconds=seconds).update(live.id, live.outputs, {**NEW, "speed": works.clock.time}, ())
    else:
        works.life(seconds=seconds).delete(live.id, live.outputs)


# --- at the last look

LATE = 19.95
"""The time of an operation that is over just before the call is."""


@pytest.mark.parametrize("fate", [Fate(takes=LATE), Fate("FAILED", acts=False, takes=LATE)])
def test_what_is_over_at_the_last_look_is_as_good_as_over_before(works: Works, fate: Fate) -> None:
    def outcome(write: Callable[[], Live]) -> str:
        works.factory.fates = [fate]
        try:
            live = write()
        except OperationFailedError as failed:
            return str(failed)
        assert live.unfinished is None
        return ""

    said = "" if fate.acts else "the operation FAILED: no steel"
    assert outcome(lambda: works.life(seconds=20.0).create(NEW)).startswith(said)
    works.next_run()
    live = made(works)
    assert outcome(lambda: works.life(seconds=20.0).update(live.id, live.outputs, FASTER, ())).startswith(
        said
    )


def test_an_object_that_no_last_look_sees_is_kept_with_its_operation(works: Works) -> None:
    works.factory.fates, works.factory.lag = [Fate(takes=LATE)], 8.0

    live = works.life(seconds=20.0).create(NEW)

    assert live.outputs["_pending"]["operation"] == "job-1"
    assert isinstance(live.unfinished, DeadlineError)
    assert "operation job-1: COMPLETED after 2" in str(live.unfinished)


def test_a_create_that_failed_is_told_so_though_the_object_can_not_be_looked_at(works: Works) -> None:
    works.factory.fates = [FAILS]
    works.trouble("after", "GET")

    with pytest.raises(OperationFailedError, match="no steel") as caught:
        works.life().create(NEW)

    assert "whether the object is there all the same is not known: no answer" in str(caught.value)


def test_an_update_that_failed_is_told_so_though_the_object_can_not_be_looked_at(works: Works) -> None:
    live = made(works)
    works.factory.fates = [FAILS]
    works.trouble("after", "GET", skip=1)

    with pytest.raises(OperationFailedError, match="no steel") as caught:
        works.life().update(live.id, live.outputs, FASTER, ())

    assert "what the object is like now is not known: no answer" in str(caught.value)


def test_a_delete_that_failed_is_told_so_though_the_object_can_not_be_looked_at(works: Works) -> None:
    live = made(works)
    works.factory.fates = [FAILS]
    works.trouble("after", "GET")

    with pytest.raises(OperationFailedError, match="no steel") as caught:
        works.life().delete(live.id, live.outputs)

    assert "machine-1 could not be looked at again: no answer" in str(caught.value)


# --- delete


def test_a_delete_of_what_is_being_made_waits_for_it_and_leaves_nothing(works: Works) -> None:
    live = left(works)

    works.life(seconds=1200.0).delete(live.id, live.outputs)

    answered_late(works)
    works.factory.settle()
    assert works.factory.machines == {}


def test_a_delete_that_can_not_wait_so_long_fails(works: Works) -> None:
    live = left(works)

    with pytest.raises(DeadlineError, match="job-1"):
        works.life(seconds=20.0).delete(live.id, live.outputs)

    assert [r for r in works.requests() if r.startswith("DELETE")] == []


def test_a_delete_of_what_was_never_made_succeeds(works: Works) -> None:
    live = left(works, Fate("FAILED", acts=False, takes=900.0))

    works.life(seconds=1200.0).delete(live.id, live.outputs)

    assert works.progress[-1] == "machine-1 is gone already"


@pytest.mark.parametrize("fate", [ACTS_AND_FAILS, VANISHES])
def test_a_delete_whose_operation_fails_or_vanishes_succeeds_if_the_object_is_gone(
    works: Works, fate: Fate
) -> None:
    live = made(works)
    works.factory.fates = [fate]

    works.life().delete(live.id, live.outputs)


@pytest.mark.parametrize("fate", [FAILS, Fate(acts=False, is_seen=False)])
def test_a_delete_whose_object_is_there_still_fails(works: Works, fate: Fate) -> None:
    live = made(works)
    works.factory.fates = [fate]

    with pytest.raises(OperationFailedError, match="job-2"):
        works.life().delete(live.id, live.outputs)


def test_an_object_that_was_taken_up_is_not_deleted_as_its_former_self_in_the_next_run(works: Works) -> None:
    one = made(works)
    taken = works.life().create(NEW)
    assert taken.id == one.id
    works.next_run()

    works.life().diff(taken.id, taken.outputs, NEW, NEW, ())
    works.life().delete(one.id, one.outputs)

    assert list(works.factory.machines) == [taken.id]
