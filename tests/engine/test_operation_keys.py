"""What a key of an earlier run leads to after a kill: late views, keys that are refused, keys forgotten."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Literal

import pytest
from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Hold

from tests.engine.kills import up_and_kill
from tests.engine.operations import assert_as_programmed, program
from tests.engine.orchestrator import CREATE, READ, Orchestrator
from tests.engine.orchestrator import ids as ids_in_state
from tests.engine.processes import Command
from tests.engine.stack import Stack

MADE = program(["made"])
OTHER_GROUPING = MADE.replace("GROUP_BY_PROFILE", "GROUP_BY_PARTICIPANT_ADDRESSES")
MORE_THAN_A_DAY = 90_000


def made_and_killed(stack: Stack, emulator: Emulator) -> str:
    """Kill a run whose create was accepted and is over; returns the id of the object."""
    stack.write(MADE)
    up_and_kill(stack, [emulator.inject(CREATE, Hold("after"))], Command.kill_cli)
    assert ids_in_state(stack) == {}
    return str(Orchestrator(emulator).only()["id"])


@pytest.mark.parametrize("text", ["first", "second"], ids=["program unchanged", "program edited"])
def test_an_object_that_is_shown_late_is_taken_up_after_a_kill_at_its_completion(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    now = time.time()
    still = SimpleNamespace(time=lambda: now, monotonic=lambda: 0.0)
    monkeypatch.setattr("pulumi_switchboard.emulator.clock.time", still)
    with Emulator(switches=Switches(orchestrator_lag=3)) as emulator:
        stack.endpoint = emulator.url
        stack.write(MADE)
        up_and_kill(stack, [emulator.inject(READ, Hold("after"))], Command.kill_cli)
        emulator.advance(5)

        said = stack.up(program(["made"], text))

        assert "was made for this resource by an earlier run" in said
        stack.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
        assert_as_programmed(stack, emulator, ["made"], text)


@pytest.mark.parametrize("text", ["first", "second"], ids=["program unchanged", "program edited"])
def test_an_object_that_goes_and_comes_again_though_it_is_shown_late_is_there_once(
    stack: Stack, text: str
) -> None:
    with Emulator(switches=Switches(orchestrator_lag=3)) as emulator:
        stack.endpoint = emulator.url
        stack.up(program(["stays", "cycled"]))
        stack.up(program(["stays"]))

        stack.up(program(["stays", "cycled"], text))

        assert_as_programmed(stack, emulator, ["stays", "cycled"], text)


@pytest.mark.parametrize("policy", ["refuse", "conflict"])
def test_a_key_that_is_refused_for_an_edited_program_makes_another_object_and_warns_of_the_first(
    stack: Stack, policy: Literal["refuse", "conflict"]
) -> None:
    with Emulator(switches=Switches(orchestrator_key_with_other_content=policy)) as emulator:
        stack.endpoint = emulator.url
        first = made_and_killed(stack, emulator)

        said = stack.up(program(["made"], "second"))

        assert "an earlier run has asked for this object with other arguments" in said
        assert "look for an object of the same name that no one manages" in said
        there = set(Orchestrator(emulator).all())
        assert there == {first, ids_in_state(stack)["made"]}
        assert len(there) == 2
        stack.assert_settled()


def test_a_key_that_is_refused_leads_to_the_first_object_again_once_the_program_is_as_it_was(
    stack: Stack,
) -> None:
    with Emulator(switches=Switches(orchestrator_key_with_other_content="refuse")) as emulator:
        stack.endpoint = emulator.url
        first = made_and_killed(stack, emulator)
        stack.up()
        assert_as_programmed(stack, emulator, ["made"])
        assert ids_in_state(stack) == {"made": first}


def test_after_more_than_a_day_a_create_that_was_killed_is_made_again(
    stack: Stack, emulator: Emulator
) -> None:
    first = made_and_killed(stack, emulator)
    emulator.advance(MORE_THAN_A_DAY)

    stack.up()

    assert set(Orchestrator(emulator).all()) == {first, ids_in_state(stack)["made"]}
    assert ids_in_state(stack)["made"] != first, "the vendor has forgotten the key: a documented limit"
    stack.assert_settled()


def test_an_object_that_can_not_become_what_the_program_says_after_a_kill_is_told(
    stack: Stack, emulator: Emulator
) -> None:
    first = made_and_killed(stack, emulator)

    said = stack.up(OTHER_GROUPING)

    assert ids_in_state(stack)["made"] != first
    stack.assert_settled()
    assert first in said or first not in Orchestrator(emulator).all(), (
        "no one manages it, and no one knows it"
    )
