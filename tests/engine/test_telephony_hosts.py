"""A telephony of another account in the same program, and one without the host's comforts."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.stack import Stack
from tests.engine.telephony import FULL, NEXT, SID, TOKEN, Telephony, in_state, telephony, token

ACME, ACME_SECRET = "acme0000", "CanaryOfTheKeyOfAcme012345678901"


@pytest.fixture
def colleague(stack: Stack, emulator: Emulator) -> Telephony:
    return Telephony.with_stack(stack, emulator)


def test_a_provider_serves_the_telephony_of_another_account(stack: Stack, colleague: Telephony) -> None:
    stack.environment["ACME_KEY"] = f"{ACME}.{stack.secret(ACME_SECRET)}"
    acme = 'import os\nacme = Provider("acme", ultravox_api_key=os.environ["ACME_KEY"])\n'
    theirs = telephony({**FULL, "auth_token": token("next")}, "theirs", "provider=acme")

    stack.up(acme + telephony() + theirs)

    assert sorted(in_state(stack)) == ["desk", "theirs"]
    colleague.has(TOKEN)
    shown = colleague.shown(ACME)
    assert shown is not None
    assert shown["authTokenPrefix"] == {"prefix": NEXT[:4]}
    stack.assert_settled()
    stack.destroy()
    assert (colleague.shown(), colleague.shown(ACME)) == (None, None)


def test_it_lives_with_all_tricks_switched_off(stack: Stack, colleague: Telephony) -> None:
    stack.environment["SWITCHBOARD_PLAIN_HOST"] = "1"

    with colleague.requests("GET", "GET", "POST"):
        stack.up(telephony(FULL))
    with colleague.requests("GET", "PATCH", accountSid=SID, authToken=NEXT):
        stack.up(telephony({**FULL, "auth_token": token("next")}))
    colleague.change(requestContextMapping={"else": "where"})
    stack.refresh()
    with colleague.requests("GET", "PATCH", requestContextMapping={"From": "caller.number"}):
        stack.up()
    stack.assert_settled()
    with colleague.requests("GET", "DELETE"):
        stack.destroy()
    assert colleague.shown() is None
