"""What becomes of a singleton when its resource is destroyed: what `on_destroy` says, or an error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from pulumi_switchboard.core.singletons.contract import ON_DESTROY_VARIABLE, OnDestroy
from pulumi_switchboard.core.singletons.ground import SingletonGround
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.errors import (
    ConflictError,
    NotFoundError,
    OperationFailedError,
    SettingsError,
    SwitchboardError,
)
from pulumi_switchboard.fields.models import Account, State, fields_with
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.state_keys import GENERATION, SAVED_ORIGINAL

TO_RETAIN = f"set {ON_DESTROY_VARIABLE}=retain in the environment to leave it as it is"
OTHER_WAYS = {
    "restore": f"to destroy it without that, {TO_RETAIN}, or {ON_DESTROY_VARIABLE}=reset for the vendor's "
    "empty state",
    "reset": f"to destroy it without that, {TO_RETAIN}",
}
ONCE_MORE = {
    policy: f"run the command again: what was given back needs no more than a look; {ways}"
    for policy, ways in OTHER_WAYS.items()
}


@dataclass(frozen=True)
class GivingBack(SingletonGround):
    """The delete of a singleton's resource."""

    def delete(self, id: str, known: Bag) -> None:
        """Give the object back as the policy says, unless another resource has it by now."""
        self.guard(known)
        noun = self.definition.noun
        holder = self.claims.holder(self._key(id), self.call.urn, known.get(GENERATION))
        if holder is not None:
            self.call.warn(f"{noun} is left as it is: it is managed as {holder or 'another resource'} now")
            return
        policy = self._policy_at_the_end(known)
        if policy == "retain":
            self.call.warn(f"{noun} is left as it is, and not managed any more: on_destroy is retain")
            return
        try:
            if policy == "reset":
                self._reset(id, known)
            else:
                self._restore(known)
        except SwitchboardError as error:
            if error.may_have_acted:
                error.add(f"whether {noun} was given back is not known", remedy=ONCE_MORE[policy])
            else:
                error.add(f"{noun} is managed as before", remedy=OTHER_WAYS[policy])
            raise

    def _policy_at_the_end(self, known: Bag) -> str:
        """What state says, unless the environment overrules it."""
        overruled = self.call.on_destroy
        if overruled and overruled not in get_args(OnDestroy):
            raise SettingsError(
                f"{ON_DESTROY_VARIABLE} in the environment is none of {', '.join(get_args(OnDestroy))}",
                remedy=f"set {ON_DESTROY_VARIABLE} to one of them, or remove it from the environment",
            )
        return overruled or self._policy(known)

    def _reset(self, id: str, known: Bag) -> None:
        """Bring the object to the vendor's empty state, whoever has set it.

        Where it shows whose it is, it is looked at first: an API key may be another account's.
        """
        if fields_with(self.definition.state, Account) and self._shown(id) is None:
            self._tell_that_it_is_gone()
        else:
            self._empty(known)

    def _empty(self, known: Bag) -> None:
        try:
            self.definition.reset(self.call, to_model(self.definition.state, known))
        except NotFoundError:
            self._tell_that_it_is_gone()

    def _restore(self, known: Bag) -> None:
        """Put back what was found, where our own value still stands."""
        taken = Taken.of(known)
        live = self._seen(taken, known)
        if live is None:
            self._tell_that_it_is_gone(with_what_was_there=taken.existed)
            return
        shown = to_bag(live)
        changed = self._whole_groups(taken, lambda name: not taken.is_ours(name, shown.get(name), self._same))
        if not taken.existed:
            self._remove(known, changed)
            return
        if lost := [name for name in taken.unreadable if name in taken.written and name not in changed]:
            names = " and ".join(lost)
            raise ConflictError(
                f"{self.definition.noun} can't be put back: its {names} from before can't be read"
            )
        unknown = self._whole_groups(taken, lambda name: name not in taken.found)
        back = {n: taken.found[n] for n in taken.written if n not in (*changed, *unknown)}
        done = [n for n in taken.found if self._same(n, shown.get(n), taken.found[n])]
        self._tell("someone else has changed it since", [n for n in changed if n not in done])
        self._tell("what was there before is not known", [n for n in unknown if n not in changed])
        if not (taken.written or {SAVED_ORIGINAL, GENERATION} <= known.keys()):
            self.call.warn(f"{self.definition.noun} is left as it is: what was there before is not known")
        if differing := self._differing(live, back):
            self._put_back(live, differing, back)

    def _put_back(self, live: State, names: list[str], back: Bag) -> None:
        """Write what was found; it has to be there then."""
        shown = self._written(live, names, back)
        if left := [name for name in self._differing(shown, back) if name not in self._write_only]:
            raise OperationFailedError(
                f"{self.definition.noun} was put back, and is not so: {', '.join(left)}"
            )

    def _whole_groups(self, taken: Taken, holds: Callable[[str], bool]) -> list[str]:
        """The fields of ours for which this holds, and those that are one with them."""
        found = {name for name in taken.written if holds(name)}
        return [name for name in taken.written if self.definition.group(name) & found]

    def _remove(self, known: Bag, others: list[str]) -> None:
        """Remove an object that was not there before, unless it is someone else's work by now."""
        if others:
            self._tell("there was nothing before, and someone else has changed it since", others)
        else:
            self._empty(known)

    def _tell_that_it_is_gone(self, *, with_what_was_there: bool = False) -> None:
        if with_what_was_there:
            self.call.warn(f"{self.definition.noun} is gone, so what was there before is not put back")
        else:
            self.call.progress(f"{self.definition.noun} is gone already")

    def _tell(self, why: str, names: list[str]) -> None:
        if names:
            self.call.warn(f"{self.definition.noun} is left as it is in {', '.join(names)}: {why}")
