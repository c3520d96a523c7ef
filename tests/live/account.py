"""An account at the vendors, reached through the provider: with the real network and the real clock."""

from __future__ import annotations

import os
import uuid
from collections.abc import Collection as Items
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pulumi_switchboard import definitions
from pulumi_switchboard.clock import SystemClock
from pulumi_switchboard.errors import NotFoundError
from pulumi_switchboard.fields.models import ProtectsFromDeletion
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.lifecycle.delete import delete
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.request import Request
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.runtime.call import calling
from pulumi_switchboard.runtime.process import Process
from pulumi_switchboard.transport.text import safe_text
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.encoding import segment

from tests.conformance.driver import Engine
from tests.conformance.servicer import EngineLog


@dataclass(frozen=True)
class RealClock:
    """The clock of the machine, for the driver."""

    machine: SystemClock = field(default_factory=SystemClock)

    def monotonic(self) -> float:
        """See `Clock.monotonic`."""
        return self.machine.monotonic()

    def time(self) -> float:
        """See `Clock.time`."""
        return self.machine.time()

    def wait(self, futures: Items[Future[Any]], seconds: float) -> None:
        """See `Clock.wait`."""
        self.machine.wait(futures, seconds)

    def advance(self, _seconds: float) -> None:
        """Real time passes by itself."""


@dataclass
class Account:
    """The account that the settings name, or the environment where they name none."""

    settings: Mapping[str, str] = field(default_factory=dict)
    engine: Engine | None = None
    """The engine that was made last, which an interruption cancels."""

    def new_engine(self) -> Engine:
        """An engine with a stack of its own, so that no key of a create is one of an earlier run."""
        clock: Any = RealClock()
        self.engine = Engine(clock, self.settings, stack_id=str(uuid.uuid4()))
        return self.engine

    @contextmanager
    def context(self, key: str) -> Iterator[ResourceContext]:
        """A call about a type, outside of any resource; its errors are a `CallFailedError` without secrets."""
        process = Process(RealClock(), lambda: EngineLog([]))
        process.configure(self.settings)
        with calling(process, "look at", key, "", lambda: Request(key)) as call:
            yield call.context()

    def shown(self, key: str, id: str) -> Any:
        """The object, or the account setting, as the vendor shows it; None if there is none."""
        with self.context(key) as context:
            api = context.definition.api
            path = f"{api.path}/{segment(id)}" if isinstance(api, Collection) else api.path
            try:
                return context.client.exchange("GET", api.product.name, path).json()
            except NotFoundError:
                return None

    def names(self, key: str) -> dict[str, str]:
        """The names of all objects of a type, by id; of a setting, there are none."""
        with self.context(key) as context:
            api = context.definition.api
            if not isinstance(api, Collection):
                return {}
            name = api.natural_key or api.label
            return {id_of(state): str(getattr(state, name)) for state in api.list(context)}

    def delete(self, key: str, id: str) -> None:
        """Delete an object, and wait until it is gone."""
        with self.context(key) as context:
            protections = fields_with(context.definition.inputs, ProtectsFromDeletion)
            delete(context, id, dict.fromkeys(protections, False))

    def safe(self, text: str) -> str:
        """The text without credentials and without characters that a terminal obeys."""
        return safe_text(text, Sources(self.settings, os.environ).secrets)


def naming(key: str) -> tuple[str, bool]:
    """The argument with the name of an object, and whether the provider makes one up."""
    api = definitions.find(key).api
    return (api.natural_key or api.label, bool(api.natural_key)) if isinstance(api, Collection) else ("", False)
