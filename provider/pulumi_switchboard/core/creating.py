"""How a resource gets its object: made, adopted, or taken up where an earlier run has left it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pulumi_switchboard.core.adopting import Adopting
from pulumi_switchboard.core.contract import Call, Existing, Unfinished
from pulumi_switchboard.core.ground import SETTLING_SECONDS, Live, id_of
from pulumi_switchboard.core.looking import LAST_LOOK_SECONDS, looked
from pulumi_switchboard.errors import (
    AccountMismatchError,
    ConflictError,
    LostAnswerError,
    SwitchboardError,
)
from pulumi_switchboard.fields.models import Autonamed, State, fields_with
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.identity import key_of, unused_key
from pulumi_switchboard.state_keys import (
    AUTONAME,
    GENERATION,
    IDENTITY,
    IMPORT,
    RESOURCE,
    STACK,
    USED,
    arguments,
)

UNSURE = "whether the object was made is not known"
CLEAR_PENDING = (
    ". Should Pulumi keep warning of pending creates, run `pulumi refresh --clear-pending-creates`"
)


@dataclass(frozen=True)
class Creating(Adopting):
    """The create of a resource."""

    def create(self, inputs: Bag) -> Live:
        """Make the object, or adopt the one that the program names, or that an earlier run has left."""
        live = self._created(inputs)
        return replace(
            live,
            outputs={**live.outputs, GENERATION: self.generation, IDENTITY: self._identity(live, inputs)},
        )

    def _created(self, inputs: Bag) -> Live:
        if (adopted := inputs.get(IMPORT)) is not None:
            return self.adopt(adopted, inputs)
        typed = self._typed(arguments(inputs))
        standing = self._own_account(self.definition.find(self.call, typed))
        if standing is not None:
            return self._take_own(standing, inputs)
        try:
            return self._made(self.definition.create(self._identified(inputs), typed), arguments(inputs))
        except Existing as met:
            self._own_account(met.state)
            return self._take_again(met.state, arguments(inputs), met.why)
        except Unfinished as left:
            self._claim(id_of(left.state), self.generation)
            return self._open(left.state, left.reason, left.pending)
        except SwitchboardError as error:
            return self._after_failure(error, inputs)

    def _made(self, state: State, wanted: Bag) -> Live:
        """The object that a create has just made, as its answer says."""
        self._keep_out_of_other_accounts(state)
        settled = self._settled(id_of(state), state, wanted)
        if settled is None:
            raise LostAnswerError(f"the answer names {id_of(state)}, which is not there")
        self._claim(id_of(settled), self.generation)
        return self._live(settled)

    def _keep_out_of_other_accounts(self, made: State) -> None:
        """Take back what was made in an account that the settings do not name."""
        try:
            self._own_account(made)
        except AccountMismatchError as mismatch:
            try:
                self.definition.delete(self.call, id_of(made), made)
            except SwitchboardError as error:
                mismatch.add(
                    f"{id_of(made)} was made there, and could not be deleted: {error.summary}",
                    remedy=f"delete {id_of(made)} there",
                )
            raise

    def _after_failure(self, error: SwitchboardError, inputs: Bag) -> Live:
        """Go on with the object that is the reason why a create failed, if there is one that can be used."""
        found = self._in_the_way(error, self._typed(arguments(inputs)))
        if found is None:
            raise error
        if error.is_conflict:
            return self._take_own(found, inputs)
        return self._take(found, arguments(inputs), f"the answer that {id_of(found)} was made got lost")

    def _in_the_way(self, error: SwitchboardError, typed: Any) -> State | None:
        """The object that may be why a create failed: its own, made after all, or one of the same name."""
        if not (error.may_have_acted or error.is_conflict):
            return None
        if not self.definition.can_be_found:
            if error.may_have_acted:
                error.add(UNSURE, remedy="run `pulumi up` again: it asks for the same object")
            return None

        def look() -> State | None:
            return self.definition.find(self.call, typed) or self.definition.search(self.call, typed)

        with self.call.deadline.overtime(LAST_LOOK_SECONDS):
            try:
                patience = SETTLING_SECONDS if error.may_have_acted else 0.0
                found = looked(self.call, look, lambda seen: seen is not None, patience)
            except SwitchboardError as trouble:
                error.add(f"looking for the object failed, too: {trouble.summary}")
                found = None
        if found is None and error.may_have_acted:
            error.add(
                f"{UNSURE}; there is none to be seen so far",
                remedy="run `pulumi up` again: it looks for the object before it makes one",
            )
        return self._own_account(found)

    def _take_own(self, found: State, inputs: Bag) -> Live:
        """Go on with an object of the same name, if that can only be the resource's own."""
        if not self._is_own_name(inputs):
            raise self._taken(id_of(found)) from None
        why = f"{id_of(found)} was made for this resource by an earlier run"
        return self._take_again(found, arguments(inputs), why)

    def _take_again(self, own: State, wanted: Bag, why: str) -> Live:
        """Go on with an object that an earlier run has made for this resource.

        It goes to state even where it can't be changed to what is wanted: else a `destroy` would not know it.
        """
        self._announce(own, wanted, why, CLEAR_PENDING)
        try:
            return self._bring(id_of(own), own, lambda _: wanted)
        except SwitchboardError as error:
            return self._open(own, error)

    def _take(self, live: State, wanted: Bag, why: str) -> Live:
        """Go on with an object that exists; always announced."""
        self._announce(live, wanted, why)
        return self._bring(id_of(live), live, lambda _: wanted)

    def _announce(self, live: State, wanted: Bag, why: str, advice: str = "") -> None:
        """Claim an object that exists, and say so.

        Raises:
            ConflictError: It can't become what is wanted, or another resource holds it.
        """
        self._refuse_what_is_fixed(live, wanted)
        self._claim(id_of(live), self.generation)
        differing = self._differing(live, wanted)
        change = f", and changes its {', '.join(differing)}" if differing else ""
        self.call.warn(f"{why}: this resource manages it from now on{change}{advice}")

    def _is_own_name(self, inputs: Bag) -> bool:
        """Whether the object's name was made for this resource, so that no one else can have taken it."""
        names = fields_with(self.definition.inputs, Autonamed)
        return bool(names) and all(inputs.get(name) == inputs.get(AUTONAME) for name in names)

    def _identified(self, inputs: Bag) -> Call[Any]:
        """The call, with what a create needs to be the same in every run."""
        used = frozenset((inputs.get(USED) or {}).values())

        def is_free(id: str) -> bool:
            return id not in used and self.claims.is_free(self._key(id))

        return replace(self.call, key=_first_key(inputs), is_free=is_free)

    def _identity(self, live: Live, inputs: Bag) -> Bag:
        """What tells later runs that this object is in use; see `StackState.used` in the program."""
        names = [live.outputs.get(name) for name in fields_with(self.definition.inputs, Autonamed)]
        first = "" if IMPORT in inputs else _first_key(inputs)
        made = {"first_key": first, "key": unused_key(first, inputs.get(USED) or {})} if first else {}
        return {"id": live.id, "name": next(iter(names), None), **made}

    def _taken(self, id: str) -> ConflictError:
        return ConflictError(
            f"{' and '.join(fields_with(self.definition.inputs, Autonamed))} is taken by {id}",
            remedy="choose another name, or give an option to the resource: "
            f'import_="{id}" to manage that object with it, aliases=[…] if it is this very resource under an '
            "earlier name or parent, delete_before_replace=True if it is to be replaced",
        )


def _first_key(inputs: Bag) -> str:
    """The first key of a create; empty where the identity of the stack or the resource is not known."""
    stack, resource = inputs.get(STACK), inputs.get(RESOURCE)
    return "" if stack is None or resource is None else key_of(str(stack), str(resource))
