"""Whatever goes wrong while an object is deleted, it stays in state until it is gone."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Reset, Stall, Truncate

from tests.engine.faults import (
    ALL_AT_ONCE,
    CREDENTIALS,
    GO_ON,
    PROXY,
    PROXY_PAGE,
    Case,
    Faults,
    assert_said,
    ids_at_vendor,
    ids_in_state,
    program,
)
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

CASES = (
    Case("unauthorized", Answer(401), error=("HTTP 401", CREDENTIALS)),
    Case("forbidden", Answer(403), error=("HTTP 403", CREDENTIALS)),
    Case("conflict", Answer(409), error=("HTTP 409, code 20409",)),
    Case("astray", Answer(404, text=PROXY_PAGE), error=("HTTP 404", PROXY)),
    Case("failing", Answer(500), times=None, sent=6, error=("HTTP 500, code 20500",)),
    Case("severed", Reset(), times=None, sent=6, error=("no whole answer to DELETE",)),
    Case("late", Stall(), is_short=True, error=("the time given to this call is over", "answer to DELETE")),
    Case("shaky", Answer(500), sent=2),
    Case("crashing", Answer(500, after=True), sent=2),
    Case("cut", Reset(), sent=2),
    Case("broken", Reset(after=True), sent=2),
    Case("portal", Answer(200, text=PROXY_PAGE, after=True), sent=2),
    Case("list", Answer(200, json=[], after=True)),
    Case("torn", Truncate()),
)
REFUSED_AT_FIRST = (
    Case("busy", Answer(429), sent=2),
    Case("waiting", Answer(429, retry_after=1), sent=2),
)
LATE = ("late",)
"""The vendor deletes these after all, when the call is long over."""


@pytest.mark.parametrize("cases", [CASES, REFUSED_AT_FIRST], ids=["faults", "too many requests"])
def test_each_delete_succeeds_or_says_why_not_and_the_next_one_deletes_what_is_left(
    stack: Stack, emulator: Emulator, vendor: Vendor, cases: Collection[Case]
) -> None:
    stack.up(program(cases, "delete"), *ALL_AT_ONCE)
    ids = ids_in_state(stack)
    failed = {case.name for case in cases if case.error}

    with Faults(emulator, "DELETE", cases, ids):
        said = stack.destroy(*GO_ON, fails=bool(failed))

    assert_said(said, "delete", cases)
    assert ids_in_state(stack) == {name: ids[name] for name in failed}
    assert ids_at_vendor(vendor) == {name: ids[name] for name in failed.difference(LATE)}
    vendor.new_writes()

    stack.destroy(*GO_ON)

    assert vendor.new_writes() == ["DELETE"] * len(failed)
    assert vendor.clients() == {}
    assert ids_in_state(stack) == {}
