"""Many configurations at once, each with an operation that takes its time."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator

from tests.engine.operations import ALL_AT_ONCE, assert_as_programmed, program, shown
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

NAMES = [f"desk-{number}" for number in range(64)]


def test_sixty_four_configurations_are_made_changed_and_deleted_by_one_write_each(stack: Stack) -> None:
    with Emulator(operation_time=2) as emulator:
        stack.endpoint = emulator.url
        vendor = Vendor(emulator)

        stack.up(program(NAMES), *ALL_AT_ONCE)
        assert vendor.new_writes() == ["POST"] * len(NAMES)
        assert_as_programmed(stack, emulator, NAMES)

        stack.up(program(NAMES, "second"), *ALL_AT_ONCE)
        assert vendor.new_writes() == ["PUT"] * len(NAMES)
        assert_as_programmed(stack, emulator, NAMES, "second")

        stack.destroy(*ALL_AT_ONCE)
        assert vendor.new_writes() == ["DELETE"] * len(NAMES)
        assert shown(emulator) == {}
