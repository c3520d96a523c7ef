"""What of a singleton is managed: what the program gives, until it gives it no more."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.checking import check
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import LostAnswerError

from tests.core.singleton_fakes import LAMP_TYPE
from tests.core.singleton_programs import EMPTIES, FULL, PROGRAM
from tests.core.singleton_stack import Stack

GONE = "the account's lamp is gone: it was deleted outside of this program. It is created again"


def test_an_argument_that_was_never_given_is_not_managed(stack: Stack) -> None:
    stack.up(PROGRAM)
    stack.vendor.someone_sets(mode="cold", hook="https://theirs.example", labels={"of": "otto"}, dimmed=True)
    stack.refresh()

    assert not stack.is_changed_by(PROGRAM)
    stack.up({**PROGRAM, "room": "attic"})
    assert stack.shown("mode", "labels", "dimmed") == ["cold", {"of": "otto"}, True]
    assert stack.taken.written.keys() == stack.taken.found.keys() == {"room", "colours"}


def test_an_argument_that_is_left_out_is_cleared_and_then_not_managed_any_more(stack: Stack) -> None:
    stack.up(FULL)
    assert stack.is_changed_by(PROGRAM)

    stack.up(PROGRAM)
    assert stack.shown("method", "hook", "mode", "labels") == ["", "", "warm", {}]
    assert stack.shown("dimmed", "levels") == [False, []]

    stack.vendor.someone_sets(method="GET", hook="https://theirs.example", mode="cold", dimmed=True)
    stack.refresh()
    assert not stack.is_changed_by(PROGRAM)
    stack.up({**PROGRAM, "room": "attic"})
    assert stack.shown("method", "hook", "mode", "dimmed") == ["GET", "https://theirs.example", "cold", True]


def test_an_argument_that_can_not_be_cleared_stays_as_it_is_without_a_difference(stack: Stack) -> None:
    stack.up({**PROGRAM, "shade": "paper"})

    stack.up(PROGRAM)

    assert stack.shown("shade") == ["paper"]
    assert not stack.is_changed_by(PROGRAM)


@pytest.mark.parametrize(("name", "empty"), EMPTIES)
def test_an_empty_argument_is_managed_and_empty(stack: Stack, name: str, empty: Any) -> None:
    stack.vendor.someone_sets(**{name: FULL[name]})
    program = {"room": "cellar", name: empty}

    stack.up(program)

    assert stack.shown(name) == [empty]
    stack.vendor.someone_sets(**{name: FULL[name]})
    stack.refresh()
    assert stack.is_changed_by(program)
    stack.up(program)
    assert stack.shown(name) == [empty]


@pytest.mark.parametrize(("name", "empty"), EMPTIES)
def test_to_give_an_empty_argument_or_none_is_not_the_same(stack: Stack, name: str, empty: Any) -> None:
    bare: Bag = {"room": "cellar"}
    given: Bag = {**bare, name: empty}
    assert check(LAMP_TYPE, bare, given).inputs == given
    assert check(LAMP_TYPE, given, bare).inputs == bare
    stack.up(bare)

    for program in (given, bare):
        assert stack.is_changed_by(program)
        stack.requests()
        stack.up(program)
        assert stack.requests() == ["read"]
        assert not stack.is_changed_by(program)


def test_a_field_that_is_given_first_is_remembered_as_it_was(stack: Stack) -> None:
    stack.vendor.someone_sets(labels={"of": "otto"}, mode="cold")
    stack.up(PROGRAM)

    stack.up({**PROGRAM, "labels": {"of": "anna"}})

    assert stack.taken.found["labels"] == {"of": "otto"}
    assert "mode" not in stack.taken.found


def test_a_field_that_is_given_first_and_stands_so_already_is_managed_without_a_write(stack: Stack) -> None:
    stack.vendor.someone_sets(labels={"of": "anna"})
    stack.up(PROGRAM)
    stack.requests()
    program = {**PROGRAM, "labels": {"of": "anna"}}

    assert stack.is_changed_by(program)
    stack.up(program)

    assert stack.requests() == ["read"]
    assert stack.taken.written["labels"] == {"of": "anna"}
    assert "labels" not in stack.taken.found
    assert not stack.is_changed_by(program)


def test_a_field_that_is_given_again_is_remembered_as_someone_else_has_set_it_meanwhile(stack: Stack) -> None:
    stack.vendor.someone_sets(mode="warm", labels={"of": "otto"})
    stack.up({**PROGRAM, "mode": "cold", "labels": {"of": "anna"}})
    stack.up(PROGRAM)
    stack.vendor.someone_sets(labels={"of": "eve"})

    stack.up({**PROGRAM, "mode": "cold", "labels": {"of": "anna"}})

    assert stack.taken.found["labels"] == {"of": "eve"}
    assert stack.taken.found["mode"] == "warm"


def test_what_someone_else_has_changed_and_the_program_now_says_too_is_ours(stack: Stack) -> None:
    stack.up(PROGRAM)
    stack.vendor.someone_sets(room="attic")
    stack.refresh()
    stack.requests()

    stack.up({**PROGRAM, "room": "attic"})

    assert stack.requests() == ["read"]
    assert stack.taken.written["room"] == "attic"
    assert not stack.is_changed_by({**PROGRAM, "room": "attic"})


def test_an_object_that_someone_has_taken_away_is_made_again(stack: Stack) -> None:
    stack.up(FULL)
    stack.vendor.someone_takes_it_away()

    stack.up({**PROGRAM, "room": "attic"})

    assert stack.shown("room", "colours", "mode") == ["attic", ["red", "blue"], "warm"]
    assert stack.told() == [GONE]


def test_an_object_that_may_never_have_been_there_is_not_called_gone(stack: Stack) -> None:
    stack.vendor.lost = ["not done"]
    with pytest.raises(LostAnswerError):
        stack.up(PROGRAM)

    stack.up(PROGRAM)

    assert stack.told() == []
    stack.vendor.someone_takes_it_away()
    stack.vendor.lost = ["not done"]
    with pytest.raises(LostAnswerError):
        stack.up({**PROGRAM, "room": "attic"})
    assert stack.told() == [GONE]


def test_of_a_field_that_is_given_again_and_stands_so_already_nothing_is_known_any_more(stack: Stack) -> None:
    stack.vendor.someone_sets(labels={"of": "otto"})
    stack.up({**PROGRAM, "labels": {"of": "anna"}})
    stack.up(PROGRAM)
    stack.vendor.someone_sets(labels={"of": "eve"})

    stack.up({**PROGRAM, "labels": {"of": "eve"}})

    assert "labels" not in stack.taken.found


def test_of_an_object_whose_remake_is_open_the_cleared_fields_are_empty(stack: Stack) -> None:
    stack.up(FULL)
    stack.vendor.someone_takes_it_away()
    stack.vendor.lost = ["not done"]

    with pytest.raises(LostAnswerError):
        stack.up({**PROGRAM, "room": "attic"})

    assert (stack.known["hook"], stack.known["mode"], stack.known["room"]) == ("", "warm", "attic")
