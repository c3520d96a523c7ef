"""What a look at a singleton tells, and what the program does not care about."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.hidden import arguments
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import AccountMismatchError, LostAnswerError, MissingError, VendorError

from tests.core.fakes import ACCOUNT
from tests.core.singleton_fakes import refusal
from tests.core.singleton_programs import DRIFTS, SIGNED
from tests.core.singleton_stack import Stack

NOT_THEIRS: list[tuple[str, Any]] = [("colours", ["blue", "red"]), ("method", "POST"), ("shade", "paper")]


@pytest.mark.parametrize(("name", "value"), DRIFTS)
def test_what_someone_else_has_changed_shows_and_is_brought_back(stack: Stack, name: str, value: Any) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_sets(**{name: value})

    stack.refresh()
    assert {n for n in SIGNED if stack.inputs.get(n) != SIGNED[n]} - {"key"} == {name} - {"key"}
    assert stack.is_changed_by(SIGNED)

    stack.up(SIGNED)
    assert stack.shown(name) == [SIGNED[name]]
    assert not stack.is_changed_by(SIGNED)


@pytest.mark.parametrize(("name", "value"), NOT_THEIRS)
def test_what_means_the_same_or_is_not_given_does_not_show(stack: Stack, name: str, value: Any) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_sets(**{name: value})

    stack.refresh()

    assert stack.inputs == SIGNED
    assert not stack.is_changed_by(SIGNED)


def test_a_field_that_is_managed_for_the_sake_of_another_shows_when_it_is_changed(stack: Stack) -> None:
    program: Bag = {"room": "cellar", "levels": [1]}
    stack.up(program)
    stack.refresh()
    assert stack.inputs == program
    stack.vendor.someone_sets(dimmed=True)

    stack.refresh()

    assert stack.inputs == {**program, "dimmed": True}
    assert stack.is_changed_by(program)


def test_a_key_that_was_changed_shows_and_nothing_of_it_is_known(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_sets(key="theirs")

    stack.refresh()

    assert "key" not in stack.inputs
    assert "key" not in stack.known
    stack.up({**SIGNED, "room": "attic"})
    assert stack.shown("key") == ["ours"]


@pytest.mark.parametrize("hints", [False, True])
def test_a_key_is_taken_to_stand_where_nothing_tells_otherwise(
    stack: Stack,
    hints: bool,  # noqa: FBT001 - pytest's
) -> None:
    stack.vendor.shows_hint = hints
    stack.up(SIGNED)

    stack.refresh()

    assert (stack.inputs, stack.known["key"]) == (SIGNED, "ours")


def test_a_refresh_keeps_what_is_for_us_alone(stack: Stack) -> None:
    stack.vendor.someone_sets(room="hall")
    stack.up({**SIGNED, "on_destroy": "retain"})
    before = stack.known
    stack.vendor.someone_sets(room="attic")

    stack.refresh()

    kept = ("_taken", "_tenure", "_origin", "on_destroy", "former_room")
    assert [stack.known[name] for name in kept] == [before[name] for name in kept]
    assert stack.inputs["on_destroy"] == "retain"


def test_a_refresh_keeps_the_hidden_inputs(stack: Stack) -> None:
    stack.up(SIGNED)

    live = stack.life().read(ACCOUNT, stack.known, {**SIGNED, "_stack": "5ac0"})

    assert live is not None
    assert live.inputs == {**SIGNED, "_stack": "5ac0"}


def test_what_someone_else_has_set_is_not_ours_by_a_look_at_it(stack: Stack) -> None:
    stack.vendor.someone_sets(mode="warm", colours=["green"])
    stack.up({"room": "cellar", "mode": "cold", "colours": ["red"]})
    stack.vendor.someone_sets(colours=["pink"])
    stack.refresh()

    stack.destroy()

    assert stack.shown("room", "mode", "colours") == ["hall", "warm", ["pink"]]


def test_an_open_write_is_settled_by_the_next_update_after_a_look_too(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.lost = ["not done"]
    with pytest.raises(LostAnswerError):
        stack.up({"room": "attic"})

    stack.refresh()
    stack.up({"room": "attic"})

    assert stack.shown("room", "colours", "labels") == ["attic", [], {}]
    assert stack.taken.before == []


@pytest.mark.parametrize("fate", ["done", "not done"])
@pytest.mark.parametrize(("hints", "key"), [(False, "next"), (True, "ours-too")])
def test_an_open_change_of_a_key_is_settled_by_the_next_update_however_often_it_is_looked_at(
    stack: Stack,
    hints: bool,  # noqa: FBT001 - pytest's
    key: str,
    fate: str,
) -> None:
    stack.vendor.shows_hint = hints
    stack.up(SIGNED)
    program = {**SIGNED, "key": key}
    stack.vendor.lost = [fate]
    with pytest.raises(LostAnswerError):
        stack.up(program)

    stack.refresh()
    stack.refresh()
    assert stack.is_changed_by(program)
    stack.up(program)

    assert stack.shown("key") == [stack.known["key"]] == [key]
    assert not stack.is_changed_by(program)


def test_an_open_write_that_comes_late_is_written_over_after_a_look(stack: Stack) -> None:
    stack.vendor.lost = ["not done"]
    with pytest.raises(LostAnswerError):
        stack.up(SIGNED)
    stack.vendor.lost = ["not done"]
    with pytest.raises(LostAnswerError):
        stack.up({**SIGNED, "room": "attic"})
    stack.vendor.someone_sets(**SIGNED)
    stack.refresh()

    stack.up({**SIGNED, "room": "attic"})

    assert stack.shown("room") == ["attic"]
    assert not stack.taken.is_open


def test_an_open_write_makes_the_next_update_write_all_and_clear_what_was_to_be_cleared(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.lost = ["not done"]
    program: Bag = {"room": "cellar", "colours": ["red", "blue"]}
    with pytest.raises(LostAnswerError):
        stack.up(program)
    assert stack.taken.before == [{n: SIGNED[n] for n in stack.taken.before[0]}]
    stack.requests()

    assert stack.diff(program).changes is True
    stack.up(program)

    assert stack.requests() == ["read", "set colours dimmed hook labels levels method mode room"]
    assert stack.shown("hook", "labels") == ["", {}]
    assert stack.taken.before == []
    stack.vendor.someone_sets(hook="https://theirs.example")
    assert not stack.is_changed_by(program)


def test_an_object_that_is_gone_leaves_state(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_takes_it_away()

    stack.refresh()

    assert stack.outputs is None
    (warning,) = stack.told()
    assert warning.startswith("the account's lamp is gone: it was deleted outside of this program")


def test_a_look_that_fails_is_an_error_and_state_stays(stack: Stack) -> None:
    stack.up(SIGNED)
    before = stack.known
    stack.vendor.unreadable = [refusal(503)]

    with pytest.raises(VendorError):
        stack.refresh()

    assert stack.known == before


def test_a_resource_can_be_looked_up_by_its_id(stack: Stack) -> None:
    stack.vendor.someone_sets(colours=["green"], key="theirs")

    live = stack.life().read(ACCOUNT, {}, None)

    assert live is not None
    assert (live.id, live.inputs) == (ACCOUNT, None)
    assert (live.outputs["room"], live.outputs["colours"]) == ("hall", ["green"])
    assert "key" not in arguments(live.outputs)


def test_a_look_up_of_what_is_not_there_or_by_another_id_is_an_error(stack: Stack) -> None:
    with pytest.raises(MissingError, match="does not exist"):
        stack.life().read(ACCOUNT, {}, None)
    with pytest.raises(MissingError, match="is not the id of the account's lamp"):
        stack.life().read("lamp-9", {}, None)


@pytest.mark.parametrize("verb", ["diff", "read", "update", "delete"])
def test_an_object_of_another_account_is_refused_before_any_request(stack: Stack, verb: str) -> None:
    stack.up(SIGNED)
    stack.requests()
    known = {**stack.known, "_origin": {"account": "AC-two", "endpoint": "there"}}
    rest: dict[str, tuple[Any, ...]] = {
        "diff": (known, SIGNED, SIGNED, ()),
        "read": (known, SIGNED),
        "update": (known, {**SIGNED, "room": "attic"}, ()),
        "delete": (known,),
    }

    with pytest.raises(AccountMismatchError):
        getattr(stack.life(), verb)(ACCOUNT, *rest[verb])

    assert stack.requests() == []
