"""Where Ultravox's documentation is silent, a telephony lives as well whatever the answer is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Hold

from tests.engine.stack import Stack
from tests.engine.telephony import (
    ALICE,
    FOREIGN,
    NEEDED,
    NEXT,
    NOUN,
    READ,
    SID,
    SIGNED,
    TOKEN,
    Telephony,
    in_state,
    telephony,
    token,
)

AGENTS = [f"{ALICE[:-3]}{number:03}" for number in range(100)]
ROTATED = {**NEEDED, "auth_token": token("next")}


@pytest.fixture
def emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    with Emulator(switches=Switches(**request.param)) as running:
        yield running


@pytest.fixture
def colleague(stack: Stack, emulator: Emulator) -> Telephony:
    return Telephony.with_stack(stack, emulator)


def switched(**switches: Any) -> pytest.MarkDecorator:
    """Runs a test with these switches."""
    return pytest.mark.parametrize("emulator", [switches], ids=["-".join(switches)], indirect=True)


@switched(ultravox_fill="absent", ultravox_agent_order="sorted")
def test_what_is_left_out_is_empty_and_a_hundred_agents_have_no_order(
    stack: Stack, colleague: Telephony
) -> None:
    backwards = {
        **NEEDED,
        "call_creation_allowed_agent_ids": [agent.upper() for agent in reversed(AGENTS)],
        "request_context_mapping": {},
    }
    with colleague.requests("GET", "GET", "POST"):
        stack.up(telephony(backwards))
    shown = colleague.shown()
    assert shown is not None
    assert shown["callCreationAllowedAgentIds"] == AGENTS
    stack.refresh("--expect-no-changes")
    stack.write(telephony({**backwards, "call_creation_allowed_agent_ids": AGENTS}))
    stack.assert_settled()

    members = {"callCreationAllowedAgentIds": [], "callCreationAllowAllAgents": False}
    with colleague.requests("GET", "PATCH", **members):
        stack.up(telephony({**NEEDED, "call_creation_allow_all_agents": False}))
    shown = colleague.shown()
    assert shown is not None
    assert shown.keys() == {"accountSid", "authTokenPrefix"}
    stack.assert_settled()


@switched(ultravox_token_prefix_length=0)
def test_without_a_hint_no_drift_is_seen_and_nothing_is_recognisably_ours(
    stack: Stack, colleague: Telephony
) -> None:
    stack.up(telephony())
    colleague.change(authToken=FOREIGN)
    stack.refresh("--expect-no-changes")
    with colleague.requests("GET", "PATCH", accountSid=SID, authToken=NEXT):
        stack.up(telephony(ROTATED))
    stack.assert_settled()

    with colleague.requests("GET"):
        said = stack.up(telephony(ROTATED, name="front"), fails=True)
    assert f"{NOUN} is there already, and its auth_token can't be read" in said
    with colleague.requests("GET", "GET", "PATCH", accountSid=SID, authToken=NEXT):
        said = stack.up(telephony({**ROTATED, "on_destroy": "reset"}, name="front"))
    assert "auth_token: what can't be read -> [secret]" in said
    assert in_state(stack) == ["front"]
    stack.assert_settled()


@switched(ultravox_context_mapping_in_patch="merge")
def test_a_mapping_that_a_change_only_adds_to_is_told(stack: Stack, colleague: Telephony) -> None:
    stack.up(telephony({**NEEDED, "request_context_mapping": {"a": "b"}}))

    said = stack.up(telephony({**NEEDED, "request_context_mapping": {"c": "d"}}))

    assert f"{NOUN} is not shown as it was sent: request_context_mapping. `pulumi refresh` shows it" in said
    merged = {"a": "b", "c": "d"}
    colleague.has(requestContextMapping=merged)
    with colleague.requests():
        assert "~ 1 to update" in stack.preview()
    with colleague.requests("GET"):
        stack.up(telephony({**NEEDED, "request_context_mapping": merged}))
        stack.assert_settled()


@pytest.mark.parametrize(
    ("emulator", "status"),
    [
        ({"ultravox_create_over_existing": "replace"}, 201),
        ({"ultravox_create_over_existing": "conflict"}, 409),
    ],
    ids=["replace", "conflict"],
    indirect=["emulator"],
)
def test_one_that_is_made_elsewhere_at_the_same_time_is_told_where_it_can_be(
    stack: Stack, colleague: Telephony, emulator: Emulator, status: int
) -> None:
    stack.write(telephony())
    looked = emulator.inject(READ, Hold("after"), nth=2)
    command = stack.start("up", "--yes", "--skip-preview")
    looked.wait()
    colleague.add(FOREIGN)
    looked.release()
    said = command.output()
    stack.assert_clean(said)

    assert colleague.new_requests() == ["GET", "GET", "POST"]
    if status == 201:
        colleague.has(TOKEN)
        assert in_state(stack) == ["desk"]
    else:
        assert f"The account has a Twilio configuration already. (HTTP {status})" in said
        colleague.has(FOREIGN)
        assert in_state(stack) == []
        with colleague.requests("GET", "GET", "PATCH", **SIGNED):
            stack.up(telephony({**NEEDED, "on_destroy": "reset"}))
    stack.assert_settled()
