"""Reading an object of a collection by its id."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_switchboard.fields.models import State
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.polling import poll_until
from pulumi_switchboard.resource.reading import read_own
from pulumi_switchboard.rest.collection import Collection


def read_object(context: ResourceContext, api: Collection, id: str) -> State | None:
    """The object with this id, if it belongs to the own account; None if there is none."""
    return read_own(context, lambda: api.get(context, id))


def read_first(context: ResourceContext, api: Collection, ids: Sequence[str], seconds: float) -> State | None:
    """The object under the first of these ids that the vendor knows, or None; reads again for a while."""

    def look() -> State | None:
        found = (api.get(context, one) for one in dict.fromkeys(ids))
        return next((state for state in found if state is not None), None)

    return poll_until(context, look, lambda state: state is not None, seconds)
