"""A telephony in trouble: whatever happens, the next run ends as the program says, and no token is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold, Reset

from tests.engine.faults import PROXY_PAGE
from tests.engine.kills import Kill, each_kill, up_and_kill
from tests.engine.processes import Command
from tests.engine.stack import Stack
from tests.engine.telephony import (
    ALICE,
    CREATE,
    KEY_NAME,
    KEY_SECRET,
    NEEDED,
    NEXT,
    NOUN,
    READ,
    SID,
    SIGNED,
    TOKEN,
    UPDATE,
    Telephony,
    in_state,
    telephony,
    token,
    urn,
)

TAKEN_UP = f"{NOUN} is as the program says already: this resource manages it from now on"
ROTATED = {**NEEDED, "auth_token": token("next")}
MAPPED = {**NEEDED, "request_context_mapping": {"a": "b"}}
KEY_REFUSED = ("check the Ultravox API key, ultravox:apiKey or ULTRAVOX_API_KEY", "--run-program")


@pytest.fixture
def colleague(stack: Stack, emulator: Emulator) -> Telephony:
    return Telephony.with_stack(stack, emulator)


@each_kill
def test_a_create_that_was_killed_is_taken_up(
    stack: Stack, colleague: Telephony, emulator: Emulator, kill: Kill
) -> None:
    stack.write(telephony())
    up_and_kill(stack, [emulator.inject(CREATE, Hold("after"))], kill)
    colleague.has()
    assert in_state(stack) == []

    with colleague.requests("GET", "GET"):
        assert TAKEN_UP in stack.up()
    stack.assert_settled()


def test_an_update_that_was_killed_is_done_by_the_next_run(
    stack: Stack, colleague: Telephony, emulator: Emulator
) -> None:
    stack.up(telephony())
    stack.write(telephony(ROTATED))
    up_and_kill(stack, [emulator.inject(UPDATE, Hold("after"))], Command.kill_both)
    colleague.has(NEXT)
    with colleague.requests("GET", "PATCH", accountSid=SID, authToken=NEXT):
        stack.up()
    stack.assert_settled()


def test_a_lost_answer_is_settled_by_the_next_up_and_a_refused_token_is_not_told(
    stack: Stack, colleague: Telephony, emulator: Emulator
) -> None:
    stack.environment["SWITCHBOARD_LOG"] = "debug"
    with emulator.inject(CREATE, Reset(after=True)):
        said = stack.up(telephony(MAPPED), fails=True)
    assert f"whether {NOUN} was changed is not known" in said
    assert "run `pulumi up` again" in said
    assert f"POST {stack.endpoint}/api.ultravox.ai/" in said
    assert in_state(stack) == ["desk"]
    everything = {**SIGNED, "requestContextMapping": {"a": "b"}}
    with emulator.inject(UPDATE, Answer(429)), colleague.requests("GET", "PATCH", "PATCH", **everything):
        stack.up()
    stack.assert_settled()

    refused = Answer(400, json={"authToken": [f"{NEXT} is bad"], "detail": f"https://x?token={NEXT}"})
    with emulator.inject(UPDATE, refused):
        said = stack.up(telephony(ROTATED), fails=True)
    assert "Ultravox answered: authToken: [secret] is bad" in said
    assert in_state(stack) == ["desk"]
    stack.write(telephony(MAPPED))
    stack.assert_settled()
    with colleague.requests("GET", "DELETE"):
        stack.destroy()
    assert colleague.shown() is None


def test_a_rename_and_a_replacement_touch_nothing(stack: Stack, colleague: Telephony) -> None:
    stack.up(telephony())
    with colleague.requests("GET", "GET"):
        said = stack.up(None, "--replace", urn(stack))
    assert TAKEN_UP in said
    assert f"{NOUN} is left as it is: it is managed as {urn(stack)} now" in said

    with colleague.requests("GET", "GET"):
        said = stack.up(telephony(name="front"))
    assert TAKEN_UP in said
    assert f"{NOUN} is left as it is: it is managed as {urn(stack, 'front')} now" in said
    assert in_state(stack) == ["front"]
    colleague.has()
    stack.assert_settled()


def test_two_resources_and_bad_arguments_are_refused_before_a_request(
    stack: Stack, colleague: Telephony
) -> None:
    many = [f"{ALICE[:-3]}{number:03}" for number in range(101)]
    odd = {"account_sid": "SK" + "1" * 32, "auth_token": "", "call_creation_allowed_agent_ids": ["7"]}
    both = {"call_creation_allowed_agent_ids": [ALICE], "call_creation_allow_all_agents": True}
    for arguments, problems in (
        (odd, ("account_sid: is not", "auth_token: must have", "call_creation_allowed_agent_ids[0]: is not")),
        ({"call_creation_allowed_agent_ids": many}, ("must have at most 100 items",)),
        (both, ("exclude each other: give one of the two",)),
    ):
        stack.write(telephony({**NEEDED, **arguments}))
        said = stack.preview(fails=True)
        assert all(problem in said for problem in problems), said
    assert colleague.new_requests() == []

    stack.write(telephony() + telephony(name="other"))
    assert "is managed by two resources, the other one is " in stack.preview(fails=True)
    assert colleague.new_requests() in ([], ["GET"]), "one of the two is as good as any"
    assert colleague.shown() is None


@pytest.fixture
def strict() -> Iterator[Emulator]:
    """The vendor, with one account and its one key."""
    with Emulator(accounts={KEY_NAME: KEY_SECRET}) as running:
        yield running


def test_a_key_that_is_missing_malformed_or_wrong_is_told_with_its_remedy(
    stack: Stack, strict: Emulator
) -> None:
    colleague = Telephony.with_stack(stack, strict)
    key = stack.environment.pop("ULTRAVOX_API_KEY")
    wrong = f"{KEY_NAME}.{stack.secret('CanaryOfAWrongKey012345678901234')}"
    stack.write(telephony())

    assert "there is no Ultravox API key" in stack.preview(fails=True)
    stack.environment["ULTRAVOX_API_KEY"] = f"{wrong} "
    assert "ultravox:apiKey (ULTRAVOX_API_KEY) in the environment is not an API key" in stack.preview(
        fails=True
    )
    assert colleague.new_requests() == []
    stack.environment["ULTRAVOX_API_KEY"] = wrong
    for verb in (stack.preview, stack.up):
        said = verb(fails=True)
        assert all(text in said for text in ("error: ", "HTTP 403", *KEY_REFUSED)), said
    assert in_state(stack) == []

    stack.environment["ULTRAVOX_API_KEY"] = key
    stack.up()
    stack.environment["ULTRAVOX_API_KEY"] = wrong
    colleague.new_requests()
    for verb in (stack.refresh, stack.destroy):
        with colleague.requests("GET"):
            said = verb(fails=True)
        assert all(text in said for text in ("HTTP 403", *KEY_REFUSED)), said
    stack.environment["ULTRAVOX_API_KEY"] = key
    for verb in (stack.refresh, stack.destroy):
        with strict.inject(READ, Answer(404, text=PROXY_PAGE)):
            said = verb(fails=True)
        assert "this is no answer of Ultravox's: check for a proxy in between" in said
    assert in_state(stack) == ["desk"]
    colleague.has(TOKEN)
    stack.assert_settled()
