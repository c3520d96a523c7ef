"""An account at the vendors, reached through the provider: with the real network and the real clock."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

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

MACHINE = SystemClock()
CLOCK: Any = SimpleNamespace(
    monotonic=MACHINE.monotonic, time=MACHINE.time, wait=MACHINE.wait, advance=lambda _seconds: None
)
"""The clock of the machine, for the driver. Real time passes by itself."""


@dataclass
class Account:
    """The account that the settings name, or the environment where they name none."""

    settings: Mapping[str, str] = field(default_factory=dict)
    engine: Engine | None = None
    """The engine that was made last."""

    def new_engine(self) -> Engine:
        """An engine with a stack of its own, so that no key of a create is one of an earlier run."""
        self.engine = Engine(CLOCK, self.settings, stack_id=str(uuid.uuid4()))
        return self.engine

    def cancel(self) -> None:
        """End the running call, as Ctrl-C does."""
        if self.engine is not None:
            self.engine.cancel()

    def shown(self, type: str, id: str = "") -> Any:
        """The object, or the account setting, as the vendor shows it; None if there is none."""
        with self._context(type) as context:
            api = context.definition.api
            path = f"{api.path}/{segment(id)}" if isinstance(api, Collection) else api.path
            try:
                return context.client.exchange("GET", api.product.name, path).json()
            except NotFoundError:
                return None

    def names(self, type: str) -> dict[str, str]:
        """The names of all objects of a type, by id."""
        with self._context(type) as context:
            api = context.definition.api
            return {id_of(one): str(getattr(one, api.name_field)) for one in api.list(context)}

    def delete(self, type: str, id: str) -> None:
        """Delete an object, and wait until it is gone."""
        with self._context(type) as context:
            protections = fields_with(context.definition.inputs, ProtectsFromDeletion)
            delete(context, id, dict.fromkeys(protections, False))

    def safe(self, text: str) -> str:
        """The text without credentials and without characters that a terminal obeys."""
        return safe_text(text, Sources(self.settings, os.environ).secrets)

    @contextmanager
    def _context(self, type: str) -> Iterator[ResourceContext]:
        """A call outside of any resource; its errors are a `CallFailedError`, without secrets."""
        process = Process(CLOCK, lambda: EngineLog([]))
        process.configure(self.settings)
        with calling(process, "look at", type, "", lambda: Request(type)) as call:
            yield call.context()
