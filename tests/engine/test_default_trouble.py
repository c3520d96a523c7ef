"""The default client configuration where the vendor refuses, or does not answer: nothing is forgotten."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Answer, Reset

from tests.engine.defaults import LEFT, NEVER, NOUN, PLACE, SHORT, default, managed, options, previous
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

MOVES, UNSETS, LOOKS = (f"{method} {PLACE}/Default" for method in ("POST", "DELETE", "GET"))
DOWN = Answer(500, retry_after=NEVER)
AS_BEFORE = f"{NOUN} is managed as before"
RESET = "SWITCHBOARD_ON_DESTROY=reset for the vendor's empty state"
RETAIN = "SWITCHBOARD_ON_DESTROY=retain in the environment to leave it as it is"


def test_a_default_that_can_not_be_put_back_since_it_is_gone(stack: Stack, vendor: Vendor) -> None:
    old, new = vendor.add_client("old"), vendor.add_client("new")
    vendor.set_default(old)
    stack.up(default(new))
    vendor.delete_client(old)
    vendor.new_writes()

    said = stack.destroy(fails=True)

    assert f"{old} does not exist in account" in said
    assert AS_BEFORE in said
    assert RESET in said
    assert RETAIN in said
    assert managed(stack) == new == vendor.default()
    assert vendor.new_writes() == []
    stack.assert_settled()
    stack.environment["SWITCHBOARD_ON_DESTROY"] = "reset"
    stack.destroy()
    assert vendor.new_writes() == ["DELETE"]
    assert vendor.default() is None
    assert stack.resources() == []


def test_a_vendor_that_can_not_unset_it(stack: Stack) -> None:
    with Emulator(switches=Switches(voice_list_and_unset_default=False)) as emulator:
        stack.endpoint, vendor = emulator.url, Vendor(emulator)
        new = vendor.add_client("new")
        stack.up(default(new))
        vendor.new_writes()

        said = stack.destroy(fails=True)

        assert "HTTP 405" in said
        assert AS_BEFORE in said
        assert RETAIN in said
        assert managed(stack) == new == vendor.default()
        stack.environment["SWITCHBOARD_ON_DESTROY"] = "retain"
        stack.destroy()
        assert vendor.new_writes() == ["DELETE"], "the one that was refused"
        assert vendor.default() == new


def test_a_vendor_that_refuses_or_breaks_off(stack: Stack, emulator: Emulator, vendor: Vendor) -> None:
    old, new = vendor.add_client("old"), vendor.add_client("new")
    vendor.set_default(old)
    stack.write(default(new, options(SHORT)))

    with emulator.inject(LOOKS, DOWN):
        said = stack.preview()
    assert f"warning: {NOUN} could not be read, so the values that will be overwritten are not listed" in said

    with emulator.inject(MOVES, Answer(403)):
        said = stack.up(fails=True)
    assert "HTTP 403" in said
    assert "check the Twilio credentials" in said
    assert managed(stack) is None
    assert vendor.default() == old

    with emulator.inject(MOVES, Answer(500, after=True, retry_after=NEVER)):
        said = stack.up(fails=True)
    assert f"whether {NOUN} was changed is not known" in said
    assert managed(stack) == old, "what was seen last"
    assert vendor.default() == new
    vendor.new_writes()
    stack.up()
    assert vendor.new_writes() == ["POST"]
    assert managed(stack) == vendor.default() == new
    assert previous(stack) == old
    stack.assert_settled()

    with emulator.inject(MOVES, Answer(403)):
        said = stack.destroy(fails=True)
    assert "HTTP 403" in said
    assert AS_BEFORE in said
    assert managed(stack) == vendor.default() == new
    stack.destroy()
    assert vendor.default() == old


def test_answers_that_get_lost(stack: Stack, emulator: Emulator, vendor: Vendor) -> None:
    old, new = vendor.add_client("old"), vendor.add_client("new")
    vendor.set_default(old)

    with emulator.inject(MOVES, Reset(after=True)), emulator.inject(LOOKS, Answer(403), nth=3):
        said = stack.up(default(new, options(SHORT)))
    assert f"{NOUN} could not be looked at again: Twilio answered" in said
    assert vendor.new_writes() == ["POST", "POST"], "to move it once more changes nothing"
    assert managed(stack) == vendor.default() == new
    assert previous(stack) == old
    stack.assert_settled()

    with emulator.inject(MOVES, Answer(500, after=True, retry_after=NEVER)):
        said = stack.destroy(fails=True)
    assert "HTTP 500" in said
    assert f"The vendor asks to wait {NEVER} s" in said
    assert AS_BEFORE not in said
    assert f"whether {NOUN} was given back is not known" in said
    assert managed(stack) == new
    assert vendor.default() == old, "what is not known is that it is done already"
    assert LEFT not in stack.destroy()
    assert vendor.new_writes() == ["POST"]
    assert vendor.default() == old
