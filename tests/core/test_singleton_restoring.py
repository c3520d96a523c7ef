"""How a singleton is restored: what was there is put back where our own value still stands."""

from __future__ import annotations

import json

import pytest
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import (
    ConflictError,
    LostAnswerError,
    OperationFailedError,
)

from tests.core.fakes import ACCOUNT
from tests.core.singleton_fakes import EMPTY
from tests.core.singleton_programs import FOUND, OURS, PROGRAM, THEIRS, taken_over
from tests.core.singleton_stack import Stack


def test_what_was_found_is_put_back_at_once(stack: Stack) -> None:
    taken_over(stack)

    stack.destroy()

    assert stack.vendor.lamp == FOUND
    assert stack.writes() == ["set colours dimmed hook labels levels method mode room"]
    assert stack.told() == []


def test_what_was_empty_is_empty_again(stack: Stack) -> None:
    taken_over(stack, {**OURS, **THEIRS}, mode="warm")

    stack.destroy()

    assert stack.vendor.lamp == {"room": "hall", **EMPTY}


def test_what_we_have_cleared_is_put_back_too(stack: Stack) -> None:
    taken_over(stack, {**OURS, "mode": "warm", "dimmed": False})
    stack.up({"room": "cellar"})
    assert stack.vendor.lamp == {"room": "cellar", **EMPTY}

    stack.destroy()

    assert stack.vendor.lamp == FOUND
    assert stack.told() == []


def test_what_was_not_given_is_not_touched(stack: Stack) -> None:
    taken_over(stack, PROGRAM)
    stack.vendor.someone_sets(mode="cold", labels={"of": "eve"})

    stack.destroy()

    assert stack.writes() == ["set colours room"]
    assert stack.shown("mode", "labels") == ["cold", {"of": "eve"}]


def test_what_someone_else_has_changed_is_left_with_a_warning(stack: Stack) -> None:
    taken_over(stack)
    stack.vendor.someone_sets(colours=["pink"], mode="cold", method="post")

    stack.destroy()

    assert stack.vendor.lamp == {**FOUND, "colours": ["pink"], "mode": "cold"}
    assert stack.told() == [
        "the account's lamp is left as it is in colours: someone else has changed it since"
    ]


@pytest.mark.parametrize("changed", [{"dimmed": True}, {"levels": [3]}])
def test_fields_that_are_one_to_the_vendor_are_put_back_together_or_not_at_all(
    stack: Stack, changed: Bag
) -> None:
    taken_over(stack, {"room": "cellar", "dimmed": False, "levels": [1]}, dimmed=True, levels=[7])
    stack.vendor.someone_sets(**changed)
    left = stack.shown("dimmed", "levels")

    stack.destroy()

    assert stack.shown("room", "dimmed", "levels") == ["hall", *left]
    assert "levels: someone else" in stack.told()[0]


def test_what_someone_else_has_put_back_already_needs_neither_a_write_nor_a_word(stack: Stack) -> None:
    taken_over(stack)
    stack.vendor.someone_sets(**FOUND)

    stack.destroy()

    assert (stack.requests(), stack.told()) == (["read"], [])


def test_what_is_not_known_to_have_been_different_is_left_with_a_warning(stack: Stack) -> None:
    taken_over(stack, OURS, **OURS)

    stack.destroy()

    assert stack.shown("room", "mode") == ["cellar", "warm"]
    assert stack.told() == [
        f"the account's lamp is left as it is in {', '.join(OURS)}: what was there before is not known"
    ]


def test_a_resource_that_remembers_nothing_is_left_with_a_warning(stack: Stack) -> None:
    taken_over(stack)

    stack.life().delete(ACCOUNT, {name: v for name, v in stack.known.items() if name != "_taken"})

    assert stack.writes() == []
    assert stack.told() == ["the account's lamp is left as it is: what was there before is not known"]


def test_an_object_that_was_looked_up_and_never_managed_is_left_with_a_warning(stack: Stack) -> None:
    stack.vendor.someone_sets(room="hall")
    seen = stack.life().read(ACCOUNT, {}, {})
    assert seen is not None

    stack.life().delete(ACCOUNT, seen.outputs)

    assert stack.writes() == []
    assert stack.told() == ["the account's lamp is left as it is: what was there before is not known"]


def test_an_object_that_was_not_there_is_taken_away(stack: Stack) -> None:
    stack.up({**PROGRAM, "owner": "anna", "key": "ours"})
    stack.vendor.someone_sets(mode="cold")

    stack.destroy()

    assert stack.vendor.lamp is None


