"""What has changed, and what the engine is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pulumi.dynamic import DiffResult
from pulumi_switchboard.dynamic.bridge import diff_result
from pulumi_switchboard.fields.comparison import changed_fields, keep_equal_values
from pulumi_switchboard.fields.paths import parse
from pulumi_switchboard.fields.values import UNKNOWN, Bag
from pulumi_switchboard.lifecycle.diff import field_changes
from pulumi_switchboard.resource.outcomes import Difference

from tests.core.example import BASE, KNOWN, ExampleInputs
from tests.promises import proves

SHOW_THE_INPUTS, YES, NO = None, True, False


@dataclass(frozen=True)
class Answer:
    """What the engine is told: whether there are changes, and which fields replace the object."""

    changes: bool | None
    replaces: tuple[str, ...] = ()


def answer(known: Bag, old: Bag | None, new: Bag, *ignored: str) -> Answer:
    """The answer to a diff."""
    changes = field_changes(ExampleInputs, known, new, [parse(path) for path in ignored])
    result: DiffResult = diff_result(Difference(changes), old, new)
    return Answer(result.changes, tuple(result.replaces or ()))


@proves(
    "diff.change-shown-by-value",
    "diff.secretness",
    "diff.meaningless-changes",
    "diff.added-members-are-drift",
)
def test_what_the_inputs_show_is_left_to_the_engine_which_sees_a_change_of_secretness() -> None:
    assert answer(KNOWN, BASE, {**BASE, "size": 4}) == Answer(SHOW_THE_INPUTS)
    assert answer({**KNOWN, "size": 5}, BASE, BASE) == Answer(YES)
    assert answer({**KNOWN, "size": 5}, BASE, {**BASE, "colour": "blue"}) == Answer(YES)
    assert answer({**KNOWN, "notes": {"a": "1"}}, BASE, BASE) == Answer(YES)
    assert answer(KNOWN, BASE, dict(BASE)) == Answer(SHOW_THE_INPUTS)
    assert answer(KNOWN, {**BASE, "size": 3.0}, BASE) == Answer(SHOW_THE_INPUTS), "the engine's own float"
    others: list[Bag] = [{"tags": ["b", "a"]}, {"notes": {}}, {"colour": "red"}, {"header": KNOWN["header"]}]
    for same in others:
        assert answer(KNOWN, BASE, {**BASE, **same}) == Answer(NO)
    assert answer(KNOWN, None, {**BASE, "size": 4}) == Answer(YES), "the engine gives no old inputs"
    assert answer(KNOWN, None, BASE) == Answer(SHOW_THE_INPUTS)


@proves("diff.replaces-only-where-documented")
def test_only_a_known_change_of_a_marked_field_replaces() -> None:
    for name in ("region", "v1_engine"):
        assert answer(KNOWN, BASE, {**BASE, name: "us"}) == Answer(SHOW_THE_INPUTS, (name,))
    assert answer({**KNOWN, "region": "us"}, BASE, BASE) == Answer(YES, ("region",)), "drift"
    unmarked = {**BASE, "size": 4, "colour": "blue", "tags": [], "header": {"text": "B"}}
    assert answer(KNOWN, BASE, unmarked).replaces == ()
    unknown = {**BASE, "region": UNKNOWN, "size": UNKNOWN}
    assert answer(KNOWN, BASE, unknown) == Answer(SHOW_THE_INPUTS)


def test_an_unknown_value_is_equal_to_nothing_not_even_itself() -> None:
    for bag in (
        {"size": UNKNOWN},
        {"header": {"text": UNKNOWN}},
        {"tags": ["a", UNKNOWN]},
        {"labels": {"x": {"text": UNKNOWN}}},
        {"rules": [{"from_": UNKNOWN}]},
    ):
        assert changed_fields(ExampleInputs, bag, bag) == [*bag]


@proves("diff.ignore-changes")
def test_drift_at_an_ignored_path_is_no_change() -> None:
    for path, drift in (
        ("size", {"size": 9}),
        ("tags", {"tags": ["z"]}),
        ("header.size", {"header": {"text": "A", "size": 99}}),
        ('notes["odd key"]', {"notes": {"odd key": "1"}}),
        ("notes", {"notes": {"odd key": "1"}}),
        ("region", {"region": "us"}),
        ("*", {"region": "us", "notes": {"a": "1"}, "size": None}),
    ):
        assert answer({**KNOWN, **drift}, BASE, BASE).changes is YES, path
        assert answer({**KNOWN, **drift}, BASE, BASE, path) == Answer(SHOW_THE_INPUTS), path
    beside = {**KNOWN, "header": {"text": "B", "size": 99}}
    assert answer(beside, BASE, BASE, "header.size") == Answer(YES)


def test_a_new_value_is_settled_as_it_is_given_unless_it_is_empty() -> None:
    empties: list[Any] = ["", [], {}, None]
    for empty in empties:
        assert keep_equal_values(ExampleInputs, BASE, {**BASE, "notes": empty}) == (BASE, [])
    new = {**BASE, "size": 4, "url": "https://a.example", "novel": 1}
    result, fresh = keep_equal_values(ExampleInputs, BASE, {**new, "header": UNKNOWN})
    assert result.pop("header") is UNKNOWN
    assert {**result, "header": BASE["header"]} == new
    assert fresh == ["size", "header", "url"]
