"""A made-up type of which an account has one object or none, and a vendor that keeps it in memory."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from pulumi_switchboard.core.contract import Call, Origin
from pulumi_switchboard.core.fields import (
    Account,
    Caseless,
    Id,
    Secret,
    SingletonInputs,
    State,
    Unordered,
    Unsent,
    WriteOnly,
)
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.core.singletons.contract import OnDestroy, Singleton
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import LostAnswerError, NotFoundError, Refusal, SwitchboardError, VendorError
from pulumi_switchboard.vendors.credentials import Sources
from typing_extensions import Self

from tests.core.fakes import ACCOUNT, ENDPOINT

HINT = 2
"""How many characters of its key a lamp shows."""
EMPTY: Bag = {
    "colours": [],
    "method": "",
    "hook": "",
    "mode": "warm",
    "dimmed": False,
    "levels": [],
    "labels": {},
}
"""A lamp that no one has set up, but for the room."""


def _in_short(hook: Any) -> str:
    return f"{str(hook)[:3]}…"


class LampInputs(SingletonInputs):
    """A lamp."""

    room: str
    colours: Annotated[list[str] | None, Unordered()] = None
    method: Annotated[Literal["GET", "POST", "get", "post", ""] | None, Caseless()] = None
    hook: Annotated[str, Secret(hint=_in_short)] | None = None
    mode: Literal["warm", "cold"] | None = None
    dimmed: bool | None = None
    levels: list[int] | None = None
    labels: dict[str, str] | None = None
    shade: str | None = None
    owner: str | None = None
    key: Annotated[str, Secret(), WriteOnly()] | None = None
    on_destroy: Annotated[OnDestroy, Unsent()] = "restore"


class LampState(LampInputs, State):
    """A lamp as the vendor shows it."""

    account: Annotated[str, Account(), Id()]
    key_hint: str | None = None
    former_room: str | None = None


@dataclass
class LampVendor:
    """An account at the vendor; a client of it, too."""

    origin: Origin = field(default_factory=lambda: Origin(ACCOUNT, ENDPOINT))
    lamp: Bag | None = None
    stays: bool = False
    """Whether the lamp can only be emptied, and not be taken away."""
    journal: list[str] = field(default_factory=list)
    refusals: list[SwitchboardError] = field(default_factory=list)
    """What becomes of the next writes, which have no effect."""
    lost: list[str] = field(default_factory=list)
    """Whether the next writes, whose answers are lost, have their effect: `done` or `not done`."""
    unreadable: list[SwitchboardError] = field(default_factory=list)
    """What becomes of the next reads."""
    lag: int = 0
    """How many reads after a write, and its own answer, show what was there before it."""
    stale: list[Bag | None] = field(default_factory=list)
    """What the next reads show."""
    stuck: dict[str, Any] = field(default_factory=dict)
    """The fields that stay as they are, whatever is written."""
    shows_hint: bool = True
    """Whether it shows how a key begins."""
    holder: str = ACCOUNT
    """The account that the credentials really belong to."""

    @classmethod
    def sign_in(cls, sources: Sources, line: Any) -> Self:
        """Not needed here: tests hand the client over."""
        raise NotImplementedError

    def someone_sets(self, **members: Any) -> None:
        """Have someone else change the lamp, or put it up."""
        self.lamp = {**(self.lamp or {"room": "hall", **EMPTY}), **members}

    def someone_takes_it_away(self) -> None:
        """Have someone else take the lamp away."""
        self.lamp = None

    def show(self) -> Bag | None:
        """The lamp as an answer holds it."""
        lamp = self.stale.pop(0) if self.stale else self.lamp
        if lamp is None:
            return None
        key = lamp.get("key")
        hint = key[:HINT] if self.shows_hint and isinstance(key, str) else None
        shown = {name: value for name, value in lamp.items() if name != "key"}
        return deepcopy({**shown, "account": self.holder, "key_hint": hint})

    def write(self, request: str, lamp: Bag | None) -> None:
        """Take a write, unless something becomes of it."""
        self.journal.append(request)
        if self.refusals:
            raise self.refusals.pop(0)
        fate = self.lost.pop(0) if self.lost else "answered"
        if fate != "not done":
            self.stale = [self.lamp] * self.lag
            self.lamp = None if lamp is None else deepcopy({**lamp, **self.stuck})
        if fate != "answered":
            raise LostAnswerError("no answer")


LampCall = Call[LampVendor]


class Lamp(Singleton[LampInputs, LampState, LampVendor]):
    """How a lamp lives."""

    key: ClassVar[str] = "fake:Lamp"
    vendor = LampVendor
    inputs = LampInputs
    state = LampState
    noun: ClassVar[str] = "the account's lamp"
    empty: ClassVar[Mapping[str, Any]] = MappingProxyType(EMPTY)
    together: ClassVar[tuple[tuple[str, ...], ...]] = (("dimmed", "levels"), ("owner", "key"))

    def id(self, call: LampCall) -> str:
        """The account."""
        return call.client.origin.account

    def read(self, call: LampCall, id: str) -> LampState | None:
        """Look at it."""
        call.moment.check()
        call.client.journal.append("read")
        if call.client.unreadable:
            raise call.client.unreadable.pop(0)
        shown = call.client.show()
        return None if shown is None else decoded(LampState, shown)

    def write(self, call: LampCall, live: LampState | None, inputs: LampInputs) -> LampState:
        """Set what the inputs have."""
        call.moment.check()
        vendor = call.client
        members = {n: v for n, v in plain(inputs).items() if n != "on_destroy"}
        standing = vendor.lamp if vendor.lamp is not None else EMPTY
        verb = "make" if live is None else "set"
        vendor.write(f"{verb} {' '.join(sorted(members))}", {**standing, **members})
        return decoded(LampState, vendor.show() or {})

    def reset(self, call: LampCall, known: LampState) -> None:
        """Take it away, or empty it where it stays."""
        vendor = call.client
        if vendor.lamp is None:
            raise NotFoundError(Refusal("Fake", 404, 1, "no lamp"))
        vendor.write("empty", {**EMPTY, "room": ""} if vendor.stays else None)

    def holds(self, live: LampState, known: LampState) -> bool | None:
        """Whether owner and first characters are those of the key that we know."""
        if live.owner != known.owner or not isinstance(known.key, str):
            return False
        return known.key.startswith(live.key_hint) if live.key_hint else None

    def recalled(self, found: Mapping[str, Any]) -> Bag:
        """The room where it was before."""
        return {"former_room": found["room"]} if "room" in found else {}


LAMP_TYPE = Lamp()


def refusal(status: int = 400) -> VendorError:
    """The vendor's refusal of a write."""
    return VendorError(Refusal("Fake", status, 1, "not like this"))
