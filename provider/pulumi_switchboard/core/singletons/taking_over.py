"""How a resource gets a singleton: it keeps what it finds, and tells what it overwrites."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pulumi_switchboard.core.adopting import OR_A_NEW_ONE
from pulumi_switchboard.core.creating import CLEAR_PENDING
from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.core.singletons.ground import POLICY, SingletonGround
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.errors import ConflictError, MissingError, SwitchboardError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag, has_unknown
from pulumi_switchboard.fields.wording import field_text
from pulumi_switchboard.identity import random_key
from pulumi_switchboard.state_keys import GENERATION, IMPORT

AT_THE_END = {
    "restore": "Destroying the resource puts back what was there",
    "reset": "Destroying the resource does not put that back: it leaves the vendor's empty state",
    "retain": "Destroying the resource does not put that back: it leaves all as it is then",
}

AS_IT_IS = (
    "; what was there before may have been something else, so destroying the resource leaves it as it is. "
    'Set on_destroy="reset" to have the vendor\'s empty state then'
)
MAY_BE_OURS = (
    ". Some of that is as the program says already: if an earlier run was cut off, it may have put all of it "
    "there"
)
UNREADABLE = "what can't be read"


@dataclass(frozen=True)
class TakingOver(SingletonGround):
    """The create of a singleton's resource, and what a preview can tell of it."""

    generation: str = field(default_factory=random_key)
    """Drawn for this create; see `Claim`."""

    def foresee(self, inputs: Bag) -> None:
        """Warn of what a new resource will overwrite.

        Raises:
            ConflictError: The object can't be taken over like this.
            MissingError: The id to adopt is that of no such object.
            SwitchboardError: The create would fail for the same reason as this look.
        """
        self._refuse_other_id(inputs.get(IMPORT))
        if has_unknown(inputs.get(POLICY)):
            return
        wanted = self._wanted(inputs, Taken())
        try:
            live = self._seen(Taken(), wanted)
        except SwitchboardError as trouble:
            self._go_on_unseen(self.definition.noun, trouble)
            return
        self._refuse_to_adopt_nothing(live, inputs)
        self._announced(live, wanted, self._policy(inputs))

    def create(self, inputs: Bag) -> Live:
        """Take the object over, and bring it to what the inputs say.

        It is claimed first: if this fails, the deletion of a former self must not undo what is wanted still.
        """
        self._refuse_other_id(inputs.get(IMPORT, self.id))
        self._claim(self.id, self.generation)
        wanted, policy = self._wanted(inputs, Taken()), self._policy(inputs)
        live = self._seen(Taken(), wanted)
        self._refuse_to_adopt_nothing(live, inputs)
        taken = self._announced(live, wanted, policy)
        return self._put(live, wanted, taken, {POLICY: policy, GENERATION: self.generation})

    def _announced(self, live: State | None, wanted: Bag, policy: str) -> Taken:
        """What is remembered of the object before it is written to; announced to the user.

        Raises:
            ConflictError: It could not be put back as the policy wants it.
        """
        taken = self._remembered(Taken(existed=live is not None), live, wanted, policy)
        if live is not None and (text := self._announcement(live, wanted, policy, taken.unreadable)):
            self.call.warn(text)
        return taken

    def _remembered(self, taken: Taken, live: State | None, wanted: Bag, policy: str) -> Taken:
        """The memory, with what fields hold that are about to be managed for the first time.

        Raises:
            ConflictError: What they hold could not be put back as the policy wants it.
        """
        shown = {} if live is None else to_bag(live)
        unreadable = [name for name in self._write_only if live is not None and shown.get(name) is None]
        told = [n for n in unreadable if not has_unknown(self.definition.accompanied([n], wanted))]
        taken = taken.with_fields(shown, wanted, told, self._same)
        self._refuse_what_cannot_be_restored(taken, policy)
        return taken

    def _refuse_what_cannot_be_restored(self, taken: Taken, policy: str) -> None:
        if policy == "restore" and taken.unreadable:
            names = " and ".join(taken.unreadable)
            raise ConflictError(
                f"{self.definition.noun} is there already, and its {names} can't be read, so destroying this "
                "resource could not put it back",
                remedy='set on_destroy="reset" to have the vendor\'s empty state after a destroy, or '
                'on_destroy="retain" to leave all as it is then',
            )

    def _announcement(self, live: State, wanted: Bag, policy: str, unreadable: list[str]) -> str:
        """What to tell the user of an object that stands there; nothing where it is empty."""
        noun, shown = self.definition.noun, to_bag(live)
        if not unreadable and not any(self._is_set(name, shown.get(name)) for name in wanted):
            return ""
        if not self._differing(live, wanted):
            unknown = AS_IT_IS if policy == "restore" else ""
            held = f"{noun} is as the program says already: this resource manages it from now on"
            return f"{held}{unknown}{CLEAR_PENDING}"
        return self._overwritten(live, wanted, policy, unreadable)

    def _overwritten(self, live: State, wanted: Bag, policy: str, unreadable: list[str]) -> str:
        """What fields hold that are about to be managed and to hold something else; empty if nothing."""
        shown, differing = to_bag(live), self._differing(live, wanted)
        names = [n for n in differing if n in unreadable or self._is_set(n, shown.get(n))]
        changes = [change for change in self._changes(shown, wanted, names) if self.call.is_news(change)]
        if not changes:
            return ""
        head = f"this resource takes over {self.definition.noun}, and overwrites what is there:"
        is_like_ours = any(n not in differing and self._is_set(n, shown.get(n)) for n in wanted)
        end = AT_THE_END[policy] + (MAY_BE_OURS if is_like_ours and policy == "restore" else "")
        return "\n".join([head, *changes, end])

    def _changes(self, shown: Bag, wanted: Bag, names: list[str]) -> list[str]:
        """What becomes of these fields, a line each."""
        unreadable = [name for name in self._write_only if shown.get(name) is None]
        before = {name: self._in_words(name, shown.get(name)) for name in names}
        before |= dict.fromkeys(unreadable, UNREADABLE)
        after = {name: self._in_words(name, value) for name, value in self._filled(wanted).items()}
        return [f"  {name}: {before[name]} -> {after[name]}" for name in names]

    def _in_words(self, name: str, value: Any) -> str:
        return field_text(self.definition.inputs, name, value, is_secret=name in self.call.secrets)

    def _refuse_to_adopt_nothing(self, live: State | None, inputs: Bag) -> None:
        if live is None and inputs.get(IMPORT) is not None:
            raise self._missing(self.id, f", or {OR_A_NEW_ONE}")

    def _refuse_other_id(self, id: Any) -> None:
        if id not in (None, self.id):
            raise MissingError(
                f"{id} is not the id of {self.definition.noun}", remedy=f"its id is {self.id}: use that"
            )
