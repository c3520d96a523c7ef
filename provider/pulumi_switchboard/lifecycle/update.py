"""Update: bring the object to the new inputs."""

from __future__ import annotations

from dataclasses import replace

from pulumi_switchboard.account_settings import update as account_settings
from pulumi_switchboard.errors import ConflictError, OperationFailedError
from pulumi_switchboard.fields.comparison import changed_fields, replacing_fields
from pulumi_switchboard.fields.models import Model, State, Version
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.apply import (
    apply,
    finished,
    inputs_keeping_ignored,
    keep_identity,
    keep_unsent,
    unfinished,
)
from pulumi_switchboard.lifecycle.pending import (
    current_object,
    is_lost_update,
    never_created,
    pending_of,
    without_object,
)
from pulumi_switchboard.lifecycle.readiness import is_getting_ready, when_ready
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Unfinished, VerbResult
from pulumi_switchboard.resource.reading import guard_account
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.state_keys import GENERATION, arguments


def update(context: ResourceContext, id: str, known: Bag, inputs: Bag) -> VerbResult:
    """Change the object to the inputs; no request if state says that it is equal to them."""
    guard_account(context, known)
    api = context.definition.api
    if isinstance(api, AccountSetting):
        return account_settings.update(context, api, id, known, inputs)
    context.claim(id, known.get(GENERATION))
    result = when_ready(context, api, _update(context, api, id, known, inputs), known)
    deployed = known if result.unfinished else to_bag(inputs_keeping_ignored(context, inputs, known))
    return keep_identity(keep_unsent(context, result, deployed), known)


def _update(context: ResourceContext, api: Collection, id: str, known: Bag, inputs: Bag) -> VerbResult:
    model, pending = context.definition.inputs, pending_of(known)
    is_settled = not pending and not is_getting_ready(api, known)
    if is_settled and not changed_fields(model, known, inputs_keeping_ignored(context, inputs, known)):
        return VerbResult(id, context.with_origin(arguments(known)))
    try:
        live = current_object(context, api, id, known)
    except OperationFailedError as error:
        return never_created(id, known, error)
    if isinstance(live, Unfinished):
        return unfinished(context, live)
    if live is None or id_of(live) != id:
        return without_object(id, known, live)
    _warn_of_other_changes(context, id, known, live)

    def inputs_for(state: State) -> Model:
        return inputs_keeping_ignored(context, inputs, to_bag(state))

    if needed := replacing_fields(model, changed_fields(model, live, inputs_for(live))):
        return _replacement_needed(context, id, live, needed)
    return apply(context, api, id, live, inputs_for, always=is_lost_update(known))


def _replacement_needed(context: ResourceContext, id: str, live: State, needed: list[str]) -> VerbResult:
    """The object as it is, if it cannot become what the program says. The next diff sees that in state."""
    reason = ConflictError(
        f"{id} was changed outside of this program, in fields that can't be changed back: "
        f"{', '.join(needed)}",
        remedy="run `pulumi up` again: it replaces the object",
    )
    return replace(finished(context, live), unfinished=reason)


def _warn_of_other_changes(context: ResourceContext, id: str, known: Bag, live: State) -> None:
    """Warn if someone else has changed the object since the last update, if the vendor counts versions."""
    shown = to_bag(live)
    versions = [
        name for name in fields_with(context.definition.state, Version) if known.get(name) is not None
    ]
    if pending_of(known) or all(known[name] == shown.get(name) for name in versions):
        return
    changed = changed_fields(context.definition.inputs, known, live)
    what = f": {', '.join(changed)}" if changed else ", but not in a field that this resource manages"
    context.warn(f"{id} was changed outside of this program since the last update{what}")
