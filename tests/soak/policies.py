"""Which values of `on_destroy` a program may have.

`restore` is refused where it could not be done: the token of a telephony that was there before can't be read.
Where a setting becomes another resource's, what was there before is no longer known, so that another value
says more clearly what is to become of it.
"""

from __future__ import annotations

from dataclasses import replace

from tests.soak.program import Item, Kind
from tests.soak.step import Step


def with_possible_policies(step: Step, *, has_foreign_telephony: bool) -> Step:
    """The step with `reset` in place of each `restore` that the program may not have."""
    after = step.after
    for item in after:
        foreign = item.kind is Kind.TELEPHONY and has_foreign_telephony
        if item.kind.is_setting and item.policy == "restore" and (foreign or _loses_the_original(step, item)):
            after = after.changed(item, arguments={**item.arguments, "on_destroy": "reset"})
    return replace(step, after=after)


def is_taken_over_from_us(step: Step, item: Item) -> bool:
    """Whether the account's setting was another resource's, or another object of this one's, before."""
    had = bool(step.before.of(item.kind))
    return had and (item in step.new() or item.number in step.replacing())


def _loses_the_original(step: Step, item: Item) -> bool:
    (old,) = step.before.of(item.kind) or [item]
    differs = item.kind is Kind.DEFAULT or old.arguments != item.arguments
    return is_taken_over_from_us(step, item) and differs
