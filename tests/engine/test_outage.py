"""A vendor that can't be reached for a while costs time or a clean error, and nothing else."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Injected, Outage

from tests.engine.faults import GO_ON, PLACE, TEXT, Case, error_of, ids_at_vendor, ids_in_state, program
from tests.engine.processes import SECONDS
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

DESK = Case("desk", Outage())
NO_CONNECTION = "no connection to http://"
WHAT_TO_DO = "What to do: check the network, the proxy settings and the endpoint"


def test_a_write_that_finds_no_connection_is_sent_as_soon_as_there_is_one(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    _up_with_an_outage(
        stack, program([DESK], "create"), emulator.inject(f"GET {PLACE}/{{id}}", Outage(), where="desk")
    )
    assert vendor.new_writes() == ["POST"]
    ids = ids_in_state(stack)
    assert ids == ids_at_vendor(vendor)

    _up_with_an_outage(
        stack,
        program([DESK], "update", {"desk": "Rings twice"}),
        emulator.inject(f"GET {PLACE}/{ids['desk']}", Outage()),
    )
    assert vendor.new_writes() == ["PUT"]
    assert vendor.only_client()["description"] == "Rings twice"
    assert ids_in_state(stack) == ids_at_vendor(vendor) == ids
    stack.assert_settled()


def test_a_run_without_a_connection_fails_cleanly_and_loses_nothing(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program([DESK], "delete"))
    ids = ids_in_state(stack)
    vendor.new_requests()

    with emulator.outage():
        stack.assert_settled()
        refreshed = stack.refresh(fails=True)
        destroyed = stack.destroy(fails=True)
    for said, verb in ((refreshed, "read"), (destroyed, "delete")):
        assert NO_CONNECTION in error_of(said, verb, "desk")
        assert WHAT_TO_DO in error_of(said, verb, "desk")
    assert ids_in_state(stack) == ids_at_vendor(vendor) == ids
    assert vendor.new_requests() == []

    stack.refresh("--expect-no-changes")
    stack.assert_settled()
    assert vendor.new_writes() == []
    assert vendor.only_client()["description"] == TEXT
    stack.destroy()
    assert vendor.clients() == {}
    assert ids_in_state(stack) == {}


def test_writes_of_a_run_without_a_connection_are_done_by_the_next(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    new = Case("new", Outage())
    stack.up(program([DESK], "update"))
    before = ids_in_state(stack)
    vendor.new_requests()
    stack.write(program([DESK, new], "update", {"desk": "Rings twice"}))

    with emulator.outage():
        said = stack.up(None, *GO_ON, fails=True)

    for verb, name in (("update", "desk"), ("create", "new")):
        assert NO_CONNECTION in error_of(said, verb, name)
        assert WHAT_TO_DO in error_of(said, verb, name)
    assert ids_in_state(stack) == before
    assert vendor.new_requests() == []

    stack.up(None, *GO_ON)

    assert sorted(vendor.new_writes()) == ["POST", "PUT"]
    assert ids_in_state(stack) == ids_at_vendor(vendor)
    assert {client["description"] for client in vendor.clients().values()} == {"Rings twice", TEXT}
    stack.assert_settled()


def _up_with_an_outage(stack: Stack, text: str, outage: Injected) -> None:
    """Deploy the program; the vendor is back when the CLI has said that there is no connection."""
    stack.write(text)
    command = stack.start("up", "--yes", "--skip-preview")
    assert command.process.stdout is not None
    said = ""
    with outage, command.process.stdout as lines:
        for line in lines:
            said += line
            if NO_CONNECTION in line:
                outage.release()
    assert command.process.wait(SECONDS) == 0, said
    assert NO_CONNECTION in said
    stack.assert_clean(said)
