"""A singleton in one call: what all of its verbs stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pulumi_switchboard.core.ground import Ground, Live
from pulumi_switchboard.core.singletons.contract import AnySingleton
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.errors import LostAnswerError, MissingError, SwitchboardError
from pulumi_switchboard.fields.models import State, WriteOnly, fields_with, sent_fields
from pulumi_switchboard.fields.paths import WILDCARD, Path, with_values_at
from pulumi_switchboard.fields.typed_values import canonical, to_bag, to_model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.state_keys import GENERATION, ORIGIN, SAVED_ORIGINAL

POLICY = "on_destroy"
"""The argument that says what becomes of the object when the resource is destroyed."""


@dataclass(frozen=True)
class SingletonGround(Ground):
    """A singleton, its type, and the call that is about it."""

    definition: AnySingleton

    @property
    def id(self) -> str:
        """The id under which state has the object."""
        return self.definition.id(self.call)

    def _named(self, id: str) -> str:  # noqa: ARG002 - there is one
        return self.definition.noun

    def _claim(self, id: str, generation: str | None) -> None:
        self.claims.claim(self._key(id), self.call.urn, generation, only=self.definition.noun)

    def _seen(self, taken: Taken, likely: Bag) -> State | None:
        """The object as it is now, with the write-only fields that it is known to hold.

        Args:
            taken: What was written to it: it holds that, unless the vendor shows that it does not.
            likely: What else it may hold: it does if the vendor shows that.
        """
        live = self._shown(self.id)
        names = self._write_only
        if live is None or not names:
            return live
        ours = [(put, True) for put in taken.puts if any(put.get(name) is not None for name in names)]
        for fields, when_unsure in (*ours, (likely, False)):
            holds = self.definition.holds(live, to_model(self.definition.state, fields))
            if holds or (holds is None and when_unsure):
                return live.model_copy(update={name: fields.get(name) for name in names})
        return live

    def _policy(self, bag: Bag) -> str:
        """What becomes of the object at the end, as inputs or outputs say."""
        default = self.definition.inputs.model_fields[POLICY].get_default()
        return str(bag.get(POLICY) or default)

    def _given(self, inputs: Bag) -> Bag:
        """The fields that the inputs manage."""
        given = {n: inputs[n] for n in sent_fields(self.definition.inputs) if inputs.get(n) is not None}
        return self.definition.completed(given)

    def _wanted(
        self,
        inputs: Bag,
        taken: Taken,
        shown: Mapping[str, Any] | None = None,
        ignored: Sequence[Path] = (),
    ) -> Bag:
        """What the fields are to hold: as the inputs say, and None where they say nothing any more.

        What is ignored is not in it, or as it is shown where it is a part of a field.
        """
        given = self._given(inputs)
        cleared = (taken.held - given.keys()) & self.definition.empty.keys()
        fields = {**dict.fromkeys(cleared), **given}
        left_alone = {path[0] for path in ignored if len(path) == 1}
        if WILDCARD in left_alone:
            return {}
        asked = with_values_at(fields, shown or {}, ignored, self.definition.inputs)
        return {name: value for name, value in asked.items() if name in fields and name not in left_alone}

    def _filled(self, wanted: Bag) -> Bag:
        """What is wanted, with the vendor's empty value where that is None."""
        return {n: self.definition.empty.get(n) if v is None else v for n, v in wanted.items()}

    def _differing(self, state: State, wanted: Bag) -> list[str]:
        shown = to_bag(state)
        names = [name for name in self.definition.inputs.model_fields if name in wanted]
        return [name for name in names if not self._same(name, shown.get(name), wanted[name])]

    def _same(self, name: str, one: Any, other: Any) -> bool:
        """Whether two values of a field mean the same; no value is the vendor's empty one."""
        empty = self.definition.empty.get(name)
        meanings = [canonical(self.definition.inputs, name, empty if v is None else v) for v in (one, other)]
        return bool(meanings[0] == meanings[1])

    def _put(self, live: State | None, wanted: Bag, taken: Taken, known: Bag) -> Live:
        """Bring the object to what is wanted, and note what was written; no write where it is so already.

        Args:
            live: The object as it is; None if there is none.
            wanted: What its fields are to hold.
            taken: What is remembered of the take-over.
            known: What state holds, and keeps of what the vendor does not know.
        """
        surely = taken.is_open
        names = list(wanted) if surely or live is None else self._differing(live, wanted)
        held = {**({} if live is None else to_bag(live)), **wanted}
        unseen = {name: held[name] for name in self._write_only if held.get(name) is not None}
        state = live
        if names:
            try:
                state = self._written(live, names, wanted)
            except SwitchboardError as error:
                if not error.may_have_acted:
                    raise
                error.add(
                    f"whether {self.definition.noun} was changed is not known",
                    remedy="run `pulumi up` again: it brings it to what the program says",
                )
                at_least = self._filled(wanted) if live is None else {**to_bag(live), **unseen}
                outputs = self._outputs(at_least, taken.with_open_write(wanted), known)
                return Live(self.id, outputs, unfinished=error)
        shown = {} if state is None else to_bag(state)
        return Live(self.id, self._outputs({**shown, **unseen}, taken.with_written(wanted), known))

    def _written(self, live: State | None, names: list[str], wanted: Bag) -> State:
        """The object once the vendor shows what was sent to it; of what it never shows, it can't be told."""
        send = self.definition.accompanied(names, self._filled(wanted))
        answer = self.definition.write(self.call, live, self._typed(send))
        visible = {name: value for name, value in wanted.items() if name not in self._write_only}
        settled = self._settled(self.id, answer, visible)
        if settled is None:
            raise LostAnswerError(f"{self.definition.noun} was set, and is not there")
        return settled

    def _is_set(self, name: str, value: Any) -> bool:
        """Whether a field holds anything but the vendor's empty value."""
        return not self._same(name, value, None)

    def _outputs(self, shown: Bag, taken: Taken, known: Bag) -> Bag:
        """What goes to state: what is shown, what we remember, and what is for us alone."""
        ours = {name: known[name] for name in (POLICY, GENERATION) if known.get(name) is not None}
        origin = asdict(self.call.client.origin)
        return {
            **shown,
            **self.definition.recalled(taken.found),
            **ours,
            SAVED_ORIGINAL: taken.text(),
            ORIGIN: origin,
        }

    @property
    def _write_only(self) -> list[str]:
        return fields_with(self.definition.inputs, WriteOnly)

    def _missing(self, id: str, otherwise: str = "") -> MissingError:  # noqa: ARG002 - there is one
        return MissingError(
            f"{self.definition.noun} does not exist in {self.call.client.origin}",
            remedy=f"check that the credentials are those of its account{otherwise}",
        )
