"""What of a singleton the program does not care about is left as someone else has it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.paths import parse
from pulumi_switchboard.core.values import Bag

from tests.core.fakes import ACCOUNT
from tests.core.singleton_stack import Stack

FULL: Bag = {
    "room": "cellar",
    "colours": ["red", "blue"],
    "method": "post",
    "hook": "https://ours.example",
    "mode": "cold",
    "dimmed": True,
    "levels": [1],
    "labels": {"of": "anna", "for": "otto"},
    "owner": "anna",
    "key": "ours",
}
DRIFTS: list[tuple[str, Any]] = [
    ("room", "attic"),
    ("colours", ["red"]),
    ("colours", []),
    ("method", "GET"),
    ("method", None),
    ("hook", "https://theirs.example"),
    ("mode", "warm"),
    ("dimmed", False),
    ("levels", [1, 2]),
    ("labels", {"of": "anna"}),
    ("labels", None),
    ("owner", "otto"),
    ("key", "theirs"),
]


@pytest.mark.parametrize(("name", "value"), [one for one in DRIFTS if one[0] not in ("owner", "key")])
def test_a_field_that_the_program_ignores_is_left_as_someone_else_has_it(
    stack: Stack, name: str, value: Any
) -> None:
    stack.up(FULL)
    stack.vendor.someone_sets(**{name: value})
    stack.refresh()

    assert not stack.is_changed_by(FULL, [name])
    stack.up({**FULL, "shade": "paper"}, [name])

    assert stack.shown("shade") == ["paper"]
    if name not in ("dimmed", "levels"):
        assert stack.shown(name) == [value]
    assert not stack.is_changed_by({**FULL, "shade": "paper"}, [name])


def test_a_part_of_a_field_that_the_program_ignores_is_left_as_someone_else_has_it(stack: Stack) -> None:
    stack.up(FULL)
    stack.vendor.someone_sets(labels={"of": "eve", "for": "otto"})
    stack.refresh()
    ignoring = ['labels["of"]']

    assert not stack.is_changed_by(FULL, ignoring)
    stack.up({**FULL, "labels": {"of": "x", "for": "adam"}}, ignoring)
    assert stack.shown("labels") == [{"of": "eve", "for": "adam"}]
    assert not stack.is_changed_by({**FULL, "labels": {"of": "x", "for": "adam"}}, ignoring)

    stack.vendor.someone_sets(labels={"of": "mary", "for": "adam"})
    stack.refresh()
    assert not stack.is_changed_by({**FULL, "labels": {"of": "x", "for": "adam"}}, ignoring)


def test_a_field_that_is_given_no_more_is_cleared_but_for_what_is_ignored(stack: Stack) -> None:
    stack.up(FULL)
    program = {name: value for name, value in FULL.items() if name != "labels"}
    paths = [parse('labels["of"]')]

    live = stack.life().update(ACCOUNT, stack.known, program, paths)

    assert stack.shown("labels") == [{"of": "anna"}]
    assert stack.life().diff(ACCOUNT, live.outputs, program, program, paths).changes is None
    assert stack.requests()[-1].startswith("set labels")


def test_where_all_is_ignored_nothing_is_written_and_nothing_becomes_ours(stack: Stack) -> None:
    stack.vendor.someone_sets(room="hall")
    stack.up({"room": "cellar", "mode": "cold"})
    stack.vendor.someone_sets(room="attic")
    stack.refresh()

    assert not stack.is_changed_by({"room": "yard"}, ["*"])
    stack.writes()
    stack.life().update(ACCOUNT, {**stack.known, "_pending": {"reason": "-"}}, {"room": "yard"}, [("*",)])
    assert stack.writes() == []
    stack.destroy()
    assert stack.shown("room", "mode") == ["attic", "warm"]
