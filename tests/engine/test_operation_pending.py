"""What other commands do while a create and an update are unfinished: nothing is lost, nothing orphaned."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Hold, Injected, Operation

from tests.engine.operations import (
    ALL_AT_ONCE,
    GO_ON,
    assert_as_programmed,
    ids_at_vendor,
    program,
    shown,
)
from tests.engine.orchestrator import CREATE, LOOK, UPDATE, urn
from tests.engine.orchestrator import ids as ids_in_state
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

NAMES = ["changed", "made"]
SOON_OVER = "create='5s', update='5s'"
PROGRAM = program(NAMES, "second", times=SOON_OVER)
DEPENDENT = PROGRAM.replace("twilio.orchestrator", "made = twilio.orchestrator") + program(
    ["dependent"], "second"
).replace("ResourceOptions(", "ResourceOptions(depends_on=[made], ")
LONG = 3600


def left_unfinished(stack: Stack, emulator: Emulator, fate: Operation) -> list[Injected]:
    """Leave a create and an update unfinished."""
    stack.up(program(["changed"]))
    fates = [
        emulator.inject(CREATE, fate, where='"made"'),
        emulator.inject(UPDATE, fate, where='"changed"'),
    ]
    stack.up(PROGRAM, *GO_ON, fails=True)
    assert ids_in_state(stack).keys() == set(NAMES)
    return fates


def release(fates: Iterable[Injected]) -> None:
    """Let the operations complete."""
    for fate in fates:
        fate.release()


def test_a_targeted_update_and_refreshes_keep_what_is_unfinished_until_it_is_over(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    fates = left_unfinished(stack, emulator, Operation("PENDING"))
    before = ids_in_state(stack)
    vendor.new_writes()

    stack.up(DEPENDENT, "--target", urn(stack, "dependent"))
    assert vendor.new_writes() == ["POST"]
    said = stack.refresh()
    assert said.count("Refreshed resource is in an unhealthy state") >= len(NAMES)
    assert ids_in_state(stack).items() > before.items()
    assert ids_at_vendor(emulator).keys() == {"changed", "dependent"}

    release(fates)
    stack.up(None, "--refresh", *GO_ON)

    assert vendor.new_writes() == []
    assert ids_in_state(stack).items() > before.items()
    assert_as_programmed(stack, emulator, [*NAMES, "dependent"], "second")


def test_a_destroy_waits_for_what_is_unfinished_and_deletes_it(stack: Stack, emulator: Emulator) -> None:
    fates = left_unfinished(stack, emulator, Operation("PENDING"))
    # The looks are held only so that both have begun to wait.
    second_looks = emulator.inject(LOOK, Hold(), nth=2)
    command = stack.start("destroy", "--yes", "--skip-preview", *ALL_AT_ONCE)
    second_looks.wait()
    release(fates)
    second_looks.release()
    said = command.output()

    assert command.process.returncode == 0, said
    stack.assert_clean(said)
    assert shown(emulator) == {}
    assert ids_in_state(stack) == {}


def test_a_destroy_deletes_what_was_never_made_and_what_failed(stack: Stack, emulator: Emulator) -> None:
    left_unfinished(stack, emulator, Operation("FAILED", time=LONG))
    emulator.advance(LONG)

    stack.destroy()

    assert shown(emulator) == {}
    assert ids_in_state(stack) == {}


def test_a_refresh_forgets_what_was_never_made_and_the_next_run_makes_it(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    left_unfinished(stack, emulator, Operation("FAILED", time=LONG))
    emulator.advance(LONG)

    stack.refresh()
    assert ids_in_state(stack) == ids_at_vendor(emulator)
    assert ids_in_state(stack).keys() == {"changed"}
    vendor.new_writes()
    stack.up(None, *GO_ON)

    assert sorted(vendor.new_writes()) == ["POST", "POST", "PUT"]
    assert_as_programmed(stack, emulator, NAMES, "second")


def test_a_refresh_keeps_what_has_just_been_made_and_is_shown_a_little_later(stack: Stack) -> None:
    with Emulator(switches=Switches(orchestrator_lag=2)) as emulator:
        stack.endpoint = emulator.url
        release(left_unfinished(stack, emulator, Operation("PENDING")))
        before = ids_in_state(stack)

        stack.refresh()

        assert ids_in_state(stack) == before
        stack.up(None, *GO_ON)
        assert_as_programmed(stack, emulator, NAMES, "second")


def test_a_refresh_keeps_what_the_vendor_does_not_know_yet_so_that_a_destroy_deletes_it(stack: Stack) -> None:
    with Emulator(switches=Switches(orchestrator_young_operation=1)) as emulator:
        stack.endpoint = emulator.url
        fate = emulator.inject(CREATE, Operation("PENDING"))
        first_look = emulator.inject(LOOK, Hold())
        stack.write(program(["made"]))
        command = stack.start("up", "--yes", "--skip-preview")
        first_look.wait()
        command.interrupt()
        stack.assert_clean(command.output())
        before = ids_in_state(stack)
        first_look.remove()
        fate.release()

        stack.refresh()

        assert ids_in_state(stack) == before
        stack.destroy()
        assert shown(emulator) == {}
