"""What a fault is: what happens, and to which requests."""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, TypeAlias

from pulumi_switchboard.emulator.faults.answers import Answer, RateLimit, Stale
from pulumi_switchboard.emulator.faults.connections import Hold, Outage, Reset, Stall, Truncate
from pulumi_switchboard.emulator.faults.faulted_request import require
from pulumi_switchboard.emulator.faults.operation import Operation

Action: TypeAlias = Answer | RateLimit | Reset | Stall | Truncate | Stale | Hold | Outage | Operation
"""What happens to a request.

Each is a frozen dataclass: its fields are the members of its JSON form, `kind` among them, and `play` acts on
one request.
"""


@dataclass(frozen=True)
class Fault:
    """An action, and the requests that it acts on. Its fields are the members of its JSON form."""

    at: str
    """Their method, host and path, or `*`; see `matching.parse_pattern`."""
    do: Action
    nth: int = 1
    """The first of the matching requests that it acts on."""
    times: int | None = 1
    """How many requests it acts on; None for all of them. A rate limit always acts on all of them."""
    where: str = ""
    """A text that matching requests have in their decoded path and query or in their body."""

    def __post_init__(self) -> None:
        require(self.nth >= 1, "nth: must be 1 or more")
        require(self.times is None or self.times >= 1, "times: must be 1 or more, or null for every request")
        is_possible = not isinstance(self.do, Stale) or self.at.startswith("GET ")
        require(is_possible, "at: Stale acts on GET only; begin with that method")

    @property
    def most(self) -> int | None:
        """How many requests it acts on; None if there is no limit."""
        return None if isinstance(self.do, RateLimit) else self.times

    def chooser(self) -> Callable[[], bool]:
        """Return a function that decides for each request that is due whether to act on it."""
        return self.do.chooser() if isinstance(self.do, RateLimit) else lambda: True

    def as_json(self) -> dict[str, Any]:
        """Return its members; of the action, those that differ from their defaults."""
        action = {"kind": self.do.kind, **_given(self.do)}
        return {"at": self.at, "nth": self.nth, "times": self.most, "where": self.where, "do": action}

    def __str__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in _given(self.do).items())
        where = f" where {self.where!r}" if self.where else ""
        return f"{type(self.do).__name__}({given}) at '{self.at}' (nth={self.nth}{where})"


def _given(action: Action) -> dict[str, Any]:
    """Return the fields of an action that differ from their defaults."""
    return {field.name: getattr(action, field.name) for field in fields(action) if _is_given(field, action)}


def _is_given(field: Field[Any], action: Action) -> bool:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    value = getattr(action, field.name)
    return type(value) is not type(default) or value != default
