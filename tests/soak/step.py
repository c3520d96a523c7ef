"""One step of a stack's life: from one program to the next, and which resources live on in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.soak.arguments import replacing
from tests.soak.program import Item, Program


@dataclass(frozen=True)
class Step:
    """A change of the program, with the options of the update that deploys it."""

    before: Program
    after: Program
    edits: tuple[str, ...] = ()
    """What was done, for people."""
    replaced: tuple[int, ...] = ()
    """The resources that `--replace` names."""
    targeted: tuple[int, ...] = ()
    """The resources that an update with `--target` deploys before the rest."""

    def new(self) -> list[Item]:
        return [item for item in self.after if not item.continues(self.before.get(item.number))]

    def removed(self) -> list[Item]:
        return [old for old in self.before if not self._lives_on(old)]

    def kept(self) -> Iterator[tuple[Item, Item]]:
        """The resources that live on: as they were, and as they are."""
        for item in self.after:
            old = self.before.get(item.number)
            if old is not None and item.continues(old):
                yield old, item

    def replacing(self) -> set[int]:
        """The numbers of the resources that live on with a new object."""
        return {
            item.number
            for old, item in self.kept()
            if item in self._forced()
            or any(
                old.arguments.get(name) != item.arguments.get(name)
                for name in (*(field.path for field in replacing(item.type)), *item.replace_on)
            )
        }

    def options(self) -> list[str]:
        return [option for item in self._forced() for option in ("--replace", item.urn)]

    def _forced(self) -> list[Item]:
        """The resources that `--replace` names, by the URNs of state: Pulumi knows no others."""
        return [item for old, item in self.kept() if item.number in self.replaced and item.urn == old.urn]

    def _lives_on(self, old: Item) -> bool:
        item = self.after.get(old.number)
        return item is not None and item.continues(old)
