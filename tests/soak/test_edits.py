"""Programs made at random can be deployed, and a setting that is not as it has to be is noticed."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.engine.programs import VOICE, WEBHOOKS
from tests.samples.sample import REQUIRED
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


EMPTY = {field.path: empty(WEBHOOKS, field.path) for field in fields(WEBHOOKS)}
THEIRS = EMPTY | {"method": "GET", "pre_webhook_url": "https://theirs.example.com"}
OURS = THEIRS | {"method": "POST"}
NOTHING = Program()


def program(**arguments: Any) -> Program:
    return Program((Item(WEBHOOKS, 1, Place("alpha"), arguments),))


def taken_over(*, is_clean: bool = True) -> Setting:
    """Webhooks of others, after a resource has set their method."""
    webhooks = Setting(WEBHOOKS, THEIRS)
    webhooks.check(Step(NOTHING, program(method="POST")), THEIRS, OURS, {}, is_clean=is_clean)
    return webhooks


def test_a_setting_that_is_not_what_program_and_policy_say_is_noticed() -> None:
    assert all(field.cleared is not REQUIRED for field in fields(WEBHOOKS))
    ours = program(method="POST")
    cleared = Step(ours, program(target="webhook"))
    by_policy = {"restore": (THEIRS, OURS), "reset": (EMPTY, THEIRS), "retain": (OURS, THEIRS)}
    given_back = {policy: Step(program(method="POST", on_destroy=policy), NOTHING) for policy in by_policy}

    taken_over().check(cleared, OURS, OURS | {"method": None}, {}, is_clean=True)
    for policy, (right, _) in by_policy.items():
        taken_over().check(given_back[policy], OURS, right, {}, is_clean=True)
    for possible in (OURS, THEIRS):
        taken_over(is_clean=False).check(Step(ours, NOTHING), OURS, possible, {}, is_clean=True)

    wrong = [
        (Setting(WEBHOOKS, THEIRS), Step(NOTHING, ours), THEIRS, THEIRS),
        (Setting(WEBHOOKS, THEIRS), Step(NOTHING, ours), THEIRS, OURS | {"pre_webhook_url": None}),
        (taken_over(), cleared, OURS, OURS),
        *((taken_over(), given_back[policy], OURS, wrong) for policy, (_, wrong) in by_policy.items()),
        (taken_over(is_clean=False), Step(ours, NOTHING), OURS, EMPTY),
    ]
    for webhooks, step, before, live in wrong:
        with pytest.raises(AssertionError, match="webhookconfiguration_1 has"):
            webhooks.check(step, before, live, {}, is_clean=True)
