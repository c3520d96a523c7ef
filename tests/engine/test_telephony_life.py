"""The life of a Twilio telephony of Ultravox, as a user sees it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.stack import Stack
from tests.engine.telephony import (
    ALICE,
    BOB,
    CAROL,
    FOREIGN,
    FULL,
    NAMESAKE,
    NEEDED,
    NEXT,
    NOUN,
    OTHER_SID,
    SID,
    SIGNED,
    TOKEN,
    TOKEN_TYPE,
    Telephony,
    in_state,
    telephony,
    token,
)

OUTPUTS = (*FULL, "call_creation_allow_all_agents", "on_destroy", "auth_token_prefix")
EXPORTS = "".join(f'pulumi.export("{name}", desk.{name})\n' for name in OUTPUTS)


def agents(*ids: str, every: bool = False) -> dict[str, Any]:
    """The two members that exclude each other."""
    return {"callCreationAllowedAgentIds": list(ids), "callCreationAllowAllAgents": every}


def mapping(**entries: str) -> dict[str, Any]:
    """The member with the mapping."""
    return {"requestContextMapping": entries}


WRITTEN = {**agents(ALICE, BOB), "requestContextMapping": {"From": "caller.number"}}
"""What the full arguments become."""


@pytest.fixture
def colleague(stack: Stack, emulator: Emulator) -> Telephony:
    return Telephony.with_stack(stack, emulator)


def test_it_is_made_changed_cleared_and_removed_with_the_fewest_requests(
    stack: Stack, colleague: Telephony
) -> None:
    stack.write(telephony(FULL) + EXPORTS)
    with colleague.requests("GET"):
        stack.preview()
    with colleague.requests("GET", "GET", "POST", **SIGNED, **WRITTEN):
        said = stack.up()
    assert "warning" not in said
    colleague.has(**WRITTEN)
    assert stack.outputs() == {
        **FULL,
        "auth_token": TOKEN,
        "call_creation_allow_all_agents": False,
        "on_destroy": "restore",
        "auth_token_prefix": TOKEN[:4],
    }
    (resource,) = stack.resources(TOKEN_TYPE)
    for name in ("auth_token", "auth_token_prefix", "_taken"):
        assert "ciphertext" in resource["outputs"][name], f"{name} is no secret"
    with colleague.requests("GET"):
        stack.refresh("--expect-no-changes")

    for given, members in (
        ({**FULL, "request_context_mapping": {"a.b": "c"}}, mapping(**{"a.b": "c"})),
        (
            {**FULL, "call_creation_allowed_agent_ids": [], "request_context_mapping": {}},
            {**agents(), **mapping()},
        ),
        (FULL, WRITTEN),
        (NEEDED, {**agents(), **mapping()}),
    ):
        with colleague.requests("GET", "PATCH", **members):
            stack.up(telephony(given))
    colleague.has()
    with colleague.requests():
        stack.assert_settled()
    with colleague.requests("GET", "DELETE"):
        stack.destroy()
    assert colleague.shown() is None
    assert in_state(stack) == []


def test_some_agents_and_all_agents_take_turns(stack: Stack, colleague: Telephony) -> None:
    some = {**NEEDED, "call_creation_allowed_agent_ids": [ALICE.upper(), BOB]}
    every = {**NEEDED, "call_creation_allow_all_agents": True}
    stack.up(telephony(every))
    with colleague.requests("GET", "PATCH", **agents(ALICE.upper(), BOB)):
        stack.up(telephony(some))
    with colleague.requests():
        stack.write(telephony({**some, "call_creation_allowed_agent_ids": [BOB.upper(), ALICE]}))
        stack.assert_settled()

    stack.write(telephony(some))
    colleague.change(**agents(every=True))
    assert "call_creation_allow_all_agents" in stack.refresh()
    with colleague.requests("GET", "PATCH", **agents(ALICE.upper(), BOB)):
        stack.up()
    with colleague.requests("GET", "PATCH", **agents(every=True)):
        stack.up(telephony({**every, "call_creation_allowed_agent_ids": []}))
    colleague.delete()
    with colleague.requests("GET", "POST", **SIGNED, **agents()):
        said = stack.up(telephony())
    assert f"warning: {NOUN} is gone: it was deleted outside of this program. It is created again" in said
    colleague.has()
    stack.assert_settled()

    colleague.delete()
    assert f"warning: {NOUN} is gone: it was deleted outside of this program" in stack.refresh()
    assert in_state(stack) == []


def test_drift_in_each_argument_is_shown_by_refresh_and_undone(stack: Stack, colleague: Telephony) -> None:
    stack.up(telephony(FULL))

    colleague.change(
        accountSid=OTHER_SID, authToken=FOREIGN, **agents(CAROL), requestContextMapping={"else": "where"}
    )
    said = stack.refresh()
    for text in ("auth_token", "[secret]", OTHER_SID, CAROL, '"where"'):
        assert text in said
    with colleague.requests("GET", "PATCH", **SIGNED, **WRITTEN):
        stack.up()
    colleague.has(**WRITTEN)

    colleague.change(authToken=FOREIGN)
    for said in (stack.refresh(), stack.preview()):
        assert "auth_token" in said
        assert "request_context_mapping:" not in said
    with colleague.requests("GET", "PATCH", **SIGNED):
        stack.up()
    colleague.has(**WRITTEN)

    colleague.change(authToken=NAMESAKE)
    with colleague.requests("GET"):
        stack.refresh("--expect-no-changes")
    colleague.delete()
    stack.refresh()
    assert in_state(stack) == []
    stack.up()
    colleague.has(**WRITTEN)
    stack.assert_settled()


def test_a_new_token_is_sent_with_its_account_and_nothing_else(stack: Stack, colleague: Telephony) -> None:
    stack.up(telephony())
    theirs = {**agents(every=True), **mapping(their="own")}
    colleague.change(**theirs)
    stack.refresh()
    with colleague.requests():
        stack.assert_settled()

    stack.configure("token", NEXT, secret=True)
    with colleague.requests():
        shown = stack.preview()
    assert "auth_token" in shown
    assert "request_context_mapping" not in shown
    with colleague.requests("GET", "PATCH", accountSid=SID, authToken=NEXT):
        stack.up()
    colleague.has(NEXT, **theirs)
    with colleague.requests("GET", "PATCH", accountSid=OTHER_SID, authToken=NEXT):
        stack.up(telephony({**NEEDED, "account_sid": OTHER_SID}))
    with colleague.requests("GET", "PATCH", accountSid=SID, authToken=NAMESAKE):
        stack.up(telephony({**NEEDED, "auth_token": token("namesake")}))
    colleague.has(NAMESAKE, **theirs)

    empty = {"call_creation_allow_all_agents": False, "request_context_mapping": {}}
    with colleague.requests("GET", "PATCH", **agents(), **mapping()):
        stack.up(telephony({**NEEDED, "auth_token": token("namesake"), **empty}))
    colleague.has(NAMESAKE)
    stack.assert_settled()
