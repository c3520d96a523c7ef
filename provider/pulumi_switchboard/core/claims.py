"""Which resource an object belongs to, as far as this process has seen.

A rename without an alias, a move into a component and a forced replacement make the engine create a
resource and delete its older self. Where both are one object, the delete would destroy what the create
has returned, be it in this run or in one that was killed before the delete. So an object that is claimed
is deleted only in the tenure that it is claimed for.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from pulumi_switchboard.errors import ConflictError


@dataclass(frozen=True)
class Claim:
    """Who holds an object."""

    urn: str
    generation: str | None
    """The time since the resource has got the object; drawn at its create, and kept in state."""


class Claims:
    """The claims of one process."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, ...], Claim] = {}
        self._lock = threading.Lock()

    def claim(
        self, object_key: tuple[str, ...], urn: str, generation: str | None = None, *, only: str = ""
    ) -> None:
        """Note that the resource holds the object.

        Args:
            object_key: The object, its id last.
            urn: The resource.
            generation: See `Claim`.
            only: What the object is called in a sentence, if there is no other that one could have instead.

        Raises:
            ConflictError: Another resource of this program holds it.
        """
        with self._lock:
            held = self._held.get(object_key)
            if held is not None and held.urn != urn:
                raise ConflictError(
                    f"{only or object_key[-1]} is managed by two resources, the other one is {held.urn}",
                    remedy="remove one of them from the program"
                    + ("" if only else ", or let it manage another object"),
                )
            self._held[object_key] = Claim(urn, generation)

    def is_free(self, object_key: tuple[str, ...]) -> bool:
        """Whether no resource holds the object."""
        with self._lock:
            return object_key not in self._held

    def holder(self, object_key: tuple[str, ...], urn: str, generation: str | None) -> str | None:
        """The resource for which the object has to stay, though it is deleted under this URN and tenure.

        Equal tenures mean the same resource: one that was renamed by an alias is deleted under its old URN.
        """
        with self._lock:
            held = self._held.get(object_key)
            if (
                held is None
                or held == Claim(urn, generation)
                or (generation and held.generation == generation)
            ):
                return None
            return held.urn
