"""What of a singleton the program does not care about is left as someone else has it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.paths import parse

from tests.core.fakes import ACCOUNT
from tests.core.singleton_programs import DRIFTS, SIGNED
from tests.core.singleton_stack import Stack


@pytest.mark.parametrize(("name", "value"), [one for one in DRIFTS if one[0] not in ("owner", "key")])
def test_a_field_that_the_program_ignores_is_left_as_someone_else_has_it(
    stack: Stack, name: str, value: Any
) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_sets(**{name: value})
    stack.refresh()

    assert not stack.is_changed_by(SIGNED, [name])
    stack.up({**SIGNED, "shade": "paper"}, [name])

    assert stack.shown("shade") == ["paper"]
    if name not in ("dimmed", "levels"):
        assert stack.shown(name) == [value]
    assert not stack.is_changed_by({**SIGNED, "shade": "paper"}, [name])


def test_a_part_of_a_field_that_the_program_ignores_is_left_as_someone_else_has_it(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_sets(labels={"of": "eve", "for": "otto"})
    stack.refresh()
    ignoring = ['labels["of"]']

    assert not stack.is_changed_by(SIGNED, ignoring)
    stack.up({**SIGNED, "labels": {"of": "x", "for": "adam"}}, ignoring)
    assert stack.shown("labels") == [{"of": "eve", "for": "adam"}]
    assert not stack.is_changed_by({**SIGNED, "labels": {"of": "x", "for": "adam"}}, ignoring)

    stack.vendor.someone_sets(labels={"of": "mary", "for": "adam"})
    stack.refresh()
    assert not stack.is_changed_by({**SIGNED, "labels": {"of": "x", "for": "adam"}}, ignoring)


def test_a_field_that_is_given_no_more_is_cleared_but_for_what_is_ignored(stack: Stack) -> None:
    stack.up(SIGNED)
    program = {name: value for name, value in SIGNED.items() if name != "labels"}
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
