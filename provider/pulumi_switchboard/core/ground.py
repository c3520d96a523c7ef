"""One resource in one call: what all verbs stand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import AnyDefinition, Call, Moved, Origin, Unfinished
from pulumi_switchboard.core.looking import looked
from pulumi_switchboard.errors import AccountMismatchError, MissingError, SwitchboardError, may_pass
from pulumi_switchboard.fields.comparison import changed_fields, with_current_name
from pulumi_switchboard.fields.ids import as_id
from pulumi_switchboard.fields.models import Account, Id, State, fields_with
from pulumi_switchboard.fields.paths import Path, with_values_at
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.state_keys import ORIGIN, PENDING, arguments

SETTLING_SECONDS = 1.4
"""How long the vendor is looked at in the hope that it shows what was sent."""


@dataclass(frozen=True)
class Live:
    """An object as the engine gets to know it."""

    id: str
    outputs: Bag
    inputs: Bag | None = None
    unfinished: SwitchboardError | None = None
    """Why it is open what became of the write; the call fails with it, and the object is in state."""


@dataclass(frozen=True)
class Ground:
    """A resource, its type, and the call that is about it."""

    definition: AnyDefinition
    call: Call[Any]
    claims: Claims

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

    def _bring(
        self, id: str, live: State, wanted_of: Callable[[State], Bag], *, surely: bool = False
    ) -> Live:
        """Change the live object to what is wanted; no write where it is so already.

        Args:
            id: The object.
            live: How the vendor shows it.
            wanted_of: The arguments that are wanted of an object which is shown so.
            surely: Write all the same, since an earlier write may come through late.
        """
        wanted = wanted_of(live)
        if not (surely or self._differing(live, wanted)):
            return self._live(live)
        try:
            state = self.definition.update(self.call, id, live, self._typed(wanted))
        except Moved:
            return self._bring(id, self._shown(id) or live, wanted_of, surely=surely)
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
        return self._live(self._settled(id, state, wanted) or state)

    def _settled(self, id: str, state: State, wanted: Bag) -> State | None:
        """The object once the vendor shows what was sent to it; the last view after a few looks.

        The write is done: trouble while looking again is worth a warning, but must not lose the object.

        Returns:
            The object, or None where the vendor shows none at all.
        """
        if not self._differing(state, wanted):
            return state

        def is_as_sent(seen: State | None) -> bool:
            return seen is not None and not self._differing(seen, wanted)

        try:
            seen = looked(self.call, lambda: self._shown(id), is_as_sent, SETTLING_SECONDS)
        except SwitchboardError as error:
            self.call.warn(f"{self._named(id)} could not be looked at again: {error.summary}")
            seen = state
        if seen is not None and (differing := self._differing(seen, wanted)):
            what = f"{self._named(id)} is not shown as it was sent: {', '.join(differing)}"
            self.call.warn(f"{what}. `pulumi refresh` shows it as it is")
        return seen

    def _open(self, state: State, reason: SwitchboardError, pending: Mapping[str, Any] | None = None) -> Live:
        """What goes to state of an object while the outcome of a write is open."""
        live = self._live(state)
        return replace(
            live,
            outputs={**live.outputs, PENDING: {"reason": reason.summary, **(pending or {})}},
            unfinished=reason,
        )

    def _differing(self, state: State, wanted: Bag) -> list[str]:
        return changed_fields(self.definition.inputs, to_bag(state), wanted)

    def _shown(self, id: str) -> State | None:
        try:
            return self._own_account(self.definition.read(self.call, id))
        except SwitchboardError as error:
            error.may_have_acted = False  # a look changes nothing
            raise

    def _go_on_unseen(self, what: str, trouble: SwitchboardError) -> None:
        """Say that a look at an object failed which is about to be taken under management.

        Raises:
            SwitchboardError: The create begins with the same look, and would fail for the same reason.
        """
        if not may_pass(trouble):
            raise trouble
        self.call.warn(
            f"{what} could not be read, so the values that will be overwritten are not listed yet: "
            f"{trouble.summary}"
        )

    def _warn_of_leaving(self, what: str) -> None:
        """Say that an object leaves state, since the vendor does not have it any more."""
        self.call.warn(
            f"{what} is gone: it was deleted outside of this program, or by a run that was interrupted. It "
            "leaves state, and if the program still has it, the next `pulumi up` creates it again"
        )

    def _own_account(self, state: State | None) -> State | None:
        """The state, if its ids are some, and of the account that the settings name.

        An API key may be another account's.
        """
        if state is not None:
            _check_ids(state)
        account = self.call.client.origin.account
        named = [getattr(state, name, None) for name in fields_with(self.definition.state, Account)]
        shown = {name for name in named if isinstance(name, str)}
        if shown - {account}:
            raise self.call.client.origin.mismatch(", ".join(shown))
        return state

    def _typed(self, wanted: Bag) -> Any:
        """The arguments as a model; `check` has judged them, and what is ignored may break any rule."""
        return to_model(self.definition.inputs, wanted)

    def _but_for(self, ignored: Sequence[Path], inputs: Bag, known: Bag) -> Bag:
        """The arguments, with what is known of the object at the paths that are ignored."""
        model = self.definition.inputs
        there = {name: known[name] for name in model.model_fields if name in known}
        return with_values_at(with_current_name(model, arguments(inputs), there), there, ignored, model)

    def _live(self, state: State) -> Live:
        return Live(id_of(state), {**to_bag(state), ORIGIN: asdict(self.call.client.origin)})

    def _named(self, id: str) -> str:
        """What the object is called in a sentence."""
        return id

    def _claim(self, id: str, generation: str | None) -> None:
        """Note that the resource holds the object.

        Raises:
            ConflictError: Another resource of this program holds it.
        """
        self.claims.claim(self._key(id), self.call.urn, generation)

    def _key(self, id: str) -> tuple[str, ...]:
        origin = self.call.client.origin
        return (origin.endpoint, origin.account, self.definition.key, id)

    def _missing(self, id: str, otherwise: str = "") -> MissingError:
        return MissingError(
            f"{id} does not exist in {self.call.client.origin}",
            remedy=f"check the id, and that the credentials are those of its account{otherwise}",
        )


def id_of(state: State) -> str:
    """The id of an object."""
    return as_id(getattr(state, fields_with(type(state), Id)[0]))


def _check_ids(state: State) -> None:
    """See that what stands for the object and its account can be ids at all."""
    for name in (*fields_with(type(state), Id), *fields_with(type(state), Account)):
        if (value := getattr(state, name, None)) is not None:
            as_id(value)
