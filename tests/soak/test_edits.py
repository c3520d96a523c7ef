"""Programs made at random can be deployed, and a setting that is not as it has to be is noticed."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.engine.programs import VOICE, WEBHOOKS
from tests.soak.arguments import empty, fields
from tests.soak.draw import Draw
from tests.soak.edits import edited_step
from tests.soak.program import SAMPLES, SETTINGS, Item, Place, Program, source
from tests.soak.settings import Setting, with_possible_policies
from tests.soak.step import Step

STEPS, SEEDS = 30, range(20)
DONE = (
    "add", "change", "remove", "move with", "move without", "regroup",
    "replace on", "force", "name", "order",
)  # fmt: skip
"""How the edits are told; a move has an alias or none."""


def steps(seed: int) -> list[Step]:
    """The steps of a long life, from nothing."""
    draw, program, made = Draw(str(seed)), Program(), list[Step]()
    for _ in range(STEPS):
        step = with_possible_policies(edited_step(program, draw), dict.fromkeys(SETTINGS, True))
        made.append(step)
        program = step.after
    return made


def test_random_programs_can_be_deployed_and_every_edit_comes_to_pass() -> None:
    told: list[str] = []
    for step in (step for seed in SEEDS for step in steps(seed)):
        told += step.edits
        compile(source(step.after), "program", "exec")
        seen: set[int] = set()
        for item in step.after:
            assert item.targets <= seen, "a resource refers to a later one"
            seen.add(item.number)
        for type, sample in SAMPLES.items():
            items = step.after.of(type)
            assert len({item.place for item in items}) == len(items), "two resources have one place"
            assert len(items) <= 1 or type not in SETTINGS
            if sample.setting and sample.setting.on_destroy != "restore":
                assert all(item.policy != "restore" for item in items)
        names = [item.arguments.get("unique_name") for item in step.after.of(VOICE)]
        assert max(Counter(filter(None, names)).values(), default=1) == 1
        if len(step.edits) == 1 and "move with" in step.edits[0]:
            is_aliased = "with an alias" in step.edits[0]
            assert bool(step.new()) is bool(step.removed()) is not is_aliased

    assert all(any(f"{words} " in edit for edit in told) for words in DONE)
    assert steps(7) == steps(7) != steps(8)


@pytest.mark.parametrize("policy", ["restore", "reset", "retain"])
def test_a_setting_that_is_not_what_program_and_policy_say_is_noticed(policy: str) -> None:
    empty_ = {field.path: empty(WEBHOOKS, field.path) for field in fields(WEBHOOKS)}
    theirs = empty_ | {"method": "GET", "pre_webhook_url": "https://theirs.example.com"}
    ours = theirs | {"method": "POST"}
    program = Program((Item(WEBHOOKS, 1, Place("alpha"), {"method": "POST", "on_destroy": policy}),))
    afterwards = {"restore": theirs, "reset": empty_, "retain": ours}
    for live in (theirs, empty_, ours):
        webhooks = Setting(WEBHOOKS, theirs)
        webhooks.check(Step(Program(), program), theirs, ours, {}, is_clean=True)
        if live == afterwards[policy]:
            webhooks.check(Step(program, Program()), ours, live, {}, is_clean=True)
        else:
            with pytest.raises(AssertionError, match="webhookconfiguration_1 has left"):
                webhooks.check(Step(program, Program()), ours, live, {}, is_clean=True)
    with pytest.raises(AssertionError, match="webhookconfiguration_1 has method"):
        Setting(WEBHOOKS, theirs).check(Step(Program(), program), theirs, theirs, {}, is_clean=True)
