"""Whatever goes wrong while an object is made, there is one object in the end, and state has it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold, Reset, Stale, Stall, Truncate

from tests.engine.faults import (
    CREDENTIALS,
    GO_ON,
    PLACE,
    PROXY,
    PROXY_PAGE,
    Case,
    Faults,
    assert_said,
    ids_at_vendor,
    ids_in_state,
    program,
    warnings_of,
)
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

OPEN = ("whether the object was made is not known", "run `pulumi up` again: it looks for")
FOUND = "was made got lost: this resource manages it from now on"

CASES = (
    Case("unauthorized", Answer(401), error=("HTTP 401", CREDENTIALS)),
    Case("forbidden", Answer(403), error=("HTTP 403", CREDENTIALS)),
    Case("missing", Answer(404), error=("HTTP 404, code 20404",)),
    Case("conflict", Answer(409), error=("HTTP 409, code 20409",)),
    Case("failing", Answer(500), error=("HTTP 500", *OPEN)),
    Case("crashing", Answer(500, after=True), warning=FOUND),
    Case("gateway", Answer(502, text=PROXY_PAGE), error=("HTTP 502", *OPEN)),
    Case("portal", Answer(200, text=PROXY_PAGE, after=True), warning=FOUND),
    Case("astray", Answer(404, text=PROXY_PAGE), error=("HTTP 404", PROXY)),
    Case("reset", Reset(), error=("no whole answer to POST", *OPEN)),
    Case("broken", Reset(after=True), warning=FOUND),
    Case("late", Stall(), is_short=True, error=("answer to POST", *OPEN)),
    Case("mute", Stall(point="after"), is_short=True, warning=FOUND),
    Case("halting", Stall(point="body"), is_short=True, warning=FOUND),
    Case("torn", Truncate(), warning=FOUND),
    Case("empty", Answer(200, after=True), warning=FOUND),
    Case("list", Answer(201, json=[], after=True), warning=FOUND),
    Case("number", Answer(201, json={"id": 7}, after=True), warning=FOUND),
    Case("partial", Answer(201, json={"id": "voice_clientconfiguration_1"}, after=True), warning=FOUND),
    Case("blank", Answer(201, json={"id": ""}, after=True), warning=FOUND),
    Case("redirect", Answer(302, headers={"Location": "/login"}), error=("HTTP 302", PROXY)),
    Case("shaky", Answer(500), at="GET"),
    Case("cut", Reset(), at="GET"),
    Case("locked", Answer(401), at="GET", sent=0, error=("HTTP 401", CREDENTIALS)),
    Case("odd", Answer(200, json=[]), at="GET", sent=0, error=("the answer is not a configuration",)),
)
REFUSED_AT_FIRST = (
    Case("busy", Answer(429), sent=2),
    Case("waiting", Answer(429, retry_after=1), sent=2),
    Case("crowded", Answer(429), at="GET"),
    Case("queueing", Answer(429, retry_after=1), at="GET"),
)
LATE = ("late",)
"""The vendor makes these after all, when the call is long over."""
ODD_LISTS = {
    "content": {"content": 7},
    "meta": {"content": [], "meta": [1]},
    "endless": {"content": [], "meta": {"next_token": "again"}},
}
LISTS_AT_MOST = 10
"""There are five looks for a lost object, and none has a reason to ask for the same page a third time."""


@pytest.mark.parametrize("cases", [CASES, REFUSED_AT_FIRST], ids=["faults", "too many requests"])
def test_each_create_succeeds_or_says_why_not_and_the_next_run_makes_what_is_missing(
    stack: Stack, emulator: Emulator, vendor: Vendor, cases: Collection[Case]
) -> None:
    names = {case.name for case in cases}
    failed = {case.name for case in cases if case.error}
    with Faults(emulator, "POST", cases):
        said = stack.up(program(cases, "create"), *GO_ON, fails=bool(failed))
    assert_said(said, "create", cases)
    in_state, at_vendor = ids_in_state(stack), ids_at_vendor(vendor)
    late = failed.intersection(LATE)
    assert in_state.keys() == names - failed
    assert at_vendor.keys() == in_state.keys() | late
    vendor.new_writes()

    said = stack.up(None, *GO_ON)

    for name in late:
        assert "was made for this resource by an earlier run" in warnings_of(said, name)
    assert vendor.new_writes() == ["POST"] * len(failed - late)
    assert ids_at_vendor(vendor).keys() == names
    assert ids_at_vendor(vendor).items() >= at_vendor.items()
    assert ids_in_state(stack) == ids_at_vendor(vendor)
    stack.assert_settled()


def test_a_create_that_comes_through_while_the_next_run_makes_the_object_leaves_one_object(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    case = Case("desk", Stall(), is_short=True, error=("answer to POST", *OPEN))
    first = emulator.inject(f"POST {PLACE}", case.action)
    said = stack.up(program([case], "create"), fails=True)
    assert_said(said, "create", [case])

    second = emulator.inject(f"POST {PLACE}", Hold())
    stack.write(program([replace(case, is_short=False)], "create"))
    command = stack.start("up", "--yes", "--skip-preview")
    second.wait()
    first.release()
    second.release()
    said = command.output()

    assert command.process.returncode == 0, said
    stack.assert_clean(said)
    assert "was made for this resource by an earlier run" in warnings_of(said, "desk")
    assert ids_in_state(stack) == ids_at_vendor(vendor)
    stack.assert_settled()


def test_an_object_that_the_vendor_does_not_show_yet_is_not_made_twice(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    case = Case("desk", Reset(after=True), error=("no whole answer to POST", *OPEN))
    places = [f"GET {PLACE}", f"GET {PLACE}/{{id}}"]
    old_views = [emulator.inject(place, Stale(), times=None) for place in places]
    with Faults(emulator, "POST", [case]):
        said = stack.up(program([case], "create"), fails=True)
    assert_said(said, "create", [case])
    assert [view.fired > 0 for view in old_views] == [True, True]
    for view in old_views:
        view.remove()

    with emulator.inject(places[1], Stale()):
        said = stack.up()

    assert "was made for this resource by an earlier run" in warnings_of(said, "desk")
    assert vendor.new_writes() == ["POST", "POST"], "the second is refused, since the name is taken"
    assert ids_in_state(stack) == ids_at_vendor(vendor)
    stack.assert_settled()


@pytest.mark.parametrize("page", ODD_LISTS.values(), ids=ODD_LISTS)
def test_a_list_that_is_none_hides_nothing_when_a_lost_object_is_looked_for(
    stack: Stack, emulator: Emulator, vendor: Vendor, page: dict[str, Any]
) -> None:
    case = Case("desk", Reset(), is_short=True, error=("no whole answer to POST", *OPEN))
    with (
        emulator.inject(f"GET {PLACE}", Answer(200, json=page), times=None),
        Faults(emulator, "POST", [case]),
    ):
        said = stack.up(program([case], "create"), fails=True)
    assert_said(said, "create", [case])
    lists = [request for request in vendor.new_requests() if "?pageSize=" in request]
    assert len(lists) <= LISTS_AT_MOST

    stack.up()
    assert ids_in_state(stack) == ids_at_vendor(vendor)
    stack.assert_settled()


def test_a_url_in_the_vendors_words_is_shown_without_what_may_be_secret(
    stack: Stack, emulator: Emulator
) -> None:
    stack.secrets += ["canary-of-the-user", "canary-of-the-query"]
    message = "url: https://desk:canary-of-the-user@desk.example.com/calls?key=canary-of-the-query is odd"
    case = Case(
        "desk", Answer(400, json={"code": 20001, "message": message}), error=("HTTP 400, code 20001",)
    )
    with Faults(emulator, "POST", [case]):
        said = stack.up(program([case], "create"), fails=True)
    assert_said(said, "create", [case])
