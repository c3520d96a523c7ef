"""The keys of creates: the same object in every run, and another one where that can't be used."""

from __future__ import annotations

import re

import pytest
from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import (
    ConflictError,
    LostAnswerError,
    OperationFailedError,
    SwitchboardError,
)
from pulumi_switchboard.identity import LONGEST_CHAIN, key_of, random_key

from tests.core.factory import ACTS_AND_FAILS, DAY, DRILL, FAILS, LATHE, NEW, VANISHES, Fate, Works
from tests.core.machine_runs import made

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FIRST = key_of("5ac0\nfake:Machine::lathe")


def deleted(works: Works, live: Live) -> None:
    """Delete the machine."""
    works.life().delete(live.id, live.outputs)
    works.next_run()


def _used(live: Live) -> dict[str, str]:
    """What the program says of an object that is in state."""
    return {live.outputs["_identity"]["key"]: live.id}


def test_a_key_has_the_form_of_a_uuid_and_follows_from_its_parts_alone() -> None:
    assert UUID.fullmatch(FIRST)
    assert UUID.fullmatch(random_key())
    assert key_of("5ac0\nfake:Machine::lathe") == FIRST
    assert random_key() != random_key()


def test_parts_that_are_cut_elsewhere_make_another_key() -> None:
    assert len({key_of("a", "bc"), key_of("ab", "c"), key_of("abc"), key_of("a", "b", "c")}) == 4


@pytest.mark.parametrize("edit", [{}, {"speed": 2}, {"name": "mill"}, {"place": "attic"}])
def test_the_key_is_the_same_in_every_run_whatever_the_program_asks_for(works: Works, edit: Bag) -> None:
    made(works)

    works.life().create({**NEW, **edit})

    assert works.factory.keys[:2] == [FIRST, FIRST]


@pytest.mark.parametrize("other", [{"_stack": "ffff"}, {"_resource": "fake:Machine::drill"}])
def test_another_stack_or_resource_has_another_key(works: Works, other: Bag) -> None:
    one = made(works)

    live = works.life(DRILL).create({**NEW, **other})

    assert live.id != one.id
    assert len({*works.factory.keys}) == 2


@pytest.mark.parametrize("unknown", ["_stack", "_resource"])
def test_a_key_is_drawn_where_no_one_knows_who_the_resource_is(works: Works, unknown: str) -> None:
    nameless = {name: value for name, value in NEW.items() if name != unknown}

    works.life().create(nameless)
    works.next_run()
    works.life(DRILL).create(nameless)

    assert len({*works.factory.keys}) == len(works.factory.machines) == 2


def test_the_living_object_of_an_earlier_run_is_taken_up_and_announced(works: Works) -> None:
    one = made(works)

    live = works.life().create(NEW)

    assert live.id == one.id
    assert works.requests() == ["POST", "LOOK job-1", f"GET {one.id}"]
    (warning,) = works.warnings
    assert f"{one.id} was made for this resource by an earlier run: this resource manages it" in warning
    assert "pulumi refresh --clear-pending-creates" in warning


def test_what_was_edited_since_is_brought_to_the_object_by_one_put(works: Works) -> None:
    one = made(works)

    live = works.life().create({**NEW, "speed": 2, "tags": ["b", "a"]})

    assert live.id == one.id
    assert [r for r in works.requests() if r.startswith("PUT")] == [f"PUT {one.id}"]
    assert works.factory.machines[one.id]["speed"] == live.outputs["speed"] == 2
    assert "and changes its speed, tags" in works.warnings[0]


def test_a_crash_in_the_middle_of_the_operation_leads_to_the_same_object(works: Works) -> None:
    works.trouble("before", "LOOK", KeyboardInterrupt())
    works.life().create(NEW)
    works.next_run(after=0.5)

    live = works.life().create(NEW)

    assert live.unfinished is None
    assert list(works.factory.machines) == [live.id]


def test_a_post_whose_answer_is_lost_finds_its_object_in_the_next_run(works: Works) -> None:
    works.trouble("after", "POST")
    with pytest.raises(LostAnswerError, match="whether the object was made is not known"):
        works.life().create(NEW)
    works.next_run()

    works.life().create(NEW)

    assert list(works.factory.machines) == ["machine-1"]


def test_an_object_that_a_resource_holds_is_not_used(works: Works) -> None:
    one = made(works)

    live = works.life(DRILL).create({**NEW, "_used": _used(one)})

    second = key_of(FIRST, one.id)
    assert works.factory.keys == [FIRST, FIRST, second]
    assert live.id != one.id
    assert live.outputs["_identity"] == {"id": live.id, "name": None, "of": FIRST, "key": second}
    assert works.warnings == []


def test_an_object_that_a_resource_holds_is_not_used_though_an_earlier_key_leads_to_it(works: Works) -> None:
    deleted(works, made(works))
    one = made(works)

    live = works.life(DRILL).create({**NEW, "_used": _used(one)})

    assert live.id not in (one.id, "machine-1")


def test_an_interrupted_create_beside_an_object_in_use_is_found_again(works: Works) -> None:
    used = {"_used": _used(made(works))}
    leftover = works.life(DRILL).create({**NEW, **used})
    works.next_run()

    assert works.life(DRILL).create({**NEW, **used}).id == leftover.id


def test_an_object_that_was_deleted_uses_up_its_key(works: Works) -> None:
    one = made(works)
    deleted(works, one)

    live = works.life().create(NEW)

    assert live.id != one.id
    assert works.factory.keys[:2] == [FIRST, FIRST] != works.factory.keys[1:]
    assert works.warnings == []


