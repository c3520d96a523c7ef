"""The typed meaning of plain data."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from pulumi_switchboard.fields.typed_values import canonical, to_bag, to_model, with_drift
from pulumi_switchboard.fields.values import Bag

from tests.core.example import ExampleInputs, ExampleState, Label, Rule
from tests.promises import proves

NAMES = ("size", "url", "tags", "topics", "labels", "notes", "header", "rules")
EMPTIES: list[Any] = ["", [], {}]


@proves("diff.meaningless-changes")
@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        *((name, empty, None) for name, empty in product(NAMES, EMPTIES)),
        ("colour", None, "red"),
        ("colour", "", "red"),
        ("header", {"text": "A"}, {"text": "A", "size": 12.0}),
        ("header", {"text": "A", "size": None}, Label(text="A")),
        ("header", {"text": None}, None),
        ("header", {"text": "", "size": None}, to_bag(to_model(Label, {}))),
        ("labels", {"x": {"text": "A"}}, {"x": {"text": "A", "size": 12}}),
        ("rules", [{"from_": "a"}], [{"from_": "a", "weight": None}]),
        ("tags", ["b", "a", "c"], ["c", "b", "a"]),
        ("topics", ["b", "a", "c"], ["c", "b", "a"]),
        ("ids", ["b", "a", "B"], ["A", "b"]),
        ("notes", {"a": "1", "b": "2"}, {"b": "2", "a": "1"}),
        ("ratio", 2, 2.0),
    ],
)
def test_another_way_to_write_a_value_means_the_same(name: str, one: Any, other: Any) -> None:
    assert canonical(ExampleInputs, name, one) == canonical(ExampleInputs, name, other)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("colour", None, "blue"),
        ("header", {"text": "A"}, {"text": "A", "size": 13}),
        ("tags", ["a", "b"], ["a", "b", "b"]),
        ("steps", ["a", "b"], ["b", "a"]),
        ("rules", [{"from_": "a"}, {"from_": "b"}], [{"from_": "b"}, {"from_": "a"}]),
        ("notes", {"a": "b"}, {"a": "B"}),
        ("notes", {"a": ""}, {}),
        ("ratio", 2.5, 2),
    ],
)
def test_another_value_means_something_else(name: str, one: Any, other: Any) -> None:
    assert canonical(ExampleInputs, name, one) != canonical(ExampleInputs, name, other)


def test_an_integral_float_is_its_int_at_every_depth_and_keys_of_the_users_own_maps_are_no_fields() -> None:
    assert type(canonical(ExampleInputs, "size", 3.0)) is int
    assert type(canonical(ExampleInputs, "rules", [{"from_": "a", "weight": 2.0}])[0]["weight"]) is int
    assert canonical(ExampleInputs, "notes", {"region": "x", "__odd": "y"}) == {"region": "x", "__odd": "y"}


def test_decoding_gives_models_at_every_depth_and_leaves_out_what_is_not_modelled() -> None:
    body: Bag = {"region": "eu", "header": {"text": "A", "novel": 2}, "novel": 1}
    body |= {"labels": {"x": {"text": "B", "size": 3.0}}, "rules": [{"from_": "a", "weight": 1.5}]}
    state = to_model(ExampleState, body)

    assert state.header == Label(text="A")
    assert state.labels == {"x": Label(text="B", size=3)}
    assert state.rules == [Rule(from_="a", weight=1.5)]
    assert state.colour == "red"
    assert "novel" not in to_bag(state)
    assert to_bag(state)["header"] == {"text": "A", "size": 12}


@proves("text.unusual-values")
@pytest.mark.parametrize(
    ("shown", "bag"),
    [
        ({}, {}),
        ({"region": None, "size": 1e9}, {"size": 1000000000}),
        ({"region": 7, "colour": "violet", "tags": "none"},) * 2,
        ({"size": "high", "labels": [1], "rules": {"a": 1}},) * 2,
        ({"header": "A", "url": "no URL", "debug": "yes"},) * 2,
        ({"header": {"text": ["A"]}}, {"header": {"text": ["A"], "size": 12}}),
        ({"rules": ["a"]},) * 2,
        ({"header": {}, "labels": {"x": "A"}}, {"header": {"size": 12}, "labels": {"x": "A"}}),
    ],
)
def test_whatever_a_vendor_shows_is_taken_as_it_is_without_a_warning(
    shown: Bag, bag: Bag, recwarn: pytest.WarningsRecorder
) -> None:
    assert to_bag(to_model(ExampleState, shown)) == {"colour": "red", "is_on": False, "tags": [], **bag}
    assert [str(warning.message) for warning in recwarn] == []


@proves("read.only-drift-replaced")
@pytest.mark.parametrize(
    ("name", "written", "live", "mended"),
    [
        ("header", {"text": "A", "size": 12.0}, {"text": "B", "size": 12}, {"text": "B", "size": 12.0}),
        ("header", {"text": "A", "size": 3}, {"text": "A"}, {"text": "A"}),
        ("header", {"text": "A"}, {"text": "B", "size": 12}, {"text": "B"}),
        (
            "labels",
            {"SMS": {"text": "A"}, "VOICE": {"text": "B"}},
            {"VOICE": {"text": "C", "size": 12}, "SMS": {"text": "A", "size": 12}},
            {"SMS": {"text": "A"}, "VOICE": {"text": "C"}},
        ),
        ("notes", {"a": "1", "b": "2"}, {"b": "2", "c": "3"}, {"b": "2", "c": "3"}),
        ("ids", ["B", "A"], ["a", "x"], ["x", "A"]),
        ("size", 3, None, None),
        ("rules", [], [None], [None]),
        ("tags", ["a"], [None, "a"], [None, "a"]),
    ],
)
def test_only_what_has_drifted_is_replaced(name: str, written: Any, live: Any, mended: Any) -> None:
    assert with_drift(ExampleInputs, name, written, live) == mended
