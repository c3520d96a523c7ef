"""A write whose operation outlasts its call: state keeps it, and a later run goes on with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.core.operations import Operation
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import (
    CancelledError,
    DeadlineError,
    MissingError,
    NotFoundError,
    Refusal,
    SwitchboardError,
    UnsettledError,
    VendorError,
)

from tests.core.factory import HANGS, NEW, SLOW, Fate, Machine, MachineCall, Works
from tests.core.machine_runs import FASTER, answered_late, left, made

CTRL_C = KeyboardInterrupt()
UNKNOWN = NotFoundError(Refusal("Fake", 404, 1, "no such operation"))
EXPIRED = VendorError(Refusal("Fake", 400, 1, "no longer"))


class Silent(Machine):
    """A machine of whose operations the vendor tells nothing."""

    def __init__(self, error: VendorError = UNKNOWN) -> None:
        self.error = error

    def look(self, call: MachineCall, operation_id: str) -> Operation:
        """Tell nothing."""

        def refuse() -> Operation:
            raise self.error

        return call.client.ask(call, f"LOOK {operation_id}", refuse)


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


# --- operations of which the vendor tells nothing


@pytest.mark.parametrize("takes", [45.0, 120.0])
def test_a_create_whose_operation_is_unknown_is_not_asked_for_anew(works: Works, takes: float) -> None:
    works.factory.fates = [Fate(takes=takes)]

    live = works.life(definition=Silent()).create(NEW)

    assert isinstance(live.unfinished, MissingError)
    assert "knows the operation job-1" in str(live.unfinished)
    assert live.outputs["_pending"].items() >= {"operation": "job-1", "never_seen": True}.items()
    assert works.requests().count("POST") == 1
    works.next_run(after=takes)
    assert works.life(definition=Silent()).update(live.id, live.outputs, NEW, ()).unfinished is None
    assert list(works.factory.machines) == ["machine-1"]


def test_a_create_whose_operation_is_unknown_and_that_no_answer_names_is_not_asked_for_anew(
    works: Works,
) -> None:
    works.factory.fates, works.factory.who_says = [Fate(takes=45.0)], "operation"

    with pytest.raises(MissingError, match="knows the operation job-1"):
        works.life(definition=Silent()).create(NEW)
    works.next_run()

    assert works.life().create(NEW).id == "machine-1"


@pytest.mark.parametrize("error", [UNKNOWN, EXPIRED], ids=str)
def test_what_may_come_still_is_neither_dropped_nor_deleted_nor_made_anew(
    works: Works, error: VendorError
) -> None:
    live = left(works)

    seen = works.life(definition=Silent(error)).read(live.id, live.outputs, NEW)
    assert seen is not None
    assert (seen.outputs, seen.unfinished is None) == (live.outputs, False)
    with pytest.raises(SwitchboardError):
        works.life(definition=Silent(error)).delete(live.id, live.outputs)
    again = works.life(definition=Silent(error)).update(live.id, live.outputs, NEW, ())

    assert "defunct" not in again.outputs["_pending"]
    assert [r for r in works.requests() if r.startswith(("DELETE", "POST"))] == []


@pytest.mark.parametrize("error", [UNKNOWN, EXPIRED], ids=str)
def test_what_has_not_come_after_ten_minutes_counts_as_never_made(works: Works, error: VendorError) -> None:
    live = left(works, HANGS)
    works.clock.time += 600.0

    assert works.life(definition=Silent(error)).read(live.id, live.outputs, NEW) is None
    assert works.warnings[-1].startswith(f"fake.Machine {live.id} was never created, and leaves state: ")
    works.life(definition=Silent(error)).delete(live.id, live.outputs)
    dead = works.life(definition=Silent(error)).update(live.id, live.outputs, NEW, ())

    assert dead.outputs["_pending"]["defunct"] is True


def test_a_state_that_does_not_say_since_when_there_is_waiting_waits_no_more(works: Works) -> None:
    live = left(works, HANGS)
    del live.outputs["_pending"]["since"]

    assert works.life(definition=Silent()).read(live.id, live.outputs, NEW) is None


@pytest.mark.parametrize("error", [UNKNOWN, EXPIRED], ids=str)
def test_an_object_that_is_there_settles_what_no_operation_tells(works: Works, error: VendorError) -> None:
    live = left(works)
    answered_late(works)

    seen = works.life(definition=Silent(error)).read(live.id, live.outputs, NEW)
    done = works.life(definition=Silent(error)).update(live.id, live.outputs, NEW, ())

    assert seen is not None
    assert "_pending" not in seen.outputs
    assert (done.unfinished, "_pending" in done.outputs) == (None, False)


def test_an_update_whose_operation_is_unknown_and_that_does_not_show_is_not_done(works: Works) -> None:
    live = made(works)
    works.factory.fates = [Fate(acts=False, is_seen=False)]

    lost = works.life().update(live.id, live.outputs, FASTER, ())

    assert isinstance(lost.unfinished, MissingError)
    assert lost.outputs["_pending"]["operation"] == "job-2"
    works.next_run()
    assert works.life().update(live.id, lost.outputs, FASTER, ()).outputs["speed"] == 2


# --- ids that are announced, and are not the object's own


class Renamed(Machine):
    """A machine that the end of the operation calls otherwise than its beginning."""

    def look(self, call: MachineCall, operation_id: str) -> Operation:
        """Tell its own id."""
        return replace(super().look(call, operation_id), object_ids=("machine-1",))


def announced(works: Works) -> Live:
    """A machine whose create was left unfinished, under an id that leads nowhere."""
    live = left(works)
    answered_late(works)
    return replace(live, id="odd-1", outputs={**live.outputs, "machine_id": "odd-1"})


def test_a_refresh_puts_the_own_id_of_an_object_in_state(works: Works) -> None:
    live = announced(works)

    seen = works.life(definition=Renamed()).read(live.id, live.outputs, NEW)

    assert seen is not None
    assert (seen.id, seen.outputs["machine_id"]) == ("machine-1", "machine-1")


def test_a_delete_finds_the_object_under_its_own_id(works: Works) -> None:
    live = announced(works)

    works.life(definition=Renamed()).delete(live.id, live.outputs)

    assert works.factory.machines == {}


def test_an_update_goes_on_with_the_object_under_its_own_id(works: Works) -> None:
    live = announced(works)

    odd = works.life(definition=Renamed()).update(live.id, live.outputs, NEW, ())
    assert "the vendor calls machine-1 what it has announced as odd-1" in str(odd.unfinished)
    works.next_run()
    assert works.life().diff(odd.id, odd.outputs, NEW, NEW, ()).replaces
    new = works.life().create(NEW)
    works.life().delete(odd.id, odd.outputs)

    assert new.id == "machine-1"
    assert list(works.factory.machines) == ["machine-1"]
