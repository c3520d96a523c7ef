"""The objects of a type in an account, each as the vendor shows it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pulumi_switchboard.accounts.session import Session, ignore
from pulumi_switchboard.background import Background
from pulumi_switchboard.clock import SystemClock
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.paths import Path
from pulumi_switchboard.fields.unknown import unknown_members
from pulumi_switchboard.fields.wire import decoded
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import AnyDefinition, id_of
from pulumi_switchboard.resource.reading import read_own
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.rest.collection import NO_FILTERS, Collection
from pulumi_switchboard.transport.text import in_one_line
from pulumi_switchboard.vendors.vendor import Origin

LIST_SECONDS = 600.0
"""The time for a long list."""
READERS = 8
"""How many objects are read at once."""


@dataclass(frozen=True)
class FoundObject:
    """An object of an account."""

    definition: AnyDefinition
    origin: Origin
    id: str
    state: State = field(repr=False)

    @property
    def name(self) -> str:
        """The object's name at the vendor; empty if it has none, as an account setting."""
        api = self.definition.api
        field = api.name_field if isinstance(api, Collection) else ""
        return str(getattr(self.state, field) or "") if field else ""

    @property
    def title(self) -> str:
        """What a message calls it: its name in one line, else its id."""
        return in_one_line(self.name) or self.id

    @property
    def unknown(self) -> tuple[Path, ...]:
        """Where the object has members that its type does not model."""
        api = self.definition.api
        if isinstance(api, AccountSetting) and api.is_pointer:
            return ()
        fixed = api.fixed if isinstance(api, Collection) else {}
        expected = decoded(self.definition.state, fixed, api.product.spelling)
        return tuple(unknown_members(self.definition.state, self.state.body, expected))


def read_objects(
    session: Session,
    definition: AnyDefinition,
    progress: Callable[[str], None] = ignore,
    filters: Mapping[str, Any] = NO_FILTERS,
) -> list[FoundObject]:
    """The objects of a type in the account, in the order of the vendor's list.

    Each object is read by itself, because the items of a list need not be whole. One that is deleted
    meanwhile is left out.

    Args:
        session: The session.
        definition: The type.
        progress: Takes lines about how much has been read, and what is waited for.
        filters: Values of the arguments by which the API filters; without them, all objects are read.

    Raises:
        SwitchboardError: The vendor does not show them.
    """
    progress(f"{definition.name}: reading")
    with session.reading(definition, progress, LIST_SECONDS) as context:
        api = context.definition.api
        ids = [api.id_in(context)] if isinstance(api, AccountSetting) else list(api.ids(context, filters))
    found: list[FoundObject] = []
    background = Background(READERS)
    reads = [background.start(partial(read_object, session, definition, one, progress)) for one in ids]
    try:
        for number, read in enumerate(reads, 1):
            SystemClock().wait([read], math.inf)  # unlike `result`, it notices Ctrl-C in any case
            one = read.result()
            progress(f"{definition.name}: {number} of {len(ids)} read")
            if one is not None:
                found.append(one)
    finally:
        # After an error or Ctrl-C, nobody waits for the other reads.
        for read in reads:
            read.cancel()
    return found


def read_object(
    session: Session, definition: AnyDefinition, id: str = "", progress: Callable[[str], None] = ignore
) -> FoundObject | None:
    """The object with this id, which an account setting does not need; None if there is none."""
    with session.reading(definition, progress) as context:
        api = definition.api
        if isinstance(api, AccountSetting):
            return found_object(context, read_own(context, lambda: api.get(context)))
        return found_object(context, read_own(context, lambda: api.get(context, id)))


def found_object(context: ResourceContext, state: State | None) -> FoundObject | None:
    """The object that the vendor shows; None if it shows none."""
    if state is None:
        return None
    api = context.definition.api
    object_id = api.id_in(context) if isinstance(api, AccountSetting) else id_of(state)
    return FoundObject(context.definition, context.origin, object_id, state)
