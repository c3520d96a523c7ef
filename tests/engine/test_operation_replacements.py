"""A replacement whose new object is unfinished: the old one stays until the new one is there."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Operation

from tests.engine.orchestrator import CREATE, NEEDED, Orchestrator, configuration, ids
from tests.engine.stack import Stack

CHANGED = {**NEEDED, "conversation_grouping_type": "GROUP_BY_PARTICIPANT_ADDRESSES"}
SOON_OVER = "custom_timeouts=pulumi.CustomTimeouts(create='8s')"
LONG = 3600


def assert_replaced(stack: Stack, vendor: Orchestrator, old: str) -> None:
    """There is the new one alone, at the vendor and in state, and nothing is left to do."""
    assert list(vendor.all()) == [ids(stack)["support"]]
    assert old not in vendor.all()
    assert vendor.only()["conversationGroupingType"] == CHANGED["conversation_grouping_type"]
    stack.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    stack.assert_settled()


def test_the_next_run_waits_for_the_new_one_and_then_deletes_the_old_one(
    stack: Stack, emulator: Emulator
) -> None:
    vendor = Orchestrator(emulator)
    stack.up(configuration("support"))
    old = ids(stack)["support"]
    endless = emulator.inject(CREATE, Operation("PENDING"))
    stack.up(configuration("support", CHANGED, SOON_OVER), fails=True)
    assert list(vendor.all()) == [old]

    endless.release()
    vendor.new_entries()
    stack.up()

    assert vendor.new_writes() == ["DELETE"]
    assert_replaced(stack, vendor, old)


def test_the_old_one_outlives_a_new_one_that_is_never_made(stack: Stack, emulator: Emulator) -> None:
    vendor = Orchestrator(emulator)
    stack.up(configuration("support"))
    old = ids(stack)["support"]
    emulator.inject(CREATE, Operation("FAILED", time=LONG))
    stack.up(configuration("support", CHANGED, SOON_OVER), fails=True)
    emulator.advance(LONG)

    said = stack.up(fails=True)
    assert "was never made" in said
    assert list(vendor.all()) == [old]
    stack.up()

    assert_replaced(stack, vendor, old)
