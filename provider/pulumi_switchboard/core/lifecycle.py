"""The life of a resource, the same for all types: what happens around the verbs of a definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from tenacity import RetryCallState, Retrying, retry_if_result, stop_after_attempt, wait_exponential

from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import AnyDefinition, Call, Origin, Unfinished
from pulumi_switchboard.core.difference import Difference, changed, difference
from pulumi_switchboard.core.fields import Account, Autonamed, Id, State, marked
from pulumi_switchboard.core.hidden import AUTONAME, IMPORT, ORIGIN, PENDING, arguments, hidden
from pulumi_switchboard.core.paths import Path, overlaid
from pulumi_switchboard.core.shape import decoded, drifted, plain
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import (
    AccountMismatchError,
    ConflictError,
    MissingError,
    NotFoundError,
    SwitchboardError,
)

LOOKS = 5
FIRST_PAUSE = 0.1
LAST_LOOK_SECONDS = 3.0
"""The time to find out what became of a create, even where the time of the call is over."""
CLEAR_PENDING = (
    ". Should Pulumi keep warning of pending creates, run `pulumi refresh --clear-pending-creates`"
)


@dataclass(frozen=True)
class Live:
    """An object as the engine gets to know it."""

    id: str
    outputs: Bag
    inputs: Bag | None = None
    unfinished: SwitchboardError | None = None
    """Why it is open what became of the write; the call fails with it, and the object is in state."""


@dataclass(frozen=True)
class Life:
    """The verbs, with all that is the same for every type."""

    definition: AnyDefinition
    call: Call[Any]
    claims: Claims

    def diff(self, id: str, known: Bag, old: Bag | None, new: Bag, ignored: Sequence[Path]) -> Difference:
        """Whether the object needs an update, or a new object in its place."""
        self.guard(known)
        self.claims.claim(self._key(id), self.call.urn)
        found = difference(self.definition.inputs, known, old, new, ignored)
        return replace(found, changes=True) if PENDING in known else found

    def intend(self, inputs: Bag) -> None:
        """Note which object a new resource will adopt, so that a preview shows who else manages it.

        Raises:
            ConflictError: Another resource of this program holds it.
        """
        if isinstance(adopted := inputs.get(IMPORT), str):
            self.claims.claim(self._key(adopted), self.call.urn)

    def create(self, inputs: Bag) -> Live:
        """Make the object, or adopt the one that the program names, or that an earlier run has left."""
        if (adopted := inputs.get(IMPORT)) is not None:
            return self._adopt(adopted, inputs)
        wanted = arguments(inputs)
        typed = self._typed(wanted)
        found = self._own_account(self.definition.find(self.call, typed))
        if found is not None:
            return self._take_own(found, inputs)
        try:
            state = self.definition.create(self.call, typed)
        except Unfinished as left:
            self._claim_made(_id(left.state))
            return self._open(left.state, left.reason, left.pending)
        except SwitchboardError as error:
            found = self._in_the_way(error, typed)
            if found is None:
                raise
            if error.is_conflict:
                return self._take_own(found, inputs)
            return self._take(found, wanted, f"the answer that {_id(found)} was made got lost")
        self._keep_out_of_other_accounts(state)
        self._claim_made(_id(state))
        return self._live(self._settle(_id(state), state, wanted))

    def read(self, id: str, known: Bag, old: Bag | None) -> Live | None:
        """The object as it is now, or None if it is gone."""
        refreshed = ORIGIN in known
        if refreshed:
            self.guard(known)
        state = self._shown(id)
        if state is None:
            if refreshed:
                return None
            raise self._missing(id)
        if old is None:
            return self._live(state)
        live, written, model = plain(state), arguments(old), self.definition.inputs
        mended = {
            name: drifted(model, name, written.get(name), live.get(name)) for name in model.model_fields
        }
        inputs = {name: value for name, value in mended.items() if value is not None}
        return Live(id, self._live(state).outputs, {**inputs, **hidden(old)})

    def update(self, id: str, known: Bag, inputs: Bag, ignored: Sequence[Path]) -> Live:
        """Bring the object to what the inputs say; no request where it is there already."""
        self.guard(known)
        self.claims.claim(self._key(id), self.call.urn)
        wanted = self._but_for(ignored, inputs, known)
        if PENDING not in known and not changed(self.definition.inputs, known, wanted):
            return Live(id, {**arguments(known), ORIGIN: asdict(self.call.client.origin)})
        live = self._shown(id)
        if live is None:
            raise MissingError(
                f"{id} is gone: it was deleted outside of this program",
                remedy="run `pulumi up --refresh`, which creates it anew",
            )
        return self._bring(id, live, self._but_for(ignored, inputs, plain(live)))

    def delete(self, id: str, known: Bag) -> None:
        """Delete the object, unless it is another resource's by now. Gone already is as good."""
        self.guard(known)
        holder = self.claims.holder(self._key(id), self.call.urn)
        if holder is not None:
            self.call.warn(f"{id} is left in place: it is managed as {holder or 'another resource'} now")
            return
        try:
            self.definition.delete(self.call, id, decoded(self.definition.state, known))
        except NotFoundError:
            self.call.progress(f"{id} is gone already")

    def guard(self, known: Bag) -> None:
        """Stop before anything happens to an object that the credentials do not belong to.

        Raises:
            AccountMismatchError: State names another account or endpoint than the credentials.
        """
        kept, current = known.get(ORIGIN), self.call.client.origin
        if isinstance(kept, dict) and kept != asdict(current):
            raise AccountMismatchError(
                "the object belongs to another account or endpoint than the credentials",
                facts=(f"the object is in {Origin(**kept)}", f"the credentials are for {current}"),
                remedy="give the credentials and the endpoint that it was created with. To move to the new "
                "account, destroy this stack with the old ones first, or use another stack",
            )

    def _adopt(self, id: str, inputs: Bag) -> Live:
        live = self._shown(id)
        if live is None:
            raise self._missing(id, ". If it is gone for good, remove import_, and a new one is made")
        return self._take(live, arguments(inputs), f"{id} existed already")

    def _keep_out_of_other_accounts(self, made: State) -> None:
        """Take back what was made in an account that the settings do not name."""
        try:
            self._own_account(made)
        except AccountMismatchError as mismatch:
            try:
                self.definition.delete(self.call, _id(made), made)
            except SwitchboardError as error:
                mismatch.add(
                    f"{_id(made)} was made there, and could not be deleted: {error.summary}",
                    remedy=f"delete {_id(made)} there; {mismatch.remedy}",
                )
            raise

    def _in_the_way(self, error: SwitchboardError, typed: Any) -> State | None:
        """The object that may be why a create failed: its own, made after all, or one of the same name."""
        if not (error.may_have_acted or error.is_conflict):
            return None

        def look() -> State | None:
            return self.definition.find(self.call, typed) or self.definition.search(self.call, typed)

        with self.call.moment.overtime(LAST_LOOK_SECONDS):
            try:
                found = self._looks(lambda seen: seen is None)(look) if error.may_have_acted else look()
            except SwitchboardError as trouble:
                error.add(f"looking for the object failed, too: {trouble.summary}", remedy=error.remedy)
                found = None
        if found is None and error.may_have_acted:
            error.add(
                "whether the object was made is not known; there is none to be seen so far",
                remedy="run `pulumi up` again: it looks for the object by its name before it makes one",
            )
        return self._own_account(found)

    def _take_own(self, found: State, inputs: Bag) -> Live:
        """Go on with an object of the same name, if that can only be the resource's own."""
        if not self._is_own_name(inputs):
            raise self._taken(_id(found)) from None
        why = f"{_id(found)} was made for this resource by an earlier run"
        return self._take(found, arguments(inputs), why, CLEAR_PENDING)

    def _take(self, live: State, wanted: Bag, why: str, advice: str = "") -> Live:
        """Go on with an object that exists; always announced."""
        self._claim_made(_id(live))
        names = ", ".join(self._differing(live, wanted))
        change = f", and changes its {names}" if names else ""
        self.call.warn(f"{why}: this resource manages it from now on{change}{advice}")
        return self._bring(_id(live), live, wanted)

    def _claim_made(self, id: str) -> None:
        self.claims.claim(self._key(id), self.call.urn, created=True)

    def _is_own_name(self, inputs: Bag) -> bool:
        """Whether the object's name was made for this resource, so that no one else can have taken it."""
        names = marked(self.definition.inputs, Autonamed)
        return bool(names) and all(inputs.get(name) == inputs.get(AUTONAME) for name in names)

    def _bring(self, id: str, live: State, wanted: Bag) -> Live:
        if not self._differing(live, wanted):
            return self._live(live)
        try:
            state = self.definition.update(self.call, id, live, self._typed(wanted))
        except Unfinished as left:
            return self._open(left.state, left.reason, left.pending)
        except SwitchboardError as error:
            if not error.may_have_acted:
                raise
            error.add(
                "whether the object was changed is not known",
                remedy="run `pulumi up` again: it brings the object to what the program says",
            )
            return self._open(live, error)
        return self._live(self._settle(id, state, wanted))

    def _open(self, state: State, reason: SwitchboardError, pending: Mapping[str, Any] | None = None) -> Live:
        """What goes to state of an object while the outcome of a write is open."""
        live = self._live(state)
        return replace(
            live,
            outputs={**live.outputs, PENDING: {"reason": reason.summary, **(pending or {})}},
            unfinished=reason,
        )

    def _settle(self, id: str, state: State, wanted: Bag) -> State:
        """The object once the vendor shows what was sent to it; the last view after a few looks.

        The write is done: trouble while looking again is worth a warning, but must not lose the object.
        """
        if not self._differing(state, wanted):
            return state
        looks = self._looks(lambda seen: bool(self._differing(seen, wanted)))
        try:
            state = looks(lambda: self._shown(id) or state)
        except SwitchboardError as error:
            self.call.warn(f"{id} could not be looked at again: {error.summary}")
        if differing := self._differing(state, wanted):
            names = ", ".join(differing)
            self.call.warn(f"{id} is not shown as it was sent: {names}. `pulumi refresh` shows it as it is")
        return state

    def _looks(self, too_early: Callable[[Any], bool]) -> Retrying:
        """A few looks at the vendor, which may not show at once what it has done; the last one counts."""

        def last(state: RetryCallState) -> Any:
            return state.outcome.result() if state.outcome else None

        return Retrying(
            retry=retry_if_result(too_early),
            stop=stop_after_attempt(LOOKS),
            wait=wait_exponential(multiplier=FIRST_PAUSE),
            sleep=self.call.moment.pause,
            retry_error_callback=last,
        )

    def _differing(self, state: State, wanted: Bag) -> list[str]:
        return changed(self.definition.inputs, plain(state), wanted)

    def _shown(self, id: str) -> State | None:
        return self._own_account(self.definition.read(self.call, id))

    def _own_account(self, state: State | None) -> State | None:
        """The state, if it is of the account that the settings name; an API key may be another's."""
        account = self.call.client.origin.account
        shown = (
            {str(getattr(state, name)) for name in marked(self.definition.state, Account)} if state else set()
        )
        if shown - {account}:
            raise AccountMismatchError(
                f"the credentials are not those of account {account}: they belong to {', '.join(shown)}",
                remedy="set the account SID to the account of the API key",
            )
        return state

    def _typed(self, wanted: Bag) -> Any:
        """The arguments as a model; `check` has judged them, and what is ignored may break any rule."""
        return decoded(self.definition.inputs, wanted)

    def _but_for(self, ignored: Sequence[Path], inputs: Bag, known: Bag) -> Bag:
        """The arguments, with what is known of the object at the paths that are ignored."""
        fields = self.definition.inputs.model_fields
        return overlaid(arguments(inputs), {n: v for n, v in known.items() if n in fields}, ignored)

    def _live(self, state: State) -> Live:
        return Live(_id(state), {**plain(state), ORIGIN: asdict(self.call.client.origin)})

    def _key(self, id: str) -> tuple[str, ...]:
        origin = self.call.client.origin
        return (origin.endpoint, origin.account, self.definition.key, id)

    def _taken(self, id: str) -> ConflictError:
        return ConflictError(
            f"{' and '.join(marked(self.definition.inputs, Autonamed))} is taken by {id}",
            remedy="choose another name, or give an option to the resource: "
            f'import_="{id}" to manage that object with it, aliases=[…] if it is this very resource under an '
            "earlier name or parent, delete_before_replace=True if it is to be replaced",
        )

    def _missing(self, id: str, otherwise: str = "") -> MissingError:
        return MissingError(
            f"{id} does not exist in {self.call.client.origin}",
            remedy=f"check the id, and that the credentials are those of its account{otherwise}",
        )


def _id(state: State) -> str:
    return str(getattr(state, marked(type(state), Id)[0]))
