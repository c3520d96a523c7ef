"""Read and update: what has drifted is told, and only what is asked for is written."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.paths import parse
from pulumi_switchboard.errors import MissingError

from tests.core.fakes import ORIGIN, House
from tests.core.shelf_programs import NEW, checked, made

# --- read


def test_read_gives_the_old_inputs_with_only_the_drifted_parts_replaced(house: House) -> None:
    inputs = checked({}, {**NEW, "tags": ["b", "a"], "front": {"text": "A"}, "height": 3.0})
    life = house.life()
    known = life.create(inputs).outputs
    house.vendor.shelves["shelf-1"].update(
        tags=["a", "b"], front={"text": "B", "size": 12}, remarks={"x": "y"}
    )

    live = life.read("shelf-1", known, inputs)

    assert live is not None
    assert live.inputs is not None
    assert live.inputs == {**inputs, "front": {"text": "B"}, "remarks": {"x": "y"}}
    assert live.outputs == {
        **known,
        "tags": ["a", "b"],
        "front": {"text": "B", "size": 12},
        "remarks": {"x": "y"},
    }
    assert None not in live.inputs.values()


def test_read_of_what_has_not_drifted_gives_the_old_inputs_verbatim(house: House) -> None:
    inputs = checked({}, {**NEW, "tags": ["b", "a"], "front": {"text": "A"}, "height": 3.0})
    life = house.life()
    known = life.create(inputs).outputs

    live = life.read("shelf-1", known, inputs)

    assert live is not None
    assert live.inputs == inputs
    assert live.outputs == known


def test_what_is_gone_leaves_state(house: House) -> None:
    assert house.life().read("shelf-9", {"place": "hall", "_origin": ORIGIN}, NEW) is None
    (warning,) = house.warnings
    assert warning.startswith("fake.Shelf shelf-9 is gone: it was deleted outside of this program")
    assert "the next `pulumi up` creates it again" in warning


def test_a_look_up_of_what_does_not_exist_is_an_error(house: House) -> None:
    with pytest.raises(MissingError, match="shelf-9 does not exist"):
        house.life().read("shelf-9", {"__provider": "pickle"}, {"__provider": "pickle"})


def test_a_look_up_gives_what_the_vendor_shows(house: House) -> None:
    house.vendor.put_up("shelf-7", name="theirs")

    live = house.life().read("shelf-7", {"__provider": "pickle"}, {"__provider": "pickle"})

    assert live is not None
    assert live.outputs["name"] == "theirs"
    assert live.outputs["_origin"] == ORIGIN


# --- update


def test_update_reads_first_and_keeps_what_we_do_not_model(house: House) -> None:
    inputs, known = made(house, height=3)
    house.vendor.shelves["shelf-1"]["foreign"] = "kept"

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, ())

    assert house.requests() == ["read shelf-1", "update shelf-1"]
    assert house.vendor.shelves["shelf-1"]["foreign"] == "kept"
    assert live.outputs == {**known, "height": 4}


def test_update_makes_no_request_where_state_shows_what_is_asked_for(house: House) -> None:
    inputs, known = made(house, tags=["a", "b"])

    live = house.life().update("shelf-1", known, {**inputs, "tags": ["b", "a"]}, ())

    assert house.requests() == []
    assert live.outputs == known


def test_update_makes_no_write_where_the_vendor_shows_what_is_asked_for(house: House) -> None:
    inputs, known = made(house, height=3)
    house.vendor.shelves["shelf-1"]["height"] = 4

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, ())

    assert house.requests() == ["read shelf-1"]
    assert live.outputs["height"] == 4


def test_update_leaves_ignored_paths_as_the_vendor_shows_them(house: House) -> None:
    inputs, known = made(house, height=3, labels={"a": {"text": "A"}, "b": {"text": "B"}})
    house.vendor.shelves["shelf-1"]["labels"]["b"]["text"] = "changed elsewhere"
    ignored = [parse('labels["b"].text')]

    house.life().update("shelf-1", known, {**inputs, "height": 4}, ignored)

    assert house.vendor.shelves["shelf-1"]["labels"] == {
        "a": {"text": "A", "size": 12},
        "b": {"text": "changed elsewhere", "size": 12},
    }


@pytest.mark.parametrize("path", ["shelf_id", "version", "account", "nowhere", "_origin"])
def test_to_ignore_what_is_no_argument_is_harmless(house: House, path: str) -> None:
    inputs, known = made(house, height=3)
    house.vendor.shelves["shelf-1"]["version"] = 7

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, [parse(path)])

    assert live.outputs["height"] == 4


def test_update_of_what_is_gone_is_an_error_that_tells_the_way_out(house: House) -> None:
    inputs, known = made(house, height=3)
    house.vendor.shelves.clear()

    with pytest.raises(MissingError) as caught:
        house.life().update("shelf-1", known, {**inputs, "height": 4}, ())
    assert "pulumi up --refresh" in str(caught.value)


def test_update_waits_until_the_vendor_shows_what_was_sent(house: House) -> None:
    inputs, known = made(house, height=3)
    house.vendor.lag = 2

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, ())

    assert house.requests() == ["read shelf-1", "update shelf-1"] + ["read shelf-1"] * 3
    assert live.outputs["height"] == 4


def test_an_ignored_value_that_breaks_our_rules_is_left_as_the_vendor_shows_it(house: House) -> None:
    inputs, known = made(house, height=3, colour="blue")
    house.vendor.shelves["shelf-1"]["colour"] = "a colour of next year"

    live = house.life().update("shelf-1", known, {**inputs, "height": 4}, [parse("colour")])

    assert live.outputs["height"] == 4
    assert house.vendor.shelves["shelf-1"]["colour"] == "a colour of next year"
