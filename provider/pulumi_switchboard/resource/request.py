"""What a front-end knows about a call of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi_switchboard.fields.paths import Path
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.identity import key_of
from pulumi_switchboard.state_keys import AUTONAME, IMPORT, RESOURCE, STACK, USED


@dataclass(frozen=True)
class Identity:
    """Which resource of which stack this is, and which objects its create must not use."""

    stack: Any = None
    """The identity of the stack; unknown in the preview of a new stack, None if the engine does not say."""
    resource: Any = None
    """The resource's place in the stack; may be unknown as well."""
    used: Mapping[str, str] = field(default_factory=dict)
    """The ids of objects that resources have in state and a create could find, by their keys."""
    import_id: Any = None
    """The id of the object that the create adopts; may be unknown in a preview."""
    autoname: Any = None
    """The generated name, if the program gives none."""

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> Identity:
        """The identity that the hidden inputs say."""
        return cls(
            inputs.get(STACK),
            inputs.get(RESOURCE),
            inputs.get(USED) or {},
            inputs.get(IMPORT),
            inputs.get(AUTONAME),
        )

    @property
    def first_key(self) -> str:
        """The first key of the create, the same in every run; empty if the identity is not known."""
        if self.stack is None or self.resource is None:
            return ""
        return key_of(str(self.stack), str(self.resource))


@dataclass(frozen=True)
class Request:
    """A call of the engine about one resource."""

    key: str
    """The key of the resource's type."""
    urn: str = ""
    """The resource; empty if the host does not say."""
    name: str = ""
    """The resource's name in the program."""
    timeout: float = 0.0
    """The seconds that `custom_timeouts` gives the call; 0 if it gives none."""
    identity: Identity = field(default_factory=Identity)
    old_inputs: Bag | None = None
    """The inputs of the last update; None if the engine does not send them."""
    ignored: tuple[Path, ...] = ()
    """The paths of `ignore_changes`."""
    bags: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    """Everything that the engine has sent with the call: old and new inputs, and outputs."""
