"""Account settings: what others have set, what the program sets, and what a destroy restores.

While a resource manages a setting, the fields that it gives have its values, those that it gave once are
empty, and all others are as others have set them. Afterwards `on_destroy` decides. `restore` puts
back every field that was ever given. Where a run was disturbed that gave one for the first time, and
where the setting was another resource's before, the provider can't know what was there, and may leave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.soak.arguments import empty, given
from tests.soak.program import REFERENCES, SAMPLES, SETTINGS, Item
from tests.soak.step import Step

Values = Mapping[str, Any]


@dataclass
class Setting:
    """One setting of the account through the life of a stack."""

    type: str
    original: Values
    """What others have set."""
    given: set[str] = field(default_factory=set)
    """The fields that the resource has ever given."""
    unsure: set[str] = field(default_factory=set)
    """Those of which the provider may not know what was there before."""
    earlier: list[Values] = field(default_factory=list)
    """What other resources of ours have put there before this one."""

    def check(
        self, step: Step, before: Values, live: Values, ids: Mapping[int, str], *, is_clean: bool
    ) -> None:
        """The setting is as it must be after a step, before which it held other values."""
        items = step.after.of(self.type)
        if items:
            self._managed(step, items[0], before, live, given(items[0], ids), is_clean=is_clean)
        elif step.before.of(self.type):
            self._given_back(step.before.of(self.type)[0], before, live)
        else:
            assert live == self.original, f"{self.type} was changed: {live}"

    def released(self) -> None:
        """Forget the resource; the setting is that of others again."""
        self.given, self.unsure, self.earlier = set(), set(), []

    def _managed(
        self, step: Step, item: Item, before: Values, live: Values, wanted: Values, *, is_clean: bool
    ) -> None:
        if is_taken_over_from_us(step, item):
            self.earlier.append(before)
            self.unsure |= set(before)
        for name, value in live.items():
            assert value in self._possible(name, wanted, before), f"{item.variable} has {name}={value!r}"
        fresh = wanted.keys() - self.given
        if not is_clean or all(before[name] == wanted[name] for name in fresh):
            self.unsure |= fresh
        self.given |= wanted.keys()

    def _possible(self, name: str, wanted: Values, before: Values) -> list[Any]:
        if name in wanted:
            return [wanted[name]]
        if self.earlier:
            return [self.original[name], self._empty(name), before[name], *(e[name] for e in self.earlier)]
        return [self._empty(name) if name in self.given else self.original[name]]

    def _given_back(self, item: Item, before: Values, live: Values) -> None:
        for name, value in live.items():
            possible = self._possible_afterwards(item.policy, name, before)
            assert value in possible, f"{item.variable} has left {name}={value!r}, and not one of {possible}"

    def _possible_afterwards(self, policy: str, name: str, before: Values) -> list[Any]:
        left = [before[name], None] if self.type in REFERENCES else [before[name]]
        if policy == "reset":
            return [self._empty(name)]
        if policy == "retain":
            return left
        found = [self.original[name], *(earlier[name] for earlier in self.earlier)]
        if name in self.unsure:
            return [*found, *left]
        return found

    def _empty(self, name: str) -> Any:
        return empty(self.type, name)


def with_possible_policies(step: Step, has_foreign: Mapping[str, bool]) -> Step:
    """The step with `reset` in place of each `restore` that the program may not have.

    `restore` is refused where it could not be done, as where a value that was there before can't be read.
    Where a setting becomes another resource's, what was there before is no longer known, so that another
    value says more clearly what is to become of it.
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
