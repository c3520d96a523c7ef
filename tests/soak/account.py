"""The vendors' account: its objects by type, and what others have set in it before the stack comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account as Others
from tests.engine.stack import Stack
from tests.samples import every
from tests.samples.twilio.voice import client_configuration
from tests.soak.draw import Draw
from tests.soak.program import Kind
from tests.soak.settings import Setting, Values
from tests.soak.shown import setting

SETTINGS = tuple(kind for kind in Kind if kind.is_setting)
SAMPLES = {sample.type: sample for sample in every()}
EMPTY: Mapping[str, Any] = {
    "filters": None,
    "method": None,
    "pre_webhook_url": None,
    "post_webhook_url": None,
    "target": "webhook",
}
THEIRS: Mapping[str, Any] = {
    "filters": ["onUserAdded"],
    "method": "GET",
    "pre_webhook_url": "https://old.example.com/pre",
    "post_webhook_url": "https://old.example.com/post",
    "target": "flex",
}
"""The webhooks of an account that has never had any, and as others have set them."""


@dataclass(frozen=True)
class Held:
    """What the account holds at one moment, as far as later checks need it."""

    settings: Mapping[Kind, Values]
    names: Mapping[str, str]
    """The unique names of the client configurations, by id."""


@dataclass
class Account:
    """An account with settings of others, who set them again when the stack has given them back."""

    others: Others
    default: str | None
    """The others' default client configuration, if there is one."""
    has_webhooks: bool
    has_telephony: bool
    foreign: set[str] = field(default_factory=set)
    """The ids of the others' objects."""
    settings: dict[Kind, Setting] = field(default_factory=dict)

    @classmethod
    def with_stack(cls, stack: Stack, emulator: Emulator, draw: Draw) -> Account:
        """An account with random settings, and a stack that has its credentials."""
        others = Others.of(stack, emulator)
        stack.secrets += SAMPLES[Kind.TELEPHONY.value].secrets
        client = client_configuration.add(others, {"unique_name": "of-others"})
        account = cls(others, client if draw.chance(50) else None, draw.chance(50), draw.chance(40))
        account.foreign.add(client)
        for kind in SETTINGS:
            account._set(kind)
            account.settings[kind] = Setting(kind, account.held(kind))
        return account

    def objects(self, kind: Kind) -> dict[str, dict[str, Any]]:
        """The objects of a type that are not the others', by id."""
        return {id: shown for id, shown in self.others.objects(kind.value).items() if id not in self.foreign}

    def snapshot(self) -> Held:
        """What the account holds now."""
        names = {
            id: str(shown["unique_name"]) for id, shown in self.others.objects(Kind.CLIENT.value).items()
        }
        return Held({kind: self.held(kind) for kind in SETTINGS}, names)

    def held(self, kind: Kind) -> Values:
        """What a setting holds."""
        return setting(kind, next(iter(self.others.objects(kind.value).values()), None))

    def take_back(self, kind: Kind) -> None:
        """Let the others set a setting again that the stack has given back."""
        self.settings[kind].released()
        self._set(kind)
        assert self.held(kind) == self.settings[kind].original

    def _set(self, kind: Kind) -> None:
        sample, is_there = SAMPLES[kind.value], bool(self.others.objects(kind.value))
        wanted: Mapping[Kind, Mapping[str, Any]] = {
            Kind.DEFAULT: {"configuration_id": self.default} if self.default else {},
            Kind.WEBHOOKS: THEIRS if self.has_webhooks else EMPTY,
            Kind.TELEPHONY: {"requestContextMapping": {"To": "caller.of_others"}}
            if self.has_telephony
            else {},
        }
        if is_there and (kind is Kind.TELEPHONY or not wanted[kind]):
            sample.remove(self.others, "")
        if wanted[kind]:
            self.others.change(sample, wanted[kind])
