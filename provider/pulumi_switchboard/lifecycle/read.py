"""Read: the object as it is now, for a refresh, an import or a look-up."""

from __future__ import annotations

from dataclasses import replace

from pulumi_switchboard.account_settings import read as account_settings
from pulumi_switchboard.errors import OperationFailedError, PendingWriteError
from pulumi_switchboard.fields.comparison import with_current_name
from pulumi_switchboard.fields.drift import with_drift
from pulumi_switchboard.fields.models import State, Unsent
from pulumi_switchboard.fields.tree import fields_with, sent_fields
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.apply import finished, keep_identity, keep_unsent
from pulumi_switchboard.lifecycle.pending import current_object, is_placeholder, pending_of
from pulumi_switchboard.lifecycle.readiness import noting_readiness
from pulumi_switchboard.operations.resume import is_running
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import Unfinished, VerbResult
from pulumi_switchboard.resource.reading import guard_account, missing, warn_of_leaving
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.state_keys import (
    IDENTITY,
    NEVER_CREATED,
    NEVER_SEEN,
    ORIGIN,
    REASON,
    arguments,
    hidden_members,
)


def read(context: ResourceContext, id: str, known: Bag) -> VerbResult | None:
    """The object as it is now, or None if it is gone. `known` is empty in an import or a look-up."""
    guard_account(context, known)
    api = context.definition.api
    if isinstance(api, AccountSetting):
        return account_settings.read(context, api, id, known)
    result = _read(context, api, id, known)
    if result is None:
        return None
    if is_placeholder(id, known) and result.id != id:
        identity = {**pending_of(known).get(IDENTITY, {}), "id": result.id}
        result = replace(result, outputs={**result.outputs, IDENTITY: identity})
    return noting_readiness(api, keep_identity(keep_unsent(context, result, known), known), known)


def _read(context: ResourceContext, api: Collection, id: str, known: Bag) -> VerbResult | None:
    pending, old = pending_of(known), context.request.old_inputs
    if is_running(context, api, pending):
        return VerbResult(id, known, old, unfinished=PendingWriteError(pending[REASON]))
    try:
        state = current_object(context, api, id, known)
    except OperationFailedError as error:
        _warn_never_created(context, id, error.summary)
        return None
    if isinstance(state, Unfinished):
        return VerbResult(id, known, old, unfinished=state.reason)
    if state is None:
        if ORIGIN not in known:
            raise missing(context, id)
        _warn_of_leaving(context, id, known)
        return None
    result = finished(context, state)
    return result if old is None else replace(result, inputs=_inputs_with_drift(context, old, state))


def _inputs_with_drift(context: ResourceContext, old: Bag, state: State) -> Bag:
    """The old inputs, with only those values replaced that have drifted."""
    model, live, given = context.definition.inputs, to_bag(state), arguments(old)
    named = with_current_name(model, given, live)
    drifted = {name: with_drift(model, name, named.get(name), live.get(name)) for name in sent_fields(model)}
    generated = named.keys() - given.keys()
    inputs = {name: v for name, v in drifted.items() if v is not None and name not in generated}
    kept = {name: given[name] for name in fields_with(model, Unsent) if name in given}
    return {**inputs, **kept, **hidden_members(old)}


def _warn_of_leaving(context: ResourceContext, id: str, known: Bag) -> None:
    pending = pending_of(known)
    if NEVER_SEEN in pending or NEVER_CREATED in pending:
        _warn_never_created(context, id, pending[REASON])
    else:
        warn_of_leaving(context, f"{context.definition.name} {id}")


def _warn_never_created(context: ResourceContext, id: str, reason: str) -> None:
    context.warn(f"{context.definition.name} {id} was never created, and leaves state: {reason}")
