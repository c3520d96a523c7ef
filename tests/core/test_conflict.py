"""Writes that another write is in the way of: with which keys they are repeated."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.conflict import unless_in_conflict
from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.errors import LostAnswerError, Refusal, SwitchboardError, VendorError

from tests.core.factory import Factory, Works


def keys_of(works: Works, *refused: SwitchboardError) -> list[str]:
    """The keys with which a write is sent that is refused so before it is accepted."""
    left, keys = list(refused), list[str]()

    def submit(key: str) -> str:
        keys.append(key)
        if left:
            raise left.pop(0)
        return "done"

    call: Call[Factory] = works.life().call
    assert unless_in_conflict(call, submit) == "done"
    return keys


def test_a_write_that_was_refused_is_another_one_to_the_vendor_when_it_is_repeated(works: Works) -> None:
    conflict = VendorError(Refusal("Fake", 409, 1, "another operation goes on"))

    assert len({*keys_of(works, conflict, conflict)}) == 3


def test_a_write_that_may_have_had_its_effect_is_the_same_when_it_is_repeated(works: Works) -> None:
    conflict = VendorError(Refusal("Fake", 409, 1, "another operation goes on", is_repeat=True))

    assert len({*keys_of(works, conflict)}) == 1


def test_whatever_ends_the_wait_the_error_says_what_was_in_the_way(works: Works) -> None:
    conflict = VendorError(Refusal("Fake", 409, 1, "another operation goes on"))

    with pytest.raises(LostAnswerError) as caught:
        keys_of(works, conflict, LostAnswerError("no answer"))

    assert any("another operation goes on" in fact for fact in caught.value.facts)


def test_any_other_refusal_is_not_repeated(works: Works) -> None:
    with pytest.raises(VendorError, match="not so"):
        keys_of(works, VendorError(Refusal("Fake", 400, 1, "not so")))
