"""The meaning of plain values."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from pulumi_switchboard.fields.drift import with_drift
from pulumi_switchboard.fields.typed_values import canonical, to_bag, to_model
from pulumi_switchboard.fields.values import Bag

from tests.fields.example import ExampleInputs, ExampleState, Label, Rule
from tests.promises import proves

Case = tuple[str, Any, Any]
EMPTY_NAMES = ("size", "url", "tags", "topics", "labels", "notes", "header", "rules")
SAME: list[Case] = [
    *((name, empty, None) for name, empty in product(EMPTY_NAMES, ["", [], {}])),
    ("colour", None, "red"),
    ("colour", "", "red"),
    ("header", {"text": "A"}, {"text": "A", "size": 12.0}),
    ("header", {"text": "A", "size": None}, Label(text="A")),
    ("header", {"text": "", "size": None}, to_bag(to_model(Label, {}))),
    ("labels", {"x": {"text": "A"}}, {"x": {"text": "A", "size": 12}}),
    ("rules", [{"from_": "a"}], [{"from_": "a", "weight": None}]),
    ("topics", ["b", "a", "c"], ["c", "b", "a"]),
    ("ids", ["b", "a", "B"], ["A", "b"]),
    ("notes", {"a": "1", "b": "2"}, {"b": "2", "a": "1"}),
    ("ratio", 2, 2.0),
]
DIFFERENT: list[Case] = [
    ("colour", None, "blue"),
    ("header", {"text": "A"}, {"text": "A", "size": 13}),
    ("tags", ["a", "b"], ["a", "b", "b"]),
    ("steps", ["a", ""], ["a"]),
    ("steps", ["a", ""], ["a", None]),
    ("steps", ["a"], ["A"]),
    ("steps", ["a", "b"], ["b", "a"]),
    ("rules", [{"from_": "a"}, {"from_": "b"}], [{"from_": "b"}, {"from_": "a"}]),
    ("notes", {"a": "b"}, {"a": "B"}),
    ("notes", {"a": ""}, {}),
    ("ratio", 2.5, 2),
]


@proves("diff.meaningless-changes")
def test_values_are_equal_if_they_have_the_same_meaning() -> None:
    for name, one, other in SAME:
        assert canonical(ExampleInputs, name, one) == canonical(ExampleInputs, name, other), (name, one)
    for name, one, other in DIFFERENT:
        assert canonical(ExampleInputs, name, one) != canonical(ExampleInputs, name, other), (name, one)


def test_an_integral_float_becomes_an_int_at_every_depth_and_keys_of_maps_are_not_fields() -> None:
    assert type(canonical(ExampleInputs, "size", 3.0)) is int
    assert type(canonical(ExampleInputs, "rules", [{"from_": "a", "weight": 2.0}])[0]["weight"]) is int
    assert canonical(ExampleInputs, "notes", {"region": "x", "__odd": "y"}) == {"region": "x", "__odd": "y"}


def test_a_bag_becomes_models_at_every_depth_without_members_that_the_model_does_not_have() -> None:
    body: Bag = {"region": "eu", "header": {"text": "A", "novel": 2}, "novel": 1}
    body |= {"labels": {"x": {"text": "B", "size": 3.0}}, "rules": [{"from_": "a", "weight": 1.5}]}
    state = to_model(ExampleState, body)

    assert (state.header, state.colour) == (Label(text="A"), "red")
    assert state.labels == {"x": Label(text="B", size=3)}
    assert state.rules == [Rule(from_="a", weight=1.5)]
    assert "novel" not in to_bag(state)
    assert to_bag(state)["header"] == {"text": "A", "size": 12}


@proves("text.unusual-values")
def test_any_value_of_a_vendor_is_accepted_without_a_warning(recwarn: pytest.WarningsRecorder) -> None:
    unchanged: list[Bag] = [
        {},
        {"region": 7, "colour": "violet", "tags": "none"},
        {"size": "high", "labels": [1], "rules": {"a": 1}},
        {"header": "A", "url": "no URL", "debug": "yes"},
        {"rules": ["a"]},
    ]
    changed: list[tuple[Bag, Bag]] = [
        ({"region": None, "size": 1e9}, {"size": 1000000000}),
        ({"header": {"text": ["A"]}}, {"header": {"text": ["A"], "size": 12}}),
        ({"header": {}, "labels": {"x": "A"}}, {"header": {"size": 12}, "labels": {"x": "A"}}),
    ]
    for shown, bag in (*((bag, bag) for bag in unchanged), *changed):
        assert to_bag(to_model(ExampleState, shown)) == {"colour": "red", "is_on": False, "tags": [], **bag}
    assert [str(warning.message) for warning in recwarn] == []


@proves("read.only-drift-replaced")
@pytest.mark.parametrize(
    ("name", "written", "live", "result"),
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
        ("topics", ["b", "b"], ["x", "b"], ["b", "x"]),
        ("size", 3, None, None),
        ("rules", [], [None], [None]),
        ("tags", ["a"], [None, "a"], [None, "a"]),
    ],
)
def test_only_drifted_parts_are_replaced(name: str, written: Any, live: Any, result: Any) -> None:
    assert with_drift(ExampleInputs, name, written, live) == result
