"""What of a singleton the program does not care about is left as someone else has it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.paths import parse
from pulumi_switchboard.core.values import Bag

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


def test_a_key_that_is_ignored_and_was_changed_is_not_known_and_written_once_it_counts_again(
    stack: Stack,
) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_sets(key="theirs")
    stack.up({**SIGNED, "room": "attic"}, ["key"])
    assert stack.shown("room", "key") == ["attic", "theirs"]
    assert "key" not in stack.known

    assert stack.is_changed_by({**SIGNED, "room": "attic"})
    stack.up({**SIGNED, "room": "attic"})

    assert stack.shown("key") == ["ours"]
    assert stack.known["key"] == "ours"


def test_a_key_that_is_ignored_goes_with_the_fields_that_are_one_with_it_to_the_vendor(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_sets(key="theirs")
    stack.writes()
    program: Bag = {**SIGNED, "owner": "otto"}

    stack.up(program, ["key"])

    assert stack.writes() == ["set key owner"]
    assert stack.shown("owner", "key") == ["otto", "ours"]
    assert not stack.is_changed_by(program, ["key"])


def test_of_an_object_that_has_to_be_made_anew_nothing_is_ignored(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_takes_it_away()

    stack.up({**SIGNED, "room": "attic"}, ["key", "colours", 'labels["of"]'])

    assert stack.shown("key", "colours", "labels") == [SIGNED[n] for n in ("key", "colours", "labels")]
    assert stack.known["key"] == "ours"


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


def test_an_item_of_a_list_without_an_order_that_the_program_ignores_displaces_no_other(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_sets(colours=["blue", "red"])

    stack.up({**SIGNED, "room": "attic"}, ["colours[0]"])
    assert sorted(stack.shown("colours")[0]) == ["blue", "red"]
    stack.up({**SIGNED, "room": "attic", "colours": ["pink", "green"]}, ["colours[0]"])

    assert stack.shown("colours") == [["red", "green"]]
    assert not stack.is_changed_by({**SIGNED, "room": "attic", "colours": ["pink", "green"]}, ["colours[0]"])


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
    still_open = {**stack.known, "_taken": stack.taken.with_open_write({}).text()}
    stack.life().update(ACCOUNT, still_open, {"room": "yard"}, [("*",)])
    assert stack.writes() == []
    stack.destroy()
    assert stack.shown("room", "mode") == ["attic", "warm"]
