"""Property paths as Pulumi spells them."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_switchboard.fields.paths import Path, parse, path_text, with_values_at
from pulumi_switchboard.fields.values import Bag

from tests.core.example import ExampleInputs
from tests.promises import proves


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("root", ("root",)),
        ("root.nested", ("root", "nested")),
        ('root["double"].nest', ("root", "double", "nest")),
        ("root.array[0]", ("root", "array", 0)),
        ("root.array[0][1].nested", ("root", "array", 0, 1, "nested")),
        (r'root["key with \"escaped\" quotes"]', ("root", 'key with "escaped" quotes')),
        ('["root key with a ."][100]', ("root key with a .", 100)),
        ("root.array[*].field", ("root", "array", "*", "field")),
        ('root.array["*"].field', ("root", "array", "*", "field")),
        ("root.with space", ("root", "with space")),
        ('channel_settings["SMS"].status_timeouts', ("channel_settings", "SMS", "status_timeouts")),
        ("*", ("*",)),
    ],
)
def test_a_path_is_read_as_the_engine_reads_it(text: str, path: Path) -> None:
    assert parse(text) == path
    assert path_text(("a_b", "SMS text", "rules", 0, "from_")) == 'a_b["SMS text"].rules[0].from_'


@given(st.lists(st.text(min_size=1) | st.integers(0, 10**6), min_size=1).map(tuple))
def test_a_spelled_path_is_read_as_the_same_path(path: Path) -> None:
    assert parse(path_text(path)) == path


MINE: Bag = {"a": "mine", "b": {"c": 1, "d": [1, 2]}}


@proves("diff.ignore-changes")
@pytest.mark.parametrize(
    ("path", "result"),
    [
        ("a", {**MINE, "a": "live"}),
        ("b.c", {**MINE, "b": {"c": 7, "d": [1, 2]}}),
        ("b.d[1]", {**MINE, "b": {"c": 1, "d": [1, 8]}}),
        ("b.d[*]", {**MINE, "b": {"c": 1, "d": [9, 8]}}),
        ("b.only", {**MINE, "b": {"c": 1, "d": [1, 2], "only": "there"}}),
        ("e.f", {**MINE, "e": {"f": 3}}),
        *((nowhere, MINE) for nowhere in ("b.d[7]", "nowhere.at.all", "a.too.deep", "a[0]")),
    ],
)
def test_the_value_at_an_ignored_path_is_taken_from_the_live_object(path: str, result: Bag) -> None:
    before = deepcopy(MINE)
    live: Bag = {"a": "live", "b": {"c": 7, "d": [9, 8], "only": "there"}, "e": {"f": 3, "g": 4}}
    assert with_values_at(MINE, live, [parse(path)]) == result
    assert before == MINE, "the bag itself was changed"


def test_the_whole_is_taken_with_a_wildcard_and_what_the_live_object_lacks_is_removed() -> None:
    live: Bag = {"b": {"d": [4]}}
    taken = with_values_at({"a": 1, "b": {"c": 2, "d": 3}}, live, [parse("a"), parse("b.c"), parse("")])
    assert taken == {"b": {"d": 3}}
    for path in ("*", '["*"]'):
        taken = with_values_at({"a": 1}, live, [parse(path)])
        assert taken == live
        taken["b"]["d"].append(5)
        assert live == {"b": {"d": [4]}}, "what was taken is no copy"


@pytest.mark.parametrize(
    ("path", "mine", "live", "result"),
    [
        ("ids[0]", ["a", "b"], ["b", "a"], ["a", "b"]),
        ("ids[0]", ["a", "b"], ["B", "A"], ["a", "b"]),
        ("ids[0]", ["a", "b"], ["b", "x"], ["x", "b"]),
        ("ids[0]", ["a", "b"], ["b"], ["a", "b"]),
        ("ids[1]", ["a", "b"], ["x", "b", "a"], ["a", "b"]),
        ("ids[*]", ["a", "b"], ["x", "b", "a"], ["a", "b"]),
        ("ids", ["a", "b"], ["b", "x"], ["b", "x"]),
        ("steps[0]", ["a", "b"], ["b", "a"], ["b", "b"]),
        ("ids[0]", ["a"], None, ["a"]),
        ("ids[0]", "a", ["b"], "a"),
    ],
)
def test_an_ignored_place_of_an_unordered_list_is_paired_by_value(
    path: str, mine: object, live: object, result: object
) -> None:
    name = path.partition("[")[0]
    assert with_values_at({name: mine}, {name: live}, [parse(path)], ExampleInputs) == {name: result}


@pytest.mark.parametrize("path", ["hooks[1].events[0]", 'channels["q"].hook.events[0]'])
def test_unordered_lists_are_paired_by_value_at_every_depth(path: str) -> None:
    one, two = {"url": "1", "events": ["a"]}, {"url": "2", "events": ["b", "c"]}
    turned = {"url": "2", "events": ["c", "x"]}
    mine: Bag = {"hooks": [one, two], "channels": {"q": {"hook": two}}}
    live: Bag = {"hooks": [turned, one], "channels": {"q": {"hook": turned}}}

    taken = with_values_at(mine, live, [parse(path)], ExampleInputs)

    assert taken["hooks"][0] == one
    assert {"url": "2", "events": ["x", "c"]} in (taken["hooks"][1], taken["channels"]["q"]["hook"])