def test_an_object_that_was_not_there_and_was_changed_since_is_left_with_a_warning(stack: Stack) -> None:
    stack.up(PROGRAM)
    stack.vendor.someone_sets(room="attic")

    stack.destroy()

    assert stack.shown("room") == ["attic"]
    assert "in room: there was nothing before, and someone else has changed it" in stack.told()[0]


@pytest.mark.parametrize("policy", ["restore", "reset"])
def test_an_object_of_ours_that_is_gone_is_given_back_already(stack: Stack, policy: str) -> None:
    stack.up({**OURS, "on_destroy": policy})
    stack.vendor.someone_takes_it_away()

    stack.destroy()

    assert stack.outputs is None
    assert stack.told() == []
    assert stack.progress == ["the account's lamp is gone already"]


def test_that_what_was_there_is_not_put_back_where_the_object_is_gone_is_told(stack: Stack) -> None:
    taken_over(stack)
    stack.vendor.someone_takes_it_away()

    stack.destroy()

    assert stack.vendor.lamp is None
    assert stack.told() == ["the account's lamp is gone, so what was there before is not put back"]


def test_a_resource_that_has_managed_nothing_leaves_all_as_it_is_without_a_word(stack: Stack) -> None:
    stack.vendor.someone_sets(room="hall")
    stack.outputs = json.loads(json.dumps(stack.life().create({}).outputs))
    stack.told()

    stack.destroy()

    assert stack.writes() == []
    assert stack.told() == []


def test_a_key_that_was_ours_before_is_put_back(stack: Stack) -> None:
    key: Bag = {"owner": "anna", "key": "ours"}
    taken_over(stack, {"room": "cellar", **key}, **key)
    stack.up({"room": "cellar", "owner": "otto", "key": "next"})

    stack.destroy()

    assert stack.shown("owner", "key") == ["anna", "ours"]


def test_a_key_that_could_not_be_read_is_not_put_back_by_the_environment_either(stack: Stack) -> None:
    taken_over(stack, {**PROGRAM, "owner": "otto", "key": "x", "on_destroy": "retain"}, owner="anna", key="k")
    stack.on_destroy = "restore"

    with pytest.raises(ConflictError, match="its key from before can't be read"):
        stack.destroy()

    assert stack.writes() == []


# --- after a write whose outcome is open


@pytest.mark.parametrize("fate", ["done", "not done"])
@pytest.mark.parametrize("last", [{**OURS, "room": "attic", "key": "next"}, {"room": "cellar"}])
@pytest.mark.parametrize("is_refreshed", [False, True])
def test_of_an_open_write_whatever_of_ours_stands_is_put_back(
    stack: Stack,
    fate: str,
    last: Bag,
    is_refreshed: bool,  # noqa: FBT001 - pytest's
) -> None:
    key: Bag = {"owner": "anna", "key": "ours"}
    taken_over(stack, {**OURS, **key}, **THEIRS, **key)
    stack.vendor.lost = [fate, fate]
    for program in (last, {**last, "room": "yard"}):
        with pytest.raises(LostAnswerError):
            stack.up({**key, **program})

    if is_refreshed:
        stack.refresh()
    stack.destroy()

    assert stack.vendor.lamp == {**FOUND, **key}
    assert stack.told() == []


@pytest.mark.parametrize("fate", ["done", "not done"])
def test_an_object_whose_make_is_open_is_taken_away_if_it_was_made(stack: Stack, fate: str) -> None:
    stack.vendor.lost = [fate]
    with pytest.raises(LostAnswerError):
        stack.up(PROGRAM)

    stack.destroy()

    assert stack.vendor.lamp is None


@pytest.mark.parametrize("fate", ["done", "not done"])
def test_an_object_of_ours_is_taken_away_whichever_of_its_keys_it_has(stack: Stack, fate: str) -> None:
    stack.up({**PROGRAM, "owner": "anna", "key": "ours"})
    stack.vendor.lost = [fate]
    with pytest.raises(LostAnswerError):
        stack.up({**PROGRAM, "owner": "otto", "key": "next"})

    stack.destroy()

    assert stack.vendor.lamp is None


def test_a_restore_that_the_vendor_takes_and_does_not_carry_out_fails(stack: Stack) -> None:
    taken_over(stack)
    stack.vendor.stuck = {"mode": "warm", "labels": {}}

    with pytest.raises(OperationFailedError, match=r"was put back, and is not so: mode, labels\n") as caught:
        stack.destroy()

    assert "SWITCHBOARD_ON_DESTROY=retain" in caught.value.remedy
    assert stack.outputs is not None
