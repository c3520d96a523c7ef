"""Adoption: what the preview says of an object that `import_` names, and what the create adds to that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pulumi_switchboard.core.contract import Origin
from pulumi_switchboard.core.listings import LOOKS_BEFORE_A_LIST
from pulumi_switchboard.core.values import UNKNOWN, Bag
from pulumi_switchboard.errors import (
    AccountMismatchError,
    ConflictError,
    LostAnswerError,
    MissingError,
    Refusal,
    SwitchboardError,
    UnreachableError,
    VendorError,
)

from tests.core.fakes import ACCOUNT, ENDPOINT, House
from tests.core.shelf_programs import NEW, checked

HEAD = "this resource adopts shelf-7, and overwrites what is there:"


def program(**arguments: object) -> Bag:
    """The checked inputs of a shelf that is to be adopted."""
    return checked({}, {**NEW, "_import": "shelf-7", **arguments})


def refusal(status: int) -> VendorError:
    """The vendor's refusal of a request."""
    return VendorError(Refusal("Fake", status, 1, "not now"))


def test_a_preview_lists_each_value_that_will_be_overwritten_after_one_look(house: House) -> None:
    house.vendor.put_up("shelf-7", name="theirs", height=3, front={"text": "A"}, foreign="kept")

    house.life().foresee(program(name="ours", height=4, front={"text": "B"}))

    assert house.requests() == ["read shelf-7"]
    (warning,) = house.warnings
    assert warning.splitlines() == [
        HEAD,
        '  name: "theirs" -> "ours"',
        "  height: 3 -> 4",
        '  front.text: "A" -> "B"',
    ]


def test_a_preview_without_import_makes_no_request(house: House) -> None:
    house.life().foresee(checked({}, NEW))
    house.life().foresee(checked({}, {**NEW, "_import": UNKNOWN}))

    assert house.requests() == []


def test_the_create_repeats_nothing_that_was_told_and_adds_what_has_changed_since(house: House) -> None:
    house.vendor.put_up("shelf-7", name="ours", height=3)
    inputs = program(name="ours", height=4, colour="blue")
    house.life().foresee(inputs)
    house.vendor.shelves["shelf-7"]["colour"] = "green"
    house.warnings.clear()

    house.life().create(inputs)

    assert house.warnings == [f'{HEAD}\n  colour: "green" -> "blue"']


def test_the_create_says_nothing_if_the_preview_has_told_all(house: House) -> None:
    house.vendor.put_up("shelf-7", name="ours", height=3)
    inputs = program(name="ours", height=4)
    house.life().foresee(inputs)
    house.warnings.clear()

    house.life().create(inputs)

    assert house.warnings == []
    assert house.vendor.shelves["shelf-7"]["height"] == 4


def test_an_adoption_that_changes_nothing_says_so(house: House) -> None:
    house.vendor.put_up("shelf-7", name="ours", tags=["b", "a"])

    house.life().foresee(program(name="ours", tags=["a", "b"]))

    assert house.warnings == ["this resource adopts shelf-7 without a change: it is as the program says"]


@pytest.mark.parametrize("stack", ["5ac0", UNKNOWN], ids=["up", "preview"])
def test_an_adopted_object_keeps_its_name_if_the_program_gives_none(house: House, stack: object) -> None:
    house.vendor.put_up("shelf-7", name="theirs", height=3)

    house.life().foresee(program(height=4, _stack=stack))

    assert house.warnings == [f"{HEAD}\n  height: 3 -> 4"]
    house.life().create(program(height=4))
    assert house.vendor.shelves["shelf-7"]["name"] == "theirs"


def test_a_name_that_is_not_known_yet_is_no_name_of_ours(house: House) -> None:
    house.vendor.put_up("shelf-7", name="theirs")

    house.life().foresee(program(name=UNKNOWN))

    assert house.warnings == [f'{HEAD}\n  name: "theirs" -> what is known during the update only']


def test_what_the_program_holds_as_a_secret_is_not_shown(house: House) -> None:
    house.secrets = frozenset({"name"})
    house.vendor.put_up("shelf-7", name="theirs")

    house.life().foresee(program(name="ours"))

    assert house.warnings == [f"{HEAD}\n  name: [secret] -> [secret]"]


def test_an_object_that_is_not_there_fails_the_preview(house: House) -> None:
    with pytest.raises(MissingError, match=rf"shelf-7 does not exist in account {ACCOUNT}") as missing:
        house.life().foresee(program())

    assert "remove import_" in missing.value.remedy


