"""Trouble while polling, and odd answers to a write, fail no operation and make nothing twice."""

from __future__ import annotations

import re

import pytest
from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Answer, Operation, Reset, Truncate
from pulumi_switchboard.emulator.faults.action import Action

from tests.engine.operations import (
    ALL_AT_ONCE,
    GO_ON,
    assert_as_programmed,
    errors,
    ids_at_vendor,
    program,
    shown,
    warnings,
)
from tests.engine.orchestrator import CREATE, DELETE, LOOK, UPDATE
from tests.engine.orchestrator import ids as ids_in_state
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

PAGE = "<html><body>A proxy answers in the vendor's place</body></html>"
TROUBLE: tuple[Action, ...] = (
    Answer(404),
    Answer(408),
    Answer(425),
    Answer(429, retry_after=1),
    Answer(500),
    Answer(503, retry_after=1),
    Answer(502, text=PAGE),
    Answer(200, text=PAGE),
    Answer(200, json=[]),
    Answer(200, json={"status": 7}),
    Reset(),
    Reset(after=True),
    Truncate(),
)
EACH = 2
"""How many looks each trouble hits."""
NAMES = [f"desk-{number}" for number in range(len(TROUBLE))]
ODD_ANSWERS = {
    "no related at first": Switches(orchestrator_related="null"),
    "no related ever": Switches(orchestrator_related="null", orchestrator_operation_related="absent"),
    "a foreign URL and no headers": Switches(
        orchestrator_related="absent",
        orchestrator_operation_related="completed",
        orchestrator_accepted_headers="none",
        orchestrator_status_url="elsewhere",
    ),
    "only a foreign Location, and a result": Switches(
        orchestrator_related="absent",
        orchestrator_operation_related="null",
        orchestrator_operation_result=True,
        orchestrator_accepted_headers="location",
        orchestrator_status_url="elsewhere",
        orchestrator_error_shape="E2",
    ),
    "no operation": Switches(orchestrator_synchronous=True),
    "another prefix that leads there": Switches(orchestrator_related_prefix="cfg_alias"),
    "another prefix that leads nowhere": Switches(orchestrator_related_prefix="cfg"),
    "young and lagging": Switches(orchestrator_young_operation=2, orchestrator_lag=2),
}


def test_trouble_while_polling_fails_no_operation_and_repeats_no_write(stack: Stack) -> None:
    with Emulator(operation_polls=2) as emulator:
        stack.endpoint = emulator.url
        vendor = Vendor(emulator)

        def make_trouble() -> None:
            for action in TROUBLE:
                emulator.inject(LOOK, action, times=EACH)

        make_trouble()
        stack.up(program(NAMES), *ALL_AT_ONCE)
        assert vendor.new_writes() == ["POST"] * len(NAMES)
        make_trouble()
        stack.up(program(NAMES, "second"), *ALL_AT_ONCE)
        assert vendor.new_writes() == ["PUT"] * len(NAMES)
        assert_as_programmed(stack, emulator, NAMES, "second")
        make_trouble()
        stack.destroy(*ALL_AT_ONCE)
        assert vendor.new_writes() == ["DELETE"] * len(NAMES)
        assert shown(emulator) == {}


def test_credentials_that_are_refused_while_polling_end_the_wait_at_once_and_lose_nothing(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    names = ["kept", "made"]
    stack.up(program(["kept", "gone"]))
    endless = [emulator.inject(place, Operation("PENDING")) for place in (CREATE, UPDATE, DELETE)]
    refused = emulator.inject(LOOK, Answer(401), times=None)
    vendor.new_writes()

    said = stack.up(program(names, "second"), *GO_ON, fails=True)

    found = {**errors(said, "create"), **errors(said, "update"), **errors(said, "delete")}
    assert found.keys() == {*names, "gone"}
    for error in found.values():
        assert "HTTP 401" in error
        assert re.search(r"accepted after \d+ s and 1 look\b", error), error
        assert "What to do: check the Twilio credentials" in error
    kept = ids_in_state(stack)
    assert kept.keys() == {*names, "gone"}
    assert refused.fired == len(found)
    assert sorted(vendor.new_writes()) == ["DELETE", "POST", "PUT"]

    refused.remove()
    for fault in endless:
        fault.release()
    said = stack.up(None, *GO_ON)

    assert warnings(said).keys() == set(names)
    assert vendor.new_writes() == ["DELETE"], "which finds that it is gone"
    assert ids_at_vendor(emulator) == {name: kept[name] for name in names}
    assert_as_programmed(stack, emulator, names, "second")


@pytest.mark.parametrize("switches", ODD_ANSWERS.values(), ids=ODD_ANSWERS)
def test_odd_answers_to_writes_are_understood(stack: Stack, switches: Switches) -> None:
    with Emulator(switches=switches) as emulator:
        stack.endpoint = emulator.url
        vendor = Vendor(emulator)
        names = ["one", "two", "three"]

        stack.up(program(names))
        assert vendor.new_writes() == ["POST"] * len(names)
        stack.up(program(names, "second"))
        assert vendor.new_writes() == ["PUT"] * len(names)
        assert_as_programmed(stack, emulator, names, "second")
        stack.destroy()
        assert vendor.new_writes() == ["DELETE"] * len(names)
        assert shown(emulator) == {}
