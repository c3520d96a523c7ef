"""The saved original of an account setting: what it held before the resource took it over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeAlias

from pydantic import ConfigDict, Field

from pulumi_switchboard.fields.models import Model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.state_keys import SAVED_ORIGINAL

IsSame: TypeAlias = Callable[[str, Any, Any], bool]
"""Whether two values of the field with this name mean the same."""


class SavedOriginal(Model):
    """The original values, and what was written since. State keeps it as one secret text."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")
    """Members of later releases are kept."""

    existed: bool = True
    """Whether the account had the setting at all."""
    values: dict[str, Any] = Field(default_factory=dict)
    """The original values. A field that is missing here had a value that is not known."""
    written: dict[str, Any] = Field(default_factory=dict)
    """The values that the resource has written; None for a field that it has cleared."""
    written_before: list[dict[str, Any]] = Field(default_factory=list)
    """The same before each write whose outcome is open, the oldest first."""
    unreadable: list[str] = Field(default_factory=list)
    """The write-only fields that had another value, which cannot be restored."""

    @classmethod
    def of(cls, known: Bag) -> SavedOriginal:
        """The saved original in state; an empty one if state has none."""
        text = known.get(SAVED_ORIGINAL)
        return cls.model_validate_json(text) if isinstance(text, str) else cls()

    def text(self) -> str:
        """The text that state keeps."""
        return self.model_dump_json(exclude_defaults=True)

    @property
    def is_pending(self) -> bool:
        """Whether the outcome of a write is not known. No read can tell, as the write may arrive late."""
        return bool(self.written_before)

    @property
    def setting_existed(self) -> bool:
        """Whether the setting is known to have existed, before the first write or after one."""
        return self.existed or not self.is_pending or any(self.written_before)

    @property
    def possible_writes(self) -> list[dict[str, Any]]:
        """All values that this resource may have set."""
        return [self.written, *self.written_before]

    @property
    def managed(self) -> set[str]:
        """The fields that the resource manages."""
        writes = self.possible_writes
        return {name for written in writes for name, value in written.items() if value is not None}

    def with_fields(
        self, live: Bag, wanted: Bag, unreadable: Iterable[str], is_same: IsSame
    ) -> SavedOriginal:
        """A copy with the values of the fields that are about to be managed for the first time.

        If all of these equal the program's values already, an earlier run may have set them before it died.
        Their original values are unknown then.
        """
        new = [
            name
            for name in wanted
            if name not in self.managed and not self.is_ours(name, live.get(name), is_same)
        ]
        lost = [name for name in unreadable if name in new]
        values = {name: value for name, value in self.values.items() if name not in new}
        if not all(is_same(name, live.get(name), wanted[name]) for name in new):
            values |= {name: live.get(name) for name in new if name not in lost}
        unreadable = list(dict.fromkeys([*self.unreadable, *lost]))
        return self.model_copy(update={"values": values, "unreadable": unreadable})

    def with_written(self, values: Bag) -> SavedOriginal:
        """A copy after a write that has succeeded."""
        return self.model_copy(update={"written": {**self.written, **values}, "written_before": []})

    def with_pending_write(self, values: Bag) -> SavedOriginal:
        """A copy after a write that may have had its effect."""
        before = [written for written in self.written_before if written != self.written]
        return self.model_copy(
            update={"written": {**self.written, **values}, "written_before": [*before, self.written]}
        )

    def is_ours(self, name: str, live: Any, is_same: IsSame) -> bool:
        """Whether a field has a value that this resource has set."""
        return any(is_same(name, live, written[name]) for written in self.possible_writes if name in written)
