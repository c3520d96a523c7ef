"""Many looks at objects of one type in one run: a list shows them all at once."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, TypeAlias

from pulumi_switchboard.core.contract import AnyDefinition, Call
from pulumi_switchboard.core.ground import id_of
from pulumi_switchboard.errors import LostAnswerError, SwitchboardError, VendorError
from pulumi_switchboard.fields.models import State

LOOKS_BEFORE_A_LIST = 10
LIST_SECONDS = 20.0
"""The time for a list, which stands for many looks."""

Listing: TypeAlias = Mapping[str, State] | SwitchboardError
"""The objects of a type by their ids, or why the list could not be read to its end."""


class Listings:
    """The lists that a process has read, each once."""

    def __init__(self) -> None:
        self._looks: defaultdict[tuple[str, ...], int] = defaultdict(int)
        self._listings: dict[tuple[str, ...], Listing] = {}
        self._lock = threading.Lock()

    def find(self, definition: AnyDefinition, call: Call[Any], id: str) -> State | None:
        """The object as the list shows it; None if it has to be asked for by itself.

        That is so for the first few objects of a type, for one that the list does not have, and where the
        vendor has no list, refuses it or answers with something else.

        Raises:
            SwitchboardError: The vendor can't be reached in time. All further looks fail at once in the
                same way, so that a preview ends in time.
        """
        origin = call.client.origin
        key = (origin.endpoint, origin.account, definition.key)
        with self._lock:
            self._looks[key] += 1
            if self._looks[key] > LOOKS_BEFORE_A_LIST and key not in self._listings:
                self._listings[key] = _listed(definition, call)
            listing = self._listings.get(key, {})
        if isinstance(listing, SwitchboardError):
            raise listing
        return listing.get(id)


def _listed(definition: AnyDefinition, call: Call[Any]) -> Listing:
    with call.deadline.overtime(LIST_SECONDS):
        try:
            return {id_of(state): state for state in definition.list_all(call)}
        except (VendorError, LostAnswerError) as refused:
            call.progress(f"the objects can't be listed: {refused.summary}")
            return {}
        except SwitchboardError as trouble:
            return trouble
