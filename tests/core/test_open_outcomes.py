"""A write whose outcome is not known: nothing is lost, nothing is made twice, and the next run settles it."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.contract import Origin, Unfinished
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import (
    AccountMismatchError,
    CancelledError,
    ConflictError,
    DeadlineError,
    LostAnswerError,
    Refusal,
    SwitchboardError,
    VendorError,
)

from tests.core.fakes import ACCOUNT, SHELF, House, Shelf, ShelfCall, ShelfInputs, ShelfState
from tests.core.shelf_programs import NEW, checked, made

LOST = LostAnswerError("no answer")
SERVER_FAULT = VendorError(Refusal("Fake", 503, None, "not now"))
OPEN = [LOST, SERVER_FAULT, VendorError(Refusal("Fake", 408, None, "slow"))]
CONFLICT = VendorError(Refusal("Fake", 409, 1, "the name is taken"))


@pytest.fixture
def house() -> House:
    """A house with nothing in it."""
    return House()


# --- create


@pytest.mark.parametrize("error", OPEN, ids=str)
@pytest.mark.parametrize("hidden", [0, 3])
def test_a_create_whose_effect_is_unknown_is_looked_for_a_few_times(
    house: House, error: Exception, hidden: int
) -> None:
    house.vendor.lose_answer = error
    house.vendor.hidden_looks = 1 + 2 * hidden

    live = house.life().create(checked({}, NEW))

    assert live.id == "shelf-1"
    assert house.requests().count("create") == 1
    assert len(house.clock.slept) == hidden
    assert "the answer that shelf-1 was made got lost" in house.warnings[0]


@pytest.mark.parametrize("error", OPEN, ids=str)
def test_a_create_of_which_nothing_is_seen_says_that_its_effect_is_unknown(
    house: House, error: SwitchboardError
) -> None:
    house.vendor.refuse = error

    with pytest.raises(type(error)) as caught:
        house.life().create(checked({}, NEW))

    assert "whether the object was made is not known" in str(caught.value)
    assert "run `pulumi up` again: it looks for the object" in str(caught.value)
    assert house.requests() == ["find", "create"] + ["find", "search"] * 5


def test_an_object_that_is_in_the_way_is_looked_for_once(house: House) -> None:
    house.vendor.refuse = VendorError(Refusal("Fake", 400, 1, "too heavy"))

    with pytest.raises(VendorError, match="too heavy"):
        house.life().create(checked({}, NEW))
    assert house.requests() == ["find", "create", "find", "search"]
    assert house.clock.slept == []


def test_a_conflict_with_its_own_object_takes_that_up(house: House) -> None:
    inputs = checked({}, NEW)
    house.vendor.put_up("shelf-1", name=inputs["name"])
    house.vendor.hidden_looks = 1
    house.vendor.refuse = CONFLICT

    assert house.life().create(inputs).id == "shelf-1"


def test_a_conflict_with_the_object_of_someone_else_is_an_error(house: House) -> None:
    house.vendor.put_up("shelf-1", name="mine")
    house.vendor.hidden_looks = 1
    house.vendor.refuse = CONFLICT

    with pytest.raises(ConflictError, match="name is taken by shelf-1"):
        house.life().create(checked({}, {**NEW, "name": "mine"}))


def test_there_is_time_for_a_last_look_after_the_end_of_the_call(house: House) -> None:
    class Late(Shelf):
        def create(self, call: ShelfCall, inputs: ShelfInputs) -> ShelfState:
            house.clock.time += 20.0
            return super().create(call, inputs)

    house.vendor.lose_answer = LOST

    assert house.life(seconds=10.0, definition=Late()).create(checked({}, NEW)).id == "shelf-1"


def test_a_cancelled_create_does_not_look_any_more_and_says_what_is_open(house: House) -> None:
    class Cancelled(Shelf):
        def create(self, call: ShelfCall, inputs: ShelfInputs) -> ShelfState:
            house.clock.is_stopped = True
            return super().create(call, inputs)

    house.vendor.lose_answer = LOST

    with pytest.raises(LostAnswerError) as caught:
        house.life(definition=Cancelled()).create(checked({}, {**NEW, "name": "mine"}))

    assert "looking for the object failed, too: the update was cancelled" in str(caught.value)
    assert "run `pulumi up` again" in str(caught.value)


def test_a_create_whose_answer_names_what_is_not_there_is_looked_for(house: House) -> None:
    class Odd(Shelf):
        def create(self, call: ShelfCall, inputs: ShelfInputs) -> ShelfState:
            made = super().create(call, inputs)
            return made.model_copy(update={"shelf_id": "shelf-9", "height": None, "account": None})

    live = house.life(definition=Odd()).create(checked({}, {**NEW, "height": 4}))

    assert live.id == "shelf-1"
    assert list(house.vendor.shelves) == ["shelf-1"]
    assert "the answer that shelf-1 was made got lost" in house.warnings[0]


def test_a_create_that_is_left_unfinished_is_kept_with_what_is_known(house: House) -> None:
    class Slow(Shelf):
        def create(self, call: ShelfCall, inputs: ShelfInputs) -> ShelfState:
            made = super().create(call, inputs)
            raise Unfinished(made, DeadlineError("it takes too long"), {"operation": "op-1"})

    live = house.life(definition=Slow()).create(checked({}, NEW))

    assert live.id == "shelf-1"
    assert str(live.unfinished) == "it takes too long"
    assert live.outputs["_pending"] == {"reason": "it takes too long", "operation": "op-1"}
    assert live.outputs["place"] == "hall"
    house.life("urn::other").delete("shelf-1", {**live.outputs, "_tenure": "another"})
    assert "shelf-1" in house.vendor.shelves, "what this process has made is not deleted for another resource"


def test_what_was_made_in_another_account_and_cannot_be_deleted_is_named(house: House) -> None:
    house.vendor.origin = Origin("AC-settings", house.vendor.origin.endpoint)
    house.vendor.holder = ACCOUNT
    house.vendor.keeps = True

    with pytest.raises(AccountMismatchError) as caught:
        house.life().create(checked({}, NEW))

    assert "shelf-1 was made there, and could not be deleted" in str(caught.value)
    assert "delete shelf-1 there" in str(caught.value)


# --- update


@pytest.mark.parametrize("error", OPEN, ids=str)
def test_an_update_whose_effect_is_unknown_is_kept_as_open(house: House, error: SwitchboardError) -> None:
    inputs, known = made(house, height=3)
    house.vendor.lose_update = error

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, ())

    assert live.unfinished is not None
    assert "whether the object was changed is not known" in str(live.unfinished)
    assert live.outputs == {**known, "_pending": {"reason": error.summary}}


@pytest.mark.parametrize("height", [3, 4, 5], ids=["as before", "as sent", "new"])
def test_the_next_update_settles_an_open_one_whatever_the_program_says_by_then(
    house: House, height: int
) -> None:
    inputs, known = made(house, height=3)
    house.vendor.lose_update = LOST
    pending = house.life().update("shelf-1", known, {**inputs, "height": 4}, ()).outputs
    new = {**inputs, "height": height}

    assert house.life().diff("shelf-1", pending, inputs, new, ()).changes is True
    live = house.life().update("shelf-1", pending, new, ())

    assert live.unfinished is None
    assert house.vendor.shelves["shelf-1"]["height"] == height
    assert live.outputs == {**known, "height": height}


def test_a_refresh_settles_an_open_update_by_what_the_vendor_shows(house: House) -> None:
    inputs, known = made(house, height=3)
    house.vendor.lose_update = LOST
    pending = house.life().update("shelf-1", known, {**inputs, "height": 4}, ()).outputs

    live = house.life().read("shelf-1", pending, inputs)

    assert live is not None
    assert live.outputs == {**known, "height": 4}
    assert live.inputs is not None
    assert house.life().diff("shelf-1", live.outputs, live.inputs, inputs, ()).changes is not False


def test_a_replacement_that_is_called_for_stays_one_while_an_update_is_open(house: House) -> None:
    inputs, known = made(house)
    pending = {**known, "_pending": {"reason": "lost"}}

    found = house.life().diff("shelf-1", pending, inputs, {**inputs, "place": "attic"}, ())

    assert found.changes is True
    assert found.replaces == ("place",)


@pytest.mark.parametrize(
    "error",
    [VendorError(Refusal("Fake", 400, 1, "too heavy")), DeadlineError("over"), CancelledError("stop")],
)
def test_an_update_that_had_no_effect_fails_and_changes_nothing(house: House, error: Exception) -> None:
    inputs, known = made(house, height=3)
    house.vendor.lose_update = error

    with pytest.raises(type(error)):
        house.life().update("shelf-1", known, {**inputs, "height": 4}, ())


def test_an_update_that_is_left_unfinished_is_kept_with_what_is_known(house: House) -> None:
    class Slow(Shelf):
        def update(self, call: ShelfCall, id: str, live: ShelfState, inputs: ShelfInputs) -> ShelfState:
            raise Unfinished(live, CancelledError("stopped"), {"operation": "op-1"})

    inputs, known = made(house, height=3)

    live = house.life(definition=Slow()).update("shelf-1", known, {**inputs, "height": 4}, ())

    assert live.outputs == {**known, "_pending": {"reason": "stopped", "operation": "op-1"}}
    assert isinstance(live.unfinished, CancelledError)


def test_an_object_that_is_taken_up_and_whose_update_is_open_is_kept(house: House) -> None:
    inputs = checked({}, {**NEW, "height": 4})
    house.vendor.put_up("shelf-1", name=inputs["name"], height=3)
    house.vendor.lose_update = LOST

    live: Bag = house.life(SHELF).create(inputs).outputs

    assert live["shelf_id"] == "shelf-1"
    assert live["_pending"] == {"reason": "no answer"}
