"""Create: a new object, or the one that is there already, and never a second one."""

from __future__ import annotations

import pytest
from pulumi_switchboard.errors import (
    AccountMismatchError,
    ConflictError,
    LostAnswerError,
    MissingError,
    Refusal,
    UnreachableError,
    VendorError,
)
from pulumi_switchboard.identity import key_of

from tests.core.fakes import ACCOUNT, ORIGIN, House
from tests.core.shelf_programs import BOOKS, NEW, checked

FIRST = key_of("5ac0", BOOKS)


def test_create_looks_for_its_own_object_and_then_makes_it(house: House) -> None:
    inputs = checked({}, {**NEW, "height": 3.0})

    live = house.life().create(inputs)

    assert house.requests() == ["find", "create"]
    assert live.id == "shelf-1"
    assert live.outputs == {
        "place": "hall",
        "name": inputs["name"],
        "colour": "red",
        "height": 3,
        "tags": [],
        "shelf_id": "shelf-1",
        "account": ACCOUNT,
        "_origin": ORIGIN,
        "_tenure": live.outputs["_tenure"],
        "_identity": {"id": "shelf-1", "name": inputs["name"], "of": FIRST, "key": FIRST},
    }
    assert house.warnings == []


def test_create_takes_up_the_object_that_a_killed_run_has_left(house: House) -> None:
    inputs = checked({}, NEW)
    house.vendor.put_up("shelf-7", name=inputs["name"])

    live = house.life().create(inputs)

    assert live.id == "shelf-7"
    assert house.requests() == ["find"]
    (warning,) = house.warnings
    assert "shelf-7 was made for this resource by an earlier run" in warning
    assert "pulumi refresh --clear-pending-creates" in warning


def test_create_brings_what_a_killed_run_has_left_to_what_the_program_says_now(house: House) -> None:
    inputs = checked({}, {**NEW, "height": 4})
    house.vendor.put_up("shelf-7", name=inputs["name"], height=3, foreign="kept")

    live = house.life().create(inputs)

    assert house.requests() == ["find", "update shelf-7"]
    assert live.outputs["height"] == 4
    assert house.vendor.shelves["shelf-7"]["foreign"] == "kept"


@pytest.mark.parametrize("height", [3, 4], ids=["identical", "different"])
def test_a_name_of_the_programs_own_that_is_taken_is_an_error_with_the_way_to_adopt(
    house: House, height: int
) -> None:
    house.vendor.put_up("shelf-7", name="mine", height=3)

    with pytest.raises(ConflictError) as caught:
        house.life().create(checked({}, {**NEW, "name": "mine", "height": height}))

    assert "name is taken by shelf-7" in str(caught.value)
    assert 'import_="shelf-7"' in str(caught.value)
    assert house.requests() == ["find"]


@pytest.mark.parametrize(
    "error", [LostAnswerError("no whole answer"), VendorError(Refusal("Fake", 502, None, "bad gateway"))]
)
def test_a_create_whose_answer_got_lost_is_found_again(house: House, error: Exception) -> None:
    house.vendor.lose_answer = error

    live = house.life().create(checked({}, {**NEW, "name": "mine"}))

    assert live.id == "shelf-1"
    assert house.requests() == ["find", "create", "find"]
    assert ["got lost" in warning for warning in house.warnings] == [True]


@pytest.mark.parametrize("name", [None, "mine"])
def test_what_only_a_search_finds_is_met_as_what_a_look_finds(house: House, name: str | None) -> None:
    inputs = checked({}, {**NEW, "name": name})
    house.vendor.put_up("shelf-7", name=inputs["name"])
    house.vendor.looks_up_names = False
    house.vendor.refuse = VendorError(Refusal("Fake", 409, 1, "the name is taken"))

    if name is None:
        assert house.life().create(inputs).id == "shelf-7"
    else:
        with pytest.raises(ConflictError, match="name is taken by shelf-7"):
            house.life().create(inputs)
    assert house.requests() == ["find", "create", "find", "search"]


def test_a_refusal_for_another_reason_is_not_searched_for(house: House) -> None:
    house.vendor.refuse = VendorError(Refusal("Fake", 403, 1, "not for you"))

    with pytest.raises(VendorError, match="not for you"):
        house.life().create(checked({}, NEW))
    assert house.requests() == ["find", "create"]


@pytest.mark.parametrize("error", [LostAnswerError("lost"), UnreachableError("unreachable")])
def test_a_create_that_made_nothing_fails_as_it_failed(house: House, error: Exception) -> None:
    house.vendor.refuse = error

    with pytest.raises(type(error), match=str(error)):
        house.life().create(checked({}, NEW))
    assert house.requests().count("create") == 1


def test_create_adopts_the_object_that_the_program_names(house: House) -> None:
    house.vendor.put_up("shelf-7", name="theirs", height=3, foreign="kept")

    live = house.life().create(checked({}, {**NEW, "name": "theirs", "height": 4, "_import": "shelf-7"}))

    assert house.requests() == ["read shelf-7", "update shelf-7"]
    assert (live.id, live.outputs["height"]) == ("shelf-7", 4)
    assert house.vendor.shelves["shelf-7"]["foreign"] == "kept"
    assert house.warnings == ["this resource adopts shelf-7, and overwrites what is there:\n  height: 3 -> 4"]


def test_an_adopted_object_that_is_as_the_program_says_is_not_written_to(house: House) -> None:
    house.vendor.put_up("shelf-7", name="theirs", tags=["b", "a"])

    house.life().create(checked({}, {**NEW, "name": "theirs", "tags": ["a", "b"], "_import": "shelf-7"}))

    assert house.requests() == ["read shelf-7"]


def test_an_object_to_adopt_that_is_not_there_is_an_error(house: House) -> None:
    with pytest.raises(MissingError, match=rf"shelf-9 does not exist in account {ACCOUNT}"):
        house.life().create(checked({}, {**NEW, "_import": "shelf-9"}))
    assert house.vendor.shelves == {}


def test_an_object_made_in_the_account_of_someone_elses_api_key_is_taken_away_again(house: House) -> None:
    house.vendor.holder = "AC-two"

    with pytest.raises(AccountMismatchError, match=r"they belong to AC-two"):
        house.life().create(checked({}, NEW))

    assert house.vendor.shelves == {}
    assert house.requests()[-1] == "delete shelf-1"
