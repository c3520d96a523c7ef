"""The vendors' account: its objects by type, and what is set in it before the stack comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account as Outside
from tests.engine.stack import Stack
from tests.samples.sample import Bag, resolved
from tests.soak.arguments import shown
from tests.soak.draw import Draw
from tests.soak.program import COLLECTIONS, SAMPLES, SETTINGS
from tests.soak.settings import Setting, Values


@dataclass(frozen=True)
class Held:
    """What the account holds at one moment, as far as later checks need it."""

    settings: Mapping[str, Values]
    names: Mapping[str, Any]
    """The names of the objects that can have one, by id."""


@dataclass
class Account:
    """An account with settings of others, who set them again when the stack has given them back."""

    outside: Outside
    has: Mapping[str, bool]
    """Whether others have set something, for each account setting."""
    prepared: dict[str, str] = field(default_factory=dict)
    """What stands for the ids in values of samples, and the ids."""
    foreign: set[str] = field(default_factory=set)
    """The ids of objects that are not the stack's."""
    settings: dict[str, Setting] = field(default_factory=dict)

    @classmethod
    def with_stack(cls, stack: Stack, emulator: Emulator, draw: Draw) -> Account:
        """An account with random settings, and a stack that has its credentials."""
        account = cls(Outside.of(stack, emulator), {type: draw.chance(50) for type in SETTINGS})
        for sample in SAMPLES.values():
            stack.secrets += sample.secrets
            account.prepared |= sample.prepare(account.outside)
        account.foreign |= {id for type in COLLECTIONS for id in account.outside.objects(type)}
        for type in SETTINGS:
            account._set(type)
            account.settings[type] = Setting(type, account.held(type))
        return account

    def objects(self, type: str) -> dict[str, Any]:
        """The objects of a type that are the stack's, by id."""
        return {id: body for id, body in self.outside.objects(type).items() if id not in self.foreign}

    def snapshot(self) -> Held:
        named = {type: SAMPLES[type].name for type in COLLECTIONS if SAMPLES[type].name}
        names = {
            id: shown(type, body)[name]
            for type, name in named.items()
            for id, body in self.outside.objects(type).items()
        }
        return Held({type: self.held(type) for type in SETTINGS}, names)

    def held(self, type: str) -> Values:
        return shown(type, self._body(type))

    def take_back(self, type: str) -> None:
        """Let others set a setting again that the stack has given back."""
        self.settings[type].released()
        self._set(type)
        assert self.held(type) == self.settings[type].original

    def _set(self, type: str) -> None:
        sample = SAMPLES[type]
        assert sample.setting is not None
        if sample.setting.unset or self._body(type) is not None:
            sample.remove(self.outside, "")
        if self.has[type]:
            sample.change(self.outside, "", resolved(sample.setting.others, self.prepared))

    def _body(self, type: str) -> Bag | None:
        return next(iter(self.outside.objects(type).values()), None)
