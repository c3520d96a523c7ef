"""Whatever goes wrong while an object is read, nothing leaves state that is not gone."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Reset, Stale, Stall, Truncate

from tests.engine.faults import (
    ALL_AT_ONCE,
    CREDENTIALS,
    PLACE,
    PROXY,
    PROXY_PAGE,
    TEXT,
    Case,
    Faults,
    assert_said,
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
    Case("severed", Reset(), times=None, sent=6, error=("no whole answer to GET",)),
    Case("list", Answer(200, json=[]), error=("the answer is not a configuration",)),
    Case("number", Answer(200, json={"id": 7}), error=("the answer is not a configuration",)),
    Case("shaky", Answer(500), sent=2),
    Case("cut", Reset(), sent=2),
    Case("torn", Truncate(), sent=2),
    Case("portal", Answer(200, text=PROXY_PAGE), sent=2),
    Case("stuck", Stall(), sent=2),
)
REFUSED_AT_FIRST = (
    Case("busy", Answer(429), sent=2),
    Case("waiting", Answer(429, retry_after=1), sent=2),
)


@pytest.mark.parametrize("cases", [CASES, REFUSED_AT_FIRST], ids=["faults", "too many requests"])
def test_each_read_succeeds_or_says_why_not_and_state_is_as_before(
    stack: Stack, emulator: Emulator, vendor: Vendor, cases: Collection[Case]
) -> None:
    stack.up(program(cases, "read"), *ALL_AT_ONCE)
    ids, before = ids_in_state(stack), _bags(stack)
    vendor.new_writes()

    with Faults(emulator, "GET", cases, ids):
        said = stack.refresh(*ALL_AT_ONCE, fails=any(case.error for case in cases))

    assert_said(said, "read", cases)
    assert ids_in_state(stack) == ids
    assert _bags(stack) == before

    stack.refresh("--expect-no-changes", *ALL_AT_ONCE)
    assert _bags(stack) == before
    assert vendor.new_writes() == []
    stack.assert_settled()


def test_an_old_view_of_an_object_is_corrected_by_the_next_refresh(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program([Case("desk", Stale())], "read"))
    id = ids_in_state(stack)["desk"]
    vendor.change_client(id, description="by hand")

    for view, text in [(Stale(), TEXT), (Stall(seconds=0), "by hand")]:
        with emulator.inject(f"GET {PLACE}/{id}", view):
            stack.refresh()
        (resource,) = stack.resources()
        assert resource["id"] == id
        assert resource["inputs"]["description"] == resource["outputs"]["description"] == text

    stack.up()
    assert vendor.clients()[id]["description"] == TEXT
    stack.assert_settled()


def _bags(stack: Stack) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    return {resource["id"]: (resource["inputs"], resource["outputs"]) for resource in stack.resources()}
