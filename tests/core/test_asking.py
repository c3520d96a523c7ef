"""Creates of vendors that differ in their clocks, in what they do at once, and in what they say of keys."""

from __future__ import annotations

import pytest
from pulumi_switchboard.errors import OperationFailedError, Refusal, SwitchboardError, VendorError
from pulumi_switchboard.identity import key_of

from tests.core.factory import FAILS, NEW, Works
from tests.core.machine_runs import made

FIRST = key_of("5ac0\nfake:Machine::lathe")


# --- where the vendor's clocks differ


@pytest.mark.parametrize("ahead", [-2.0, 2.0, 30.0])
@pytest.mark.parametrize("takes", [0.0, 2.0])
def test_a_failure_is_not_taken_for_one_of_earlier_runs_over_and_over(
    works: Works, ahead: float, takes: float
) -> None:
    works.factory.fates, works.factory.ahead, works.factory.takes = [FAILS] * 9, ahead, takes

    with pytest.raises(OperationFailedError, match="no steel"):
        works.life().create(NEW)

    assert len(works.factory.jobs) <= 2
    works.factory.fates = []
    works.next_run()
    assert works.life().create(NEW).unfinished is None


# --- where the vendor answers with the object itself


def test_an_object_that_is_made_at_once_is_one_post_and_one_get(works: Works) -> None:
    works.factory.at_once = True

    live = works.life().create(NEW)

    assert (live.id, works.warnings) == ("machine-1", [])
    assert works.requests() == ["POST", "GET machine-1"]


def test_an_object_made_at_once_and_shown_late_is_waited_for(works: Works) -> None:
    works.factory.at_once, works.factory.lag = True, 8.0

    assert works.life().create(NEW).id == "machine-1"
    assert works.factory.keys == [FIRST]


def test_an_answer_that_is_repeated_of_an_object_that_was_deleted_uses_up_its_key(works: Works) -> None:
    works.factory.at_once = True
    one = made(works)
    works.life().delete(one.id, one.outputs)
    works.next_run()

    assert works.life().create(NEW).id == "machine-2"


def test_an_answer_that_is_repeated_of_the_object_that_is_replaced_uses_up_its_key(works: Works) -> None:
    works.factory.at_once = True
    one, attic = made(works), {**NEW, "place": "attic"}
    works.life().diff(one.id, one.outputs, NEW, attic, ())

    live = works.life().create(attic)

    assert (live.id, live.outputs["place"]) == ("machine-2", "attic")


def test_an_answer_that_is_repeated_of_a_living_object_is_brought_to_what_was_edited(works: Works) -> None:
    works.factory.at_once = True
    one = made(works)

    live = works.life().create({**NEW, "speed": 2})

    assert (live.id, live.outputs["speed"]) == (one.id, 2)
    assert "machine-1 was made for this resource, perhaps by an earlier run" in works.warnings[0]


def test_an_object_made_at_once_that_can_not_be_looked_at_is_kept(works: Works) -> None:
    works.factory.at_once = True
    works.trouble("after", "GET")

    live = works.life().create(NEW)

    assert (live.id, live.outputs["_pending"]["never_seen"]) == ("machine-1", True)
    works.next_run()
    assert works.life().update(live.id, live.outputs, NEW, ()).unfinished is None


# --- where an object that is found again can't be changed


@pytest.mark.parametrize(
    ("error", "times"),
    [
        (VendorError(Refusal("Fake", 400, 1, "too fast")), 1),
        (VendorError(Refusal("Fake", 409, 1, "busy")), 99),
    ],
    ids=str,
)
def test_an_object_that_is_found_again_and_can_not_be_changed_is_in_state(
    works: Works, error: SwitchboardError, times: int
) -> None:
    one = made(works)
    for _ in range(times):
        works.trouble("before", "PUT", error)

    live = works.life(seconds=30.0).create({**NEW, "speed": 2})

    assert (live.id, live.outputs["speed"]) == (one.id, 1)
    assert error.summary in str(live.unfinished)
    works.next_run()
    works.factory.troubles = []
    assert works.life().update(live.id, live.outputs, {**NEW, "speed": 2}, ()).outputs["speed"] == 2


def test_an_object_that_is_found_again_and_fails_to_change_is_in_state(works: Works) -> None:
    one = made(works)
    works.factory.fates = [FAILS]

    live = works.life().create({**NEW, "speed": 2})

    assert live.id == one.id
    assert isinstance(live.unfinished, OperationFailedError)
    works.life().delete(live.id, live.outputs)
    assert works.factory.machines == {}


# --- what a vendor says of keys


@pytest.mark.parametrize(
    "message",
    [
        "Idempotency-Key: was used for another request",
        "The idempotency key was reused with a different body",
        "Request does not match the one of this idempotency key",
    ],
)
def test_a_key_that_is_refused_for_other_arguments_is_followed_by_one_of_the_arguments(
    works: Works, message: str
) -> None:
    works.trouble("before", "POST", VendorError(Refusal("Fake", 400, 1, message)))

    assert works.life().create(NEW).unfinished is None
    assert works.factory.keys != [FIRST]
    assert "an earlier run has asked for this object with other arguments" in works.warnings[0]


@pytest.mark.parametrize(
    "message", ["Idempotency-Key: must be a UUID", "A request with this idempotency key is in progress"]
)
def test_a_key_that_is_refused_for_another_reason_is_an_error(works: Works, message: str) -> None:
    works.trouble("before", "POST", VendorError(Refusal("Fake", 400, 1, message)))

    with pytest.raises(VendorError, match=message):
        works.life().create(NEW)
