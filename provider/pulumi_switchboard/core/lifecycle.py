"""The life of a resource, the same for all types: what happens around the verbs of a definition."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace

from pulumi_switchboard.core.contract import Unfinished, type_name
from pulumi_switchboard.core.creating import Creating
from pulumi_switchboard.core.difference import Difference, difference
from pulumi_switchboard.core.ground import Live, id_of
from pulumi_switchboard.errors import (
    ConflictError,
    LostAnswerError,
    MissingError,
    NotFoundError,
    OperationFailedError,
    SwitchboardError,
    UnsettledError,
)
from pulumi_switchboard.fields.comparison import changed_fields, replacing_fields, with_current_name
from pulumi_switchboard.fields.models import Replaces, State, Version, fields_with
from pulumi_switchboard.fields.paths import Path
from pulumi_switchboard.fields.typed_values import to_bag, to_model, with_drift
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.state_keys import (
    GENERATION,
    IDENTITY,
    IMPORT,
    NEVER_CREATED,
    NEVER_SEEN,
    OPERATION,
    ORIGIN,
    PENDING,
    arguments,
    hidden_members,
)


class Life(Creating):
    """The verbs, with all that is the same for every type."""

    def diff(self, id: str, known: Bag, old: Bag | None, new: Bag, ignored: Sequence[Path]) -> Difference:
        """Whether the object needs an update, or a new object in its place."""
        self.guard(known)
        self._claim(id, known.get(GENERATION))
        found = difference(self.definition.inputs, known, old, new, ignored)
        if PENDING not in known:
            return found
        return replace(found, changes=True, replaces=self._needed() if _is_defunct(known) else found.replaces)

    def intend(self, inputs: Bag, *, is_new: bool) -> None:
        """Note which object a new resource will adopt, so that a preview shows who else manages it.

        Raises:
            ConflictError: Another resource of this program holds it.
        """
        if is_new and isinstance(adopted := inputs.get(IMPORT), str):
            self._claim(adopted, None)

    def read(self, id: str, known: Bag, old: Bag | None) -> Live | None:
        """The object as it is now, or None if it is gone."""
        live = self._found(id, known, old)
        return None if live is None else _kept(live, known)

    def _found(self, id: str, known: Bag, old: Bag | None) -> Live | None:
        refreshed = ORIGIN in known
        if refreshed:
            self.guard(known)
        if self.definition.is_open(self.call, known.get(PENDING) or {}):
            return Live(id, known, old, unfinished=UnsettledError(known[PENDING]["reason"]))
        try:
            state = self._resumed(id, known) if PENDING in known else self._shown(id)
        except Unfinished as left:
            return Live(id, known, old, unfinished=left.reason)
        except OperationFailedError as failed:
            self._warn_of_what_never_came(id, failed.summary)
            return None
        if state is None:
            if refreshed:
                self._tell_that_it_leaves(id, known)
                return None
            raise self._missing(id)
        if old is None:
            return self._live(state)
        live, model = to_bag(state), self.definition.inputs
        written = with_current_name(model, arguments(old), live)
        unnamed = written.keys() - arguments(old).keys()
        mended = {
            name: with_drift(model, name, written.get(name), live.get(name)) for name in model.model_fields
        }
        inputs = {n: value for n, value in mended.items() if value is not None and n not in unnamed}
        return replace(self._live(state), inputs={**inputs, **hidden_members(old)})

    def _tell_that_it_leaves(self, id: str, known: Bag) -> None:
        pending = known.get(PENDING) or {}
        if NEVER_SEEN in pending or NEVER_CREATED in pending:
            self._warn_of_what_never_came(id, pending["reason"])
        else:
            self._warn_of_leaving(f"{type_name(self.definition.key)} {id}")

    def _warn_of_what_never_came(self, id: str, why: str) -> None:
        self.call.warn(f"{type_name(self.definition.key)} {id} was never created, and leaves state: {why}")

    def update(self, id: str, known: Bag, inputs: Bag, ignored: Sequence[Path]) -> Live:
        """Bring the object to what the inputs say; no request where it is there already."""
        self.guard(known)
        self._claim(id, known.get(GENERATION))
        return _kept(self._updated(id, known, inputs, ignored), known)

    def _updated(self, id: str, known: Bag, inputs: Bag, ignored: Sequence[Path]) -> Live:
        wanted = self._but_for(ignored, inputs, known)
        if PENDING not in known and not changed_fields(self.definition.inputs, known, wanted):
            return Live(id, {**arguments(known), ORIGIN: asdict(self.call.client.origin)})
        try:
            live = self._resumed(id, known) if PENDING in known else self._shown(id)
        except Unfinished as left:
            return self._open(left.state, left.reason, left.pending)
        except OperationFailedError as failed:
            return self._defunct(id, known, failed)
        if live is None or id_of(live) != id:
            return self._gone(id, known, live)
        self._tell_what_moved(id, known, live)
        wanted = self._but_for(ignored, inputs, to_bag(live))
        if needed := replacing_fields(self.definition.inputs, self._differing(live, wanted)):
            return self._to_be_replaced(id, live, needed)
        pending = known.get(PENDING) or {}
        lost = bool(pending) and OPERATION not in pending and NEVER_SEEN not in pending
        return self._bring(id, live, lambda at: self._but_for(ignored, inputs, to_bag(at)), surely=lost)

    def delete(self, id: str, known: Bag) -> None:
        """Delete the object, unless it is another resource's by now. Gone already is as good."""
        self.guard(known)
        if self._is_left_in_place(id, known):
            return
        own_id = id
        try:
            if PENDING in known and not _is_defunct(known):
                own_id = self._own_id(id, known)
                if own_id != id and self._is_left_in_place(own_id, known):
                    return
            self.definition.delete(self.call, own_id, to_model(self.definition.state, known))
        except Unfinished as left:
            raise left.reason from None
        except LostAnswerError as error:
            error.add(
                "whether the object was deleted is not known",
                remedy="run the command again: an object that is gone is as good as deleted",
            )
            raise
        except NotFoundError:
            self.call.progress(f"{own_id} is gone already")

    def _own_id(self, id: str, known: Bag) -> str:
        """The id of the object itself, once the write is over that an earlier run left open."""
        with suppress(OperationFailedError):
            made = self._resumed(id, known)
            return id if made is None else id_of(made)
        return id

    def _is_left_in_place(self, id: str, known: Bag) -> bool:
        """Whether the object is another resource's by now; that is told."""
        holder = self.claims.holder(self._key(id), self.call.urn, known.get(GENERATION))
        if holder is not None:
            self.call.warn(f"{id} is left in place: it is managed as {holder or 'another resource'} now")
        return holder is not None

    def _resumed(self, id: str, known: Bag) -> State | None:
        """The object, once the write that an earlier run left open is over."""
        state = to_model(self.definition.state, known)
        return self._own_account(self.definition.resume(self.call, id, state, known[PENDING]))

    def _gone(self, id: str, known: Bag, found: State | None) -> Live:
        """What is left of an id that leads nowhere: a mark if it never did, an error if it was deleted."""
        if found is not None:
            return self._misnamed(id, known, found)
        if known.get(PENDING, {}).get(NEVER_SEEN):
            return self._defunct(id, known, UnsettledError(known[PENDING]["reason"]))
        raise MissingError(
            f"{id} is gone: it was deleted outside of this program",
            remedy="run `pulumi up --refresh`, which creates it anew",
        )

    def _defunct(self, id: str, known: Bag, why: SwitchboardError) -> Live:
        """What is left of a create that failed in the end: the next update makes an object in its place."""
        failed = MissingError(
            f"{id} was never made: {why.summary}",
            facts=why.facts,
            remedy="run `pulumi up` again: it makes another one in its place",
        )
        return _given_up(id, known, failed)

    def _misnamed(self, id: str, known: Bag, live: State) -> Live:
        """What is left of an id that was not the object's own: the next update takes up the object itself."""
        misnamed = MissingError(
            f"the vendor calls {id_of(live)} what it has announced as {id}",
            remedy="run `pulumi up` again: it goes on with the object under its own id",
        )
        return _given_up(id, known, misnamed)

    def _to_be_replaced(self, id: str, live: State, needed: list[str]) -> Live:
        """The object as it is, which can't become what is wanted: the next update sees that in state."""
        names = ", ".join(needed)
        refused = ConflictError(
            f"{id} was changed outside of this program in what can't be changed back: {names}",
            remedy="run `pulumi up` again: it puts a new object in its place",
        )
        return replace(self._live(live), unfinished=refused)

    def _needed(self) -> tuple[str, ...]:
        """A field whose change calls for a new object; any will do where the object does not exist."""
        model = self.definition.inputs
        return (*fields_with(model, Replaces), *model.model_fields)[:1]

    def _tell_what_moved(self, id: str, known: Bag, live: State) -> None:
        """Warn of what someone else has changed since the last run, where the vendor counts versions."""
        versions = [n for n in fields_with(self.definition.state, Version) if known.get(n) is not None]
        shown = to_bag(live)
        if PENDING in known or all(known[n] == shown.get(n) for n in versions):
            return
        moved = changed_fields(self.definition.inputs, known, shown)
        what = f": {', '.join(moved)}" if moved else ", in nothing that this resource manages"
        self.call.warn(f"{id} was changed outside of this program since the last update{what}")


def _kept(live: Live, known: Bag) -> Live:
    """The object, with what state remembers of its create. One that was never made has no identity."""
    names = (GENERATION,) if _is_defunct(live.outputs) else (GENERATION, IDENTITY)
    memory = {name: known[name] for name in names if known.get(name) is not None}
    return replace(live, outputs={**live.outputs, **memory})


def _given_up(id: str, known: Bag, why: SwitchboardError) -> Live:
    """An id that leads nowhere; the next update puts an object in its place."""
    left = {name: value for name, value in known.items() if name != IDENTITY}
    return Live(id, {**left, PENDING: {"reason": why.summary, NEVER_CREATED: True}}, unfinished=why)


def _is_defunct(known: Bag) -> bool:
    return bool((known.get(PENDING) or {}).get(NEVER_CREATED))
