"""A cheap read of each type, all at once, to see what the credentials give access to."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.resource.reading import read_own
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.vendors.vendor import Client, Origin

SECONDS = 10.0
"""The time for the read of a type, retries included."""
READERS = 16
"""How many types are read at once."""


@dataclass
class Read:
    """A read of an account setting, or of the beginning of a list."""

    definition: AnyDefinition
    error: SwitchboardError | None = None
    """Why the type cannot be read; None if it can."""
    answers: list[Response] = field(default_factory=list)
    """The successful answers."""


def read_each(session: Session, definitions: Iterable[AnyDefinition], seconds: float = SECONDS) -> list[Read]:
    """Read each type. The session ends with it, so that an interrupted command does not wait.

    Args:
        session: The session.
        definitions: The types.
        seconds: The time for each of them.
    """

    def read(definition: AnyDefinition) -> Read:
        found = Read(definition)
        try:
            with session.reading(definition, seconds=seconds) as context:
                recorded = replace(context, client=_RecordedClient(context.client, found.answers))
                api = definition.api
                if isinstance(api, AccountSetting):
                    read_own(recorded, lambda: api.get(recorded))
                else:
                    read_own(recorded, lambda: next(api.list(recorded), None))
        except SwitchboardError as error:
            found.error = error
        return found

    with ThreadPoolExecutor(READERS) as threads, session:
        return list(threads.map(read, definitions))


@dataclass(frozen=True)
class _RecordedClient:
    """A client whose answers are kept."""

    client: Client
    answers: list[Response]

    @property
    def origin(self) -> Origin:
        return self.client.origin

    @property
    def where(self) -> str:
        return self.client.where

    def exchange(self, method: str, product: str, path: str, *body: Any, **options: Any) -> Response:
        response = self.client.exchange(method, product, path, *body, **options)
        self.answers.append(response)
        return response
