"""Property paths."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_switchboard.fields.models import Model
from pulumi_switchboard.fields.paths import Path, parse, path_text, with_values_at
from pulumi_switchboard.fields.values import Bag

from tests.fields.example import ExampleInputs
from tests.promises import proves

PATHS: dict[str, Path] = {
    "root": ("root",),
    "root.nested": ("root", "nested"),
    'root["double"].nest': ("root", "double", "nest"),
    "root.array[0]": ("root", "array", 0),
    "root.array[0][1].nested": ("root", "array", 0, 1, "nested"),
    r'root["key with \"escaped\" quotes"]': ("root", 'key with "escaped" quotes'),
    '["root key with a ."][100]': ("root key with a .", 100),
    "root.array[*].field": ("root", "array", "*", "field"),
    'root.array["*"].field': ("root", "array", "*", "field"),
    "root.with space": ("root", "with space"),
    "*": ("*",),
}


def test_a_path_is_parsed_as_the_engine_does() -> None:
    assert {text: parse(text) for text in PATHS} == PATHS
    assert path_text(("a_b", "SMS text", "rules", 0, "from_")) == 'a_b["SMS text"].rules[0].from_'


@given(st.lists(st.text(min_size=1) | st.integers(0, 10**6), min_size=1).map(tuple))
def test_the_text_of_a_path_is_parsed_as_the_same_path(path: Path) -> None:
    assert parse(path_text(path)) == path


@proves("diff.ignore-changes")
def test_the_value_at_an_ignored_path_comes_from_the_live_object() -> None:
    mine: Bag = {"a": "mine", "b": {"c": 1, "d": [1, 2]}}
    live: Bag = {
        "a": "live",
        "b": {"c": 7, "d": [9, 8], "only": "there"},
        "e": {"f": 3, "g": 4},
        "h": [{"c": 5}],
        "i": {"j": {"k": 6}},
    }
    before = deepcopy(mine)
    results: dict[str, Bag] = {
        "a": {**mine, "a": "live"},
        "b.c": {**mine, "b": {"c": 7, "d": [1, 2]}},
        "b.d[1]": {**mine, "b": {"c": 1, "d": [1, 8]}},
        "b.d[*]": {**mine, "b": {"c": 1, "d": [9, 8]}},
        "b.only": {**mine, "b": {"c": 1, "d": [1, 2], "only": "there"}},
        "e.f": {**mine, "e": {"f": 3}},
        "i.j.k": {**mine, "i": {"j": {"k": 6}}},
        **dict.fromkeys(("b.d[7]", "nowhere.at.all", "a.too.deep", "a[0]", "h[0].c"), mine),
        **dict.fromkeys(("h[*].c", "e.nowhere", "i.j.nowhere.at.all"), mine),
    }
    assert {path: with_values_at(mine, live, [parse(path)], Model) for path in results} == results
    assert mine == before, "the bag itself was changed"


def test_a_wildcard_takes_everything_and_a_missing_live_value_is_removed() -> None:
    live: Bag = {"b": {"d": [4]}}
    taken = with_values_at(
        {"a": 1, "b": {"c": 2, "d": 3}}, live, [parse("a"), parse("b.c"), parse("")], Model
    )
    assert taken == {"b": {"d": 3}}
    for path in ("*", '["*"]'):
        taken = with_values_at({"a": 1}, live, [parse(path)], Model)
        assert taken == live
        taken["b"]["d"].append(5)
        assert live == {"b": {"d": [4]}}, "the taken value is not a copy"


@pytest.mark.parametrize(
    ("path", "mine", "live", "result"),
    [
        ("ids[0]", ["a", "b"], ["B", "A"], ["a", "b"]),
        ("ids[0]", ["a", "b"], ["b", "x"], ["x", "b"]),
        ("ids[0]", ["a", "b"], ["b"], ["a", "b"]),
        ("ids[*]", ["a", "b"], ["x", "b", "a"], ["a", "b"]),
        ("ids", ["a", "b"], ["b", "x"], ["b", "x"]),
        ("steps[0]", ["a", "b"], ["b", "a"], ["b", "b"]),
        ("ids[0]", ["a"], None, ["a"]),
        ("ids[0]", "a", ["b"], "a"),
    ],
)
def test_an_index_of_an_unordered_list_means_the_item_there(
    path: str, mine: object, live: object, result: object
) -> None:
    name = path.partition("[")[0]
    assert with_values_at({name: mine}, {name: live}, [parse(path)], ExampleInputs) == {name: result}


@pytest.mark.parametrize("path", ["hooks[1].events[0]", 'channels["q"].hook.events[0]'])
def test_items_of_unordered_lists_are_matched_at_every_depth(path: str) -> None:
    one, two = {"url": "1", "events": ["a"]}, {"url": "2", "events": ["b", "c"]}
    drifted = {"url": "2", "events": ["c", "x"]}
    mine: Bag = {"hooks": [one, two], "channels": {"q": {"hook": two}}}
    live: Bag = {"hooks": [drifted, one], "channels": {"q": {"hook": drifted}}}

    taken = with_values_at(mine, live, [parse(path)], ExampleInputs)

    assert taken["hooks"][0] == one
    assert {"url": "2", "events": ["x", "c"]} in (taken["hooks"][1], taken["channels"]["q"]["hook"])
