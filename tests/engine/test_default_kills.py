"""Whoever is killed while the default is moved: the next run goes on, and what is not known is left alone."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold

from tests.engine.defaults import LEFT, NOUN, PLACE, TOKEN, default, managed
from tests.engine.kills import Kill, each_kill, up_and_kill
from tests.engine.processes import Command
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

MOVES = f"POST {PLACE}/Default"


@each_kill
def test_a_take_over_that_was_killed_is_gone_on_with_and_never_given_back(
    stack: Stack, emulator: Emulator, vendor: Vendor, kill: Kill
) -> None:
    old, new = vendor.add_client("old"), vendor.add_client("new")
    vendor.set_default(old)
    stack.write(default(new))

    up_and_kill(stack, [emulator.inject(MOVES, Hold("after"))], kill)
    assert managed(stack) is None
    assert vendor.default() == new
    vendor.new_writes()

    said = stack.up()
    assert f"{NOUN} is as the program says already: this resource manages it from now on" in said
    assert "what was there before may have been something else" in said
    assert managed(stack) == new
    stack.assert_settled()

    said = stack.destroy()
    assert f"{LEFT}what was there before is not known" in said
    assert vendor.new_writes() == []
    assert vendor.default() == new


def test_a_move_that_was_killed_is_gone_on_with_and_given_back(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    old, new, third = (vendor.add_client(name) for name in ("old", "new", "third"))
    vendor.set_default(old)
    stack.up(default(new))
    stack.write(default(third))

    up_and_kill(stack, [emulator.inject(MOVES, Hold("after"))], Command.kill_both)
    assert managed(stack) == new
    assert vendor.default() == third
    vendor.new_writes()

    stack.up()
    assert managed(stack) == third
    assert vendor.new_writes() == []
    stack.assert_settled()

    stack.destroy()
    assert vendor.default() == old
    assert vendor.new_writes() == ["POST"]


@each_kill
def test_a_destroy_that_was_killed_is_gone_on_with(
    stack: Stack, emulator: Emulator, vendor: Vendor, kill: Kill
) -> None:
    old, new = vendor.add_client("old"), vendor.add_client("new")
    vendor.set_default(old)
    stack.up(default(new))

    up_and_kill(stack, [emulator.inject(MOVES, Hold("after"))], kill, verb="destroy")
    assert managed(stack) == new
    assert vendor.default() == old
    vendor.new_writes()

    assert NOUN not in stack.destroy()
    assert vendor.new_writes() == []
    assert vendor.default() == old
    assert stack.resources(TOKEN) == []
