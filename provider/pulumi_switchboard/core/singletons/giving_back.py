"""What becomes of a singleton when its resource is destroyed: what `on_destroy` says, or an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from pulumi_switchboard.core.hidden import TENURE
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.core.singletons.contract import ON_DESTROY_VARIABLE, OnDestroy
from pulumi_switchboard.core.singletons.ground import POLICY, SingletonGround
from pulumi_switchboard.core.singletons.taken import Taken, same
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import NotFoundError, SettingsError, SwitchboardError

OTHER_WAYS = (
    f"or destroy with {ON_DESTROY_VARIABLE}=reset in the environment to have the vendor's empty state, "
    f"with {ON_DESTROY_VARIABLE}=retain to leave it as it is"
)


@dataclass(frozen=True)
class GivingBack(SingletonGround):
    """The delete of a singleton's resource."""

    def delete(self, id: str, known: Bag) -> None:
        """Give the object back as the policy says, unless another resource has it by now."""
        self.guard(known)
        noun = self.definition.noun
        holder = self.claims.holder(self._key(id), self.call.urn, known.get(TENURE))
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
                self._restore(id, known)
        except SwitchboardError as error:
            error.add(f"{noun} is managed as before", remedy=OTHER_WAYS)
            raise

    def _policy_at_the_end(self, known: Bag) -> str:
        """What state says, unless the environment overrules it."""
        overruled = self.call.on_destroy
        if overruled and overruled not in get_args(OnDestroy):
            raise SettingsError(
                f"{ON_DESTROY_VARIABLE} in the environment is none of {', '.join(get_args(OnDestroy))}",
                remedy=f"set {ON_DESTROY_VARIABLE} to one of them, or remove it from the environment",
            )
        return overruled or str(known.get(POLICY) or "restore")

    def _reset(self, id: str, known: Bag) -> None:
        try:
            self.definition.delete(self.call, id, decoded(self.definition.state, known))
        except NotFoundError:
            self.call.progress(f"{self.definition.noun} is gone already")

    def _restore(self, id: str, known: Bag) -> None:
        """Put back what was found, where our own value still stands."""
        live = self._seen(known)
        if live is None:
            self.call.progress(f"{self.definition.noun} is gone already")
            return
        taken, shown, model = Taken.of(known), plain(live), self.definition.inputs
        ours = [name for name in taken.written if taken.is_ours(model, name, shown.get(name))]
        others = [name for name in taken.written if name not in ours]
        if not taken.existed:
            self._remove(id, known, others)
            return
        back = {name: taken.found[name] for name in ours if name in taken.found}
        others = [n for n in others if not same(model, n, shown.get(n), taken.found.get(n))]
        self._tell("someone else has changed it since", others)
        self._tell("what was there before is not known", [n for n in ours if n not in taken.found])
        if not taken.written:
            self.call.warn(f"{self.definition.noun} is left as it is: what was there before is not known")
        if names := self._differing(live, back):
            self._written(live, names, back)

    def _remove(self, id: str, known: Bag, others: list[str]) -> None:
        """Remove an object that was not there before, unless it is someone else's work by now."""
        if others:
            self._tell("there was nothing before, and someone else has changed it since", others)
        else:
            self._reset(id, known)

    def _tell(self, why: str, names: list[str]) -> None:
        if names:
            self.call.warn(f"{self.definition.noun} is left as it is in {', '.join(names)}: {why}")
