"""Whoever is killed, and wherever on the way of an operation: in the end there is one object per resource."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold, Injected, Operation, Stall

from tests.engine.kills import Kill, each_kill, up_and_kill
from tests.engine.operations import ALL_AT_ONCE, assert_as_programmed, ids_at_vendor, program
from tests.engine.orchestrator import CREATE, DELETE, READ, UPDATE
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

KEPT = ["kept-unsent", "kept-changed", "kept-waiting", "kept-shown"]
NEW = ["new-unsent", "new-made", "new-waiting", "new-shown"]
NAMES = KEPT + NEW


def on_the_way(emulator: Emulator) -> list[Injected]:
    """Points at which each of the creates and updates is held: before, in the wait, or at its completion.

    A request that is sent again, where the test itself is slow, is held as well.
    """
    for name, id in ids_at_vendor(emulator).items():
        looks_before_its_end = 1 if name == "kept-shown" else None
        emulator.inject(READ.replace("{id}", id), Stall(seconds=0), times=looks_before_its_end)
    kept_shown = READ.replace("{id}", ids_at_vendor(emulator)["kept-shown"])
    return [
        emulator.inject(CREATE, Hold("before"), where='"new-unsent"', times=None),
        emulator.inject(CREATE, Hold("after"), where='"new-made"', times=None),
        emulator.inject(CREATE, Operation("PENDING"), where='"new-waiting"'),
        emulator.inject(kept_shown, Hold("after"), nth=2, times=None),
        emulator.inject(READ, Hold("after"), times=None),
        emulator.inject(UPDATE, Hold("before"), where='"kept-unsent"', times=None),
        emulator.inject(UPDATE, Hold("after"), where='"kept-changed"', times=None),
        emulator.inject(UPDATE, Operation("PENDING"), where='"kept-waiting"'),
    ]


def assert_all_in_order(stack: Stack, emulator: Emulator, names: list[str], text: str) -> None:
    """Nothing is pending, and all is as the program says."""
    stack.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    assert_as_programmed(stack, emulator, names, text)


@each_kill
@pytest.mark.parametrize("edit", ["new", "newer"], ids=["program unchanged", "program edited"])
def test_creates_and_updates_that_were_killed_are_taken_up_where_they_were(
    stack: Stack, emulator: Emulator, vendor: Vendor, kill: Kill, edit: str
) -> None:
    stack.up(program(KEPT, "old"), *ALL_AT_ONCE)
    before = ids_at_vendor(emulator)
    stack.write(program(NAMES, "new"))

    up_and_kill(stack, on_the_way(emulator), kill)
    made = ids_at_vendor(emulator)
    assert made.keys() == {*KEPT, "new-made", "new-waiting", "new-shown"}
    vendor.new_writes()

    stack.up(program(NAMES, edit), *ALL_AT_ONCE)

    assert vendor.new_writes().count("POST") <= len(NEW)
    assert ids_at_vendor(emulator).items() > made.items() > before.items()
    assert_all_in_order(stack, emulator, NAMES, edit)


def test_operations_that_outlive_the_kill_are_waited_for_by_the_next_run(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    names = ["kept-waiting", "new-waiting"]
    stack.up(program(["kept-waiting"], "old"))
    stack.write(program(names, "new"))
    create = emulator.inject(CREATE, Operation("PENDING"), where='"new-waiting"')
    update = emulator.inject(UPDATE, Operation("PENDING"), where='"kept-waiting"')
    command = stack.start("up", "--yes", "--skip-preview", *ALL_AT_ONCE)
    create.wait()
    update.wait()
    command.kill_both()
    stack.assert_clean(command.output())
    stack.run("cancel", "--yes")
    vendor.new_writes()

    refused_again = emulator.inject(UPDATE, Stall(seconds=0, point="after"), nth=2)
    stack.write(program(names, "newer"))
    command = stack.start("up", "--yes", "--skip-preview", *ALL_AT_ONCE)
    refused_again.wait()
    create.release()
    update.release()
    said = command.output()

    assert command.process.returncode == 0, said
    stack.assert_clean(said)
    assert "was made for this resource" in said
    assert vendor.new_writes().count("POST") == 1
    assert_all_in_order(stack, emulator, names, "newer")


@each_kill
@pytest.mark.parametrize("edit", ["old", "new"], ids=["program unchanged", "program edited"])
def test_deletes_that_were_killed_are_done_by_the_next_run(
    stack: Stack, emulator: Emulator, kill: Kill, edit: str
) -> None:
    stack.up(program(["stays", *KEPT], "old"), *ALL_AT_ONCE)
    ids = ids_at_vendor(emulator)
    stack.write(program(["stays"], "old"))
    points = [
        emulator.inject(DELETE.replace("{id}", ids["kept-unsent"]), Hold("before"), times=None),
        emulator.inject(DELETE.replace("{id}", ids["kept-changed"]), Hold("after"), times=None),
        emulator.inject(DELETE.replace("{id}", ids["kept-waiting"]), Operation("PENDING")),
        emulator.inject(READ.replace("{id}", ids["kept-shown"]), Hold("after"), times=None),
    ]

    up_and_kill(stack, points, kill)
    assert ids_at_vendor(emulator).keys() == {"stays", "kept-unsent"}

    stack.up(program(["stays"], edit), *ALL_AT_ONCE)

    assert_all_in_order(stack, emulator, ["stays"], edit)
