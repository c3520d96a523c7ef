"""Adopt an existing object: the one that the option `import_` names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.errors import ConflictError, SwitchboardError
from pulumi_switchboard.fields.comparison import changed_fields, replacing_fields, with_current_name
from pulumi_switchboard.fields.models import Model, State
from pulumi_switchboard.fields.overwrites import overwrites
from pulumi_switchboard.fields.tree import sent_values
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.validation import parse_inputs
from pulumi_switchboard.fields.values import Bag, has_unknown
from pulumi_switchboard.lifecycle.apply import apply
from pulumi_switchboard.lifecycle.listings import Listings
from pulumi_switchboard.lifecycle.readiness import will_never_be_ready
from pulumi_switchboard.resource.advice import CREATE_INSTEAD, adopted_unchanged
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import VerbResult
from pulumi_switchboard.resource.reading import missing, of_own_account, warn_unread
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.reading import read_object
from pulumi_switchboard.state_keys import arguments


def preview_adoption(context: ResourceContext, api: Collection, listings: Listings, inputs: Bag) -> None:
    """Warn of each value that the adoption will overwrite; does nothing for a resource without `import_`.

    Raises:
        MissingError: There is no such object.
        ConflictError: The object cannot become what the program says.
        SwitchboardError: The adoption would fail for the same reason as this read.
    """
    adopted = context.request.identity.import_id
    if not isinstance(adopted, str):
        return
    try:
        listed = listings.find(context, api, adopted)
        live = read_object(context, api, adopted) if listed is None else of_own_account(context, listed)
    except SwitchboardError as error:
        warn_unread(context, adopted, error)
        return
    _announce_adoption(context, adopted, live, inputs)


def adopt(context: ResourceContext, api: Collection, id: str, inputs: Bag, generation: str) -> VerbResult:
    """Bring the object to the inputs, and manage it from now on."""
    live = _announce_adoption(context, id, read_object(context, api, id), inputs)
    context.claim(id, generation)

    def inputs_for(state: State) -> Model:
        return parse_inputs(context.definition.inputs, _with_own_name(context, inputs, state))

    return apply(context, api, id, live, inputs_for)


def refuse_replacement(context: ResourceContext, live: State, wanted: Mapping[str, Any]) -> None:
    """Refuse an object that differs in a field that cannot be changed.

    Raises:
        ConflictError: It does.
    """
    model = context.definition.inputs
    differing = replacing_fields(model, changed_fields(model, live, wanted))
    needed = {name: wanted.get(name) for name in differing if not has_unknown(wanted.get(name))}
    if not needed:
        return
    names = ", ".join(needed)
    shown = {name: getattr(live, name) for name in needed}
    raise ConflictError(
        f"{id_of(live)} can't become what the program says: {names} can't be changed",
        facts=tuple(overwrites(model, shown, needed, context.secrets)),
        remedy=f"give {names} the value that the object has, or {CREATE_INSTEAD}",
    )


def _announce_adoption(context: ResourceContext, id: str, live: State | None, inputs: Bag) -> State:
    """The object, if it can be adopted. Each change that was not mentioned before becomes a warning."""
    if live is None:
        raise missing(context, id, f"; or {CREATE_INSTEAD}")
    if will_never_be_ready(context.definition.api, to_bag(live)):
        raise ConflictError(
            f"{id} can't be adopted: the vendor could not get it ready",
            remedy=f"delete it, and {CREATE_INSTEAD}",
        )
    wanted = _with_own_name(context, inputs, live)
    refuse_replacement(context, live, wanted)
    model = context.definition.inputs
    shown, sent = sent_values(model, to_bag(live)), sent_values(model, wanted)
    changes = overwrites(model, shown, sent, context.secrets)
    if new_changes := [change for change in changes if context.is_first_mention(change)]:
        lines = "\n".join(f"  {change}" for change in new_changes)
        context.warn(f"this resource adopts {id}, and overwrites what is there:\n{lines}")
    elif not changes:
        context.warn(adopted_unchanged(id))
    return live


def _with_own_name(context: ResourceContext, inputs: Bag, live: State) -> Bag:
    """The arguments, with the object's own name if the program gives none."""
    return with_current_name(context.definition.inputs, arguments(inputs), to_bag(live))
