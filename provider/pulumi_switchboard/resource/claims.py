"""Which resource uses which object, as far as this process has seen.

A rename without an alias, a move into a component and a forced replacement make the engine create a resource
and then delete its predecessor. If both use one object, that delete would destroy the object that the create
returned. So a claimed object is deleted only for the generation that claimed it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_switchboard.errors import ConflictError


@dataclass(frozen=True)
class Claim:
    """The resource that uses an object."""

    urn: str
    generation: str | None
    """The token of the create that gave the object to the resource; state keeps it."""


class Claims:
    """The claims of one process."""

    def __init__(self) -> None:
        self._claims: dict[tuple[str, ...], Claim] = {}
        self._pending_creates: dict[str, Mapping[str, Any]] = {}
        self._lock = threading.Lock()

    def claim(
        self,
        object_key: tuple[str, ...],
        urn: str,
        generation: str | None = None,
        *,
        noun: str = "",
        alternative: str = "",
    ) -> None:
        """Record that the resource uses the object.

        Args:
            object_key: The object, with its id last.
            urn: The resource.
            generation: See `Claim`.
            noun: The name of the object in messages, if an account has only one.
            alternative: What the user can do instead of removing one of the resources, if anything.

        Raises:
            ConflictError: Another resource of this program uses it.
        """
        with self._lock:
            claim = self._claims.get(object_key)
            if claim is not None and claim.urn != urn:
                raise ConflictError(
                    f"{noun or object_key[-1]} is managed by two resources; the other one is {claim.urn}",
                    remedy="remove one of them from the program"
                    + (alternative if noun else ", or let it manage another object"),
                )
            self._claims[object_key] = Claim(urn, generation)

    def keep_pending_create(self, urn: str, pending: Mapping[str, Any]) -> None:
        """Keep a pending create of a resource that is about to be replaced: the replacement continues it.

        Without a URN, as in a plain host, nobody can tell whose replacement it is.
        """
        if urn:
            self._pending_creates[urn] = pending

    def pending_create(self, urn: str) -> Mapping[str, Any] | None:
        """The pending create that the replacement of this resource has to continue, if there is one."""
        return self._pending_creates.get(urn)

    def has_another(self, object_key: tuple[str, ...], urn: str) -> bool:
        """Whether the resource has claimed another object of the same type."""
        with self._lock:
            return any(
                claim.urn == urn and key[:-1] == object_key[:-1] and key != object_key
                for key, claim in self._claims.items()
            )

    def is_free(self, object_key: tuple[str, ...]) -> bool:
        """Whether no resource uses the object."""
        with self._lock:
            return object_key not in self._claims

    def other_user(self, object_key: tuple[str, ...], urn: str, generation: str | None) -> str | None:
        """The resource that still needs the object, although it is deleted for this URN and generation.

        Equal generations mean the same resource: after a rename by alias, Delete arrives under the old URN.
        """
        with self._lock:
            claim = self._claims.get(object_key)
            if claim is None or claim == Claim(urn, generation):
                return None
            return None if generation and claim.generation == generation else claim.urn
