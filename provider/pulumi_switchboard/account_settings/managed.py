"""An account setting in one call: which of its fields the program manages, and how they compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.errors import MissingError
from pulumi_switchboard.fields.models import Model, State, WriteOnly
from pulumi_switchboard.fields.paths import WILDCARD, Path, with_values_at
from pulumi_switchboard.fields.tree import fields_with, sent_fields
from pulumi_switchboard.fields.typed_values import canonical, to_bag, to_model
from pulumi_switchboard.fields.values import Bag, has_unknown
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.reading import read_own
from pulumi_switchboard.rest.account_setting import ON_DESTROY, AccountSetting
from pulumi_switchboard.state_keys import GENERATION, SAVED_ORIGINAL


@dataclass(frozen=True)
class ManagedSetting:
    """An account setting, and the call that is about it."""

    context: ResourceContext
    api: AccountSetting

    @property
    def id(self) -> str:
        """The id of the setting in state."""
        return self.api.id_in(self.context)

    @property
    def inputs(self) -> type[Model]:
        """The arguments of the type."""
        return self.context.definition.inputs

    @property
    def write_only(self) -> tuple[str, ...]:
        """The fields that the vendor never shows."""
        return fields_with(self.inputs, WriteOnly)

    @property
    def is_adopted(self) -> bool:
        """Whether the resource has the option `import_`. Its id may be unknown in a preview."""
        return self.context.request.identity.import_id is not None

    def claim(self, generation: str | None) -> None:
        """Record that the resource manages the setting.

        Raises:
            ConflictError: Another resource of this program does.
        """
        self.context.claim(self.id, generation, noun=self.api.noun)

    def refuse_other_id(self, id: Any) -> None:
        """Refuse an id to adopt or to look up that is not the setting's.

        Raises:
            MissingError: It is not.
        """
        if id not in (None, self.id) and not has_unknown(id):
            is_account = not self.api.id
            unless = ", unless the credentials are those of the wrong account" if is_account else ""
            raise MissingError(
                f"{id} is not the id of {self.api.noun}", remedy=f"its id is {self.id}: use that{unless}"
            )

    def missing(self, alternative: str = "") -> MissingError:
        """The error for an account that has no such setting."""
        return MissingError(
            f"{self.api.noun} does not exist in {self.context.client.where}",
            remedy=f"check that the credentials are those of its account{alternative}",
        )

    def read(self) -> State | None:
        """The setting as the vendor shows it."""
        return read_own(self.context, lambda: self.api.get(self.context))

    def read_with_write_only(self, original: SavedOriginal, likely: Bag) -> State | None:
        """The setting as it is now, with the write-only values that it is known to have.

        Args:
            original: What was written: the setting has these values unless the vendor shows that it has not.
            likely: Other values, which it has only if the vendor shows that.
        """
        live, names = self.read(), self.write_only
        if live is None or not names:
            return live
        ours = [
            (written, True)
            for written in original.possible_writes
            if any(written.get(name) is not None for name in names)
        ]
        for values, when_unknown in (*ours, (likely, False)):
            holds = self.api.holds(live, to_model(self.context.definition.state, values))
            if holds or (holds is None and when_unknown):
                return live.model_copy(update={name: values.get(name) for name in names})
        return live

    def on_destroy(self, bag: Bag) -> str:
        """The `on_destroy` that inputs or outputs say."""
        return str(bag.get(ON_DESTROY) or self.inputs.model_fields[ON_DESTROY].get_default())

    def given(self, inputs: Bag) -> Bag:
        """The fields that the inputs manage."""
        given = {name: inputs[name] for name in sent_fields(self.inputs) if inputs.get(name) is not None}
        return self.api.with_groups(given)

    def wanted(
        self,
        inputs: Bag,
        original: SavedOriginal,
        shown: Mapping[str, Any] | None = None,
        ignored: Sequence[Path] = (),
    ) -> Bag:
        """The values that the fields are to have; None for a field that the inputs do not give any more.

        An ignored field is left out. If a part of a field is ignored, it has the value that is shown.
        """
        given = self.given(inputs)
        cleared = (original.managed - given.keys()) & self.api.empty.keys()
        values = {**dict.fromkeys(cleared), **given}
        left_out = {path[0] for path in ignored if len(path) == 1}
        if WILDCARD in left_out:
            return {}
        wanted = with_values_at(values, shown or {}, ignored, self.inputs)
        return {name: value for name, value in wanted.items() if name in values and name not in left_out}

    def with_empty_values(self, wanted: Bag) -> Bag:
        """The wanted values, with the vendor's empty value for each None."""
        return {name: self.api.empty.get(name) if v is None else v for name, v in wanted.items()}

    def is_same(self, name: str, one: Any, other: Any) -> bool:
        """Whether two values of a field mean the same; None means the vendor's empty value."""
        empty = self.api.empty.get(name)
        one, other = (empty if value is None else value for value in (one, other))
        return bool(canonical(self.inputs, name, one) == canonical(self.inputs, name, other))

    def is_set(self, name: str, value: Any) -> bool:
        """Whether the value of a field is not the vendor's empty value."""
        return not self.is_same(name, value, None)

    def differing(self, state: State, wanted: Bag) -> list[str]:
        """The fields that do not have the wanted values."""
        shown = to_bag(state)
        names = [name for name in self.inputs.model_fields if name in wanted]
        return [name for name in names if not self.is_same(name, shown.get(name), wanted[name])]

    def outputs(self, shown: Bag, original: SavedOriginal, known: Bag) -> Bag:
        """What goes to state: the setting, its original outputs, and what only state knows."""
        kept = {name: known[name] for name in (ON_DESTROY, GENERATION) if known.get(name) is not None}
        outputs = {**shown, **self.api.original_outputs(original.values), **kept}
        return self.context.with_origin({**outputs, SAVED_ORIGINAL: original.text()})
