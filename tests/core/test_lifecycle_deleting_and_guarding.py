"""Delete, claims and the account guard: what belongs to another resource or account is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pulumi_switchboard.core.contract import Origin
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import AccountMismatchError, ConflictError

from tests.core.fakes import ACCOUNT, ORIGIN, OTHER, SHELF, House
from tests.core.shelf_programs import NEW, checked, made


def elsewhere(account: str = "AC-two", endpoint: str = "https://vendor.example") -> Bag:
    """What state holds of an object that the credentials do not belong to."""
    return {"place": "hall", "_origin": {"account": account, "endpoint": endpoint}}


def claimed(house: House, urn: str, id: str) -> None:
    """Have the engine ask about an object, by which its resource holds it."""
    known = {"place": "hall", "_origin": ORIGIN}
    house.life(urn).diff(id, known, known, known, ())


# --- delete


def test_delete_deletes(house: House) -> None:
    _, known = made(house)

    House(house.vendor).life().delete("shelf-1", known)

    assert house.requests() == ["delete shelf-1"]
    assert house.vendor.shelves == {}


def test_delete_of_what_is_gone_succeeds(house: House) -> None:
    house.life().delete("shelf-9", {"place": "hall", "_origin": ORIGIN})

    assert house.requests() == ["delete shelf-9"]
    assert house.progress == ["shelf-9 is gone already"]


def test_a_rename_without_alias_that_adopts_its_object_does_not_destroy_it(house: House) -> None:
    house.vendor.put_up("shelf-7", name="mine")
    adopted = house.life(OTHER).create(checked({}, {**NEW, "name": "mine", "_import": "shelf-7"}))
    house.requests()

    house.life(SHELF).delete("shelf-7", {**adopted.outputs, "_tenure": "former"})

    assert house.requests() == []
    assert house.warnings[-1] == f"shelf-7 is left in place: it is managed as {OTHER} now"


def test_a_forced_replacement_that_takes_up_its_own_object_does_not_destroy_it(house: House) -> None:
    inputs = checked({}, NEW)
    house.vendor.put_up("shelf-7", name=inputs["name"])
    known = house.life().create(inputs).outputs
    again = house.life().create(inputs).outputs
    house.requests()

    house.life().delete("shelf-7", known)

    assert house.requests() == []
    assert "shelf-7" in house.vendor.shelves
    house.life().delete("shelf-7", again)
    assert house.vendor.shelves == {}


def test_a_replaced_object_is_deleted_once_its_successor_stands(house: House) -> None:
    house.vendor.put_up("shelf-0", name="old")
    claimed(house, SHELF, "shelf-0")
    house.life().create(checked({}, {**NEW, "name": "mine"}))
    house.requests()

    house.life().delete("shelf-0", {"place": "hall", "_origin": ORIGIN})

    assert house.requests() == ["delete shelf-0"]


def test_one_object_cannot_be_managed_by_two_resources(house: House) -> None:
    house.vendor.put_up("shelf-7", name="mine")
    claimed(house, OTHER, "shelf-7")

    with pytest.raises(ConflictError, match="managed by two resources"):
        house.life(SHELF).create(checked({}, {**NEW, "name": "mine", "_import": "shelf-7"}))
    assert not [request for request in house.requests() if request.startswith("update")]


# --- the account guard


@pytest.mark.parametrize(
    "known", [elsewhere(), elsewhere(ACCOUNT, "https://ie1.vendor.example")], ids=["account", "endpoint"]
)
@pytest.mark.parametrize("verb", ["diff", "read", "update", "delete"])
def test_another_accounts_object_stops_a_call_before_any_request(house: House, verb: str, known: Bag) -> None:
    house.vendor.put_up("shelf-7")
    life = house.life()

    verbs: dict[str, Callable[[], object]] = {
        "diff": lambda: life.diff("shelf-7", known, NEW, NEW, ()),
        "read": lambda: life.read("shelf-7", known, NEW),
        "update": lambda: life.update("shelf-7", known, {**NEW, "height": 4}, ()),
        "delete": lambda: life.delete("shelf-7", known),
    }

    with pytest.raises(AccountMismatchError) as caught:
        verbs[verb]()

    assert house.requests() == []
    assert str(Origin(**known["_origin"])) in str(caught.value)
    assert str(house.vendor.origin) in str(caught.value)
    assert (
        life.claims.holder(("https://vendor.example", ACCOUNT, "fake:Shelf", "shelf-7"), OTHER, None) is None
    )


@pytest.mark.parametrize("verb", ["read", "update"])
def test_an_answer_of_another_account_stops_the_call_before_a_write(house: House, verb: str) -> None:
    inputs, known = made(house, height=3)
    house.vendor.holder = "AC-two"

    verbs: dict[str, Callable[[], object]] = {
        "read": lambda: house.life().read("shelf-1", known, inputs),
        "update": lambda: house.life().update("shelf-1", known, {**inputs, "height": 4}, ()),
    }

    with pytest.raises(AccountMismatchError, match="they belong to AC-two"):
        verbs[verb]()

    assert house.requests() == ["read shelf-1"]
