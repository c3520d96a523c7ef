"""How a resource gets an object that exists: the one that its option `import_` names."""

from __future__ import annotations

from dataclasses import dataclass, field

from pulumi_switchboard.core.ground import Ground, Live, id_of
from pulumi_switchboard.core.listings import Listings
from pulumi_switchboard.errors import ConflictError, SwitchboardError
from pulumi_switchboard.fields.comparison import replacing_fields, with_current_name
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.overwrites import overwrites
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag, has_unknown
from pulumi_switchboard.identity import random_key
from pulumi_switchboard.state_keys import IMPORT, arguments

OR_A_NEW_ONE = "remove import_ from the resource, and a new object is created"


@dataclass(frozen=True)
class Adopting(Ground):
    """The adoption of an object: what a preview says of it, and the adoption itself."""

    generation: str = field(default_factory=random_key)
    """Drawn for this create; see `Claim`."""
    listings: Listings = field(default_factory=Listings)
    """The lists that this process has read."""

    def foresee(self, inputs: Bag) -> None:
        """Warn of each value that the adoption will overwrite.

        Raises:
            MissingError: There is no such object.
            ConflictError: The object can't become what the program says.
            SwitchboardError: The adoption would fail for the same reason as this look.
        """
        adopted = inputs.get(IMPORT)
        if not isinstance(adopted, str):
            return
        try:
            listed = self.listings.find(self.definition, self.call, adopted)
            live = self._shown(adopted) if listed is None else self._own_account(listed)
        except SwitchboardError as trouble:
            self._go_on_unseen(adopted, trouble)
            return
        self._announce_adoption(adopted, live, inputs)

    def adopt(self, id: str, inputs: Bag) -> Live:
        """Bring the object to what the program says, and manage it from now on."""
        live = self._announce_adoption(id, self._shown(id), inputs)
        self._claim(id, self.generation)
        return self._bring(id, live, lambda at: self._adopted(at, inputs))

    def _announce_adoption(self, id: str, live: State | None, inputs: Bag) -> State:
        """The object, if it can be adopted; the user is told each change that is not known yet."""
        if live is None:
            raise self._missing(id, f", or {OR_A_NEW_ONE}")
        wanted = self._adopted(live, inputs)
        self._refuse_what_is_fixed(live, wanted)
        changes = overwrites(self.definition.inputs, to_bag(live), wanted, self.call.secrets)
        if news := [change for change in changes if self.call.is_news(change)]:
            lines = "\n".join(f"  {change}" for change in news)
            self.call.warn(f"this resource adopts {id}, and overwrites what is there:\n{lines}")
        elif not changes:
            self.call.warn(f"this resource adopts {id} without a change: it is as the program says")
        return live

    def _adopted(self, live: State, inputs: Bag) -> Bag:
        """What an adopted object is to become."""
        return with_current_name(self.definition.inputs, arguments(inputs), to_bag(live))

    def _refuse_what_is_fixed(self, live: State, wanted: Bag) -> None:
        """Refuse an object that differs in what can't be changed.

        Raises:
            ConflictError: It does.
        """
        differing = replacing_fields(self.definition.inputs, self._differing(live, wanted))
        needed = {name: wanted.get(name) for name in differing if not has_unknown(wanted.get(name))}
        if needed:
            names = ", ".join(needed)
            shown = {name: getattr(live, name) for name in needed}
            raise ConflictError(
                f"{id_of(live)} can't become what the program says: {names} can't be changed",
                facts=tuple(overwrites(self.definition.inputs, shown, needed, self.call.secrets)),
                remedy=f"give {names} the value that the object has, or {OR_A_NEW_ONE}",
            )
