"""The life of a resource whose writes are operations, told with a made-up type."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import (
    CancelledError,
    ConflictError,
    DeadlineError,
    LostAnswerError,
    MissingError,
    OperationFailedError,
    Refusal,
    SwitchboardError,
    UnsettledError,
    VendorError,
)

from tests.core.factory import ACTS_AND_FAILS, DRILL, FAILS, HANGS, NEW, SLOW, VANISHES, Fate, Works

FASTER: Bag = {**NEW, "speed": 2}
CTRL_C = KeyboardInterrupt()


@pytest.fixture
def works() -> Works:
    """The first run of a program."""
    return Works()


def made(works: Works, **changes: Any) -> Live:
    """A machine of an earlier run."""
    live = works.life().create({**NEW, **changes})
    assert live.unfinished is None
    works.next_run()
    return live


def left(works: Works, fate: Fate = SLOW) -> Live:
    """A machine whose create an earlier run has left unfinished."""
    works.factory.fates = [fate]
    live = works.life(seconds=20.0).create(NEW)
    assert live.unfinished is not None
    works.next_run()
    return live


def answered_late(works: Works) -> None:
    """Let the time pass that slow operations take."""
    works.clock.time += 900.0


# --- requests


@pytest.mark.parametrize("who_says", ["answer", "operation"])
def test_a_create_is_one_post_some_looks_and_one_get(works: Works, who_says: str) -> None:
    works.factory.who_says = who_says

    live = works.life().create(NEW)

    assert works.requests() == ["POST", "LOOK job-1", "GET machine-1"]
    assert live.id == "machine-1"
    assert live.outputs["speed"] == 1
    assert works.warnings == []
    assert works.progress


def test_an_update_is_one_get_one_put_some_looks_and_one_get(works: Works) -> None:
    live = made(works)

    changed = works.life().update(live.id, live.outputs, FASTER, ())

    assert works.requests() == ["GET machine-1", "PUT machine-1", "LOOK job-2", "GET machine-1"]
    assert (changed.outputs["speed"], changed.outputs["version"]) == (2, 2)
    assert works.warnings == []


def test_a_delete_is_one_delete_and_some_looks(works: Works) -> None:
    live = made(works)

    works.life().delete(live.id, live.outputs)

    assert works.requests() == ["DELETE machine-1", "LOOK job-2", "GET machine-1"]
    assert works.factory.machines == {}


def test_what_is_so_already_is_asked_for_by_no_request(works: Works) -> None:
    live = made(works)

    assert works.life().update(live.id, live.outputs, NEW, ()).outputs == live.outputs
    assert works.requests() == []


def test_members_that_are_not_ours_survive_an_update(works: Works) -> None:
    live = made(works)
    works.factory.machines[live.id]["novel"] = {"deep": [1]}

    works.life().update(live.id, live.outputs, FASTER, ())

    assert works.factory.machines[live.id]["novel"] == {"deep": [1]}


def test_a_version_that_moved_is_told_with_what_changed(works: Works) -> None:
    live = made(works)
    works.factory.machines[live.id] |= {"version": 7, "tags": ["odd"]}

    works.life().update(live.id, live.outputs, FASTER, ())

    assert works.warnings == ["machine-1 was changed outside of this program since the last update: tags"]


@pytest.mark.parametrize("lag", [0.5, 5.0, 14.0])
@pytest.mark.parametrize("who_says", ["answer", "operation", "none"])
def test_an_object_that_is_shown_late_is_waited_for(works: Works, lag: float, who_says: str) -> None:
    works.factory.lag, works.factory.who_says = lag, who_says

    live = works.life().create(NEW)

    assert live.unfinished is None
    assert live.outputs["version"] == 1


def test_an_update_that_is_shown_late_is_waited_for(works: Works) -> None:
    live = made(works)
    works.factory.lag = 0.5

    assert works.life().update(live.id, live.outputs, FASTER, ()).outputs["speed"] == 2
    assert works.warnings == []


# --- by name, where no answer names an id


def test_an_object_that_no_answer_names_is_found_by_its_name(works: Works) -> None:
    works.factory.who_says = "none"
    works.life(DRILL).create({**NEW, "name": "drill", "_resource": "fake:Machine::drill"})
    works.requests()

    assert works.life().create(NEW).id == "machine-2"
    assert works.requests() == ["POST", "LOOK job-2", "LIST"]


def test_an_older_namesake_is_not_taken_for_it(works: Works) -> None:
    works.factory.machines["old"] = {**NEW, "made": 1.0}
    works.factory.who_says = "none"

    assert works.life().create(NEW).id == "machine-1"


def test_two_that_may_be_it_are_an_error_that_names_them(works: Works) -> None:
    works.factory.machines["twin"] = {**NEW, "made": works.clock.time}
    works.factory.who_says = "none"

    with pytest.raises(ConflictError, match="twin and machine-1 have the same name"):
        works.life().create(NEW)


def test_a_younger_namesake_does_not_keep_it_from_being_found_again(works: Works) -> None:
    works.factory.who_says = "none"
    one, attic = made(works), {**NEW, "place": "attic"}

    def replaced() -> str:
        works.life().diff(one.id, one.outputs, NEW, attic, ())
        two = works.life().create(attic).id
        works.next_run()
        return two

    assert replaced() == replaced() == "machine-2"


def test_a_vanished_operation_does_not_make_a_namesake_ours(works: Works) -> None:
    works.factory.machines["old"] = {**NEW, "made": 1.0}
    works.factory.fates = [Fate(acts=False, is_seen=False)]

    try:
        id = works.life().create(NEW).id
    except SwitchboardError:
        id = ""

    assert id != "old"


# --- unfinished


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
