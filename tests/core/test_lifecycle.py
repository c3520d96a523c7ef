"""The life of a resource around the verbs of its definition, told with a made-up type."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from pulumi_switchboard.core.checking import Checked
from pulumi_switchboard.core.checking import check as check_with
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import Origin
from pulumi_switchboard.core.ground import LOOKS
from pulumi_switchboard.core.paths import parse
from pulumi_switchboard.core.values import UNKNOWN, Bag
from pulumi_switchboard.errors import (
    AccountMismatchError,
    ConflictError,
    LostAnswerError,
    MissingError,
    Refusal,
    UnreachableError,
    VendorError,
)

from tests.core.fakes import ACCOUNT, ORIGIN, OTHER, SHELF, SHELF_TYPE, House

BOOKS = "fake:Shelf::books"
PAPERS = "fake:Shelf::papers"
NEW: Bag = {"place": "hall", "_stack": "5ac0", "_resource": BOOKS, "__provider": "pickle"}


def check(old: Bag, new: Bag) -> Checked:
    """Check the arguments of the shelf."""
    return check_with(SHELF_TYPE, old, new, Claims())


def checked(old: Bag, new: Bag) -> Bag:
    """The inputs as they go to the engine."""
    result = check(old, new)
    assert result.problems == []
    return result.inputs


def elsewhere(account: str = "AC-two", endpoint: str = "https://vendor.example") -> Bag:
    """What state holds of an object that the credentials do not belong to."""
    return {"place": "hall", "_origin": {"account": account, "endpoint": endpoint}}


def claimed(house: House, urn: str, id: str) -> None:
    """Have the engine ask about an object, by which its resource holds it."""
    known = {"place": "hall", "_origin": ORIGIN}
    house.life(urn).diff(id, known, known, known, ())


# --- check


def test_a_name_that_is_left_out_is_made_from_the_identity() -> None:
    inputs = checked({}, NEW)

    assert re.fullmatch(r"books-[0-9a-f]{7}", inputs["name"])
    assert inputs["_autoname"] == inputs["name"]
    assert (inputs["_stack"], inputs["_resource"]) == ("5ac0", BOOKS)


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_name_is_left_out(empty: str | None) -> None:
    assert checked({}, {**NEW, "name": empty})["name"] == checked({}, NEW)["name"]


def test_a_name_that_the_program_gives_stays() -> None:
    inputs = checked({}, {**NEW, "name": "mine"})

    assert inputs["name"] == "mine"
    assert "_autoname" not in inputs


def test_the_name_is_kept_when_the_stack_gets_another_life_around_it() -> None:
    first = checked({}, NEW)

    assert checked(first, {**NEW, "_stack": "ffff"}) == first


def test_the_name_is_kept_by_a_preview_that_knows_no_identity() -> None:
    first = checked({}, NEW)

    assert checked(first, {**NEW, "_stack": UNKNOWN}) == first


def test_the_name_follows_an_alias_so_that_the_old_one_is_free() -> None:
    first = checked({}, NEW)

    renamed = checked(first, {**NEW, "_resource": PAPERS})

    assert renamed["name"] == renamed["_autoname"] != first["name"]
    assert renamed["name"].startswith("papers-")
    assert renamed["_resource"] == PAPERS
    assert renamed["_stack"] == first["_stack"]


@pytest.mark.parametrize("unknown", ["_stack", "_resource"])
def test_the_name_is_unknown_in_the_preview_of_a_create(unknown: str) -> None:
    inputs = checked({}, {**NEW, unknown: UNKNOWN})

    assert inputs["name"] is inputs["_autoname"]
    assert type(inputs["name"]) is type(UNKNOWN)


@pytest.mark.parametrize("renamed_first", [True, False])
def test_a_name_that_another_resource_takes_over_in_the_same_run_is_a_problem(
    renamed_first: bool,  # noqa: FBT001 - pytest's
) -> None:
    claims = Claims()
    first = checked({}, NEW)
    renamed = (first, {**NEW, "_resource": PAPERS})
    successor: tuple[Bag, Bag] = ({}, NEW)

    one, two = (renamed, successor) if renamed_first else (successor, renamed)

    assert check_with(SHELF_TYPE, *one, claims).problems == []
    (problem,) = check_with(SHELF_TYPE, *two, claims).problems
    assert f"an alias renames the resource {BOOKS}" in str(problem)


def test_a_made_name_comes_back_when_the_program_takes_its_own_away() -> None:
    first = checked({}, NEW)
    named = checked(first, {**NEW, "name": "mine"})

    assert named["name"] == "mine"
    assert checked(named, NEW)["name"] == first["name"]


def test_a_replacement_which_is_checked_without_old_inputs_gets_the_same_name() -> None:
    assert checked({}, NEW) == checked({}, dict(NEW))


def test_what_has_not_changed_is_said_in_the_old_words() -> None:
    old: Bag = {**NEW, "name": "n", "tags": ["b", "a"], "height": 3.0, "front": {"text": "A", "size": 12.0}}
    new: Bag = {**NEW, "name": "n", "tags": ["a", "b"], "height": 3, "front": {"text": "A"}, "remarks": {}}

    inputs = checked(old, new)

    assert inputs == old
    assert inputs["tags"] == ["b", "a"]
    assert type(inputs["height"]) is float


def test_what_has_changed_is_said_in_the_new_words() -> None:
    old: Bag = {**NEW, "name": "n", "tags": ["b", "a"], "height": 3.0}

    assert checked(old, {**NEW, "name": "n", "tags": ["a", "b", "c"], "height": 4})["tags"] == ["a", "b", "c"]


def test_an_argument_that_is_left_out_leaves_the_inputs() -> None:
    assert "height" not in checked({**NEW, "name": "n", "height": 3}, {**NEW, "name": "n", "height": None})


def test_the_wish_to_adopt_does_not_reach_a_resource_that_exists() -> None:
    first = checked({}, NEW)

    assert "_import" not in checked(first, {**NEW, "_import": "shelf-9"})
    assert checked({}, {**NEW, "_import": "shelf-9"})["_import"] == "shelf-9"


def test_check_changes_neither_of_the_bags_it_is_given() -> None:
    old: Bag = {**NEW, "name": "n", "front": {"text": "A"}}
    new: Bag = {**NEW, "front": {"text": "B"}}

    checked(old, new)

    assert old == {**NEW, "name": "n", "front": {"text": "A"}}
    assert new == {**NEW, "front": {"text": "B"}}


def test_all_problems_come_with_the_inputs() -> None:
    result = check({}, {**NEW, "place": None, "height": 10, "novel": 1})

    assert sorted(problem.path for problem in result.problems) == ["height", "novel", "place"]


def test_advice_is_given_on_what_is_new_or_changed_only() -> None:
    new = {**NEW, "hook": "http://a.example"}
    first = check({}, new)

    assert [remark.path for remark in first.advice] == ["hook"]
    assert check(first.inputs, new).advice == []
    assert [r.path for r in check(first.inputs, {**NEW, "hook": "http://b.example"}).advice] == ["hook"]


# --- create


def test_create_looks_for_its_own_object_and_then_makes_it(house: House) -> None:
    inputs = checked({}, {**NEW, "height": 3.0})

    live = house.life().create(inputs)

    assert house.requests() == ["find", "create"]
    assert live.id == "shelf-1"
    assert live.outputs == {
        "place": "hall",
        "name": inputs["name"],
        "colour": "red",
        "height": 3,
        "tags": [],
        "shelf_id": "shelf-1",
        "account": ACCOUNT,
        "_origin": ORIGIN,
        "_tenure": live.outputs["_tenure"],
    }
    assert house.warnings == []


def test_create_takes_up_the_object_that_a_killed_run_has_left(house: House) -> None:
    inputs = checked({}, NEW)
    house.vendor.put_up("shelf-7", name=inputs["name"])

    live = house.life().create(inputs)

    assert live.id == "shelf-7"
    assert house.requests() == ["find"]
    (warning,) = house.warnings
    assert "shelf-7 was made for this resource by an earlier run" in warning
    assert "pulumi refresh --clear-pending-creates" in warning


def test_create_brings_what_a_killed_run_has_left_to_what_the_program_says_now(house: House) -> None:
    inputs = checked({}, {**NEW, "height": 4})
    house.vendor.put_up("shelf-7", name=inputs["name"], height=3, foreign="kept")

    live = house.life().create(inputs)

    assert house.requests() == ["find", "update shelf-7"]
    assert live.outputs["height"] == 4
    assert house.vendor.shelves["shelf-7"]["foreign"] == "kept"


@pytest.mark.parametrize("height", [3, 4], ids=["identical", "different"])
def test_a_name_of_the_programs_own_that_is_taken_is_an_error_with_the_way_to_adopt(
    house: House, height: int
) -> None:
    house.vendor.put_up("shelf-7", name="mine", height=3)

    with pytest.raises(ConflictError) as caught:
        house.life().create(checked({}, {**NEW, "name": "mine", "height": height}))

    assert "name is taken by shelf-7" in str(caught.value)
    assert 'import_="shelf-7"' in str(caught.value)
    assert house.requests() == ["find"]


@pytest.mark.parametrize(
    "error", [LostAnswerError("no whole answer"), VendorError(Refusal("Fake", 502, None, "bad gateway"))]
)
def test_a_create_whose_answer_got_lost_is_found_again(house: House, error: Exception) -> None:
    house.vendor.lose_answer = error

    live = house.life().create(checked({}, {**NEW, "name": "mine"}))

    assert live.id == "shelf-1"
    assert house.requests() == ["find", "create", "find"]
    assert ["got lost" in warning for warning in house.warnings] == [True]


@pytest.mark.parametrize("name", [None, "mine"])
def test_what_only_a_search_finds_is_met_as_what_a_look_finds(house: House, name: str | None) -> None:
    inputs = checked({}, {**NEW, "name": name})
    house.vendor.put_up("shelf-7", name=inputs["name"])
    house.vendor.looks_up_names = False
    house.vendor.refuse = VendorError(Refusal("Fake", 409, 1, "the name is taken"))

    if name is None:
        assert house.life().create(inputs).id == "shelf-7"
    else:
        with pytest.raises(ConflictError, match="name is taken by shelf-7"):
            house.life().create(inputs)
    assert house.requests() == ["find", "create", "find", "search"]


def test_a_refusal_for_another_reason_is_not_searched_for(house: House) -> None:
    house.vendor.refuse = VendorError(Refusal("Fake", 403, 1, "not for you"))

    with pytest.raises(VendorError, match="not for you"):
        house.life().create(checked({}, NEW))
    assert house.requests() == ["find", "create"]


@pytest.mark.parametrize("error", [LostAnswerError("lost"), UnreachableError("unreachable")])
def test_a_create_that_made_nothing_fails_as_it_failed(house: House, error: Exception) -> None:
    house.vendor.refuse = error

    with pytest.raises(type(error), match=str(error)):
        house.life().create(checked({}, NEW))
    assert house.requests().count("create") == 1


def test_create_adopts_the_object_that_the_program_names(house: House) -> None:
    house.vendor.put_up("shelf-7", name="theirs", height=3, foreign="kept")

    live = house.life().create(checked({}, {**NEW, "name": "theirs", "height": 4, "_import": "shelf-7"}))

    assert house.requests() == ["read shelf-7", "update shelf-7"]
    assert (live.id, live.outputs["height"]) == ("shelf-7", 4)
    assert house.vendor.shelves["shelf-7"]["foreign"] == "kept"
    assert house.warnings == [
        "shelf-7 existed already: this resource manages it from now on, and changes its height"
    ]


def test_an_adopted_object_that_is_as_the_program_says_is_not_written_to(house: House) -> None:
    house.vendor.put_up("shelf-7", name="theirs", tags=["b", "a"])

    house.life().create(checked({}, {**NEW, "name": "theirs", "tags": ["a", "b"], "_import": "shelf-7"}))

    assert house.requests() == ["read shelf-7"]


def test_an_object_to_adopt_that_is_not_there_is_an_error(house: House) -> None:
    with pytest.raises(MissingError, match=rf"shelf-9 does not exist in account {ACCOUNT}"):
        house.life().create(checked({}, {**NEW, "_import": "shelf-9"}))
    assert house.vendor.shelves == {}


def test_an_object_made_in_the_account_of_someone_elses_api_key_is_taken_away_again(house: House) -> None:
    house.vendor.holder = "AC-two"

    with pytest.raises(AccountMismatchError, match=r"they belong to AC-two"):
        house.life().create(checked({}, NEW))

    assert house.vendor.shelves == {}
    assert house.requests()[-1] == "delete shelf-1"


# --- settling


def test_the_vendor_is_asked_again_until_it_shows_what_was_sent(house: House) -> None:
    house.vendor.lag = 3

    live = house.life().create(checked({}, {**NEW, "name": "mine", "height": 3}))

    assert live.outputs["height"] == 3
    assert house.requests() == ["find", "create"] + ["read shelf-1"] * 4
    assert house.warnings == []
    assert 0 < sum(house.clock.slept) < 2


def test_a_vendor_that_never_shows_what_was_sent_is_asked_a_few_times_and_warned_of(house: House) -> None:
    house.vendor.lag = 100

    live = house.life().create(checked({}, {**NEW, "name": "mine", "height": 3}))

    assert live.id == "shelf-1"
    assert "height" not in live.outputs
    assert house.requests().count("read shelf-1") == LOOKS
    (warning,) = house.warnings
    assert "name, height" in warning
    assert "mine" not in warning
    assert sum(house.clock.slept) < 10


def test_asking_again_does_not_outlast_the_time_of_the_call(house: House) -> None:
    house.vendor.lag = 100

    live = house.life(seconds=0.15).create(checked({}, {**NEW, "name": "mine", "height": 3}))

    assert live.id == "shelf-1"
    assert sum(house.clock.slept) < 0.15
    assert house.warnings[0] == "shelf-1 could not be looked at again: the time given to this call is over"


def test_trouble_while_asking_again_does_not_lose_what_was_made(house: House) -> None:
    house.vendor.lag = 100
    house.vendor.unreadable = LostAnswerError("no whole answer")

    live = house.life().create(checked({}, {**NEW, "name": "mine", "height": 3}))

    assert live.id == "shelf-1"
    assert house.requests() == ["find", "create", "read shelf-1"]
    assert house.warnings[0] == "shelf-1 could not be looked at again: no whole answer"


# --- read


def test_read_gives_the_old_inputs_with_only_the_drifted_parts_replaced(house: House) -> None:
    inputs = checked({}, {**NEW, "tags": ["b", "a"], "front": {"text": "A"}, "height": 3.0})
    life = house.life()
    known = life.create(inputs).outputs
    house.vendor.shelves["shelf-1"].update(
        tags=["a", "b"], front={"text": "B", "size": 12}, remarks={"x": "y"}
    )

    live = life.read("shelf-1", known, inputs)

    assert live is not None
    assert live.inputs is not None
    assert live.inputs == {**inputs, "front": {"text": "B"}, "remarks": {"x": "y"}}
    assert live.outputs == {
        **known,
        "tags": ["a", "b"],
        "front": {"text": "B", "size": 12},
        "remarks": {"x": "y"},
    }
    assert None not in live.inputs.values()


def test_read_of_what_has_not_drifted_gives_the_old_inputs_verbatim(house: House) -> None:
    inputs = checked({}, {**NEW, "tags": ["b", "a"], "front": {"text": "A"}, "height": 3.0})
    life = house.life()
    known = life.create(inputs).outputs

    live = life.read("shelf-1", known, inputs)

    assert live is not None
    assert live.inputs == inputs
    assert live.outputs == known


def test_what_is_gone_leaves_state(house: House) -> None:
    assert house.life().read("shelf-9", {"place": "hall", "_origin": ORIGIN}, NEW) is None


def test_a_look_up_of_what_does_not_exist_is_an_error(house: House) -> None:
    with pytest.raises(MissingError, match="shelf-9 does not exist"):
        house.life().read("shelf-9", {"__provider": "pickle"}, {"__provider": "pickle"})


def test_a_look_up_gives_what_the_vendor_shows(house: House) -> None:
    house.vendor.put_up("shelf-7", name="theirs")

    live = house.life().read("shelf-7", {"__provider": "pickle"}, {"__provider": "pickle"})

    assert live is not None
    assert live.outputs["name"] == "theirs"
    assert live.outputs["_origin"] == ORIGIN


# --- update


def made(house: House, **arguments: Any) -> tuple[Bag, Bag]:
    """The inputs and outputs of a shelf just made, all requests forgotten."""
    inputs = checked({}, {**NEW, **arguments})
    outputs = house.life().create(inputs).outputs
    house.requests()
    return inputs, outputs


def test_update_reads_first_and_keeps_what_we_do_not_model(house: House) -> None:
    inputs, known = made(house, height=3)
    house.vendor.shelves["shelf-1"]["foreign"] = "kept"

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, ())

    assert house.requests() == ["read shelf-1", "update shelf-1"]
    assert house.vendor.shelves["shelf-1"]["foreign"] == "kept"
    assert live.outputs == {**known, "height": 4}


def test_update_makes_no_request_where_state_shows_what_is_asked_for(house: House) -> None:
    inputs, known = made(house, tags=["a", "b"])

    live = house.life().update("shelf-1", known, {**inputs, "tags": ["b", "a"]}, ())

    assert house.requests() == []
    assert live.outputs == known


def test_update_makes_no_write_where_the_vendor_shows_what_is_asked_for(house: House) -> None:
    inputs, known = made(house, height=3)
    house.vendor.shelves["shelf-1"]["height"] = 4

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, ())

    assert house.requests() == ["read shelf-1"]
    assert live.outputs["height"] == 4


def test_update_leaves_ignored_paths_as_the_vendor_shows_them(house: House) -> None:
    inputs, known = made(house, height=3, labels={"a": {"text": "A"}, "b": {"text": "B"}})
    house.vendor.shelves["shelf-1"]["labels"]["b"]["text"] = "changed elsewhere"
    ignored = [parse('labels["b"].text')]

    house.life().update("shelf-1", known, {**inputs, "height": 4}, ignored)

    assert house.vendor.shelves["shelf-1"]["labels"] == {
        "a": {"text": "A", "size": 12},
        "b": {"text": "changed elsewhere", "size": 12},
    }


@pytest.mark.parametrize("path", ["shelf_id", "version", "account", "nowhere", "_origin"])
def test_to_ignore_what_is_no_argument_is_harmless(house: House, path: str) -> None:
    inputs, known = made(house, height=3)
    house.vendor.shelves["shelf-1"]["version"] = 7

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, [parse(path)])

    assert live.outputs["height"] == 4


def test_update_of_what_is_gone_is_an_error_that_tells_the_way_out(house: House) -> None:
    inputs, known = made(house, height=3)
    house.vendor.shelves.clear()

    with pytest.raises(MissingError) as caught:
        house.life().update("shelf-1", known, {**inputs, "height": 4}, ())
    assert "pulumi up --refresh" in str(caught.value)


def test_update_waits_until_the_vendor_shows_what_was_sent(house: House) -> None:
    inputs, known = made(house, height=3)
    house.vendor.lag = 2

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, ())

    assert house.requests() == ["read shelf-1", "update shelf-1"] + ["read shelf-1"] * 3
    assert live.outputs["height"] == 4


def test_an_ignored_value_that_breaks_our_rules_is_left_as_the_vendor_shows_it(house: House) -> None:
    inputs, known = made(house, height=3, colour="blue")
    house.vendor.shelves["shelf-1"]["colour"] = "a colour of next year"

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, [parse("colour")])

    assert live.outputs["height"] == 4
    assert house.vendor.shelves["shelf-1"]["colour"] == "a colour of next year"


# --- delete


def test_delete_deletes(house: House) -> None:
    _, known = made(house)

    House(house.vendor).life().delete("shelf-1", known)

    assert house.requests() == ["delete shelf-1"]
    assert house.vendor.shelves == {}


def test_delete_of_what_is_gone_succeeds(house: House) -> None:
    house.life().delete("shelf-9", {"place": "hall", "_origin": ORIGIN})

    assert house.requests() == ["delete shelf-9"]
    assert house.progress == ["shelf-9 is gone already"]


def test_a_rename_without_alias_that_adopts_its_object_does_not_destroy_it(house: House) -> None:
    house.vendor.put_up("shelf-7", name="mine")
    adopted = house.life(OTHER).create(checked({}, {**NEW, "name": "mine", "_import": "shelf-7"}))
    house.requests()

    house.life(SHELF).delete("shelf-7", adopted.outputs)

    assert house.requests() == []
    assert house.warnings[-1] == f"shelf-7 is left in place: it is managed as {OTHER} now"


def test_a_forced_replacement_that_takes_up_its_own_object_does_not_destroy_it(house: House) -> None:
    inputs = checked({}, NEW)
    house.vendor.put_up("shelf-7", name=inputs["name"])
    known = house.life().create(inputs).outputs
    again = house.life().create(inputs).outputs
    house.requests()

    house.life().delete("shelf-7", known)

    assert house.requests() == []
    assert "shelf-7" in house.vendor.shelves
    house.life().delete("shelf-7", again)
    assert house.vendor.shelves == {}


def test_a_replaced_object_is_deleted_once_its_successor_stands(house: House) -> None:
    house.vendor.put_up("shelf-0", name="old")
    claimed(house, SHELF, "shelf-0")
    house.life().create(checked({}, {**NEW, "name": "mine"}))
    house.requests()

    house.life().delete("shelf-0", {"place": "hall", "_origin": ORIGIN})

    assert house.requests() == ["delete shelf-0"]


def test_one_object_cannot_be_managed_by_two_resources(house: House) -> None:
    house.vendor.put_up("shelf-7", name="mine")
    claimed(house, OTHER, "shelf-7")

    with pytest.raises(ConflictError, match="managed by two resources"):
        house.life(SHELF).create(checked({}, {**NEW, "name": "mine", "_import": "shelf-7"}))
    assert not [request for request in house.requests() if request.startswith("update")]


# --- the account guard


@pytest.mark.parametrize(
    "known", [elsewhere(), elsewhere(ACCOUNT, "https://ie1.vendor.example")], ids=["account", "endpoint"]
)
@pytest.mark.parametrize("verb", ["diff", "read", "update", "delete"])
def test_another_accounts_object_stops_a_call_before_any_request(house: House, verb: str, known: Bag) -> None:
    house.vendor.put_up("shelf-7")
    life = house.life()

    verbs: dict[str, Callable[[], object]] = {
        "diff": lambda: life.diff("shelf-7", known, NEW, NEW, ()),
        "read": lambda: life.read("shelf-7", known, NEW),
        "update": lambda: life.update("shelf-7", known, {**NEW, "height": 4}, ()),
        "delete": lambda: life.delete("shelf-7", known),
    }

    with pytest.raises(AccountMismatchError) as caught:
        verbs[verb]()

    assert house.requests() == []
    assert str(Origin(**known["_origin"])) in str(caught.value)
    assert str(house.vendor.origin) in str(caught.value)
    assert (
        life.claims.holder(("https://vendor.example", ACCOUNT, "fake:Shelf", "shelf-7"), OTHER, None) is None
    )


@pytest.mark.parametrize("verb", ["read", "update"])
def test_an_answer_of_another_account_stops_the_call_before_a_write(house: House, verb: str) -> None:
    inputs, known = made(house, height=3)
    house.vendor.holder = "AC-two"

    verbs: dict[str, Callable[[], object]] = {
        "read": lambda: house.life().read("shelf-1", known, inputs),
        "update": lambda: house.life().update("shelf-1", known, {**inputs, "height": 4}, ()),
    }

    with pytest.raises(AccountMismatchError, match="they belong to AC-two"):
        verbs[verb]()

    assert house.requests() == ["read shelf-1"]
