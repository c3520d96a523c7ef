"""The names of the objects of an account."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pulumi_switchboard.accounts.objects import LIST_SECONDS, FoundObject, found_object, read_objects
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.resource.reading import of_own_account


class Names:
    """Which objects have a name. Many look-ups in one run need only one list of a type."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._lists: dict[str, Mapping[str, list[str]]] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        """A lock for each type, so that lists of several types are read at once."""

    def ids(self, definition: AnyDefinition, name: str) -> list[str]:
        """The ids of the objects with this name.

        The objects are listed again if the last list does not have the name: this run may have made one.
        """
        with self._locks[definition.key]:
            if name not in self._lists.get(definition.key, {}):
                self._lists[definition.key] = self._listed(definition)
            return self._lists[definition.key].get(name, [])

    def known(self, definition: AnyDefinition) -> list[str] | None:
        """The names of all objects according to the last list; None if there is none."""
        listed = self._lists.get(definition.key)
        return None if listed is None else [name for name, ids in listed.items() for _ in ids]

    def forget(self, definition: AnyDefinition) -> None:
        """List the objects again when a name is next asked for."""
        with self._locks[definition.key]:
            self._lists.pop(definition.key, None)

    def _listed(self, definition: AnyDefinition) -> Mapping[str, list[str]]:
        ids: defaultdict[str, list[str]] = defaultdict(list)
        for found in self._objects(definition):
            ids[found.name].append(found.id)
        return dict(ids)

    def _objects(self, definition: AnyDefinition) -> Iterable[FoundObject]:
        """The objects with what the list shows of them; each is read by itself if that is only its id."""
        if definition.api.pages.are_ids:
            return read_objects(self.session, definition)
        with self.session.reading(definition, seconds=LIST_SECONDS) as context:
            states = (of_own_account(context, state) for state in definition.api.list(context))
            return [found for state in states if (found := found_object(context, state)) is not None]
