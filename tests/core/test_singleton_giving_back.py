"""What becomes of a singleton in the end: what was there before, the vendor's empty state, or nothing."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.errors import (
    AccountMismatchError,
    LostAnswerError,
    SettingsError,
    SwitchboardError,
    UnreachableError,
    VendorError,
)

from tests.core.fakes import ACCOUNT
from tests.core.singleton_fakes import EMPTY, refusal
from tests.core.singleton_programs import FOUND, OURS, PROGRAM, taken_over
from tests.core.singleton_stack import CELLAR, Crash, Stack

# --- reset, retain, and the environment


@pytest.mark.parametrize("stays", [False, True])
def test_reset_leaves_the_empty_state_whoever_has_set_it(
    stack: Stack,
    stays: bool,  # noqa: FBT001 - pytest's
) -> None:
    taken_over(stack, {**PROGRAM, "on_destroy": "reset"})
    stack.vendor.someone_sets(colours=["pink"])
    stack.vendor.stays = stays

    stack.destroy()

    assert stack.requests() == ["read", "empty"]
    assert stack.vendor.lamp == ({**EMPTY, "room": ""} if stays else None)


def test_retain_leaves_all_as_it_is_without_a_request(stack: Stack) -> None:
    taken_over(stack, {**PROGRAM, "on_destroy": "retain"})

    stack.destroy()

    assert stack.requests() == []
    assert stack.shown("room") == ["cellar"]
    assert "not managed any more" in stack.told()[0]


@pytest.mark.parametrize("said", ["restore", "reset", "retain"])
@pytest.mark.parametrize(("policy", "room"), [("restore", "hall"), ("reset", None), ("retain", "cellar")])
def test_the_environment_overrules_the_program(
    stack: Stack, said: str, policy: str, room: str | None
) -> None:
    taken_over(stack, {**PROGRAM, "on_destroy": said})
    stack.on_destroy = policy

    stack.destroy()

    assert stack.shown("room") == [room]


def test_an_environment_that_says_nonsense_is_an_error_before_any_request(stack: Stack) -> None:
    taken_over(stack)
    stack.on_destroy = "keep"

    with pytest.raises(SettingsError, match="none of restore, reset, retain"):
        stack.destroy()

    assert stack.requests() == []


# --- trouble, and other resources


@pytest.mark.parametrize("policy", ["restore", "reset"])
@pytest.mark.parametrize("trouble", [refusal(), UnreachableError("no way", remedy="try it")])
def test_a_refusal_is_an_error_with_a_way_out_and_nothing_is_forgotten(
    stack: Stack, policy: str, trouble: SwitchboardError
) -> None:
    taken_over(stack, {**OURS, "on_destroy": policy})
    stack.vendor.refusals = [trouble]

    with pytest.raises(type(trouble)) as refused:
        stack.destroy()

    assert refused.value.facts[-1] == "the account's lamp is managed as before"
    assert "SWITCHBOARD_ON_DESTROY=reset" in refused.value.remedy
    assert "SWITCHBOARD_ON_DESTROY=retain" in refused.value.remedy
    stack.destroy()
    assert stack.vendor.lamp == (FOUND if policy == "restore" else None)


@pytest.mark.parametrize("fate", ["done", "not done"])
@pytest.mark.parametrize("policy", ["restore", "reset"])
def test_a_destroy_whose_answer_is_lost_can_be_run_again(stack: Stack, fate: str, policy: str) -> None:
    taken_over(stack, {**OURS, "on_destroy": policy})
    stack.vendor.lost = [fate]
    with pytest.raises(LostAnswerError) as lost:
        stack.destroy()
    assert lost.value.facts == ("whether the account's lamp was given back is not known",)
    assert lost.value.remedy.startswith("run the command again: ")
    assert "SWITCHBOARD_ON_DESTROY=retain" in lost.value.remedy

    stack.crashes = True
    with pytest.raises(Crash):
        stack.destroy()
    stack.destroy()

    assert stack.vendor.lamp == (FOUND if policy == "restore" else None)
    assert stack.told() == []


def test_a_look_that_fails_is_an_error_before_any_write(stack: Stack) -> None:
    taken_over(stack)
    stack.vendor.unreadable = [refusal(503)]

    with pytest.raises(VendorError) as caught:
        stack.destroy()

    assert caught.value.facts == ("the account's lamp is managed as before",)
    assert stack.writes() == []


@pytest.mark.parametrize("policy", ["restore", "reset", "retain"])
def test_an_object_of_another_account_is_left_before_any_request(stack: Stack, policy: str) -> None:
    taken_over(stack)
    elsewhere = {**stack.known, "on_destroy": policy, "_origin": {"account": "AC-two", "endpoint": "there"}}

    with pytest.raises(AccountMismatchError):
        stack.life().delete(ACCOUNT, elsewhere)

    assert stack.requests() == []


@pytest.mark.parametrize("said", ["program", "environment"])
@pytest.mark.parametrize("policy", ["restore", "reset"])
def test_an_object_that_shows_another_account_is_left_and_nothing_is_forgotten(
    stack: Stack, policy: str, said: str
) -> None:
    taken_over(stack, {**OURS, "on_destroy": policy if said == "program" else "retain"})
    stack.on_destroy = policy if said == "environment" else ""
    stack.vendor.holder = "AC-two"

    with pytest.raises(AccountMismatchError, match="they belong to AC-two"):
        stack.destroy()

    assert stack.writes() == []
    assert stack.outputs is not None


@pytest.mark.parametrize("is_next_run", [False, True])
def test_a_rename_without_an_alias_leaves_the_object_with_its_new_name(
    stack: Stack,
    is_next_run: bool,  # noqa: FBT001 - pytest's
) -> None:
    taken_over(stack)
    former, stack.claims = stack.known, Claims()
    live = stack.life(CELLAR).create(OURS)
    if is_next_run:
        stack.claims = Claims()
        stack.life(CELLAR).diff(ACCOUNT, live.outputs, OURS, OURS, ())
    stack.told()

    stack.life().delete(ACCOUNT, former)

    assert stack.writes() == []
    assert stack.told() == [f"the account's lamp is left as it is: it is managed as {CELLAR} now"]


@pytest.mark.parametrize("policy", ["restore", "reset"])
def test_a_rename_whose_take_over_fails_leaves_the_object_as_it_is_wanted(stack: Stack, policy: str) -> None:
    taken_over(stack, {**OURS, "on_destroy": policy})
    former, stack.claims = stack.known, Claims()
    stack.vendor.unreadable = [refusal(503)]
    with pytest.raises(VendorError):
        stack.life(CELLAR).create(OURS)

    stack.life().delete(ACCOUNT, former)

    assert stack.writes() == []
    assert stack.told() == [f"the account's lamp is left as it is: it is managed as {CELLAR} now"]


@pytest.mark.parametrize("is_next_run", [False, True])
def test_a_forced_replacement_leaves_the_object_in_its_new_tenure(
    stack: Stack,
    is_next_run: bool,  # noqa: FBT001 - pytest's
) -> None:
    taken_over(stack)
    former, stack.claims = stack.known, Claims()
    live = stack.life().create(OURS)
    if is_next_run:
        stack.claims = Claims()
        stack.life().diff(ACCOUNT, live.outputs, OURS, OURS, ())

    stack.life().delete(ACCOUNT, former)

    assert stack.writes() == []
