"""A write that does not end in time is kept in state, and the next run waits on for it."""

from __future__ import annotations

import re

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Operation

from tests.engine.operations import (
    GO_ON,
    SHORT,
    assert_as_programmed,
    errors,
    ids_at_vendor,
    program,
    warnings,
)
from tests.engine.orchestrator import CREATE, DELETE, UPDATE
from tests.engine.orchestrator import ids as ids_in_state
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

LONG = 3600
OVER = "the time given to this call is over"
ACCOUNT_OF_IT = r"PENDING after \d+ s and \d+ look"
WAITS_ON = "raise custom_timeouts of the resource; the next update waits on for this operation"
RESUMED = "unfinished: it is waited for"
FULL = Operation("FAILED", time=LONG, title="Full", detail="The store is full")


def test_writes_that_never_end_are_waited_for_by_the_next_run_and_not_sent_again(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program(["changed", "deleted"], times="delete='5s'"), *GO_ON)
    before = ids_at_vendor(emulator)
    endless = [
        emulator.inject(CREATE, Operation("PENDING"), where='"made"'),
        emulator.inject(UPDATE, Operation("PENDING"), where='"changed"'),
        emulator.inject(DELETE.replace("{id}", before["deleted"]), Operation("PENDING")),
    ]
    names = ["made", "changed", "fine"]
    vendor.new_writes()

    said = stack.up(program(names, "second", times=SHORT, short=["made", "changed"]), *GO_ON, fails=True)

    found = {**errors(said, "create"), **errors(said, "update"), **errors(said, "delete")}
    assert found.keys() == {"made", "changed", "deleted"}
    for error in found.values():
        assert OVER in error.splitlines()[0]
        assert re.search(ACCOUNT_OF_IT, error), error
        assert WAITS_ON in error
    kept = ids_in_state(stack)
    assert kept.keys() == {*names, "deleted"}
    *writes, last = vendor.new_writes()
    assert (sorted(writes), last) == (["POST", "POST", "PUT"], "DELETE")

    for fault in endless:
        fault.release()
    said = stack.up(None, *GO_ON)

    told = warnings(said)
    assert told.keys() == {"made", "changed"}
    assert all(RESUMED in text and kept[name] in text for name, text in told.items())
    assert vendor.new_writes() == ["DELETE"], "which finds that it is gone"
    assert ids_in_state(stack) == {name: kept[name] for name in names}
    assert_as_programmed(stack, emulator, names, "second")


def test_writes_that_fail_after_their_run_has_ended_are_told_and_sent_again(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program(["changed"]), *GO_ON)
    names = ["made", "changed"]
    emulator.inject(CREATE, FULL, where='"made"')
    emulator.inject(UPDATE, FULL, where='"changed"')
    stack.up(program(names, "second", times=SHORT), *GO_ON, fails=True)
    before = ids_in_state(stack)
    emulator.advance(LONG)
    vendor.new_writes()

    said = stack.up(None, *GO_ON, fails=True)

    found = errors(said, "update")
    assert found.keys() == {"made"}
    assert f"{before['made']} was never made: " in found["made"]
    assert "run `pulumi up` again: it makes another one in its place" in found["made"]
    assert ids_at_vendor(emulator) == {"changed": before["changed"]}
    assert vendor.new_writes() == ["PUT"]

    stack.up(None, *GO_ON)

    assert vendor.new_writes() == ["POST", "POST", "DELETE"], "one leads to what failed, one makes another"
    assert ids_at_vendor(emulator)["made"] != before["made"]
    assert_as_programmed(stack, emulator, names, "second")
    assert "Full: The store is full" in found["made"], "the user learns why it was never made"
