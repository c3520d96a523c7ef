"""One Ctrl-C ends the wait for many operations, and the next update waits on for the same ones."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold, Operation

from tests.engine.operations import ALL_AT_ONCE, assert_as_programmed, errors, program, warnings
from tests.engine.orchestrator import CREATE, DELETE, LOOK, UPDATE
from tests.engine.orchestrator import ids as ids_in_state
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

NAMES = [f"desk-{number}" for number in range(20)]


@pytest.mark.parametrize(
    ("verb", "place"), [("create", CREATE), ("update", UPDATE)], ids=["create", "update"]
)
def test_it_keeps_all_ids_and_the_next_update_sends_nothing_again(
    stack: Stack, emulator: Emulator, vendor: Vendor, verb: str, place: str
) -> None:
    if verb == "update":
        stack.up(program(NAMES, "old"), *ALL_AT_ONCE)
    endless = emulator.inject(place, Operation("PENDING"), times=None)
    vendor.new_writes()
    stack.write(program(NAMES, "new"))

    found = errors(_interrupted(stack, emulator), verb)

    assert found.keys() == set(NAMES)
    assert all("the next update waits on for this operation" in error for error in found.values())
    kept = ids_in_state(stack)
    assert kept.keys() == set(NAMES)
    assert len(vendor.new_writes()) == len(NAMES)

    endless.remove()
    said = stack.up(None, *ALL_AT_ONCE)

    told = warnings(said)
    assert {name for name, text in told.items() if "unfinished: it is waited for" in text} == set(NAMES)
    assert vendor.new_writes() == []
    assert ids_in_state(stack) == kept
    assert_as_programmed(stack, emulator, NAMES, "new")


def test_it_ends_the_wait_for_deletes_and_the_next_update_finds_that_they_were_done(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program(NAMES), *ALL_AT_ONCE)
    kept = ids_in_state(stack)
    endless = emulator.inject(DELETE, Operation("PENDING"), times=None)
    vendor.new_writes()
    stack.write(program([]))

    found = errors(_interrupted(stack, emulator), "delete")

    assert found.keys() == set(NAMES)
    assert all("the update was cancelled" in error for error in found.values())
    assert not [e for e in found.values() if ": PENDING after " not in e], "the operation is told"
    assert ids_in_state(stack) == kept, "none is known to be gone"
    assert vendor.new_writes() == ["DELETE"] * len(NAMES)

    endless.remove()
    stack.up(None, *ALL_AT_ONCE)

    assert_as_programmed(stack, emulator, [])


def _interrupted(stack: Stack, emulator: Emulator) -> str:
    """What an update says that is interrupted once it waits for all operations."""
    last = emulator.inject(LOOK, Hold(), nth=len(NAMES))
    others = emulator.inject(LOOK, Hold(), times=None)
    command = stack.start("up", "--yes", "--skip-preview", *ALL_AT_ONCE)
    last.wait()
    others.release()
    last.release()
    command.interrupt()
    said = command.output()
    assert command.process.returncode != 0
    stack.assert_clean(said)
    last.remove()
    others.remove()
    return said
