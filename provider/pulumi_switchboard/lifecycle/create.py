"""Create: make an object, adopt one, or continue with the object that an earlier run made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pulumi_switchboard.account_settings import takeover
from pulumi_switchboard.errors import (
    AccountMismatchError,
    LostAnswerError,
    SwitchboardError,
)
from pulumi_switchboard.fields.models import Autonamed, State
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.validation import parse_inputs
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.identity import random_key, unused_key
from pulumi_switchboard.lifecycle.adopt import adopt
from pulumi_switchboard.lifecycle.apply import finished, keep_unsent, shown_as_sent, unfinished
from pulumi_switchboard.lifecycle.leftovers import (
    Create,
    after_failure,
    continue_pending,
    use_namesake,
    use_own,
)
from pulumi_switchboard.lifecycle.pending import is_placeholder
from pulumi_switchboard.lifecycle.readiness import when_ready
from pulumi_switchboard.lifecycle.writes import send_create, send_delete
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Existing, Unfinished, VerbResult
from pulumi_switchboard.resource.reading import of_own_account
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.state_keys import GENERATION, IDENTITY, PENDING, arguments


def create(context: ResourceContext, inputs: Bag) -> VerbResult:
    """Make the object, adopt the one that the program names, or use the one that an earlier run made."""
    api, generation = context.definition.api, random_key()
    if isinstance(api, AccountSetting):
        return takeover.create(context, api, inputs, generation)
    adopted = context.request.identity.import_id
    typed = parse_inputs(context.definition.inputs, arguments(inputs))
    made = (
        _create(Create(context, api, typed, generation))
        if adopted is None
        else adopt(context, api, adopted, inputs, generation)
    )
    result = keep_unsent(context, when_ready(context, api, made, known={}), to_bag(typed))
    kept: Bag = {GENERATION: generation}
    identity = _saved_identity(context, result)
    if is_placeholder(result.id, result.outputs):
        kept[PENDING] = {**result.outputs[PENDING], IDENTITY: identity}
    else:
        kept[IDENTITY] = identity
    return replace(result, outputs={**result.outputs, **kept})


def _create(new: Create) -> VerbResult:
    context, api = new.context, new.api
    pending = context.claims.pending_create(context.request.urn)
    if pending is not None and (continued := continue_pending(new, pending)) is not None:
        return continued
    if (existing := of_own_account(context, api.find(context, new.inputs))) is not None:
        return use_namesake(new, existing)
    try:
        created = send_create(context, api, new.inputs)
        if not isinstance(created, Existing | Unfinished):
            return _created(new, created)
    except SwitchboardError as error:
        return after_failure(new, error)
    if isinstance(created, Existing):
        of_own_account(context, created.state)
        return use_own(new, created.state, created.found_because)
    context.claim(id_of(created.state), new.generation)
    return unfinished(context, created)


def _created(new: Create, state: State) -> VerbResult:
    """The object that was just created, as the vendor shows it."""
    context, api = new.context, new.api
    _keep_out_of_other_accounts(new, state)
    shown = shown_as_sent(context, api, id_of(state), state, new.inputs)
    if shown is None:
        raise LostAnswerError(f"the answer names {id_of(state)}, which is not there")
    context.claim(id_of(shown), new.generation)
    return finished(context, shown)


def _keep_out_of_other_accounts(new: Create, state: State) -> None:
    """Delete an object that was created in another account than the settings name.

    Raises:
        AccountMismatchError: It was.
    """
    try:
        of_own_account(new.context, state)
    except AccountMismatchError as mismatch:
        foreign_id = id_of(state)
        try:
            send_delete(new.context, new.api, foreign_id)
        except SwitchboardError as error:
            raise mismatch.with_facts(
                f"{foreign_id} was created there, and could not be deleted: {error.summary}",
                remedy=f"delete {foreign_id} there",
            ) from error
        raise


def _saved_identity(context: ResourceContext, result: VerbResult) -> Mapping[str, Any]:
    """What tells later runs that this object is in use; see `StackState.used` in the program."""
    identity = context.request.identity
    names = [result.outputs.get(name) for name in fields_with(context.definition.inputs, Autonamed)]
    saved = {"id": result.id, "name": next(iter(names), None)}
    first_key = identity.first_key
    if identity.import_id is not None or not first_key:
        return saved
    return {**saved, "first_key": first_key, "key": unused_key(first_key, identity.used)}
