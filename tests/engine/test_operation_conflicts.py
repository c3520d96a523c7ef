"""A colleague's write that is going on: ours waits for it, and drops nothing of it."""

from __future__ import annotations

from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Injected, Operation, Stall

from tests.engine.operations import (
    assert_as_programmed,
    errors,
    ids_at_vendor,
    program,
    shown,
)
from tests.engine.orchestrator import COLLEAGUE, CONFIGURATIONS, UPDATE
from tests.engine.stack import ACCOUNT, SECRET, Stack

BY_HAND = "by hand"
SOON_OVER = "update='6.5s'"
"""Between two attempts, which are after 1 to 2 s and 2 to 3 s more."""


def change_slowly(emulator: Emulator, names: list[str], **members: Any) -> Injected:
    """Begin a colleague's changes of the configurations, which go on until the release."""
    going_on = emulator.inject(UPDATE, Operation("PENDING"), times=len(names), where=BY_HAND)
    for configuration in shown(emulator).values():
        if configuration["displayName"] in names:
            url = f"{emulator.url}/{COLLEAGUE}{CONFIGURATIONS}/{configuration['id']}"
            body = {**configuration, "description": BY_HAND, **members}
            requests.put(url, json=body, auth=(ACCOUNT, SECRET), timeout=10).raise_for_status()
    return going_on


def test_an_update_says_what_is_in_its_way_or_waits_for_it(stack: Stack, emulator: Emulator) -> None:
    stack.up(program(["desk"]))
    ids = ids_at_vendor(emulator)
    going_on = change_slowly(emulator, ["desk"])

    said = stack.up(program(["desk"], "second", times=SOON_OVER), fails=True)

    error = errors(said, "update")["desk"]
    assert "the time given to this call is over" in error
    assert "Another operation on the configuration is in progress (HTTP 409" in error
    assert f"In the way: {ids['desk']}" in error

    stack.write(program(["desk"], "second"))
    refused = emulator.inject(UPDATE, Stall(seconds=0, point="after"))
    command = stack.start("up", "--yes", "--skip-preview")
    refused.wait()
    going_on.release()
    said = command.output()

    assert command.process.returncode == 0, said
    stack.assert_clean(said)
    assert ids_at_vendor(emulator) == ids
    assert_as_programmed(stack, emulator, ["desk"], "second")


def test_an_update_that_had_to_wait_drops_nothing_of_what_it_waited_for(stack: Stack) -> None:
    with Emulator(switches=Switches(orchestrator_newer_members=True)) as emulator:
        stack.endpoint = emulator.url
        stack.up(program(["desk"]))
        going_on = change_slowly(emulator, ["desk"], redactionConfigurationId="redaction_1")
        refused = emulator.inject(UPDATE, Stall(seconds=0, point="after"))
        stack.write(program(["desk"], "second"))

        command = stack.start("up", "--yes", "--skip-preview")
        refused.wait()
        going_on.release()
        said = command.output()

        assert command.process.returncode == 0, said
        stack.assert_clean(said)
        assert shown(emulator)["desk"]["redactionConfigurationId"] == "redaction_1"
        assert_as_programmed(stack, emulator, ["desk"], "second")
