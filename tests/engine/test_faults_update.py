"""Whatever goes wrong while an object is changed, the next run brings it to what the program says."""

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
    TEXT,
    Case,
    Faults,
    assert_said,
    ids_at_vendor,
    ids_in_state,
    program,
)
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

EDITED = "Rings twice"
OPEN = ("whether the object was changed is not known", "run `pulumi up` again: it brings")
"""The outcome is open, so the object is marked in state."""

CASES = (
    Case("unauthorized", Answer(401), error=("HTTP 401", CREDENTIALS)),
    Case("forbidden", Answer(403), error=("HTTP 403", CREDENTIALS)),
    Case("missing", Answer(404), error=("HTTP 404, code 20404",)),
    Case("conflict", Answer(409), error=("HTTP 409, code 20409",)),
    Case("astray", Answer(404, text=PROXY_PAGE), error=("HTTP 404", PROXY)),
    Case("shaky", Answer(500), sent=2),
    Case("crashing", Answer(500, after=True), sent=2),
    Case("gateway", Answer(502, text=PROXY_PAGE), sent=2),
    Case("portal", Answer(200, text=PROXY_PAGE, after=True), sent=2),
    Case("cut", Reset(), sent=2),
    Case("broken", Reset(after=True), sent=2),
    Case("torn", Truncate(), sent=2),
    Case("failing", Answer(500), times=None, sent=6, error=("HTTP 500", *OPEN)),
    Case("fooling", Answer(500, after=True), times=None, sent=6, error=("HTTP 500", *OPEN)),
    Case("severed", Reset(), times=None, sent=6, error=("no whole answer to PUT", *OPEN)),
    Case("sundered", Reset(after=True), times=None, sent=6, error=("no whole answer to PUT", *OPEN)),
    Case("late", Stall(), is_short=True, error=("the time given to this call is over", *OPEN)),
    Case("list", Answer(200, json=[], after=True), error=("the answer is not a configuration", *OPEN)),
    Case("number", Answer(200, json={"id": 7}, after=True), error=("not a configuration", *OPEN)),
    Case("partial", Answer(200, json={"id": "voice_clientconfiguration_1"}, after=True)),
    Case("wobbly", Answer(500), at="GET"),
    Case("snapped", Reset(), at="GET"),
    Case("lost", Answer(404, text=PROXY_PAGE), at="GET", sent=0, error=("HTTP 404", PROXY)),
)
REFUSED_AT_FIRST = (
    Case("busy", Answer(429), sent=2),
    Case("waiting", Answer(429, retry_after=1), sent=2),
    Case("crowded", Answer(429), at="GET"),
    Case("queueing", Answer(429, retry_after=1), at="GET"),
)
NEXT = {
    **dict.fromkeys(("failing", "fooling", "late", "list"), TEXT),
    **dict.fromkeys(("sundered", "missing"), "Rings no more"),
}
"""What the program says in the next run: of some the first text again, as state has it all the time."""


@pytest.mark.parametrize("cases", [CASES, REFUSED_AT_FIRST], ids=["faults", "too many requests"])
def test_each_update_succeeds_or_says_why_not_and_the_next_run_brings_all_objects_up_to_date(
    stack: Stack, emulator: Emulator, vendor: Vendor, cases: Collection[Case]
) -> None:
    stack.up(program(cases, "update"), *ALL_AT_ONCE)
    ids = ids_in_state(stack)
    edited = {case.name: EDITED for case in cases}
    failed = {case.name for case in cases if case.error}
    still_open = {case.name for case in cases if case.error[1:] == OPEN}

    with Faults(emulator, "PUT", cases, ids):
        said = stack.up(program(cases, "update", edited), *GO_ON, fails=bool(failed))

    assert_said(said, "update", cases)
    assert ids_in_state(stack) == ids_at_vendor(vendor) == ids
    assert _texts_in_state(stack) == {**edited, **dict.fromkeys(failed, TEXT)}
    assert _marked(stack, "initErrors") == _marked_pending(stack) == still_open

    wanted = {**edited, **{name: text for name, text in NEXT.items() if name in ids}}
    behind = [name for name, text in _texts_at_vendor(vendor, ids).items() if text != wanted[name]]
    vendor.new_writes()
    stack.up(program(cases, "update", wanted), *GO_ON)

    assert vendor.new_writes() == ["PUT"] * len({*behind, *still_open}), "what is open is written surely"
    assert _texts_at_vendor(vendor, ids) == _texts_in_state(stack) == wanted
    assert ids_in_state(stack) == ids_at_vendor(vendor) == ids
    assert _marked(stack, "initErrors") == _marked_pending(stack) == set()
    stack.assert_settled()


def test_an_update_whose_outcome_is_open_is_settled_by_a_refresh_and_no_hindrance_to_destroy(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    not_shown = ("the answer is not a configuration", *OPEN)
    cases = [
        Case("done", Answer(200, json=[], after=True), error=not_shown),
        Case("open", Answer(200, json=[]), error=not_shown),
    ]
    stack.up(program(cases, "update"))
    ids = ids_in_state(stack)
    _leave_open(stack, emulator, cases, EDITED)

    stack.refresh()

    assert _texts_in_state(stack) == _texts_at_vendor(vendor, ids) == {"done": EDITED, "open": TEXT}
    assert _marked(stack, "initErrors") == _marked_pending(stack) == set()
    _leave_open(stack, emulator, cases, "Rings no more")

    stack.destroy()

    assert vendor.clients() == {}
    assert ids_in_state(stack) == {}


def _leave_open(stack: Stack, emulator: Emulator, cases: Collection[Case], text: str) -> None:
    ids = ids_in_state(stack)
    with Faults(emulator, "PUT", cases, ids):
        said = stack.up(program(cases, "update", dict.fromkeys(ids, text)), *GO_ON, fails=True)
    assert_said(said, "update", cases)
    assert _marked(stack, "initErrors") == _marked_pending(stack) == set(ids)


def _texts_in_state(stack: Stack) -> dict[str, str]:
    return {_name(resource["urn"]): resource["outputs"]["description"] for resource in stack.resources()}


def _texts_at_vendor(vendor: Vendor, ids: dict[str, str]) -> dict[str, str]:
    clients = vendor.clients()
    return {name: clients[id]["description"] for name, id in ids.items()}


def _marked(stack: Stack, member: str) -> set[str]:
    return {_name(resource["urn"]) for resource in stack.resources() if resource.get(member)}


def _marked_pending(stack: Stack) -> set[str]:
    return {_name(resource["urn"]) for resource in stack.resources() if "_pending" in resource["outputs"]}


def _name(urn: str) -> str:
    return urn.rpartition("::")[2]
