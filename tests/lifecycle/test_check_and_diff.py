"""The inputs that a check returns, and the answers of a diff."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from pulumi_switchboard.dynamic.bridge import diff_result
from pulumi_switchboard.fields.paths import parse
from pulumi_switchboard.fields.values import UNKNOWN, Bag, normalised
from pulumi_switchboard.identity import generated_name, key_of
from pulumi_switchboard.lifecycle.check import check
from pulumi_switchboard.lifecycle.diff import difference
from pulumi_switchboard.resource.definition import AnyDefinition

from tests.fields.example import BASE, ExampleInputs
from tests.fields.test_comparison import VALID, through_the_engine
from tests.promises import proves

RESOURCE = "example:Example::books"
NEW: Bag = {"region": "eu", "_stack": "5ac0", "_resource": RESOURCE, "__provider": "pickle"}
SAVED: Bag = {**BASE, "colour": "red", "header": {"text": "A", "size": 12}, "example_id": "id-1"}


@dataclass(frozen=True)
class Answer:
    """What the engine is told: whether there are changes, and which fields replace the object."""

    changes: bool | None
    replaces: tuple[str, ...] = ()


SHOWN_BY_INPUTS, YES, NO = Answer(None), Answer(changes=True), Answer(changes=False)


def checked(old: Bag, new: Bag) -> Bag:
    return check(cast("AnyDefinition", SimpleNamespace(inputs=ExampleInputs)), old, new).inputs


def diff(saved: Bag, old: Bag | None, new: Bag, *ignored: str) -> Answer:
    found = difference(ExampleInputs, saved, new, [parse(path) for path in ignored])
    result = diff_result(found, old, new)
    return Answer(result.changes, tuple(result.replaces or ()))


@proves("identity.generated-names", "identity.object-of-its-own")
def test_no_other_object_has_the_generated_name_and_an_adopted_object_gets_none() -> None:
    first = key_of("5ac0", RESOURCE)
    second = key_of(first, "id-1")
    assert checked({}, {**NEW, "_used": {first: "id-1"}})["name"] == generated_name(RESOURCE, second)
    assert checked({}, {**NEW, "_used": {second: "id-2"}})["name"] == checked({}, NEW)["name"]

    adopted = checked({}, {**NEW, "_import": "id-9"})
    assert "name" not in adopted
    assert checked(adopted, NEW) == adopted
    for unknown in ("_stack", "_resource"):
        inputs = checked({}, {**NEW, unknown: UNKNOWN})
        assert inputs["name"] is inputs["_autoname"] is UNKNOWN


@proves("diff.settled-after-up")
@given(VALID, VALID)
def test_a_second_check_of_the_same_program_changes_nothing(first: Bag, second: Bag) -> None:
    def run(old: Bag, new: Bag) -> Bag:
        arrived = through_the_engine({**new, "_stack": "5ac0", "__urn": "urn:pulumi:dev::p::t::n"})
        return through_the_engine(checked(old, arrived))

    new = run(run({}, first), second)
    again = run(new, second)
    assert normalised(again) == normalised(new)
    assert diff(new, new, again) == SHOWN_BY_INPUTS


@proves("diff.change-shown-by-value", "diff.meaningless-changes", "diff.added-members-are-drift")
def test_the_engine_shows_a_change_of_the_inputs_and_is_told_of_any_other() -> None:
    same: list[Bag] = [{"tags": ["b", "a"]}, {"notes": {}}, {"colour": "red"}, {"header": SAVED["header"]}]
    cases: list[tuple[Bag, Bag | None, Bag, Answer]] = [
        (SAVED, BASE, {**BASE, "size": 4}, SHOWN_BY_INPUTS),
        (SAVED, BASE, BASE, SHOWN_BY_INPUTS),
        (SAVED, {**BASE, "size": 3.0}, BASE, SHOWN_BY_INPUTS),
        (SAVED, None, BASE, SHOWN_BY_INPUTS),
        (SAVED, None, {**BASE, "size": 4}, YES),
        ({**SAVED, "size": 5}, BASE, BASE, YES),
        ({**SAVED, "size": 5}, BASE, {**BASE, "colour": "blue"}, YES),
        ({**SAVED, "notes": {"a": "1"}}, BASE, BASE, YES),
        *((SAVED, BASE, {**BASE, **argument}, NO) for argument in same),
    ]
    for saved, old, new, answer in cases:
        assert diff(saved, old, new) == answer, (saved, old, new)


@proves("diff.replaces-only-where-documented")
def test_only_a_known_change_of_a_marked_field_replaces() -> None:
    for name in ("region", "v1_engine"):
        assert diff(SAVED, BASE, {**BASE, name: "us"}).replaces == (name,)
    assert diff({**SAVED, "region": "us"}, BASE, BASE).replaces == ("region",)
    others: list[Any] = [{"size": 4, "tags": [], "header": {"text": "B"}}, {"region": UNKNOWN}]
    for changes in others:
        assert diff(SAVED, BASE, {**BASE, **changes}) == SHOWN_BY_INPUTS


@proves("diff.ignore-changes")
def test_drift_at_an_ignored_path_is_no_change() -> None:
    for path, drift in (
        ("header.size", {"header": {"text": "A", "size": 99}}),
        ('notes["odd key"]', {"notes": {"odd key": "1"}}),
        ("*", {"region": "us", "notes": {"a": "1"}, "size": None}),
    ):
        assert diff({**SAVED, **drift}, BASE, BASE).changes is True, path
        assert diff({**SAVED, **drift}, BASE, BASE, path) == SHOWN_BY_INPUTS, path
    assert diff({**SAVED, "header": {"text": "B", "size": 99}}, BASE, BASE, "header.size") == YES
