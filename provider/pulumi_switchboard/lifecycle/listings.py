"""Many reads of objects of one type in one preview: one list shows them all."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from pulumi_switchboard.errors import LostAnswerError, SwitchboardError, VendorError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.rest.collection import Collection

LOOKS_BEFORE_A_LIST = 10
LIST_SECONDS = 20.0
"""The time for a list, which replaces many reads."""

Listing: TypeAlias = Mapping[str, State] | SwitchboardError
"""The objects of a type by their ids, or why the list could not be read to its end."""


class Listings:
    """The lists that a process has read, each once."""

    def __init__(self) -> None:
        self._looks: defaultdict[tuple[str, ...], int] = defaultdict(int)
        self._listings: dict[tuple[str, ...], Listing] = {}
        self._lock = threading.Lock()

    def find(self, context: ResourceContext, api: Collection, id: str) -> State | None:
        """The object as the list shows it; None if it has to be read by itself.

        That is so for the first few objects of a type, for one that the list does not have, and for a vendor
        that has no list, refuses it or answers with something else.

        Raises:
            SwitchboardError: The vendor cannot be reached in time. All further looks fail at once in the
                same way, so that a preview ends in time.
        """
        key = (context.origin.endpoint, context.origin.account, context.definition.key)
        with self._lock:
            self._looks[key] += 1
            if self._looks[key] > LOOKS_BEFORE_A_LIST and key not in self._listings:
                self._listings[key] = _listing(context, api)
            listing = self._listings.get(key, {})
        if isinstance(listing, SwitchboardError):
            raise listing
        return listing.get(id)


def _listing(context: ResourceContext, api: Collection) -> Listing:
    with context.deadline.overtime(LIST_SECONDS):
        try:
            return {id_of(state): state for state in api.list(context)}
        except (VendorError, LostAnswerError) as error:
            context.progress(f"the objects can't be listed: {error.summary}")
            return {}
        except SwitchboardError as error:
            return error
