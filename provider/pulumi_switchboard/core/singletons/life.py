"""The life of a singleton, the same for all types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pulumi_switchboard.core.difference import Difference, answer
from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.core.singletons.giving_back import GivingBack
from pulumi_switchboard.core.singletons.ground import POLICY
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.core.singletons.taking_over import TakingOver
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.paths import Path, with_values_at
from pulumi_switchboard.fields.typed_values import to_bag, to_model, with_drift
from pulumi_switchboard.fields.values import Bag, has_unknown
from pulumi_switchboard.state_keys import GENERATION, ORIGIN, hidden_members


@dataclass(frozen=True)
class SingletonLife(TakingOver, GivingBack):
    """The verbs of a resource of which an account has no more than one."""

    def intend(self, inputs: Bag, *, is_new: bool) -> None:  # noqa: ARG002 - the object is always the same
        """Note which resource of the program manages the object.

        Raises:
            ConflictError: Another one does so, too.
        """
        key = ("in the program", *self._key(self.id))
        self.claims.claim(key, self.call.urn, only=self.definition.noun)

    def diff(self, id: str, known: Bag, old: Bag | None, new: Bag, ignored: Sequence[Path]) -> Difference:
        """Whether the object needs an update; of what that overwrites, it tells what a look has shown."""
        self.guard(known)
        self._claim(id, known.get(GENERATION))
        taken = Taken.of(known)
        self._refuse_what_cannot_be_restored(taken, self._policy(new))
        if not has_unknown(new.get(POLICY)):
            seen = to_model(self.definition.state, known)
            self._tell_what_is_new(seen, self._wanted(new, taken, known, ignored), taken, self._policy(new))
        found = answer(self._edited(known, new, taken, ignored), old, new)
        return replace(found, changes=True) if taken.is_open else found

    def read(self, id: str, known: Bag, old: Bag | None) -> Live | None:
        """The object as it is now, or None if there is none any more."""
        refreshed = ORIGIN in known
        if refreshed:
            self.guard(known)
        self._refuse_other_id(id)
        taken = Taken.of(known)
        live = self._seen(taken, known)
        if live is None:
            if refreshed:
                self._warn_of_leaving(self.definition.noun)
                return None
            raise self._missing(id)
        outputs = self._outputs(to_bag(live), taken, known)
        return Live(id, outputs, None if old is None else self._mended(old, to_bag(live)))

    def update(self, id: str, known: Bag, inputs: Bag, ignored: Sequence[Path]) -> Live:
        """Bring the object to what the inputs say; what they do not mention any more is cleared."""
        self.guard(known)
        self._claim(id, known.get(GENERATION))
        taken, kept = Taken.of(known), {**known, POLICY: self._policy(inputs)}
        self._refuse_what_cannot_be_restored(taken, kept[POLICY])
        if not taken.is_open and self._edited(known, inputs, taken, ignored) in ([], [POLICY]):
            return Live(id, kept)
        live = self._seen(taken, {**self._given(inputs), **known})
        if live is None and taken.was_there:
            self.call.warn(
                f"{self.definition.noun} is gone: it was deleted outside of this program. It is created again"
            )
        wanted = self._wanted_of(live, inputs, taken, ignored)
        remembered = self._remembered(taken, live, wanted, kept[POLICY])
        self._tell_what_is_new(live, wanted, taken, kept[POLICY])
        self._tell_what_is_not_ours(live, wanted, taken, known)
        return self._put(live, wanted, remembered, kept)

    def _wanted_of(self, live: State | None, inputs: Bag, taken: Taken, ignored: Sequence[Path]) -> Bag:
        """What the fields of the object are to hold.

        Of an object that is not there, nothing can be left as it is. And a write-only field is that of
        the fields with which it is one to the vendor: where they change, it can't be left out.
        """
        if live is None:
            return self._wanted(inputs, taken)
        wanted, given = self._wanted(inputs, taken, to_bag(live), ignored), self._given(inputs)
        changing = set(self._differing(live, wanted))
        keys = [n for n in self._write_only if n in given and self.definition.group(n) & changing]
        return {**wanted, **{name: given[name] for name in keys}}

    def _tell_what_is_new(self, live: State | None, wanted: Bag, taken: Taken, policy: str) -> None:
        """Warn of what is overwritten in fields that the program manages from now on."""
        shown = {} if live is None else to_bag(live)
        fresh = {name: value for name, value in wanted.items() if name not in taken.held}
        unreadable = [n for n in self._write_only if n in fresh and shown.get(n) is None]
        if live is not None and (text := self._overwritten(live, fresh, policy, unreadable)):
            self.call.warn(text)

    def _tell_what_is_not_ours(self, live: State | None, wanted: Bag, taken: Taken, known: Bag) -> None:
        """Warn of what someone else has put into managed fields, unseen so far, and is overwritten."""
        shown = {} if live is None else to_bag(live)

        def is_news(name: str) -> bool:
            value = shown.get(name)
            return not (self._same(name, value, known.get(name)) or taken.is_ours(name, value, self._same))

        differing = [] if live is None else self._differing(live, wanted)
        if names := [name for name in differing if name in taken.held and is_news(name)]:
            what = "is not as the last finished update has left it, and this one overwrites that"
            changes = self._changes(shown, wanted, names)
            self.call.warn("\n".join([f"{self.definition.noun} {what}:", *changes]))

    def _edited(self, known: Bag, inputs: Bag, taken: Taken, ignored: Sequence[Path]) -> list[str]:
        """The arguments that ask for something else than what is known, be it only to manage a field."""
        wanted = self._wanted(inputs, taken, known, ignored)
        written = with_values_at(taken.written, known, ignored, self.definition.inputs)

        def differs(name: str) -> bool:
            value, ours = wanted[name], written.get(name)
            if value is None or ours is None:
                return True
            return not (self._same(name, known.get(name), value) and self._same(name, ours, value))

        edited = {name for name in wanted if differs(name)}
        if not self._same(POLICY, known.get(POLICY), inputs.get(POLICY)):
            edited.add(POLICY)
        return [name for name in self.definition.inputs.model_fields if name in edited]

    def _mended(self, old: Bag, live: Bag) -> Bag:
        """The inputs of the last update, with what has drifted in the fields that they manage."""
        model, managed = self.definition.inputs, self._given(old)
        mended = {
            name: old.get(name)
            if self._same(name, managed[name], live.get(name))
            else with_drift(model, name, managed[name], live.get(name))
            for name in managed
        }
        policy = {POLICY: old.get(POLICY)}
        inputs = {name: value for name, value in {**mended, **policy}.items() if value is not None}
        return {**inputs, **hidden_members(old)}
