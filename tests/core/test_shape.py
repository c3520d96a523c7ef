"""The typed meaning of plain data."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.shape import canonical, decoded, drifted, plain
from pulumi_switchboard.core.values import Bag

from tests.core.fakes import Label, Rule, ShelfInputs, ShelfState


def means_the_same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field of the shelf are one."""
    return bool(canonical(ShelfInputs, name, one) == canonical(ShelfInputs, name, other))


@pytest.mark.parametrize("empty", [None, "", [], {}])
@pytest.mark.parametrize("name", ["height", "hook", "tags", "topics", "labels", "remarks", "front", "rules"])
def test_null_absent_and_empty_are_one(name: str, empty: Any) -> None:
    assert canonical(ShelfInputs, name, empty) is None


@pytest.mark.parametrize("written", [None, "", "red"])
def test_a_default_is_the_same_as_its_absence(written: Any) -> None:
    assert means_the_same("colour", written, "red")
    assert not means_the_same("colour", written, "blue")


def test_a_default_inside_a_nested_object_is_the_same_as_its_absence() -> None:
    assert means_the_same("front", {"text": "A"}, {"text": "A", "size": 12.0})
    assert means_the_same("labels", {"x": {"text": "A"}}, {"x": {"text": "A", "size": 12}})
    assert not means_the_same("front", {"text": "A"}, {"text": "A", "size": 13})


def test_the_null_member_of_a_nested_object_is_the_same_as_its_absence() -> None:
    assert means_the_same("rules", [{"topic": "a"}], [{"topic": "a", "weight": None}])


@pytest.mark.parametrize("one", [None, {}, {"text": None}, {"text": "", "size": None}])
def test_an_object_of_which_nothing_is_said_is_empty(one: Bag | None) -> None:
    """An object's trip over the wire drops its nulls, and a vendor may show an empty one for none."""
    assert means_the_same("front", one, None)
    assert means_the_same("front", one, plain(decoded(Label, one or {})))


@pytest.mark.parametrize("name", ["tags", "topics"])
def test_the_order_of_an_unordered_list_means_nothing(name: str) -> None:
    assert means_the_same(name, ["b", "a", "c"], ["c", "b", "a"])
    assert not means_the_same(name, ["a", "b"], ["a", "b", "b"])


def test_the_order_of_any_other_list_means_something() -> None:
    assert not means_the_same("rules", [{"topic": "a"}, {"topic": "b"}], [{"topic": "b"}, {"topic": "a"}])


def test_the_order_of_keys_means_nothing() -> None:
    assert means_the_same("remarks", {"a": "1", "b": "2"}, {"b": "2", "a": "1"})


def test_an_integral_float_is_its_int_at_every_depth() -> None:
    assert canonical(ShelfInputs, "height", 3.0) == 3
    assert type(canonical(ShelfInputs, "height", 3.0)) is int
    shown = canonical(ShelfInputs, "rules", [{"topic": "a", "weight": 2.0}])
    assert type(shown[0]["weight"]) is int
    assert not means_the_same("width", 2.5, 2)


def test_the_keys_of_a_user_stay_though_a_model_has_fields_of_that_name() -> None:
    assert canonical(ShelfInputs, "remarks", {"place": "x", "__odd": "y"}) == {"place": "x", "__odd": "y"}


def test_a_model_means_what_its_members_mean() -> None:
    assert means_the_same("front", Label(text="A"), {"text": "A", "size": None})


def test_decoding_gives_models_at_every_depth() -> None:
    shelf = decoded(
        ShelfState,
        {
            "place": "hall",
            "front": {"text": "A"},
            "labels": {"x": {"text": "B", "size": 3.0}},
            "rules": [{"topic": "a", "weight": 1.5}],
        },
    )

    assert shelf.front == Label(text="A")
    assert shelf.labels == {"x": Label(text="B", size=3)}
    assert shelf.rules == [Rule(topic="a", weight=1.5)]
    assert shelf.colour == "red"


def test_decoding_leaves_out_what_the_model_does_not_know() -> None:
    shelf = decoded(ShelfState, {"place": "hall", "novel": 1, "front": {"text": "A", "novel": 2}})

    assert "novel" not in plain(shelf)
    assert plain(shelf)["front"] == {"text": "A", "size": 12}


@pytest.mark.parametrize(
    ("shown", "bag"),
    [
        ({}, {}),
        ({"place": None, "height": 1e9}, {"height": 1000000000}),
        ({"place": 7, "colour": "violet", "tags": "none"}, {"place": 7, "colour": "violet", "tags": "none"}),
        (
            {"height": "high", "labels": [1], "rules": {"a": 1}},
            {"height": "high", "labels": [1], "rules": {"a": 1}},
        ),
        (
            {"front": "A", "hook": "no URL", "locked": "yes"},
            {"front": "A", "hook": "no URL", "locked": "yes"},
        ),
        ({"front": {"text": ["A"]}, "rules": ["a"]}, {"front": {"text": ["A"], "size": 12}, "rules": ["a"]}),
        ({"front": {}, "labels": {"x": "A"}}, {"front": {"size": 12}, "labels": {"x": "A"}}),
    ],
)
def test_whatever_a_vendor_shows_is_taken_as_it_is_without_a_word_on_stderr(
    shown: Bag, bag: Bag, recwarn: pytest.WarningsRecorder
) -> None:
    assert plain(decoded(ShelfState, shown)) == {"colour": "red", "tags": [], **bag}
    assert [str(warning.message) for warning in recwarn] == []


def test_what_is_missing_though_required_is_left_out_of_the_bag() -> None:
    assert "place" not in plain(decoded(ShelfState, {"height": 1}))


def test_only_the_drifted_member_of_what_was_written_is_replaced() -> None:
    written = {"text": "A", "size": 12.0}

    assert drifted(ShelfInputs, "front", written, {"text": "B", "size": 12}) == {"text": "B", "size": 12.0}


def test_the_spelling_of_the_user_stays_where_nothing_has_drifted() -> None:
    written = ["b", "a"]

    assert drifted(ShelfInputs, "tags", written, ["a", "b"]) is written


def test_only_the_drifted_entry_of_a_map_of_the_user_is_replaced() -> None:
    written = {"SMS": {"text": "A"}, "VOICE": {"text": "B"}}
    live = {"VOICE": {"text": "C", "size": 12}, "SMS": {"text": "A", "size": 12}}

    assert drifted(ShelfInputs, "labels", written, live) == {
        "SMS": {"text": "A"},
        "VOICE": {"text": "C"},
    }


def test_entries_that_were_added_or_removed_elsewhere_are_drift() -> None:
    written = {"a": "1", "b": "2"}

    assert drifted(ShelfInputs, "remarks", written, {"b": "2", "c": "3"}) == {"b": "2", "c": "3"}


def test_what_has_become_of_a_value_that_is_gone_is_no_null() -> None:
    assert drifted(ShelfInputs, "front", {"text": "A", "size": 3}, {"text": "A"}) == {"text": "A"}
    assert drifted(ShelfInputs, "height", 3, None) is None


def test_a_default_that_the_user_left_out_is_not_written_for_them() -> None:
    assert drifted(ShelfInputs, "front", {"text": "A"}, {"text": "B", "size": 12}) == {"text": "B"}


def test_a_null_that_the_vendor_shows_in_a_list_is_drift() -> None:
    assert drifted(ShelfInputs, "rules", [], [None]) == [None]
    assert drifted(ShelfInputs, "tags", ["a"], [None, "a"]) == [None, "a"]
