"""Check: the inputs that go to the engine, with the name that is made and what is said in the old words."""

from __future__ import annotations

import re

import pytest
from pulumi_switchboard.core.values import UNKNOWN, Bag
from pulumi_switchboard.identity import generated_name, key_of

from tests.core.shelf_programs import BOOKS, NEW, check, checked


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


def test_the_name_is_kept_by_a_resource_that_is_renamed_with_an_alias() -> None:
    first = checked({}, NEW)

    assert checked(first, {**NEW, "_resource": "fake:Shelf::papers"}) == first


def test_a_name_is_the_first_of_the_chain_that_no_object_in_use_has() -> None:
    first = key_of("5ac0", BOOKS)
    second = key_of(first, "shelf-1")

    assert checked({}, {**NEW, "_used": {first: "shelf-1"}})["name"] == generated_name(BOOKS, second)
    assert checked({}, {**NEW, "_used": {second: "shelf-2"}})["name"] == checked({}, NEW)["name"]


def test_an_object_that_is_adopted_has_a_name_already() -> None:
    adopted = checked({}, {**NEW, "_import": "shelf-9"})

    assert "name" not in adopted
    assert checked(adopted, NEW) == adopted


@pytest.mark.parametrize("unknown", ["_stack", "_resource"])
def test_the_name_is_unknown_in_the_preview_of_a_create(unknown: str) -> None:
    inputs = checked({}, {**NEW, unknown: UNKNOWN})

    assert inputs["name"] is inputs["_autoname"]
    assert type(inputs["name"]) is type(UNKNOWN)


def test_a_name_that_the_program_no_longer_gives_stays() -> None:
    named = checked({}, {**NEW, "name": "mine"})

    left = checked(named, NEW)

    assert left["name"] == "mine"
    assert checked({**left, "name": "drifted"}, NEW)["name"] == "mine"


def test_a_generated_name_comes_back_when_the_program_takes_its_own_away() -> None:
    first = checked({}, NEW)
    named = checked(first, {**NEW, "name": "mine"})

    assert checked(named, NEW)["name"] == first["name"]


def test_a_generated_name_that_was_changed_elsewhere_is_asked_for_again() -> None:
    first = checked({}, NEW)

    assert checked({**first, "name": "drifted"}, NEW) == first


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


def test_which_arguments_are_secret_is_always_that_of_the_last_program() -> None:
    first = check({}, {**NEW, "_secret": ["name"]}).inputs
    second = check(first, {**NEW, "_secret": ["name", "hook"]}).inputs

    assert (first["_secret"], second["_secret"]) == (["name"], ["name", "hook"])
    assert "_secret" not in check(second, NEW).inputs
    assert {**first, "_secret": None} == {**check({}, NEW).inputs, "_secret": None}
