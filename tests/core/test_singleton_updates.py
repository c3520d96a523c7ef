"""What an update of a singleton writes, and what it needs no request for."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.difference import Difference
from pulumi_switchboard.core.values import UNKNOWN, Bag
from pulumi_switchboard.errors import ConflictError, LostAnswerError, VendorError

from tests.core.singleton_fakes import refusal
from tests.core.singleton_programs import FULL, PROGRAM
from tests.core.singleton_stack import Stack


@pytest.mark.parametrize("program", [PROGRAM, FULL])
def test_a_program_that_stays_needs_no_update_and_no_request(stack: Stack, program: Bag) -> None:
    stack.vendor.someone_sets(colours=["green"])
    stack.up(program)
    stack.requests()

    assert stack.diff(program) == Difference(changes=None)
    stack.life().update("", stack.known, stack.inputs, ())
    assert stack.requests() == []


def test_an_order_or_a_case_that_means_nothing_is_no_change(stack: Stack) -> None:
    stack.up(FULL)

    assert not stack.is_changed_by({**FULL, "colours": ["blue", "red"], "method": "POST"})


def test_an_update_writes_what_differs_and_no_more(stack: Stack) -> None:
    stack.up(FULL)
    stack.requests()

    stack.up({**FULL, "mode": "warm", "room": "attic"})

    assert stack.requests() == ["read", "set mode room"]
    assert stack.taken.written["room"] == "attic"


def test_an_update_that_changes_the_arguments_alone_lets_the_engine_show_the_detail(stack: Stack) -> None:
    stack.up(PROGRAM)

    assert stack.diff({**PROGRAM, "room": "attic"}) == Difference(changes=None)
    assert stack.diff({**PROGRAM, "room": UNKNOWN}) == Difference(changes=None)


def test_fields_that_are_one_to_the_vendor_are_sent_together(stack: Stack) -> None:
    stack.up({**PROGRAM, "dimmed": True, "levels": [1]})
    stack.requests()

    stack.up({**PROGRAM, "dimmed": True, "levels": [2]})
    assert stack.writes() == ["set dimmed levels"]

    stack.up({**PROGRAM, "levels": [2]})
    assert stack.shown("dimmed", "levels") == [False, [2]]
    assert not stack.is_changed_by({**PROGRAM, "dimmed": False, "levels": [2]})


# --- what becomes of it at the end


def test_the_policy_changes_without_a_request(stack: Stack) -> None:
    stack.up(PROGRAM)
    stack.requests()
    program = {**PROGRAM, "on_destroy": "reset"}

    assert stack.diff(program) == Difference(changes=None)
    stack.up(program)

    assert stack.known["on_destroy"] == "reset"
    stack.up(PROGRAM)
    assert stack.known["on_destroy"] == "restore"
    assert stack.requests() == []


@pytest.mark.parametrize("edit", [{}, {"room": "attic"}])
def test_what_could_not_be_read_can_not_be_restored_by_a_later_change_of_mind(
    stack: Stack, edit: Bag
) -> None:
    stack.vendor.someone_sets(owner="anna", key="theirs")
    program = {"room": "cellar", "owner": "anna", "key": "ours"}
    stack.up({**program, "on_destroy": "reset"})
    before = stack.known

    with pytest.raises(ConflictError, match="its key can't be read"):
        stack.diff({**program, **edit})
    with pytest.raises(ConflictError, match="its key can't be read"):
        stack.life().update("", before, {**program, **edit}, ())
    assert stack.writes()[1:] == []

    stack.up({**program, "on_destroy": "retain"})


def test_a_key_that_is_given_later_over_one_that_can_not_be_read_is_refused_before_a_write(
    stack: Stack,
) -> None:
    stack.vendor.someone_sets(owner="anna", key="theirs")
    stack.up(PROGRAM)
    stack.writes()

    with pytest.raises(ConflictError, match="its key can't be read"):
        stack.up({**PROGRAM, "owner": "anna", "key": "ours"})

    assert stack.writes() == []
    stack.vendor.someone_sets(owner="anna", key="ours")
    stack.up({**PROGRAM, "owner": "anna", "key": "ours"})
    assert stack.taken.unreadable == []


def test_an_update_that_is_refused_changes_nothing_of_what_is_known(stack: Stack) -> None:
    stack.up(PROGRAM)
    before = stack.known
    stack.vendor.refusals = [refusal()]

    with pytest.raises(VendorError):
        stack.up({**PROGRAM, "room": "attic", "on_destroy": "reset"})

    assert stack.known == before


def test_a_key_that_is_changed_by_the_program_is_written_and_known(stack: Stack) -> None:
    program = {**PROGRAM, "owner": "anna", "key": "ours"}
    stack.up(program)
    stack.writes()

    stack.up({**program, "key": "next"})

    assert stack.writes() == ["set key owner"]
    assert (stack.known["key"], stack.known["key_hint"]) == ("next", "ne")


def test_a_vendor_that_never_shows_what_was_written_is_pointed_out(stack: Stack) -> None:
    stack.up(PROGRAM)
    stack.vendor.lag = 99

    stack.up({**PROGRAM, "room": "attic"})

    (told,) = stack.told()
    assert told.startswith("the account's lamp is not shown as it was sent: room. ")


def test_the_loss_of_the_first_answer_is_over_with_the_next_update(stack: Stack) -> None:
    stack.vendor.lost = ["done"]
    with pytest.raises(LostAnswerError):
        stack.up(PROGRAM)

    stack.up(PROGRAM)

    assert stack.writes() == ["make colours room", "set colours room"]
    assert not stack.taken.is_open
    assert not stack.is_changed_by(PROGRAM)
