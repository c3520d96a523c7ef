"""Programs for a shelf: what they say, checked as the engine has it checked, and made."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.core.checking import Checked
from pulumi_switchboard.core.checking import check as check_with
from pulumi_switchboard.core.values import Bag

from tests.core.fakes import SHELF_TYPE, House

BOOKS = "fake:Shelf::books"
NEW: Bag = {"place": "hall", "_stack": "5ac0", "_resource": BOOKS, "__provider": "pickle"}


def check(old: Bag, new: Bag) -> Checked:
    """Check the arguments of the shelf."""
    return check_with(SHELF_TYPE, old, new)


def checked(old: Bag, new: Bag) -> Bag:
    """The inputs as they go to the engine."""
    result = check(old, new)
    assert result.problems == []
    return result.inputs


def made(house: House, **arguments: Any) -> tuple[Bag, Bag]:
    """The inputs and outputs of a shelf just made, all requests forgotten."""
    inputs = checked({}, {**NEW, **arguments})
    outputs = house.life().create(inputs).outputs
    house.requests()
    return inputs, outputs
