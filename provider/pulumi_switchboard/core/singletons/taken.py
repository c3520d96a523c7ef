"""What a resource remembers of the singleton that it has taken over, so that it can be given back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, Field

from pulumi_switchboard.core.fields import Part
from pulumi_switchboard.core.hidden import TAKEN
from pulumi_switchboard.core.shape import canonical
from pulumi_switchboard.core.values import Bag


class Taken(Part):
    """The memory of a take-over. State keeps it as one text, which is secret as a whole."""

    existed: bool = True
    """Whether there was an object at all."""
    found: dict[str, Any] = Field(default_factory=dict)
    """What the fields held before; one that is not here held what nobody knows."""
    written: dict[str, Any] = Field(default_factory=dict)
    """What we have put into the fields; None where we have cleared one, and manage it no more."""
    before: dict[str, Any] = Field(default_factory=dict)
    """What they held by our hand before a write whose outcome is open."""
    unreadable: list[str] = Field(default_factory=list)
    """The write-only fields that held something else than what we have put there."""

    @classmethod
    def of(cls, known: Bag) -> Taken:
        """What state remembers; nothing at all where it has no such memory."""
        text = known.get(TAKEN)
        return cls.model_validate_json(text) if isinstance(text, str) else cls()

    def text(self) -> str:
        """The memory as state keeps it."""
        return self.model_dump_json(exclude_defaults=True)

    @property
    def held(self) -> set[str]:
        """The fields that are managed, as far as we know."""
        return {name for kept in (self.before, self.written) for name in kept if kept[name] is not None}

    def with_fields(self, model: type[BaseModel], live: Bag, wanted: Bag, unreadable: Iterable[str]) -> Taken:
        """The memory, with what fields hold that are about to be managed for the first time.

        Where they all are as wanted already, an earlier run may have made them so and died: what was
        there before is not known then.
        """
        fresh = [name for name in wanted if name not in self.written]
        lost = [name for name in unreadable if name in fresh]
        if not any(not same(model, name, live.get(name), wanted[name]) for name in fresh):
            return self
        found = {name: live.get(name) for name in fresh if name not in lost}
        return self.model_copy(
            update={"found": {**self.found, **found}, "unreadable": [*self.unreadable, *lost]}
        )

    def with_written(self, written: Bag) -> Taken:
        """The memory after a write that is done."""
        return self.model_copy(update={"written": {**self.written, **written}, "before": {}})

    def with_open_write(self, written: Bag) -> Taken:
        """The memory after a write that may have had its effect."""
        before = {**self.written, **self.before}
        return self.model_copy(update={"written": {**self.written, **written}, "before": before})

    def is_ours(self, model: type[BaseModel], name: str, live: Any) -> bool:
        """Whether a field holds what we have put there."""
        return any(same(model, name, live, put[name]) for put in (self.written, self.before) if name in put)


def same(model: type[BaseModel], name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field mean the same."""
    return bool(canonical(model, name, one) == canonical(model, name, other))
