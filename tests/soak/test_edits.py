"""The programs that chance makes can be deployed, and the same seed makes the same ones."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.soak.draw import Draw
from tests.soak.edits import EDITS, edited_step
from tests.soak.policies import with_possible_policies
from tests.soak.program import Kind, Program
from tests.soak.source import source
from tests.soak.step import Step

STEPS = 30


def steps(seed: int) -> list[Step]:
    """The steps of a long life, from nothing."""
    draw, program, made = Draw(str(seed)), Program(), list[Step]()
    for _ in range(STEPS):
        step = with_possible_policies(edited_step(program, draw), has_foreign_telephony=True)
        made.append(step)
        program = step.after
    return made


@pytest.mark.parametrize("seed", range(20))
def test_programs_are_such_as_can_be_deployed(seed: int) -> None:
    for step in steps(seed):
        compile(source(step.after), "program", "exec")
        seen: set[int] = set()
        for item in step.after:
            assert item.targets <= seen, "a resource refers to a later one"
            seen.add(item.number)
        for kind in Kind:
            items = step.after.of(kind)
            assert len({item.place for item in items}) == len(items), "two resources have one place"
            assert not kind.is_setting or len(items) <= 1
        names = [item.arguments.get("unique_name") for item in step.after.of(Kind.CLIENT)]
        assert max(Counter(filter(None, names)).values(), default=1) == 1
        assert all(item.policy != "restore" for item in step.after.of(Kind.TELEPHONY))


def test_the_same_seed_makes_the_same_steps() -> None:
    assert steps(7) == steps(7)
    assert steps(7) != steps(8)


def test_every_edit_comes_to_pass() -> None:
    done = " ".join(edit for seed in range(20) for step in steps(seed) for edit in step.edits)

    for words in (
        "add", "change", "remove", "rename with", "rename without", "move with", "move without", "regroup",
        "replace on", "force", "name", "ignore the name", "order", "give its name",
    ):  # fmt: skip
        assert f"{words} " in done
    assert len(EDITS) == 13


def test_a_resource_renamed_with_an_alias_lives_on_and_one_without_does_not() -> None:
    renamed = [step for seed in range(20) for step in steps(seed) if step.edits and "rename" in step.edits[0]]

    for step in renamed:
        if len(step.edits) == 1:
            is_aliased = "with an alias" in step.edits[0]
            assert bool(step.new()) is bool(step.removed()) is not is_aliased
