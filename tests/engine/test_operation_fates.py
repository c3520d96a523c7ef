"""However an operation ends, the user reads how, and in the end there is one object for each resource."""

from __future__ import annotations

import re

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Operation

from tests.engine.operations import (
    GO_ON,
    assert_as_programmed,
    errors,
    ids_at_vendor,
    program,
    shown,
    warnings,
)
from tests.engine.orchestrator import CREATE, DELETE, UPDATE
from tests.engine.orchestrator import ids as ids_in_state
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

FATES = {
    "failed": Operation("FAILED", title="Bad request", detail="The store is full", code=20001, status=400),
    "unnamed": Operation("FAILED", title="Odd", detail="No one knows", code=None),
    "cancelled": Operation("CANCELLED"),
    "done-failed": Operation("FAILED", applied=True),
    "done-cancelled": Operation("CANCELLED", applied=True),
    "vanished": Operation("vanished"),
}
SAID = {
    "failed": "the operation FAILED: Bad request: The store is full (code 20001)",
    "unnamed": "the operation FAILED: Odd: No one knows",
    "cancelled": "the operation CANCELLED",
}
LINK = "See: https://www.twilio.com/docs/errors/20001"
ACCOUNT_OF_IT = r"operation proc_job_\w{26}: (FAILED|CANCELLED) after \d+ s and \d+ looks?"
NAMES = [*FATES, "fine"]


def assert_told(found: dict[str, str], said: dict[str, str]) -> None:
    """The errors are these, each with an account of the operation."""
    assert found.keys() == said.keys()
    for name, error in found.items():
        assert said[name] in error.splitlines()[0]
        assert re.search(ACCOUNT_OF_IT, error), error
        assert (LINK in error) == ("code 20001" in error)


def test_a_create_that_fails_later_leaves_nothing_in_state_and_the_next_run_makes_one_object(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    for name, fate in FATES.items():
        emulator.inject(CREATE, fate, where=f'"{name}"')

    said = stack.up(program(NAMES), *GO_ON, fails=True)

    assert_told(errors(said, "create"), SAID)
    assert {
        name for name, text in warnings(said).items() if "though the vendor says that it failed" in text
    } == {
        "done-failed",
        "done-cancelled",
    }
    made = ids_at_vendor(emulator)
    assert made.keys() == set(NAMES) - SAID.keys()
    assert ids_in_state(stack) == made
    assert vendor.new_writes() == ["POST"] * len(NAMES)

    stack.up(None, *GO_ON)

    assert vendor.new_writes() == ["POST", "POST"] * len(SAID), "one leads to what failed, one makes another"
    assert ids_at_vendor(emulator).items() > made.items()
    assert_as_programmed(stack, emulator, NAMES)


def test_an_update_that_fails_later_is_told_and_sent_again_by_the_next_run(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program(NAMES), *GO_ON)
    ids = ids_at_vendor(emulator)
    for name, fate in FATES.items():
        emulator.inject(UPDATE, fate, where=f'"{name}"')
    vendor.new_writes()

    said = stack.up(program(NAMES, "second"), *GO_ON, fails=True)

    done = {"done-failed": "the operation FAILED", "done-cancelled": "the operation CANCELLED"}
    assert_told(errors(said, "update"), {**SAID, **done})
    assert {name for name, item in shown(emulator).items() if item["description"] == "first"} == SAID.keys()
    assert vendor.new_writes() == ["PUT"] * len(NAMES)
    assert ids_in_state(stack) == ids

    stack.up(None, *GO_ON)

    assert vendor.new_writes() == ["PUT"] * (len(SAID) + len(done)), "what came true is sent again"
    assert ids_at_vendor(emulator) == ids
    assert_as_programmed(stack, emulator, NAMES, "second")


def test_a_delete_that_fails_later_is_told_and_sent_again_by_the_next_run(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program(NAMES), *GO_ON)
    ids = ids_at_vendor(emulator)
    for name, fate in FATES.items():
        emulator.inject(DELETE.replace("{id}", ids[name]), fate)
    vendor.new_writes()

    said = stack.up(program(["fine"]), *GO_ON, fails=True)

    assert_told(errors(said, "delete"), SAID)
    assert ids_at_vendor(emulator).keys() == {"fine", *SAID}
    assert ids_in_state(stack) == ids_at_vendor(emulator)

    stack.up(None, *GO_ON)

    assert vendor.new_writes() == ["DELETE"] * (len(FATES) + len(SAID))
    assert ids_at_vendor(emulator) == {"fine": ids["fine"]}
    assert_as_programmed(stack, emulator, ["fine"])
