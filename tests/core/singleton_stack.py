"""As much of Pulumi's engine as one singleton meets; each command is a process of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi_switchboard.core.checking import check
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.difference import Difference
from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.core.listings import Listings
from pulumi_switchboard.core.lives import life_of
from pulumi_switchboard.core.paths import overlaid, parse
from pulumi_switchboard.core.singletons.life import SingletonLife
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.core.values import Bag

from tests.core.fakes import ACCOUNT, Clock
from tests.core.singleton_fakes import LAMP_TYPE, LampVendor

HALL = "urn:pulumi:dev::proof::pulumi-python:dynamic/fake:Lamp::hall"
CELLAR = "urn:pulumi:dev::proof::pulumi-python:dynamic/fake:Lamp::cellar"


class Crash(BaseException):
    """The engine is gone before it has saved what a verb returned."""


@dataclass
class Stack:
    """A stack with one resource, and the vendor behind it."""

    vendor: LampVendor = field(default_factory=LampVendor)
    clock: Clock = field(default_factory=Clock)
    claims: Claims = field(default_factory=Claims)
    warnings: list[str] = field(default_factory=list)
    progress: list[str] = field(default_factory=list)
    outputs: Bag | None = None
    """What state holds of the resource; None if there is none."""
    inputs: Bag = field(default_factory=dict)
    is_healthy: bool = True
    on_destroy: str = ""
    """What the environment says."""
    secrets: frozenset[str] = frozenset()
    """The arguments that the program holds as secrets."""
    crashes: bool = False
    """Whether the engine is gone before it has saved the next result."""

    def life(self, urn: str = HALL) -> SingletonLife:
        """The life of the resource with this URN."""
        call: Call[Any] = Call(
            client=self.vendor,
            moment=self.clock.moment(),
            urn=urn,
            progress=self.progress.append,
            warn=self.warnings.append,
            on_destroy=self.on_destroy,
            secrets=self.secrets,
        )
        life = life_of(LAMP_TYPE, call, self.claims, Listings())
        assert isinstance(life, SingletonLife)
        return life

    @property
    def known(self) -> Bag:
        """What state holds of the resource."""
        assert self.outputs is not None
        return self.outputs

    @property
    def taken(self) -> Taken:
        """What is remembered of the take-over."""
        return Taken.of(self.known)

    def shown(self, *names: str) -> list[Any]:
        """What the vendor has in these fields."""
        lamp = self.vendor.lamp or {}
        return [lamp.get(name) for name in names]

    def requests(self) -> list[str]:
        """What the vendor was asked since the last look."""
        seen, self.vendor.journal = self.vendor.journal, []
        return seen

    def writes(self) -> list[str]:
        """What of it were writes."""
        return [request for request in self.requests() if request != "read"]

    def told(self) -> list[str]:
        """The warnings since the last look, each once."""
        told, self.warnings = list(dict.fromkeys(self.warnings)), []
        return told

    def checked(self, program: Bag, ignoring: Sequence[str] = ()) -> Bag:
        """The inputs as they go on from check."""
        asked = program
        if self.outputs is not None:
            asked = overlaid(program, self.inputs, [parse(path) for path in ignoring])
        result = check(LAMP_TYPE, self.inputs, asked)
        assert result.problems == []
        life = self.life()
        life.intend(result.inputs, is_new=self.outputs is None)
        if self.outputs is None:
            life.foresee(result.inputs)
        return result.inputs

    def diff(self, program: Bag, ignoring: Sequence[str] = ()) -> Difference:
        """What a preview says of an existing resource."""
        inputs = self.checked(program, ignoring)
        paths = [parse(path) for path in ignoring]
        return self.life().diff(ACCOUNT, self.known, self.inputs, inputs, paths)

    def is_changed_by(self, program: Bag, ignoring: Sequence[str] = ()) -> bool:
        """Whether a preview shows an update."""
        changes = self.diff(program, ignoring).changes
        return self.inputs != self.checked(program, ignoring) if changes is None else changes

    def up(self, program: Bag, ignoring: Sequence[str] = ()) -> None:
        """Bring the resource to what the program says."""
        self.claims = Claims()
        inputs = self.checked(program, ignoring)
        if self.outputs is None:
            self._save(self.life().create(inputs), inputs)
        elif self.is_changed_by(program, ignoring) or not self.is_healthy:
            paths = [parse(path) for path in ignoring]
            live = self.life().update(ACCOUNT, self.known, inputs, paths)
            self._save(live, inputs if live.unfinished is None else self.inputs)
        else:
            self.inputs = inputs

    def refresh(self) -> None:
        """Look at the object again."""
        self.claims = Claims()
        live = self.life().read(ACCOUNT, self.known, self.inputs)
        if live is None:
            self.outputs, self.inputs, self.is_healthy = None, {}, True
        else:
            self._save(live, live.inputs or {})

    def destroy(self) -> None:
        """Delete the resource."""
        self.claims = Claims()
        self.life().delete(ACCOUNT, self.known)
        if self._is_alive():
            self.outputs, self.inputs = None, {}

    def _save(self, live: Live, inputs: Bag) -> None:
        assert live.id == ACCOUNT
        if not self._is_alive():
            return
        self.outputs, self.inputs = json.loads(json.dumps(live.outputs)), inputs
        self.is_healthy = live.unfinished is None
        if live.unfinished is not None:
            raise live.unfinished

    def _is_alive(self) -> bool:
        if self.crashes:
            self.crashes = False
            raise Crash
        return True
