"""Settling: a vendor that shows late what was sent is asked again, for a while."""

from __future__ import annotations

from pulumi_switchboard.errors import LostAnswerError

from tests.core.fakes import House
from tests.core.shelf_programs import NEW, checked


def test_the_vendor_is_asked_again_until_it_shows_what_was_sent(house: House) -> None:
    house.vendor.lag = 3

    live = house.life().create(checked({}, {**NEW, "name": "mine", "height": 3}))

    assert live.outputs["height"] == 3
    assert house.requests() == ["find", "create"] + ["read shelf-1"] * 4
    assert house.warnings == []
    assert 0 < sum(house.clock.slept) < 2


def test_a_vendor_that_never_shows_what_was_sent_is_asked_a_few_times_and_warned_of(house: House) -> None:
    house.vendor.lag = 100

    live = house.life().create(checked({}, {**NEW, "name": "mine", "height": 3}))

    assert live.id == "shelf-1"
    assert "height" not in live.outputs
    assert house.requests().count("read shelf-1") == 5
    (warning,) = house.warnings
    assert "name, height" in warning
    assert "mine" not in warning
    assert sum(house.clock.slept) < 10


def test_asking_again_does_not_outlast_the_time_of_the_call(house: House) -> None:
    house.vendor.lag = 100

    live = house.life(seconds=0.15).create(checked({}, {**NEW, "name": "mine", "height": 3}))

    assert live.id == "shelf-1"
    assert sum(house.clock.slept) < 0.15
    assert house.warnings[0] == "shelf-1 could not be looked at again: the time given to this call is over"


def test_trouble_while_asking_again_does_not_lose_what_was_made(house: House) -> None:
    house.vendor.lag = 100
    house.vendor.unreadable = LostAnswerError("no whole answer")

    live = house.life().create(checked({}, {**NEW, "name": "mine", "height": 3}))

    assert live.id == "shelf-1"
    assert house.requests() == ["find", "create", "read shelf-1"]
    assert house.warnings[0] == "shelf-1 could not be looked at again: no whole answer"
