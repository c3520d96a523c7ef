"""What a resource remembers of the singleton that it has taken over, so that it can be given back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeAlias

from pydantic import ConfigDict, Field

from pulumi_switchboard.fields.models import Model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.state_keys import SAVED_ORIGINAL

Same: TypeAlias = Callable[[str, Any, Any], bool]
"""Whether two values of the field with this name mean the same."""


class Taken(Model):
    """The memory of a take-over. State keeps it as one text, which is secret as a whole."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")
    """What a later release remembers besides is kept."""

    existed: bool = True
    """Whether there was an object at all."""
    found: dict[str, Any] = Field(default_factory=dict)
    """What the fields held before; one that is not here held what nobody knows."""
    written: dict[str, Any] = Field(default_factory=dict)
    """What we have put into the fields; None where we have cleared one, and manage it no more."""
    before: list[dict[str, Any]] = Field(default_factory=list)
    """What we had put there before each of the writes whose outcome is open, the oldest first."""
    unreadable: list[str] = Field(default_factory=list)
    """The write-only fields that held something else than what we have put there."""

    @classmethod
    def of(cls, known: Bag) -> Taken:
        """What state remembers; nothing at all where it has no such memory."""
        text = known.get(SAVED_ORIGINAL)
        return cls.model_validate_json(text) if isinstance(text, str) else cls()

    def text(self) -> str:
        """The memory as state keeps it."""
        return self.model_dump_json(exclude_defaults=True)

    @property
    def is_open(self) -> bool:
        """Whether the outcome of a write is not known; no look can tell, for the write may come late."""
        return bool(self.before)

    @property
    def was_there(self) -> bool:
        """Whether the object is known to have been there after a write of ours, or before the first one."""
        return self.existed or not self.is_open or any(self.before)

    @property
    def puts(self) -> list[dict[str, Any]]:
        """All that may be there by our hand."""
        return [self.written, *self.before]

    @property
    def held(self) -> set[str]:
        """The fields that are managed, as far as we know."""
        return {name for put in self.puts for name, value in put.items() if value is not None}

    def with_fields(self, live: Bag, wanted: Bag, unreadable: Iterable[str], same: Same) -> Taken:
        """The memory, with what fields hold that are about to be managed, and were not so far.

        Where they all are as wanted already, an earlier run may have made them so and died: what was
        there before is not known then.
        """
        fresh = [n for n in wanted if n not in self.held and not self.is_ours(n, live.get(n), same)]
        lost = [name for name in unreadable if name in fresh]
        found = {name: value for name, value in self.found.items() if name not in fresh}
        if not all(same(name, live.get(name), wanted[name]) for name in fresh):
            found |= {name: live.get(name) for name in fresh if name not in lost}
        return self.model_copy(
            update={"found": found, "unreadable": list(dict.fromkeys([*self.unreadable, *lost]))}
        )

    def with_written(self, written: Bag) -> Taken:
        """The memory after a write that is done."""
        return self.model_copy(update={"written": {**self.written, **written}, "before": []})

    def with_open_write(self, written: Bag) -> Taken:
        """The memory after a write that may have had its effect."""
        before = [put for put in self.before if put != self.written]
        return self.model_copy(
            update={"written": {**self.written, **written}, "before": [*before, self.written]}
        )

    def is_ours(self, name: str, live: Any, same: Same) -> bool:
        """Whether a field holds what we have put there."""
        return any(same(name, live, put[name]) for put in self.puts if name in put)
