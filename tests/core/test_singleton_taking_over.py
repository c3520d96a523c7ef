"""How a resource gets the one object of its type: what stands there is remembered, and then overwritten."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.values import UNKNOWN, Bag
from pulumi_switchboard.errors import (
    AccountMismatchError,
    ConflictError,
    LostAnswerError,
    MissingError,
    VendorError,
)

from tests.core.fakes import ACCOUNT, ORIGIN
from tests.core.singleton_fakes import refusal
from tests.core.singleton_programs import PROGRAM
from tests.core.singleton_stack import CELLAR, HALL, Stack

HOOK, THEIRS = "https://ours.example/secret", "ftp://theirs.example/secret"


# --- what is found


def test_what_was_found_is_remembered_of_each_field_that_is_given(stack: Stack) -> None:
    stack.vendor.someone_sets(colours=["green"], mode="cold")

    stack.up({**PROGRAM, "hook": HOOK})

    assert stack.taken.existed
    assert stack.taken.found == {"room": "hall", "colours": ["green"], "hook": ""}
    assert stack.known["former_room"] == "hall"


def test_only_what_differs_is_written_and_what_is_not_given_stays(stack: Stack) -> None:
    stack.vendor.someone_sets(room="cellar", mode="cold")

    stack.up(PROGRAM)

    assert stack.writes() == ["set colours"]
    assert stack.shown("room", "colours", "mode") == ["cellar", ["red", "blue"], "cold"]


def test_an_object_that_is_not_there_is_made(stack: Stack) -> None:
    stack.up(PROGRAM)

    assert stack.writes() == ["make colours room"]
    assert not stack.taken.existed
    assert stack.told() == []


def test_fields_that_are_one_to_the_vendor_are_managed_and_sent_together(stack: Stack) -> None:
    stack.vendor.someone_sets(levels=[1, 2])

    stack.up({"room": "hall", "dimmed": True})

    assert stack.writes() == ["set dimmed levels"]
    assert stack.shown("dimmed", "levels") == [True, []]
    assert stack.taken.found == {"room": "hall", "dimmed": False, "levels": [1, 2]}


def test_state_holds_what_the_vendor_shows_and_what_is_for_us_alone(stack: Stack) -> None:
    stack.up({"room": "hall", "owner": "anna", "key": "k-1"})

    assert (stack.known["account"], stack.known["_origin"]) == (ACCOUNT, ORIGIN)
    assert (stack.known["key"], stack.known["key_hint"], stack.known["on_destroy"]) == (
        "k-1",
        "k-",
        "restore",
    )
    assert stack.known["_tenure"]


# --- what can't be read


def test_a_key_that_can_not_be_read_can_not_be_restored_so_there_is_a_choice_to_make(stack: Stack) -> None:
    stack.vendor.someone_sets(owner="anna", key="theirs")
    program = {"room": "cellar", "owner": "anna", "key": "ours"}

    for verb in (stack.life().foresee, stack.life().create):
        with pytest.raises(ConflictError, match="its key can't be read") as refused:
            verb(program)
        assert 'on_destroy="reset"' in refused.value.remedy
        assert 'on_destroy="retain"' in refused.value.remedy
    assert stack.writes() == []

    stack.up({**program, "on_destroy": "retain"})
    assert stack.shown("room", "key") == ["cellar", "ours"]
    assert stack.taken.unreadable == ["key"]
    assert "key" not in stack.taken.found


@pytest.mark.parametrize(("hints", "owner"), [(False, "anna"), (True, "otto")])
def test_a_key_without_a_hint_or_of_another_owner_is_not_taken_for_ours(
    stack: Stack,
    hints: bool,  # noqa: FBT001 - pytest's
    owner: str,
) -> None:
    stack.vendor.shows_hint = hints
    stack.vendor.someone_sets(owner=owner, key="ours")

    with pytest.raises(ConflictError):
        stack.up({"room": "hall", "owner": "anna", "key": "ours"})


def test_a_key_that_is_recognisably_ours_is_what_will_be_there_again(stack: Stack) -> None:
    stack.vendor.someone_sets(owner="anna", key="ours")

    stack.up({"room": "cellar", "owner": "anna", "key": "ours"})

    assert stack.writes() == ["set room"]
    assert stack.taken.found["key"] == "ours"
    assert stack.taken.unreadable == []


@pytest.mark.parametrize(
    "unknown", [{"owner": UNKNOWN}, {"key": UNKNOWN}, {"owner": UNKNOWN, "key": UNKNOWN}]
)
def test_a_preview_refuses_nothing_that_it_does_not_know_enough_of(stack: Stack, unknown: Bag) -> None:
    stack.vendor.someone_sets(owner="anna", key="ours")

    stack.life().foresee({"room": "hall", "owner": "anna", "key": "ours", **unknown})


# --- trouble


def test_a_take_over_that_is_refused_leaves_no_resource(stack: Stack) -> None:
    stack.vendor.someone_sets(colours=["green"])
    stack.vendor.refusals = [refusal()]

    with pytest.raises(VendorError):
        stack.up(PROGRAM)

    assert stack.outputs is None


@pytest.mark.parametrize("fate", ["done", "not done"])
def test_a_take_over_whose_answer_is_lost_is_kept_with_what_was_found(stack: Stack, fate: str) -> None:
    stack.vendor.someone_sets(colours=["green"])
    stack.vendor.lost = [fate]

    with pytest.raises(LostAnswerError) as lost:
        stack.up(PROGRAM)

    assert "whether the account's lamp was changed is not known" in lost.value.facts
    assert stack.taken.is_open
    assert stack.taken.found == {"room": "hall", "colours": ["green"]}
    assert stack.taken.written == PROGRAM


def test_an_object_whose_make_is_open_has_what_was_sent(stack: Stack) -> None:
    stack.vendor.lost = ["not done"]

    with pytest.raises(LostAnswerError):
        stack.up({**PROGRAM, "owner": "anna", "key": "ours"})

    assert (stack.known["room"], stack.known["key"]) == ("cellar", "ours")
    assert not stack.taken.existed


def test_a_vendor_that_shows_late_what_was_written_is_waited_for(stack: Stack) -> None:
    stack.vendor.someone_sets(colours=["green"])
    stack.vendor.lag = 3

    stack.up(PROGRAM)

    assert stack.known["colours"] == ["red", "blue"]


# --- whose it is


def test_two_resources_for_the_one_object_are_refused(stack: Stack) -> None:
    stack.life(HALL).intend(PROGRAM, is_new=True)
    stack.life(HALL).intend(PROGRAM, is_new=True)

    stack.life(HALL).create(PROGRAM)
    for verb in (
        lambda: stack.life(CELLAR).intend(PROGRAM, is_new=False),
        lambda: stack.life(CELLAR).create({}),
    ):
        with pytest.raises(ConflictError) as refused:
            verb()
        assert refused.value.summary == (
            f"the account's lamp is managed by two resources, the other one is {HALL}"
        )
        assert refused.value.remedy == "remove one of them from the program"


def test_an_object_of_another_account_is_not_touched(stack: Stack) -> None:
    stack.vendor.someone_sets()
    stack.vendor.holder = "AC-two"

    with pytest.raises(AccountMismatchError):
        stack.life().create(PROGRAM)

    assert stack.writes() == []


def test_the_object_can_be_imported_by_its_own_id_alone(stack: Stack) -> None:
    with pytest.raises(MissingError) as refused:
        stack.life().create({**PROGRAM, "_import": "lamp-9"})
    with pytest.raises(MissingError, match="lamp-9 is not the id"):
        stack.life().foresee({**PROGRAM, "_import": "lamp-9"})
    assert ACCOUNT in refused.value.remedy
    assert stack.requests() == []

    for verb in (stack.life().foresee, stack.life().create):
        with pytest.raises(MissingError, match="the account's lamp does not exist"):
            verb({**PROGRAM, "_import": ACCOUNT})
    assert stack.writes() == []

    stack.vendor.someone_sets(room="cellar")
    assert stack.life().create({**PROGRAM, "_import": ACCOUNT}).id == ACCOUNT