def test_the_chain_is_the_same_after_a_crash_at_its_end(works: Works) -> None:
    deleted(works, made(works))
    deleted(works, made(works))
    one = made(works)

    assert works.life().create(NEW).id == one.id
    assert works.factory.keys[-3:] == works.factory.keys[-6:-3]


def test_a_namesake_of_someone_else_is_not_taken_for_an_object_that_is_gone(works: Works) -> None:
    deleted(works, made(works))
    other = works.life(DRILL).create({**NEW, "_stack": "another stack"})
    works.next_run()

    assert works.life().create(NEW).id != other.id


def test_an_operation_that_failed_in_an_earlier_run_uses_up_its_key(works: Works) -> None:
    works.factory.fates = [FAILS]
    with pytest.raises(OperationFailedError, match="no steel"):
        works.life().create(NEW)
    works.next_run()

    live = works.life().create(NEW)

    assert live.unfinished is None
    assert works.factory.keys[:2] == [FIRST, FIRST] != works.factory.keys[1:]


@pytest.mark.parametrize("fate", [FAILS, Fate("CANCELLED", acts=False)])
def test_an_operation_that_fails_now_is_an_error_and_leaves_nothing(works: Works, fate: Fate) -> None:
    works.factory.fates = [fate]

    with pytest.raises(OperationFailedError, match=f"the operation {fate.status}"):
        works.life().create(NEW)

    assert works.factory.keys == [FIRST]


def test_an_operation_that_failed_though_its_object_is_there_gives_that(works: Works) -> None:
    works.factory.fates = [ACTS_AND_FAILS]

    assert works.life().create(NEW).id == "machine-1"
    assert "was made, though the vendor says that it failed" in works.warnings[0]


@pytest.mark.parametrize("who_says", ["answer", "operation"])
def test_an_object_that_can_not_become_what_is_wanted_uses_up_its_key(works: Works, who_says: str) -> None:
    works.factory.who_says = who_says
    one = made(works)

    live = works.life().create({**NEW, "place": "attic"})

    assert live.id != one.id
    assert works.factory.keys[1] == FIRST != works.factory.keys[2]
    assert one.id in works.factory.machines


@pytest.mark.parametrize("urn", [LATHE, DRILL])
def test_an_object_that_this_run_has_already_uses_up_its_key(works: Works, urn: str) -> None:
    one = works.life(urn).create(NEW)

    live = works.life(DRILL).create(NEW)

    assert live.id != one.id
    assert sorted(works.factory.machines) == [one.id, live.id]


def test_the_object_that_is_being_replaced_uses_up_its_key(works: Works) -> None:
    one = made(works)
    works.life().diff(one.id, one.outputs, NEW, {**NEW, "place": "attic"}, ())

    assert works.life().create({**NEW, "place": "attic"}).id != one.id


def test_trouble_on_the_way_past_the_object_that_is_replaced_does_not_make_it_the_new_one(
    works: Works,
) -> None:
    one = made(works)
    attic = {**NEW, "place": "attic"}
    works.life().diff(one.id, one.outputs, NEW, attic, ())
    works.trouble("before", f"GET {one.id}")

    try:
        id = works.life().create(attic).id
    except SwitchboardError:
        id = ""

    assert id != one.id


@pytest.mark.parametrize(
    ("fate", "who_says"), [(Fate(), "none"), (Fate(), "operation"), (ACTS_AND_FAILS, "answer")]
)
def test_the_next_key_is_the_same_whether_the_object_in_the_way_lives_or_is_gone(
    works: Works, fate: Fate, who_says: str
) -> None:
    works.factory.fates, works.factory.who_says = [fate], who_says
    one, attic = made(works), {**NEW, "place": "attic"}
    two = works.life().create(attic)
    works.next_run()
    deleted(works, one)

    assert works.life().create(attic).id == two.id


def test_an_object_that_is_left_behind_is_told(works: Works) -> None:
    one = made(works)

    works.life().create({**NEW, "place": "attic"})

    assert any(one.id in warning for warning in works.warnings)


def test_a_vanished_operation_whose_object_is_there_gives_that(works: Works) -> None:
    works.factory.fates = [VANISHES]

    assert works.life().create(NEW).id == "machine-1"


def test_the_chain_has_an_end(works: Works) -> None:
    for _ in range(LONGEST_CHAIN):
        deleted(works, made(works))

    with pytest.raises(ConflictError, match=f"{LONGEST_CHAIN} objects or operations of earlier runs"):
        works.life().create(NEW)

    assert works.factory.machines == {}
    works.next_run(after=DAY)
    assert works.life().create(NEW).unfinished is None


def test_the_vendor_forgets_a_key_after_a_day_and_then_makes_a_second_object(works: Works) -> None:
    made(works)
    works.next_run(after=DAY)

    works.life().create(NEW)

    assert len(works.factory.machines) == 2


def test_a_replacement_just_before_the_vendor_forgets_its_first_key_is_made_twice(works: Works) -> None:
    one, attic = made(works), {**NEW, "place": "attic"}
    works.next_run(after=DAY - 300.0)
    works.life().diff(one.id, one.outputs, NEW, attic, ())
    works.life().create(attic)
    works.next_run(after=300.0)
    works.life().diff(one.id, one.outputs, NEW, attic, ())

    works.life().create(attic)

    assert [machine["place"] for machine in works.factory.machines.values()] == ["hall", "attic", "attic"]
