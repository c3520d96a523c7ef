"""A write whose operation outlasts its call: state keeps it, and a later run goes on with it."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import (
    CancelledError,
    DeadlineError,
    MissingError,
    SwitchboardError,
    UnsettledError,
)

from tests.core.factory import HANGS, NEW, SLOW, Fate, Works
from tests.core.machine_runs import FASTER, answered_late, left, made

CTRL_C = KeyboardInterrupt()


@pytest.mark.parametrize(("fate", "kind"), [(SLOW, DeadlineError), (HANGS, DeadlineError)])
def test_a_create_that_takes_too_long_is_kept_with_its_operation(
    works: Works, fate: Fate, kind: type[SwitchboardError]
) -> None:
    live = left(works, fate)

    assert live.id == "machine-1"
    assert isinstance(live.unfinished, kind)
    assert "operation job-1: RUNNING" in str(live.unfinished)
    assert live.outputs["_pending"]["operation"] == "job-1"
    assert (live.outputs["speed"], live.outputs["place"]) == (1, "hall")


def test_a_create_that_no_answer_names_yet_is_an_error(works: Works) -> None:
    works.factory.fates, works.factory.who_says = [SLOW], "operation"

    with pytest.raises(DeadlineError, match="job-1"):
        works.life(seconds=20.0).create(NEW)


@pytest.mark.parametrize("skip", [0, 1, 3])
def test_a_stop_leaves_a_create_and_an_update_unfinished(works: Works, skip: int) -> None:
    works.trouble("after", "LOOK", CTRL_C, skip=skip)
    assert isinstance(works.life().create(NEW).unfinished, CancelledError)
    works.next_run()
    live = works.life().create(NEW)
    works.trouble("after", "LOOK", CTRL_C, skip=skip)

    stopped = works.life().update(live.id, live.outputs, FASTER, ())

    assert isinstance(stopped.unfinished, CancelledError)
    assert stopped.outputs["_pending"]["operation"] == "job-2"
    assert stopped.outputs["speed"] == 1


@pytest.mark.parametrize("edit", [{}, {"speed": 3}])
def test_the_next_update_waits_on_and_says_so(works: Works, edit: Bag) -> None:
    live = left(works)
    assert works.life().diff(live.id, live.outputs, NEW, {**NEW, **edit}, ()).changes is True

    done = works.life(seconds=1200.0).update(live.id, live.outputs, {**NEW, **edit}, ())

    assert done.unfinished is None
    assert "_pending" not in done.outputs
    assert works.factory.machines["machine-1"]["speed"] == edit.get("speed", 1)
    assert works.requests()[:2] == ["LOOK job-1", "GET machine-1"]
    assert works.warnings == [
        "an earlier run has left the operation job-1 on machine-1 unfinished: it is waited for"
    ]


def test_an_update_that_is_not_over_yet_stays_unfinished(works: Works) -> None:
    live = left(works)

    again = works.life(seconds=20.0).update(live.id, live.outputs, FASTER, ())

    assert again.unfinished is not None
    assert again.outputs["_pending"].items() >= {"operation": "job-1", "never_seen": True}.items()


def test_an_unfinished_update_goes_on_and_is_brought_to_what_was_edited(works: Works) -> None:
    live = made(works)
    works.factory.fates = [SLOW]
    slow = works.life(seconds=20.0).update(live.id, live.outputs, FASTER, ())
    works.next_run()

    done = works.life(seconds=1200.0).update(live.id, slow.outputs, {**NEW, "speed": 3}, ())

    assert (done.unfinished, done.outputs["speed"]) == (None, 3)
    puts = [request for request in works.requests() if request.startswith("PUT")]
    assert puts == ["PUT machine-1"]


@pytest.mark.parametrize("fate", [Fate("FAILED", acts=False, takes=900.0), Fate(acts=False, takes=900.0)])
def test_a_create_that_never_comes_is_defunct_and_another_one_takes_its_place(
    works: Works, fate: Fate
) -> None:
    live = left(works, fate)

    dead = works.life(seconds=1200.0).update(live.id, live.outputs, NEW, ())

    assert isinstance(dead.unfinished, MissingError)
    assert "machine-1 was never made" in str(dead.unfinished)
    works.next_run()
    assert works.life().diff(dead.id, dead.outputs, NEW, NEW, ()).replaces == ("place",)
    new = works.life().create(NEW)
    works.life().delete(dead.id, dead.outputs)
    assert (new.unfinished, new.id) == (None, "machine-2")
    assert list(works.factory.machines) == ["machine-2"]


def test_what_was_left_unfinished_is_not_updated_into_another_place(works: Works) -> None:
    live = left(works)
    answered_late(works)
    works.factory.settle()
    works.factory.machines[live.id]["place"] = "cellar"

    done = works.life().update(live.id, live.outputs, NEW, ())

    assert [request for request in works.requests() if request.startswith("PUT")] == []
    assert works.life().diff(done.id, done.outputs, NEW, NEW, ()).replaces == ("place",)


def test_a_refresh_keeps_what_is_pending(works: Works) -> None:
    live = left(works)

    seen = works.life().read(live.id, live.outputs, NEW)

    assert seen is not None
    assert (seen.outputs, seen.inputs) == (live.outputs, NEW)
    assert isinstance(seen.unfinished, UnsettledError)
    assert works.requests() == ["LOOK job-1"]


def test_a_refresh_clears_what_is_over(works: Works) -> None:
    live = left(works)
    answered_late(works)

    seen = works.life().read(live.id, live.outputs, NEW)

    assert seen is not None
    assert "_pending" not in seen.outputs
    assert seen.unfinished is None


def test_a_refresh_right_after_the_end_does_not_lose_what_is_shown_late(works: Works) -> None:
    works.factory.lag = 3.0
    live = left(works)
    works.clock.time = works.factory.jobs["job-1"].ends + 1.0

    assert works.life().read(live.id, live.outputs, NEW) is not None
