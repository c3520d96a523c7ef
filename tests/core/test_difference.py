"""What has changed, and what the engine is told of it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.difference import Difference, changed, difference, settled
from pulumi_switchboard.core.paths import parse
from pulumi_switchboard.core.values import UNKNOWN, Bag

from tests.core.example import BASE, KNOWN, ExampleInputs
from tests.promises import proves

SHOW_THE_INPUTS = None
YES = True
NO = False


def answer(known: Bag, old: Bag | None, new: Bag, *ignored: str) -> Difference:
    """What the engine is told."""
    return difference(ExampleInputs, known, old, new, [parse(path) for path in ignored])


@proves("diff.change-shown-by-value")
def test_a_change_that_the_inputs_show_is_left_to_the_engine_to_show() -> None:
    assert answer(KNOWN, BASE, {**BASE, "size": 4}) == Difference(SHOW_THE_INPUTS)
    assert answer({**KNOWN, "size": 5}, BASE, BASE) == Difference(YES)
    assert answer({**KNOWN, "size": 5}, BASE, {**BASE, "colour": "blue"}) == Difference(YES)


@proves("diff.secretness")
def test_equal_inputs_are_left_to_the_engine_which_sees_a_change_of_secretness() -> None:
    assert answer(KNOWN, BASE, dict(BASE)) == Difference(SHOW_THE_INPUTS)
    assert answer(KNOWN, {**BASE, "size": 3.0}, BASE) == Difference(SHOW_THE_INPUTS), "the engine's own float"


@proves("diff.meaningless-changes")
@pytest.mark.parametrize(
    "new",
    [{"tags": ["b", "a"]}, {"notes": {}}, {"colour": "red"}, {"header": {"text": "A", "size": 12}}],
)
def test_inputs_that_only_look_different_are_no_change(new: Bag) -> None:
    assert answer(KNOWN, BASE, {**BASE, **new}) == Difference(NO)


@proves("diff.added-members-are-drift")
def test_a_member_added_by_somebody_else_is_drift() -> None:
    assert answer({**KNOWN, "notes": {"a": "1"}}, BASE, BASE) == Difference(YES)


@proves("diff.replaces-only-where-documented")
def test_only_a_known_change_of_a_marked_field_replaces() -> None:
    for name in ("region", "v1_engine"):
        assert answer(KNOWN, BASE, {**BASE, name: "us"}) == Difference(SHOW_THE_INPUTS, (name,))
    assert answer({**KNOWN, "region": "us"}, BASE, BASE) == Difference(YES, ("region",)), "drift"
    unmarked = {**BASE, "size": 4, "colour": "blue", "tags": [], "header": {"text": "B"}}
    assert answer(KNOWN, BASE, unmarked).replaces == ()
    unknown = {**BASE, "region": UNKNOWN, "size": UNKNOWN}
    assert answer(KNOWN, BASE, unknown) == Difference(SHOW_THE_INPUTS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("size", UNKNOWN),
        ("header", {"text": UNKNOWN}),
        ("tags", ["a", UNKNOWN]),
        ("labels", {"x": {"text": UNKNOWN}}),
        ("rules", [{"from_": UNKNOWN}]),
    ],
)
def test_an_unknown_value_is_equal_to_nothing_not_even_itself(name: str, value: Any) -> None:
    assert changed(ExampleInputs, {name: value}, {name: value}) == [name]


@proves("diff.ignore-changes")
@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("size", {"size": 9}),
        ("tags", {"tags": ["z"]}),
        ("header.size", {"header": {"text": "A", "size": 99}}),
        ('notes["odd key"]', {"notes": {"odd key": "1"}}),
        ("notes", {"notes": {"odd key": "1"}}),
        ("region", {"region": "us"}),
        ("*", {"region": "us", "notes": {"a": "1"}, "size": None}),
    ],
)
def test_drift_at_an_ignored_path_is_no_change(path: str, known: Bag) -> None:
    assert answer({**KNOWN, **known}, BASE, BASE).changes is YES
    assert answer({**KNOWN, **known}, BASE, BASE, path) == Difference(SHOW_THE_INPUTS)


def test_drift_beside_an_ignored_path_is_a_change() -> None:
    known = {**KNOWN, "header": {"text": "B", "size": 99}}

    assert answer(known, BASE, BASE, "header.size") == Difference(YES)


def test_a_change_is_reported_where_the_engine_gives_no_old_inputs() -> None:
    assert answer(KNOWN, None, {**BASE, "size": 4}) == Difference(YES)
    assert answer(KNOWN, None, BASE) == Difference(SHOW_THE_INPUTS)


def test_an_empty_value_where_there_was_none_is_left_out() -> None:
    empties: list[Any] = ["", [], {}, None]
    for new in empties:
        assert settled(ExampleInputs, BASE, {**BASE, "notes": new}) == (BASE, [])


def test_a_changed_or_unmodelled_value_is_settled_as_it_is_given() -> None:
    new = {**BASE, "size": 4, "header": UNKNOWN, "url": "https://a.example", "novel": 1}

    result, fresh = settled(ExampleInputs, BASE, new)

    assert {name: result[name] for name in ("size", "url", "novel")} == {
        "size": 4,
        "url": "https://a.example",
        "novel": 1,
    }
    assert result["header"] is UNKNOWN
    assert fresh == ["size", "header", "url"]
