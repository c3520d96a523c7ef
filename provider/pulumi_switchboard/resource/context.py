"""What every verb needs: one resource, and the call that is about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from pulumi_switchboard.deadline import Deadline
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.claims import Claims
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.resource.request import Request
from pulumi_switchboard.state_keys import ORIGIN
from pulumi_switchboard.vendors.vendor import Client, Origin


@dataclass(frozen=True)
class ResourceContext:
    """A resource in one call of the engine."""

    definition: AnyDefinition
    request: Request
    client: Client
    """The client of the vendor."""
    deadline: Deadline
    claims: Claims
    """Which resource uses which object, in this process."""
    progress: Callable[[str], None]
    """Shows a text in the status column of the resource."""
    warn: Callable[[str], None]
    """Adds a warning to the diagnostics of the resource."""
    secrets: frozenset[str] = frozenset()
    """The arguments that are secrets in the program, besides those that are secret by their type."""
    is_first_mention: Callable[[str], bool] = lambda _: True
    """Whether the user has not been told this part of a warning yet; from now on it counts as told."""
    on_destroy_override: str = ""
    """The `on_destroy` of all account settings, if the environment overrides the program."""

    @property
    def origin(self) -> Origin:
        """The account and the endpoint of the credentials."""
        return self.client.origin

    def with_origin(self, outputs: Bag) -> Bag:
        """The outputs, with the account and endpoint of the object as state keeps them."""
        return {**outputs, ORIGIN: asdict(self.origin)}

    def object_key(self, id: str) -> tuple[str, ...]:
        """The name of an object among all claims."""
        return (self.origin.endpoint, self.origin.account, self.definition.key, id)

    def claim(self, id: str, generation: str | None = None, *, noun: str = "") -> None:
        """Record that the resource uses the object; see `Claims.claim`."""
        self.claims.claim(self.object_key(id), self.request.urn, generation, noun=noun)

    def other_user(self, id: str, generation: str | None) -> str | None:
        """The resource that still needs the object; see `Claims.other_user`."""
        return self.claims.other_user(self.object_key(id), self.request.urn, generation)

    def has_another(self, id: str) -> bool:
        """Whether the resource has another object by now."""
        return self.claims.has_another(self.object_key(id), self.request.urn)

    def is_free(self, id: str) -> bool:
        """Whether no resource uses the object: neither in this run nor in state."""
        used_in_state = id in self.request.identity.used.values()
        return not used_in_state and self.claims.is_free(self.object_key(id))
