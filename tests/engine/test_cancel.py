"""One Ctrl-C ends an update, however long it would have waited, and the next one goes on."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold, Injected

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

CLIENTS = "voice.twilio.com/v2/Configurations/Client"
NAMES = [f"desk-{number}" for number in range(20)]
LONG = 500


def program(description: str) -> str:
    """Twenty resources with the same description."""
    return f"""
        for name in {NAMES}:
            twilio.voice.ClientConfiguration(
                name, description="{description}", call_notification={{"url": "https://example.com/" + name}}
            )
    """


def interrupted(stack: Stack, *reached: Injected) -> str:
    """What an update says that is interrupted once these points are reached."""
    command = stack.start("up", "--yes", "--skip-preview", "--parallel", "64")
    for point in reached:
        point.wait()
    command.interrupt()
    said = command.output()
    assert command.process.returncode != 0
    stack.assert_clean(said)
    return said


def assert_one_each(stack: Stack, vendor: Vendor, description: str) -> None:
    """There is one object for each resource, as the program says, and nothing is left to do."""
    clients = vendor.clients()
    assert stack.ids() == set(clients)
    assert sorted(client["unique_name"].rpartition("-")[0] for client in clients.values()) == sorted(NAMES)
    assert {client["description"] for client in clients.values()} == {description}
    stack.assert_settled()


def test_it_ends_creates_that_the_vendor_stalls_and_the_next_update_takes_them_up(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.write(program("new"))
    last = emulator.inject(f"POST {CLIENTS}", Hold("after"), nth=len(NAMES))
    others = emulator.inject(f"POST {CLIENTS}", Hold("after"), times=None)

    said = interrupted(stack, others, last)

    assert others.fired + last.fired == len(NAMES), "no answer came, nor will one"
    assert said.count("before the update was cancelled") >= len(NAMES)
    assert "run `pulumi up` again: it looks for the object" in said
    for fault in (others, last):
        fault.remove()
    vendor.new_writes()

    said = stack.up()

    assert all(f"{id} was made for this resource by an earlier run" in said for id in vendor.clients())
    assert vendor.new_writes() == []
    assert_one_each(stack, vendor, "new")


def test_it_ends_updates_that_the_vendor_stalls_and_the_next_update_settles_them_though_edited_back(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program("old"))
    stack.write(program("new"))
    last = emulator.inject(f"PUT {CLIENTS}/{{id}}", Hold("after"), nth=len(NAMES))
    others = emulator.inject(f"PUT {CLIENTS}/{{id}}", Hold("after"), times=None)

    said = interrupted(stack, others, last)

    assert "whether the object was changed is not known" in said
    for fault in (others, last):
        fault.remove()
    assert {client["description"] for client in vendor.clients().values()} == {"new"}

    stack.up(program("old"))

    assert_one_each(stack, vendor, "old")


def test_it_ends_deletes_that_the_vendor_stalls_and_the_next_one_finds_them_gone(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program("old"))
    stack.write("pass")
    stalled = emulator.inject(f"DELETE {CLIENTS}/{{id}}", Hold("after"), times=None)

    interrupted(stack, stalled)
    stalled.remove()
    stack.up()

    assert vendor.clients() == {}
    assert stack.ids() == set()
    stack.assert_settled()


def test_it_ends_pauses_between_attempts_and_nothing_is_sent_any_more(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.write(program("new"))
    broken = emulator.inject(f"GET {CLIENTS}/{{name}}", Answer(503, retry_after=LONG), times=None)

    said = interrupted(stack, broken)

    assert "the update was cancelled" in said
    assert vendor.new_writes() == []
    broken.remove()
    stack.up()
    assert_one_each(stack, vendor, "new")


def test_it_ends_waits_for_a_vendor_that_takes_no_more_requests(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.write(program("new"))
    full = emulator.inject("*", Answer(429, retry_after=LONG), times=None)

    said = interrupted(stack, full)

    assert "last attempt: the vendor answered HTTP 429, to wait 500 s" in said
    full.remove()
    stack.up()
    assert_one_each(stack, vendor, "new")