def test_an_object_that_differs_in_what_can_not_change_fails_preview_and_create(house: House) -> None:
    house.vendor.put_up("shelf-7", name="ours", height=3)
    inputs = program(name="ours", place="cellar", height=4)

    for verb in (house.life().foresee, house.life().create):
        with pytest.raises(
            ConflictError, match="shelf-7 can't become what the program says: place"
        ) as refused:
            verb(inputs)
        assert refused.value.facts == ('place: "hall" -> "cellar"',)
        assert "give place the value that the object has" in refused.value.remedy
    assert house.warnings == []
    assert house.requests() == ["read shelf-7", "read shelf-7"]


def test_what_is_not_known_yet_fails_no_preview(house: House) -> None:
    house.vendor.put_up("shelf-7", name="ours")

    house.life().foresee(program(name="ours", place=UNKNOWN))

    assert house.warnings == [f'{HEAD}\n  place: "hall" -> what is known during the update only']


@pytest.mark.parametrize("trouble", [UnreachableError("no way"), LostAnswerError("no answer"), refusal(503)])
def test_a_preview_that_can_not_look_goes_on_with_a_warning(house: House, trouble: SwitchboardError) -> None:
    house.vendor.unreadable = trouble

    house.life().foresee(program())

    (warning,) = house.warnings
    assert warning.startswith("shelf-7 could not be read, so the values that will be overwritten are not")
    assert warning.endswith(trouble.summary)


@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_fail_the_preview(house: House, status: int) -> None:
    house.vendor.unreadable = refusal(status)

    with pytest.raises(VendorError):
        house.life().foresee(program())

    assert house.warnings == []


def test_an_object_of_another_account_fails_the_preview(house: House) -> None:
    house.vendor.holder = "AC-two"
    house.vendor.put_up("shelf-7")

    with pytest.raises(AccountMismatchError):
        house.life().foresee(program())


# --- many


def foresee_many(house: House, count: int) -> list[str]:
    """The requests of a preview that adopts so many shelves."""
    for number in range(1, count + 1):
        house.life().foresee(program(name="ours", _import=f"shelf-{number}"))
    return house.requests()


def put_up_many(house: House, count: int) -> None:
    """Have so many shelves that someone else has made."""
    for number in range(1, count + 1):
        house.vendor.put_up(f"shelf-{number}", name=f"theirs-{number}")


def test_many_looks_need_one_list(house: House) -> None:
    put_up_many(house, 30)

    requests = foresee_many(house, 30)

    assert requests == [*(f"read shelf-{number}" for number in range(1, LOOKS_BEFORE_A_LIST + 1)), "list"]
    assert len(house.warnings) == 30
    assert house.warnings[-1].endswith('  name: "theirs-30" -> "ours"')


def test_what_a_list_leaves_out_is_looked_at(house: House) -> None:
    put_up_many(house, 12)
    house.vendor.unlisted = {"shelf-11"}

    requests = foresee_many(house, 12)

    assert requests[LOOKS_BEFORE_A_LIST:] == ["list", "read shelf-11"]
    with pytest.raises(MissingError):
        house.life().foresee(program(_import="shelf-99"))


@pytest.mark.parametrize("error", [refusal(405), LostAnswerError("the answer is not a shelf")])
def test_a_list_that_is_refused_is_not_asked_for_again(house: House, error: SwitchboardError) -> None:
    put_up_many(house, 13)
    house.vendor.unlistable = error

    requests = foresee_many(house, 13)

    assert requests[LOOKS_BEFORE_A_LIST:] == ["list", "read shelf-11", "read shelf-12", "read shelf-13"]
    assert len(house.warnings) == 13
    assert house.progress == [f"the objects can't be listed: {error.summary}"]


def test_a_vendor_that_does_not_answer_a_list_is_not_waited_for_again(house: House) -> None:
    put_up_many(house, 13)
    house.vendor.unlistable = UnreachableError("no way")

    requests = foresee_many(house, 13)

    assert requests[LOOKS_BEFORE_A_LIST:] == ["list"]
    assert [warning.startswith("shelf-") for warning in house.warnings[LOOKS_BEFORE_A_LIST:]] == [True] * 3


def test_a_list_is_that_of_one_account(house: House) -> None:
    put_up_many(house, 12)
    foresee_many(house, 12)
    house.vendor = replace(house.vendor, origin=Origin("AC-two", ENDPOINT), holder="AC-two")

    house.life().foresee(program(name="ours", _import="shelf-12"))

    assert house.requests() == ["read shelf-12"]


def test_an_object_of_another_account_in_a_list_fails_the_preview(house: House) -> None:
    put_up_many(house, 12)
    foresee_many(house, LOOKS_BEFORE_A_LIST)
    house.vendor.holder = "AC-two"

    with pytest.raises(AccountMismatchError):
        house.life().foresee(program(_import="shelf-12"))
    assert house.requests() == ["list"]
