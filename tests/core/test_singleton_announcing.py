"""What the user is told of a singleton that is taken over, in the preview and when it happens."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.values import UNKNOWN
from pulumi_switchboard.errors import (
    AccountMismatchError,
    CancelledError,
    DeadlineError,
    LostAnswerError,
    SwitchboardError,
    UnreachableError,
)

from tests.core.singleton_fakes import refusal
from tests.core.singleton_programs import PROGRAM
from tests.core.singleton_stack import Crash, Stack

HOOK, THEIRS = "https://ours.example/secret", "ftp://theirs.example/secret"


def test_of_an_object_that_is_as_the_program_says_nothing_is_known_and_nothing_written(stack: Stack) -> None:
    stack.vendor.someone_sets(room="cellar", colours=["blue", "red"], method="post")

    stack.up({**PROGRAM, "method": "POST"})

    assert stack.requests() == ["read", "read"]
    assert stack.taken.found == {}
    (told,) = stack.told()
    assert told.startswith("the account's lamp is as the program says already: this resource manages it")
    assert "destroying the resource leaves it as it is" in told
    assert "--clear-pending-creates" in told


@pytest.mark.parametrize("policy", ["reset", "retain"])
def test_it_is_not_explained_what_is_not_put_back_anyway(stack: Stack, policy: str) -> None:
    stack.vendor.someone_sets(room="cellar", colours=["blue", "red"])

    stack.up({**PROGRAM, "on_destroy": policy})

    assert "destroying" not in stack.told()[0]


def test_each_value_that_is_overwritten_is_told_and_of_a_secret_its_hint_alone(stack: Stack) -> None:
    stack.vendor.someone_sets(colours=["green"], hook=THEIRS, mode="cold", owner="anna", key="k-1")

    stack.up({**PROGRAM, "hook": HOOK, "mode": "cold", "owner": "anna", "key": "xx", "on_destroy": "reset"})

    head, *lines, end = stack.told()[0].splitlines()
    assert head == "this resource takes over the account's lamp, and overwrites what is there:"
    assert lines == [
        '  room: "hall" -> "cellar"',
        '  colours: ["green"] -> ["red", "blue"]',
        "  hook: ftp… -> htt…",
        "  key: what can't be read -> [secret]",
    ]
    assert end.startswith("Destroying the resource does not put that back")


def test_a_value_that_is_taken_away_is_told_as_such_and_a_long_one_in_short(stack: Stack) -> None:
    stack.vendor.someone_sets(hook=THEIRS, labels={"of": "x" * 300})

    stack.up({"room": "hall", "hook": "", "labels": {}})

    lines = stack.told()[0].splitlines()
    assert "  hook: ftp… -> nothing" in lines
    assert any(line.startswith('  labels: {"of": "xxx') and line.endswith("x… -> nothing") for line in lines)


def test_what_was_empty_is_overwritten_without_a_word(stack: Stack) -> None:
    stack.vendor.someone_sets(room="cellar", mode="warm", dimmed=False)

    stack.up({"room": "cellar", "colours": ["red"], "hook": HOOK, "mode": "cold", "dimmed": True})

    assert stack.told() == []


def test_to_manage_what_is_empty_and_stays_so_needs_no_word(stack: Stack) -> None:
    stack.vendor.someone_sets(room="")

    stack.life().create({"mode": "warm", "hook": "", "levels": []})

    assert stack.told() == []


@pytest.mark.parametrize("policy", ["restore", "reset", "retain"])
def test_a_preview_needs_one_look_and_says_what_the_create_will_say(stack: Stack, policy: str) -> None:
    stack.vendor.someone_sets(colours=["green"])
    program = {**PROGRAM, "on_destroy": policy}

    stack.life().foresee(program)
    foreseen, requests = stack.told(), stack.requests()
    stack.life().create(program)

    assert requests == ["read"]
    assert foreseen == stack.told() != []


@pytest.mark.parametrize(
    "trouble",
    [
        UnreachableError("no way"),
        LostAnswerError("no answer"),
        DeadlineError("too late"),
        refusal(503),
        refusal(429),
    ],
)
def test_a_preview_that_can_not_look_goes_on_with_a_warning(stack: Stack, trouble: SwitchboardError) -> None:
    stack.vendor.unreadable = [trouble]

    stack.life().foresee(PROGRAM)

    (warning,) = stack.told()
    assert warning.startswith("the account's lamp could not be read, so the values that will be overwritten")
    assert warning.endswith(trouble.summary)


@pytest.mark.parametrize(
    "trouble", [refusal(401), refusal(403), AccountMismatchError("another account"), CancelledError("over")]
)
def test_a_preview_fails_if_the_create_would_fail_in_the_same_way(
    stack: Stack, trouble: SwitchboardError
) -> None:
    stack.vendor.unreadable = [trouble]

    with pytest.raises(type(trouble), match=trouble.summary.split(" (")[0]):
        stack.life().foresee(PROGRAM)

    assert stack.told() == []


def test_a_preview_tells_what_will_be_overwritten_by_what_it_does_not_know_yet(stack: Stack) -> None:
    stack.vendor.someone_sets(colours=["green"], hook=THEIRS)

    stack.life().foresee({"room": UNKNOWN, "colours": [UNKNOWN, "red"], "hook": UNKNOWN, "labels": UNKNOWN})

    assert stack.told()[0].splitlines()[1:4] == [
        '  room: "hall" -> what is known during the update only',
        '  colours: ["green"] -> what is known during the update only',
        "  hook: ftp… -> what is known during the update only",
    ]


def test_a_preview_that_does_not_know_the_policy_tells_nothing(stack: Stack) -> None:
    stack.vendor.someone_sets(colours=["green"])

    stack.life().foresee({**PROGRAM, "on_destroy": UNKNOWN})

    assert (stack.told(), stack.requests()) == ([], [])


def test_after_a_take_over_that_was_cut_off_it_can_not_be_told_whose_it_is_and_that_is_said(
    stack: Stack,
) -> None:
    stack.vendor.someone_sets(colours=["green"])
    stack.crashes = True
    with pytest.raises(Crash):
        stack.up(PROGRAM)
    stack.told()

    stack.up({**PROGRAM, "room": "attic"})

    _, line, end = stack.told()[0].splitlines()
    assert line == '  room: "cellar" -> "attic"'
    assert end == (
        "Destroying the resource puts back what was there. Some of that is as the program says already: "
        "if an earlier run was cut off, it may have put all of it there"
    )


def test_an_update_tells_what_it_overwrites_in_fields_that_it_manages_from_now_on(stack: Stack) -> None:
    stack.up(PROGRAM)
    stack.vendor.someone_sets(mode="tepid", hook=THEIRS, labels={})

    stack.up({**PROGRAM, "room": "attic", "mode": "warm", "hook": HOOK, "labels": {"of": "anna"}})

    assert [warning.splitlines() for warning in stack.told()] == [
        [
            "this resource takes over the account's lamp, and overwrites what is there:",
            "  hook: ftp… -> htt…",
            '  mode: "tepid" -> "warm"',
            "Destroying the resource puts back what was there",
        ]
    ]


@pytest.mark.parametrize("policy", ["restore", "reset", "retain"])
def test_a_preview_tells_what_an_update_will_overwrite_in_new_fields_and_says_it_once(
    stack: Stack, policy: str
) -> None:
    stack.vendor.someone_sets(mode="cold", hook=THEIRS, room="cellar")
    stack.up({**PROGRAM, "on_destroy": policy})
    stack.told()
    stack.requests()
    program = {**PROGRAM, "mode": "warm", "hook": HOOK, "labels": {"of": "anna"}, "on_destroy": policy}

    stack.diff(program)
    foreseen = stack.told()
    assert stack.requests() == []
    stack.up(program)

    assert foreseen == stack.told()
    assert foreseen[0].splitlines()[1:-1] == ["  hook: ftp… -> htt…", '  mode: "cold" -> "warm"']
    stack.diff(program)
    assert stack.told() == []


def test_a_preview_tells_of_new_fields_as_far_as_it_knows_them(stack: Stack) -> None:
    stack.vendor.someone_sets(mode="cold", hook=THEIRS)
    stack.up(PROGRAM)
    stack.told()

    stack.diff({**PROGRAM, "hook": UNKNOWN, "on_destroy": UNKNOWN})
    assert stack.told() == []
    stack.diff({**PROGRAM, "hook": UNKNOWN})
    assert stack.told()[0].splitlines()[1] == "  hook: ftp… -> what is known during the update only"


def test_an_update_says_nothing_of_new_fields_that_are_as_the_program_says(stack: Stack) -> None:
    stack.up(PROGRAM)
    stack.vendor.someone_sets(mode="cold")

    stack.up({**PROGRAM, "mode": "cold"})

    assert stack.told() == []
