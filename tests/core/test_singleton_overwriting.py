"""What an update of a singleton says of what it is about to overwrite."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import LostAnswerError

from tests.core.singleton_programs import FULL, PROGRAM, SIGNED
from tests.core.singleton_stack import Stack

HEAD = "the account's lamp is not as the last finished update has left it, and this one overwrites that:"
THEIRS = "ftp://theirs.example/secret"


def test_what_someone_else_has_changed_in_managed_fields_is_not_overwritten_in_silence(stack: Stack) -> None:
    stack.up(FULL)
    stack.vendor.someone_sets(colours=["pink"], hook=THEIRS, labels={}, shade="paper")

    stack.up({**FULL, "room": "attic"})

    assert [warning.splitlines() for warning in stack.told()] == [
        [
            HEAD,
            '  colours: ["pink"] -> ["red", "blue"]',
            "  hook: ftp… -> htt…",
            '  labels: nothing -> {"of": "anna"}',
        ]
    ]
    assert stack.shown("colours", "shade") == [["red", "blue"], "paper"]


def test_what_someone_else_has_put_into_an_argument_that_is_left_out_now_is_not_cleared_in_silence(
    stack: Stack,
) -> None:
    stack.up(FULL)
    stack.vendor.someone_sets(hook=THEIRS, method="GET", mode="warm")

    stack.up({name: value for name, value in FULL.items() if name not in ("hook", "mode")})

    assert stack.told() == [f'{HEAD}\n  method: "GET" -> "post"\n  hook: ftp… -> nothing']


def test_an_object_that_someone_else_has_put_up_anew_is_not_overwritten_in_silence(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_takes_it_away()
    stack.vendor.someone_sets(**{**SIGNED, "owner": "otto", "key": "theirs"})

    stack.up({**SIGNED, "room": "attic"})

    assert stack.told() == [
        f'{HEAD}\n  owner: "otto" -> "anna"\n  key: what can\'t be read -> [secret]',
    ]


def test_of_what_the_program_holds_as_a_secret_nothing_is_shown(stack: Stack) -> None:
    stack.secrets = frozenset({"labels", "room", "hook", "mode"})
    stack.vendor.someone_sets(labels={"of": "otto"}, hook=THEIRS)

    stack.up(FULL)
    assert stack.told()[0].splitlines()[1:-1] == [
        "  room: [secret] -> [secret]",
        "  hook: ftp… -> htt…",
        "  labels: [secret] -> [secret]",
    ]
    stack.vendor.someone_sets(labels={}, mode="tepid")
    stack.up({**FULL, "room": "attic"})
    assert stack.told()[0].splitlines()[1:] == [
        "  mode: [secret] -> [secret]",
        "  labels: nothing -> [secret]",
    ]


def test_what_a_look_has_shown_already_is_overwritten_without_a_word(stack: Stack) -> None:
    stack.up(SIGNED)
    stack.vendor.someone_sets(colours=["pink"], hook=THEIRS, key="theirs")
    stack.refresh()

    stack.up(SIGNED)

    assert stack.told() == []
    assert stack.shown("colours", "key") == [["red", "blue"], "ours"]


@pytest.mark.parametrize("fate", ["done", "not done"])
def test_what_an_open_write_of_ours_has_left_is_overwritten_without_a_word(stack: Stack, fate: str) -> None:
    stack.vendor.someone_sets(colours=["green"])
    stack.vendor.lost = [fate, fate]
    for room in ("attic", "yard"):
        with pytest.raises(LostAnswerError):
            stack.up({**PROGRAM, "room": room})
    stack.told()

    stack.up(PROGRAM)

    assert stack.told() == []


def test_what_has_been_changed_since_an_open_write_is_not_overwritten_in_silence(stack: Stack) -> None:
    stack.vendor.someone_sets(colours=["green"])
    stack.vendor.lost = ["done"]
    with pytest.raises(LostAnswerError):
        stack.up(PROGRAM)
    stack.told()
    stack.vendor.someone_sets(colours=["pink"])

    stack.up(PROGRAM)

    assert stack.told() == [f'{HEAD}\n  colours: ["pink"] -> ["red", "blue"]']


def test_what_is_put_back_to_the_vendors_own_is_told_by_that(stack: Stack) -> None:
    program: Bag = {"room": "cellar", "mode": "cold", "dimmed": True}
    stack.up(program)
    stack.vendor.someone_sets(mode="tepid", levels=[7])

    stack.up({"room": "cellar"})

    assert stack.told() == [f'{HEAD}\n  mode: "tepid" -> "warm"\n  levels: [7] -> nothing']
