"""Kills, lost answers and refusals: the next run brings the webhooks to what the program says."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold, Reset, Stall, Truncate
from pulumi_switchboard.emulator.faults.action import Action

from tests.engine.kills import Kill, each_kill, up_and_kill
from tests.engine.processes import Command
from tests.engine.stack import Stack
from tests.engine.webhooks import (
    LEFT,
    NOUN,
    OURS,
    READ,
    SAME,
    THEIRS,
    WRITE,
    Webhooks,
    account_of,
    in_accounts,
    names,
    warnings,
    webhooks,
)


@pytest.fixture
def colleague(emulator: Emulator) -> Webhooks:
    return Webhooks(emulator)


@each_kill
def test_a_take_over_that_was_killed_before_state_had_it_is_found_done_by_the_next_run(
    stack: Stack, emulator: Emulator, colleague: Webhooks, kill: Kill
) -> None:
    colleague.change(**THEIRS)
    stack.write(webhooks(OURS))
    up_and_kill(stack, [emulator.inject(WRITE, Hold("after"))], kill)
    assert colleague.new_writes() == ["POST"]
    assert colleague.shown() == OURS

    said = stack.up()
    assert SAME in warnings(said)[0]
    assert "pulumi refresh --clear-pending-creates" in warnings(said)[0]
    assert colleague.new_writes() == []
    stack.assert_settled()

    assert LEFT in warnings(stack.destroy())[0]
    assert colleague.new_writes() == []
    assert colleague.shown() == OURS


def test_an_update_that_was_killed_is_found_done_and_what_was_found_first_is_put_back(
    stack: Stack, emulator: Emulator, colleague: Webhooks
) -> None:
    colleague.change(**THEIRS)
    stack.up(webhooks({**OURS, "method": "GET"}))
    stack.write(webhooks(OURS))
    up_and_kill(stack, [emulator.inject(WRITE, Hold("after"))], Command.kill_both)
    assert colleague.new_writes() == ["POST", "POST"]

    stack.up()
    assert colleague.new_writes() == []
    stack.assert_settled()
    assert warnings(stack.destroy()) == []
    assert colleague.shown() == THEIRS


PASSING: dict[str, tuple[str, Action]] = {
    "cut": (WRITE, Reset(after=True)),
    "torn": (WRITE, Truncate()),
    "shaky": (WRITE, Answer(500, after=True)),
    "proxy": (WRITE, Answer(200, text="<html></html>")),
    "busy": (WRITE, Answer(429, retry_after=1)),
    "snapped": (READ, Reset()),
}
"""What passes while a call goes on."""


def test_trouble_that_passes_is_never_seen(stack: Stack, emulator: Emulator, colleague: Webhooks) -> None:
    colleague.change(**THEIRS)

    for number, (place, action) in enumerate(PASSING.values()):
        with emulator.inject(place, action):
            said = stack.up(webhooks({**OURS, "filters": [f"onEvent{number}"]}))
        assert [
            text for text in warnings(said) if "not documented" not in text and "takes over" not in text
        ] == []
        assert colleague.shown() == {**OURS, "filters": [f"onEvent{number}"]}
        assert colleague.new_writes() == ["POST", "POST"][: 2 if place == WRITE else 1]
    stack.assert_settled()

    with emulator.inject(WRITE, Reset(after=True)):
        stack.destroy()
    assert colleague.new_writes() == ["POST", "POST"]
    assert colleague.shown() == THEIRS


SHORT = 'custom_timeouts=pulumi.CustomTimeouts(create="5s", update="5s")'
LASTING: dict[str, Action] = {
    "severed": Reset(),
    "sundered": Reset(after=True),
    "late": Stall(),
    "refused": Answer(400),
}
"""What lasts longer than a call."""


def test_trouble_that_lasts_is_told_and_settled_by_the_next_update(stack: Stack, emulator: Emulator) -> None:
    colleagues = {name: Webhooks(emulator, account_of(name)) for name in LASTING}
    for colleague in colleagues.values():
        colleague.change(**THEIRS)
    still_open = sorted({*LASTING} - {"refused"})

    for method, known in (("POST", still_open), ("GET", sorted(LASTING))):
        cases = {name: {**OURS, "method": method, "filters": [f"{method}-{name}"]} for name in LASTING}
        faults = [
            emulator.inject(WRITE, action, where=f"{method}-{name}", times=None)
            for name, action in LASTING.items()
        ]
        said = stack.up(in_accounts(cases, SHORT), "--parallel", "8", "--continue-on-error", fails=True)
        for fault in faults:
            assert fault.fired
            fault.remove()

        diagnostics = said.partition("Diagnostics:")[2]
        assert diagnostics.count(f"whether {NOUN} was changed is not known") == len(still_open)
        assert diagnostics.count("run `pulumi up` again: it brings it to what the program says") == len(
            still_open
        )
        assert "(HTTP 400" in diagnostics
        assert sorted(names(stack)) == known

        colleagues["late"].new_requests()
        stack.up(None, "--parallel", "8")
        assert len(colleagues["late"].new_writes()) == len(LASTING)
        assert {name: colleague.shown() for name, colleague in colleagues.items()} == cases
    stack.assert_settled()

    stack.destroy("--parallel", "8")
    assert [colleague.shown() for colleague in colleagues.values()] == [THEIRS] * len(LASTING)
