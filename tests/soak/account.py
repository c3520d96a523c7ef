"""The vendors' account: its objects by type, and what a colleague has set in it before the stack comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_switchboard.emulator import Emulator

from tests.engine.stack import ACCOUNT, Stack
from tests.engine.telephony import KEY_NAME, Telephony
from tests.engine.vendor import Vendor
from tests.engine.webhooks import EMPTY, THEIRS, Webhooks
from tests.soak.draw import Draw
from tests.soak.program import Kind
from tests.soak.settings import Setting, Values
from tests.soak.shown import setting

SETTINGS = tuple(kind for kind in Kind if kind.is_setting)


@dataclass(frozen=True)
class Held:
    """What the account holds at one moment, as far as later checks need it."""

    settings: Mapping[Kind, Values]
    names: Mapping[str, str]
    """The unique names of the client configurations, by id."""


@dataclass
class Account:
    """An account with settings of a colleague, who sets them again when the stack has given them back."""

    emulator: Emulator
    vendor: Vendor
    telephony: Telephony
    default: str | None
    """The colleague's default client configuration, if there is one."""
    has_webhooks: bool
    has_telephony: bool
    foreign: set[str] = field(default_factory=set)
    """The ids of the colleague's objects."""
    settings: dict[Kind, Setting] = field(default_factory=dict)

    @classmethod
    def with_stack(cls, stack: Stack, emulator: Emulator, draw: Draw) -> Account:
        """An account with random settings, and a stack that has its credentials."""
        vendor, telephony = Vendor(emulator), Telephony.with_stack(stack, emulator)
        client = vendor.add_client("of-a-colleague")
        account = cls(
            emulator, vendor, telephony, client if draw.chance(50) else None, draw.chance(50), draw.chance(40)
        )
        account.foreign.add(client)
        for kind in SETTINGS:
            account._set(kind)
            account.settings[kind] = Setting(kind, account.held(kind))
        return account

    def objects(self, kind: Kind) -> dict[str, dict[str, Any]]:
        """The objects of a type that are not the colleague's, by id."""
        return {id: shown for id, shown in self._all(kind).items() if id not in self.foreign}

    def snapshot(self) -> Held:
        """What the account holds now."""
        names = {id: str(shown["unique_name"]) for id, shown in self._all(Kind.CLIENT).items()}
        return Held({kind: self.held(kind) for kind in SETTINGS}, names)

    def held(self, kind: Kind) -> Values:
        """What a setting holds."""
        return setting(kind, next(iter(self._all(kind).values()), None))

    def take_back(self, kind: Kind) -> None:
        """Let the colleague set a setting again that the stack has given back."""
        self.settings[kind].released()
        self._set(kind)
        assert self.held(kind) == self.settings[kind].original

    def _set(self, kind: Kind) -> None:
        {
            Kind.DEFAULT: self._set_default,
            Kind.WEBHOOKS: self._set_webhooks,
            Kind.TELEPHONY: self._set_telephony,
        }[kind]()

    def _set_default(self) -> None:
        if self.default is not None:
            self.vendor.set_default(self.default)
        elif self.vendor.default() is not None:
            self.vendor.unset_default()

    def _set_webhooks(self) -> None:
        Webhooks(self.emulator).change(**(THEIRS if self.has_webhooks else EMPTY))

    def _set_telephony(self) -> None:
        if self.telephony.shown() is not None:
            self.telephony.delete()
        if self.has_telephony:
            self.telephony.add(requestContextMapping={"To": "caller.of_a_colleague"})

    def _all(self, kind: Kind) -> dict[str, dict[str, Any]]:
        owner = KEY_NAME if kind is Kind.TELEPHONY else ACCOUNT
        return dict(self.emulator.state.get(owner, {}).get(kind.value, {}))
