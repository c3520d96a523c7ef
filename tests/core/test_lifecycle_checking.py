"""Check: the inputs that go to the engine, with the name that is made and what is said in the old words."""

from __future__ import annotations

import re

import pytest
from pulumi_switchboard.core.checking import check as check_with
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.values import UNKNOWN, Bag

from tests.core.fakes import SHELF_TYPE
from tests.core.shelf_programs import BOOKS, NEW, check, checked

PAPERS = "fake:Shelf::papers"


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


def test_which_arguments_are_secret_is_known_to_us_and_no_input() -> None:
    checked_ = check_with(SHELF_TYPE, {}, {**NEW, "_secret": ["name"]}, Claims())

    assert checked_.secrets == {"name"}
    assert "_secret" not in checked_.inputs
    assert check_with(SHELF_TYPE, checked_.inputs, NEW, Claims()).secrets == frozenset()
