"""Generated ids."""

import re

from pulumi_switchboard.emulator.ids import twilio_type_id


def test_a_twilio_type_id_has_26_characters_of_which_the_first_is_at_most_7() -> None:
    assert re.fullmatch(r"mem_store_[0-7][0-9a-z]{25}", twilio_type_id("mem_store"))


def test_twilio_type_ids_are_unique_and_sort_by_time() -> None:
    ids = [twilio_type_id("x") for _ in range(10_000)]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)
