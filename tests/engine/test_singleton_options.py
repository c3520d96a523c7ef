"""What Pulumi's own options, look-ups and imports make of what an account has once."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.defaults import default, options
from tests.engine.stack import Stack
from tests.engine.telephony import (
    ALICE,
    CAROL,
    FOREIGN,
    NEEDED,
    NEXT,
    NOUN,
    OTHER_SID,
    TOKEN,
    Telephony,
    in_state,
    telephony,
    token,
)
from tests.engine.vendor import Vendor
from tests.engine.webhooks import OURS, THEIRS, Webhooks, names, urn, webhooks


@pytest.fixture
def telephonist(stack: Stack, emulator: Emulator) -> Telephony:
    return Telephony.with_stack(stack, emulator)


def test_what_is_protected_is_not_given_back_and_what_is_retained_on_delete_stays(
    stack: Stack, emulator: Emulator
) -> None:
    colleague = Webhooks(emulator)
    colleague.change(**THEIRS)
    stack.up(webhooks(OURS, "protect=True"))
    colleague.new_requests()

    assert "protect" in stack.destroy(fails=True)
    assert names(stack) == ["webhooks"]
    stack.up(webhooks(OURS, "retain_on_delete=True"))
    stack.destroy()

    assert names(stack) == []
    assert colleague.new_requests() == []
    assert colleague.shown() == OURS


def test_one_that_is_deleted_before_it_is_replaced_is_given_back_and_taken_over_anew(
    stack: Stack, emulator: Emulator
) -> None:
    colleague = Webhooks(emulator)
    colleague.change(**THEIRS)
    stack.up(webhooks(OURS, "delete_before_replace=True"))
    colleague.new_requests()

    stack.up(None, "--replace", urn(stack))

    assert colleague.new_writes() == ["POST", "POST"]
    assert colleague.shown() == OURS
    stack.assert_settled()
    stack.destroy()
    assert colleague.shown() == THEIRS


def test_a_default_that_is_ignored_is_left_where_someone_else_has_moved_it(
    stack: Stack, vendor: Vendor
) -> None:
    old, new, third = (vendor.add_client(name) for name in ("old", "new", "third"))
    vendor.set_default(old)
    ignoring = options('ignore_changes=["configuration_id"]')
    stack.up(default(new, ignoring))
    vendor.set_default(third)
    stack.refresh()
    vendor.new_writes()

    stack.up(default(old, ignoring))

    stack.assert_settled()
    assert vendor.new_writes() == []
    assert vendor.default() == third


def test_a_token_that_is_ignored_is_left_until_its_account_changes(
    stack: Stack, telephonist: Telephony
) -> None:
    ignoring = 'ignore_changes=["auth_token"]'
    stack.up(telephony(options=ignoring))
    telephonist.change(authToken=FOREIGN)

    changed = {**NEEDED, "auth_token": token("next"), "call_creation_allowed_agent_ids": [ALICE]}
    stack.up(telephony(changed, options=ignoring))
    telephonist.has(FOREIGN, callCreationAllowedAgentIds=[ALICE])
    stack.assert_settled()

    stack.up(telephony({**changed, "account_sid": OTHER_SID}, options=ignoring))
    telephonist.has(TOKEN, accountSid=OTHER_SID, callCreationAllowedAgentIds=[ALICE])
    stack.assert_settled()
    stack.up(telephony({**changed, "account_sid": OTHER_SID}))
    telephonist.has(NEXT, accountSid=OTHER_SID, callCreationAllowedAgentIds=[ALICE])


def test_a_telephony_is_looked_up_without_a_touch_and_imported_by_its_own_id_alone(
    stack: Stack, telephonist: Telephony
) -> None:
    telephonist.add(TOKEN, requestContextMapping={"their": "own"})
    seen = "desk = ultravox.TwilioTelephony.get('desk', {!r})\npulumi.export('sid', desk.account_sid)\n"
    with telephonist.requests():
        assert f"desk is not the id of {NOUN}" in stack.up(seen.format("desk"), fails=True)
    with telephonist.requests("GET"):
        stack.up(seen.format("twilio"))
    assert stack.outputs() == {"sid": NEEDED["account_sid"]}
    with telephonist.requests():
        stack.destroy()

    mapped = {**NEEDED, "request_context_mapping": {"From": "caller.number"}}
    assert f"desk is not the id of {NOUN}" in stack.up(
        telephony(mapped, options='import_="desk"'), fails=True
    )
    with telephonist.requests("GET", "GET", "PATCH", requestContextMapping={"From": "caller.number"}):
        stack.up(telephony(mapped, options='import_="twilio"'))
    stack.write(telephony(mapped))
    stack.assert_settled()
    stack.destroy()
    assert in_state(stack) == []
    telephonist.has(requestContextMapping={"their": "own"})


@pytest.mark.parametrize(("given", "left"), [({}, [CAROL]), ({"call_creation_allowed_agent_ids": []}, [])])
def test_agents_that_are_there_already_are_left_if_none_are_given_and_cleared_if_an_empty_list_is(
    stack: Stack, telephonist: Telephony, given: dict[str, list[str]], left: list[str]
) -> None:
    telephonist.add(TOKEN, callCreationAllowedAgentIds=[CAROL])

    stack.up(telephony({**NEEDED, **given}))

    telephonist.has(callCreationAllowedAgentIds=left)
    stack.assert_settled()
    stack.destroy()
    telephonist.has(callCreationAllowedAgentIds=[CAROL])
