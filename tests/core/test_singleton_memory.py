"""What state remembers of a singleton; its text stands in the state of every stack, for ever."""

from __future__ import annotations

import json

import pytest
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.errors import LostAnswerError

from tests.core.singleton_stack import Stack

FULL = (
    '{"existed":false,"found":{"room":"hall","mode":null},"written":{"room":"cellar","mode":null,"levels":[1]},'
    '"before":[{"room":"attic"}],"unreadable":["key"]}'
)


def test_the_text_never_changes_between_releases() -> None:
    taken = Taken(
        existed=False,
        found={"room": "hall", "mode": None},
        written={"room": "cellar", "mode": None, "levels": [1]},
        before=[{"room": "attic"}],
        unreadable=["key"],
    )

    assert taken.text() == FULL
    assert Taken.of({"_taken": FULL}) == taken


@pytest.mark.parametrize("known", [{}, {"_taken": None}, {"_taken": "{}"}])
def test_no_memory_is_one_of_an_object_that_was_there_with_what_nobody_knows(known: dict[str, str]) -> None:
    assert Taken.of(known) == Taken()
    assert Taken().existed
    assert Taken().text() == "{}"


def test_what_a_later_release_remembers_besides_is_kept() -> None:
    text = '{"found":{"room":"hall"},"since":"noon"}'

    assert json.loads(Taken.of({"_taken": text}).with_written({"room": "attic"}).text()) == {
        "found": {"room": "hall"},
        "written": {"room": "attic"},
        "since": "noon",
    }


def test_a_life_leaves_this_text(stack: Stack) -> None:
    stack.vendor.someone_sets(colours=["green"])
    stack.up({"room": "cellar", "colours": ["red"], "owner": "anna", "key": "ours", "on_destroy": "reset"})
    stack.up({"room": "cellar", "owner": "anna", "key": "ours", "on_destroy": "reset"})
    stack.vendor.lost = ["done"]
    with pytest.raises(LostAnswerError):
        stack.up({"room": "attic", "owner": "anna", "key": "ours", "on_destroy": "reset"})

    ours = '"owner":"anna","key":"ours"'
    assert stack.known["_taken"] == (
        '{"found":{"room":"hall","colours":["green"],"owner":null},'
        f'"written":{{"room":"attic","colours":null,{ours}}},'
        f'"before":[{{"room":"cellar","colours":null,{ours}}}],"unreadable":["key"]}}'
    )


def test_a_write_that_is_tried_again_and_again_is_remembered_once(stack: Stack) -> None:
    stack.up({"room": "cellar"})
    for _ in range(5):
        stack.vendor.lost = ["not done"]
        with pytest.raises(LostAnswerError):
            stack.up({"room": "attic"})

    assert stack.taken.before == [{"room": "cellar"}, {"room": "attic"}]
