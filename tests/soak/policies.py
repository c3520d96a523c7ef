"""Which values of `on_destroy` a program may have.

`restore` is refused where it could not be done, as where a value that was there before can't be read.
Where a setting becomes another resource's, what was there before is no longer known, so that another value
says more clearly what is to become of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.soak.program import REFERENCES, SAMPLES, SETTINGS, Item
from tests.soak.step import Step


def with_possible_policies(step: Step, has_foreign: Mapping[str, bool]) -> Step:
    """The step with `reset` in place of each `restore` that the program may not have.

    Args:
        step: The step.
        has_foreign: Whether others have set something before, for each account setting.
    """
    after = step.after
    for item in after.of(*SETTINGS):
        setting = SAMPLES[item.type].setting
        lost = setting is not None and setting.on_destroy != "restore" and has_foreign[item.type]
        if item.policy == "restore" and (lost or _loses_the_original(step, item)):
            after = after.changed(item, arguments={**item.arguments, "on_destroy": "reset"})
    return replace(step, after=after)


def is_taken_over_from_us(step: Step, item: Item) -> bool:
    """Whether the account's setting was another resource's, or another object of this one's, before."""
    had = bool(step.before.of(item.type))
    return had and (item in step.new() or item.number in step.replacing())


def _loses_the_original(step: Step, item: Item) -> bool:
    (old,) = step.before.of(item.type) or [item]
    differs = item.type in REFERENCES or old.arguments != item.arguments
    return is_taken_over_from_us(step, item) and differs
