"""A telephony that is there already: who may take it over, what is told, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold

from tests.engine.defaults import NEVER, SHORT
from tests.engine.orchestrator import Code
from tests.engine.stack import Stack
from tests.engine.telephony import (
    ALICE,
    BOB,
    CAROL,
    FOREIGN,
    FULL,
    NEEDED,
    NOUN,
    OTHER_SID,
    READ,
    SID,
    SIGNED,
    TOKEN,
    UPDATE,
    Telephony,
    in_state,
    telephony,
)

THEIRS: dict[str, Any] = {"callCreationAllowedAgentIds": [CAROL], "requestContextMapping": {"their": "own"}}
OURS: dict[str, Any] = {
    "callCreationAllowedAgentIds": [ALICE, BOB],
    "callCreationAllowAllAgents": False,
    "requestContextMapping": {"From": "caller.number"},
}
CHOICE = (
    f"{NOUN} is there already, and its auth_token can't be read",
    'on_destroy="reset"',
    'on_destroy="retain"',
)
OVERWRITTEN = (
    f'account_sid: "{OTHER_SID}" -> "{SID}"',
    "auth_token: what can't be read -> [secret]",
    f'call_creation_allowed_agent_ids: ["{CAROL}"] -> ["{ALICE}", "{BOB}"]',
    'request_context_mapping: {"their": "own"} -> {"From": "caller.number"}',
)


@pytest.fixture
def colleague(stack: Stack, emulator: Emulator) -> Telephony:
    return Telephony.with_stack(stack, emulator)


def test_what_can_not_be_put_back_is_taken_over_with_reset_or_retain_alone(
    stack: Stack, colleague: Telephony
) -> None:
    colleague.add(FOREIGN, accountSid=OTHER_SID, **THEIRS)

    stack.write(telephony(FULL))
    for verb in (stack.preview, stack.up):
        with colleague.requests("GET"):
            said = verb(fails=True)
        assert all(text in said for text in CHOICE), said
    assert in_state(stack) == []

    stack.write(telephony({**FULL, "on_destroy": "reset"}))
    with colleague.requests("GET"):
        shown = stack.preview()
    with colleague.requests("GET", "GET", "PATCH", **SIGNED, **OURS):
        said = stack.up()
    for text in (shown, said):
        assert f"warning: this resource takes over {NOUN}, and overwrites what is there:" in text
        assert all(line in text for line in OVERWRITTEN), text
        assert "leaves the vendor's empty state" in text
    colleague.has(**OURS)

    with colleague.requests():
        assert all(text in stack.up(telephony(FULL), fails=True) for text in CHOICE)
    with colleague.requests():
        stack.up(telephony({**FULL, "on_destroy": "retain"}))
        stack.assert_settled()
    stack.environment["SWITCHBOARD_ON_DESTROY"] = "restore"
    assert "auth_token from before can't be read" in stack.destroy(fails=True)
    assert "PATCH" not in colleague.new_requests()
    del stack.environment["SWITCHBOARD_ON_DESTROY"]
    with colleague.requests():
        said = stack.destroy()
    assert f"{NOUN} is left as it is, and not managed any more: on_destroy is retain" in said
    colleague.has(**OURS)
    assert in_state(stack) == []


def test_what_is_recognisably_ours_is_taken_over_and_put_back(stack: Stack, colleague: Telephony) -> None:
    colleague.add(TOKEN, **OURS)

    with colleague.requests("GET", "GET"):
        said = stack.up(telephony(FULL))
    assert f"{NOUN} is as the program says already: this resource manages it from now on" in said
    stack.assert_settled()
    with colleague.requests("GET"):
        said = stack.destroy()
    assert "what was there before is not known" in said
    colleague.has(**OURS)

    colleague.change(**THEIRS)
    given = {**NEEDED, "request_context_mapping": {}}
    with colleague.requests("GET", "GET", "PATCH", requestContextMapping={}):
        said = stack.up(telephony(given))
    assert 'request_context_mapping: {"their": "own"} -> nothing' in said
    assert "Destroying the resource puts back what was there" in said
    for name in ("auth_token:", "call_creation_allowed_agent_ids:"):
        assert name not in said
    colleague.has(callCreationAllowedAgentIds=[CAROL])
    stack.assert_settled()
    with colleague.requests("GET", "PATCH", requestContextMapping={"their": "own"}):
        stack.destroy()
    colleague.has(**THEIRS)


def test_what_has_come_since_the_look_at_it_is_refused_by_the_create_itself(
    stack: Stack, colleague: Telephony, emulator: Emulator
) -> None:
    stack.write(telephony())
    looked = emulator.inject(READ, Hold("after"))
    command = stack.start("up", "--yes", "--skip-preview")
    looked.wait()
    colleague.add(FOREIGN)
    looked.release()
    said = command.output()
    stack.assert_clean(said)

    assert all(text in said for text in CHOICE), said
    assert colleague.new_requests() == ["GET", "GET"]
    assert in_state(stack) == []
    colleague.has(FOREIGN)
    stack.up(telephony({**NEEDED, "on_destroy": "retain"}))
    stack.assert_settled()


def test_what_the_program_holds_as_a_secret_is_in_no_warning_and_in_no_state(
    stack: Stack, colleague: Telephony, emulator: Emulator
) -> None:
    stack.configure("source", stack.secret("canary-of-a-source"), secret=True)
    secret = {"caller": Code('pulumi.Config().require_secret("source")')}
    given = {**NEEDED, "request_context_mapping": secret}
    hidden = "request_context_mapping: [secret] -> [secret]"
    colleague.add(TOKEN, requestContextMapping={"their": "own"})
    stack.write(telephony(given))
    assert hidden in stack.run("preview").output
    assert hidden in stack.up()
    colleague.has(requestContextMapping={"caller": "canary-of-a-source"})
    stack.assert_settled()

    colleague.change(requestContextMapping={"their": "other"})
    with emulator.inject(UPDATE, Answer(500, after=True, retry_after=NEVER)):
        changed = telephony({**given, "call_creation_allowed_agent_ids": [ALICE]}, options=SHORT)
        said = stack.up(changed, fails=True)

    assert hidden in said
    assert f"whether {NOUN} was changed is not known" in said
    stack.run("stack", "export")
    stack.refresh()
    stack.up()
    stack.assert_settled()
    stack.destroy()
    colleague.has(requestContextMapping={"their": "own"})
