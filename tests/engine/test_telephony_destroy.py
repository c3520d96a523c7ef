"""What becomes of a telephony when its resource is destroyed."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer

from tests.engine.stack import Stack
from tests.engine.telephony import (
    ALICE,
    BOB,
    CAROL,
    DELETE,
    FULL,
    NEEDED,
    NOUN,
    SIGNED,
    TOKEN,
    UPDATE,
    Telephony,
    in_state,
    telephony,
)

MAPPED: dict[str, Any] = {"requestContextMapping": {"new": "er"}}
OURS: dict[str, Any] = {
    "callCreationAllowedAgentIds": [ALICE, BOB],
    "requestContextMapping": {"From": "caller.number"},
}
WAYS_OUT = (f"{NOUN} is managed as before", "SWITCHBOARD_ON_DESTROY=retain")
OTHER_WAY = "SWITCHBOARD_ON_DESTROY=reset"
REFUSED = Answer(400, json={"authToken": [f"{TOKEN} is in use"]})


@pytest.fixture
def colleague(stack: Stack, emulator: Emulator) -> Telephony:
    return Telephony.with_stack(stack, emulator)


def test_what_someone_else_has_changed_is_left_and_what_is_ours_is_put_back(
    stack: Stack, colleague: Telephony, emulator: Emulator
) -> None:
    stack.up(telephony(FULL))
    colleague.change(**MAPPED)
    with colleague.requests("GET"):
        said = stack.destroy()
    assert "left as it is in request_context_mapping: there was nothing before, and someone else" in said
    assert in_state(stack) == []

    colleague.change(callCreationAllowedAgentIds=[CAROL], requestContextMapping={"their": "own"})
    stack.up(telephony(FULL))
    colleague.change(**MAPPED)
    with emulator.inject(UPDATE, REFUSED):
        said = stack.destroy(fails=True)
    assert "authToken: [secret] is in use (HTTP 400)" in said
    assert all(text in said for text in (*WAYS_OUT, OTHER_WAY)), said
    assert in_state(stack) == ["desk"]
    stack.assert_settled()
    back: dict[str, Any] = {"callCreationAllowedAgentIds": [CAROL], "callCreationAllowAllAgents": False}
    with colleague.requests("GET", "PATCH", **back):
        said = stack.destroy()
    assert "left as it is in request_context_mapping: someone else has changed it since" in said
    colleague.has(**back, **MAPPED)
    assert in_state(stack) == []


def test_it_is_reset_or_retained_as_the_program_or_the_environment_says(
    stack: Stack, colleague: Telephony, emulator: Emulator
) -> None:
    stack.up(telephony({**FULL, "on_destroy": "retain"}))
    with colleague.requests():
        stack.up(telephony({**FULL, "on_destroy": "reset"}))
        stack.assert_settled()
    colleague.change(**MAPPED)
    with emulator.inject(DELETE, REFUSED), colleague.requests("DELETE"):
        said = stack.destroy(fails=True)
    assert all(text in said for text in WAYS_OUT), said
    assert OTHER_WAY not in said, "which has just failed"
    assert in_state(stack) == ["desk"]

    stack.environment["SWITCHBOARD_ON_DESTROY"] = "retain"
    with colleague.requests():
        stack.destroy()
    assert in_state(stack) == []
    colleague.has(**{**OURS, **MAPPED})

    stack.up(telephony({**FULL, "on_destroy": "retain"}))
    stack.environment["SWITCHBOARD_ON_DESTROY"] = "reset"
    with colleague.requests("DELETE"):
        stack.destroy()
    assert colleague.shown() is None


@pytest.mark.parametrize(("policy", "method"), [("restore", "GET"), ("reset", "DELETE")])
def test_what_is_gone_is_as_good_as_removed(
    stack: Stack, colleague: Telephony, policy: str, method: str
) -> None:
    with colleague.requests("GET", "GET", "POST", **SIGNED):
        stack.up(telephony({"on_destroy": policy, **NEEDED}))
    colleague.delete()
    with colleague.requests(method):
        stack.destroy()
    assert in_state(stack) == []
    assert colleague.shown() is None
