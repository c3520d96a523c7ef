"""What has changed, and what the engine is told of it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.difference import Difference, changed, difference, settled
from pulumi_switchboard.core.paths import parse
from pulumi_switchboard.core.values import UNKNOWN, Bag

from tests.core.fakes import ShelfInputs

SHOW_THE_INPUTS = None
YES = True
NO = False
BASE: Bag = {"place": "hall", "height": 3, "tags": ["a", "b"], "front": {"text": "A"}}
KNOWN: Bag = {**BASE, "colour": "red", "front": {"text": "A", "size": 12}, "shelf_id": "shelf-1"}


def answer(known: Bag, old: Bag | None, new: Bag, *ignored: str) -> Difference:
    """What the engine is told."""
    return difference(ShelfInputs, known, old, new, [parse(path) for path in ignored])


def test_a_change_that_the_inputs_show_is_left_to_the_engine_to_show() -> None:
    assert answer(KNOWN, BASE, {**BASE, "height": 4}) == Difference(SHOW_THE_INPUTS)


def test_a_change_that_the_inputs_do_not_show_is_a_change() -> None:
    assert answer({**KNOWN, "height": 5}, BASE, BASE) == Difference(YES)


def test_a_change_of_which_the_inputs_show_only_a_part_is_a_change() -> None:
    assert answer({**KNOWN, "height": 5}, BASE, {**BASE, "colour": "blue"}) == Difference(YES)


def test_nothing_changed_is_left_to_the_engine_that_may_see_a_change_of_secretness() -> None:
    assert answer(KNOWN, BASE, dict(BASE)) == Difference(SHOW_THE_INPUTS)


@pytest.mark.parametrize(
    "new",
    [
        {**BASE, "tags": ["b", "a"]},
        {**BASE, "remarks": {}},
        {**BASE, "colour": "red"},
        {**BASE, "front": {"text": "A", "size": 12}},
    ],
)
def test_inputs_that_only_look_different_are_no_change(new: Bag) -> None:
    assert answer(KNOWN, BASE, new) == Difference(NO)


def test_a_number_that_the_engine_made_a_float_is_no_difference_of_the_raw_inputs() -> None:
    assert answer(KNOWN, {**BASE, "height": 3.0}, BASE) == Difference(SHOW_THE_INPUTS)


def test_a_member_added_elsewhere_is_drift() -> None:
    assert answer({**KNOWN, "remarks": {"a": "1"}}, BASE, BASE) == Difference(YES)


@pytest.mark.parametrize(
    ("name", "value"), [("place", "attic"), ("material", "oak")], ids=["required", "optional"]
)
def test_a_change_of_a_field_that_replaces_asks_for_a_new_object(name: str, value: str) -> None:
    assert answer(KNOWN, BASE, {**BASE, name: value}) == Difference(SHOW_THE_INPUTS, (name,))


def test_drift_of_a_field_that_replaces_asks_for_a_new_object_too() -> None:
    assert answer({**KNOWN, "place": "attic"}, BASE, BASE) == Difference(YES, ("place",))


def test_a_field_without_the_marker_never_asks_for_a_new_object() -> None:
    changed = {**BASE, "height": 4, "colour": "blue", "tags": [], "front": {"text": "B"}}

    assert answer(KNOWN, BASE, changed).replaces == ()


def test_an_unknown_value_is_a_change_but_never_a_new_object() -> None:
    assert answer(KNOWN, BASE, {**BASE, "place": UNKNOWN, "height": UNKNOWN}) == Difference(SHOW_THE_INPUTS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("height", UNKNOWN),
        ("front", {"text": UNKNOWN}),
        ("tags", ["a", UNKNOWN]),
        ("labels", {"x": {"text": UNKNOWN}}),
        ("rules", [{"topic": UNKNOWN}]),
    ],
)
def test_an_unknown_value_is_equal_to_nothing_itself_included(name: str, value: Any) -> None:
    assert changed(ShelfInputs, {name: value}, {name: value}) == [name]


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("height", {**KNOWN, "height": 9}),
        ("tags", {**KNOWN, "tags": ["z"]}),
        ("front.size", {**KNOWN, "front": {"text": "A", "size": 99}}),
        ('remarks["odd key"]', {**KNOWN, "remarks": {"odd key": "1"}}),
        ("remarks", {**KNOWN, "remarks": {"odd key": "1"}}),
        ("place", {**KNOWN, "place": "attic"}),
        ("*", {**KNOWN, "place": "attic", "remarks": {"a": "1"}, "height": None}),
    ],
)
def test_drift_at_an_ignored_path_is_no_change(path: str, known: Bag) -> None:
    assert answer(known, BASE, BASE).changes is YES
    assert answer(known, BASE, BASE, path) == Difference(SHOW_THE_INPUTS)


def test_drift_beside_an_ignored_path_is_a_change() -> None:
    known = {**KNOWN, "front": {"text": "B", "size": 99}}

    assert answer(known, BASE, BASE, "front.size") == Difference(YES)


def test_without_the_old_inputs_a_change_is_told_as_such() -> None:
    assert answer(KNOWN, None, {**BASE, "height": 4}) == Difference(YES)
    assert answer(KNOWN, None, BASE) == Difference(SHOW_THE_INPUTS)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tags", ["b", "a"], ["a", "b"]),
        ("topics", ["b", "a"], ["a", "b"]),
        ("height", 3.0, 3),
        ("front", {"text": "A", "size": 12}, {"text": "A"}),
        ("colour", "red", None),
        ("rules", [{"topic": "a"}], [{"topic": "a", "weight": None}]),
    ],
)
def test_what_means_the_same_is_settled_in_the_old_words(name: str, old: Any, new: Any) -> None:
    assert settled(ShelfInputs, {**BASE, name: old}, {**BASE, name: new})[0][name] is old


@pytest.mark.parametrize("new", ["", [], {}, None])
def test_an_empty_value_where_there_was_none_stays_away(new: Any) -> None:
    assert settled(ShelfInputs, BASE, {**BASE, "remarks": new}) == (BASE, [])


def test_what_has_changed_is_settled_as_it_is_new() -> None:
    new = {**BASE, "height": 4, "front": UNKNOWN, "hook": "https://a.example"}

    result, fresh = settled(ShelfInputs, BASE, new)

    assert (result["height"], result["hook"]) == (4, "https://a.example")
    assert result["front"] is UNKNOWN
    assert fresh == ["height", "front", "hook"]


def test_what_the_model_does_not_know_is_settled_as_it_is_given_for_the_check_to_refuse() -> None:
    assert settled(ShelfInputs, BASE, {**BASE, "novel": 1})[0]["novel"] == 1
