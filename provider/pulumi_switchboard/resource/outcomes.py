"""The results of verbs. What is not an error is a value, not an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.values import Bag


@dataclass(frozen=True)
class Unfinished:
    """A write whose outcome is open. The object goes to state as far as it is known."""

    state: State
    """The object as far as it is known; its id at least."""
    reason: SwitchboardError
    """Why the outcome is open."""
    pending: Mapping[str, Any] = field(default_factory=dict)
    """What the next update needs to resume the write."""


@dataclass(frozen=True)
class Existing:
    """An object that an earlier run created for this resource; its values may differ from the program's."""

    state: State
    found_because: str
    """How the object was found, for the user."""


@dataclass(frozen=True)
class Moved:
    """The object has changed or is gone since it was read. The update had no effect: it is computed again."""


@dataclass(frozen=True)
class Difference:
    """The result of a diff."""

    changed: tuple[str, ...] = ()
    """The arguments whose values differ in meaning from the program's."""
    replaces: tuple[str, ...] = ()
    """Those among them that an existing object can't take, so that another one is needed."""
    is_pending: bool = False
    """Whether a write of an earlier run is still open, so that an update is needed in any case."""
    deletes_first: bool = False
    """Whether a replacement, if there is one, deletes the old object first."""


@dataclass(frozen=True)
class VerbResult:
    """What goes to state after a verb."""

    id: str
    outputs: Bag
    inputs: Bag | None = None
    """The new inputs; None if they stay as they are."""
    unfinished: SwitchboardError | None = None
    """Why the outcome of the write is open: the call fails with this error, and the object is in state."""
