"""The requests of writes that are operations, until the object is shown or found by its name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pulumi_switchboard.core.hidden import arguments
from pulumi_switchboard.core.operations import Accepted, Operation
from pulumi_switchboard.errors import ConflictError, SwitchboardError

from tests.core.factory import DRILL, NEW, Fate, Machine, MachineCall, MachineInputs, MachineState, Works
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


@pytest.mark.parametrize("lag", [0.5, 4.0, 14.0])
def test_an_update_that_is_shown_late_is_waited_for(works: Works, lag: float) -> None:
    live = made(works)
    works.factory.lag = lag

    assert works.life().update(live.id, live.outputs, FASTER, ()).outputs["speed"] == 2
    assert works.warnings == []


def test_what_the_vendor_made_of_an_update_is_not_waited_to_become_what_was_sent(works: Works) -> None:
    class Own(Machine):
        def submit_update(
            self, call: MachineCall, id: str, live: MachineState, inputs: MachineInputs, key: str
        ) -> Accepted | MachineState:
            return super().submit_update(call, id, live, inputs.model_copy(update={"speed": 7}), key)

    live = made(works)

    live = works.life(definition=Own()).update(live.id, live.outputs, FASTER, ())

    assert live.outputs["speed"] == 7
    assert sum(works.clock.slept[-4:]) < 2.0
    assert "machine-1 is not shown as it was sent: speed" in works.warnings[0]


def test_an_object_that_is_shown_late_is_not_looked_for_by_name(works: Works) -> None:
    works.factory.lag = 3.0

    works.life().create(NEW)

    assert works.requests() == ["POST", "LOOK job-1", "GET machine-1"]


def test_a_namesake_that_is_shown_first_is_not_taken_for_an_object_whose_id_is_known(works: Works) -> None:
    works.factory.lag = 2.0
    works.factory.create(arguments(NEW), "someone else's")
    works.clock.time += 1.0

    assert works.life().create(NEW).id == "machine-2"


def test_of_two_ids_the_one_that_leads_to_the_object_is_taken(works: Works) -> None:
    class Twofold(Machine):
        def look(self, call: MachineCall, operation_id: str) -> Operation:
            return replace(super().look(call, operation_id), object_ids=("odd-1", "machine-1"))

    works.factory.who_says = "none"

    assert works.life(definition=Twofold()).create(NEW).id == "machine-1"
    assert works.requests() == ["POST", "LOOK job-1", "GET odd-1", "GET machine-1"]


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

    with pytest.raises(ConflictError, match="the name is that of twin and machine-1"):
        works.life().create(NEW)


def test_one_of_which_no_one_knows_when_it_was_made_is_not_taken_for_it(works: Works) -> None:
    works.factory.machines["undated"] = arguments(NEW)
    works.factory.who_says = "none"

    with pytest.raises(ConflictError, match="the name is that of undated"):
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
