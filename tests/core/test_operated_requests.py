"""The requests of writes that are operations, until the object is shown or found by its name."""

from __future__ import annotations

import pytest
from pulumi_switchboard.errors import ConflictError, SwitchboardError

from tests.core.factory import DRILL, NEW, Fate, Works
from tests.core.machine_runs import FASTER, made

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
