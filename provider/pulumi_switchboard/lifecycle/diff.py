"""Diff: which fields of the object differ from the new inputs. It makes no request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pulumi_switchboard.account_settings import diff as account_settings
from pulumi_switchboard.fields.comparison import changed_fields, with_current_name
from pulumi_switchboard.fields.models import Model, Replaces
from pulumi_switchboard.fields.paths import Path, with_values_at
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.values import Bag, has_unknown
from pulumi_switchboard.lifecycle.pending import is_never_created, is_placeholder, pending_of
from pulumi_switchboard.lifecycle.protection import refuse_protected_replacement
from pulumi_switchboard.lifecycle.readiness import is_getting_ready, will_never_be_ready
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import ChangeKind, Difference, FieldChange
from pulumi_switchboard.resource.reading import guard_account
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.state_keys import GENERATION


def diff(context: ResourceContext, id: str, known: Bag, new: Bag) -> Difference:
    """Compare the object in state with the new inputs, by meaning."""
    guard_account(context, known)
    api = context.definition.api
    if isinstance(api, AccountSetting):
        return account_settings.diff(context, api, known, new)
    context.claim(id, known.get(GENERATION))
    if is_never_created(known):
        return _replacement(context)
    if will_never_be_ready(api, known):
        return replace(_replacement(context), deletes_first=True)
    if is_placeholder(id, known):
        context.claims.keep_pending_create(context.request.urn, pending_of(known))
        context.warn(f"this replacement only continues the create of {id}: no object is deleted")
        return _replacement(context)
    changes = field_changes(context.definition.inputs, known, new, context.request.ignored)
    if any(change.kind is ChangeKind.REPLACE for change in changes):
        refuse_protected_replacement(context, id, known)
    return Difference(changes, is_pending=bool(pending_of(known)) or is_getting_ready(api, known))


def field_changes(
    model: type[Model], known: Bag, new: Bag, ignored: Sequence[Path] = ()
) -> tuple[FieldChange, ...]:
    """The fields of the object in state that differ in meaning from the new inputs.

    Args:
        model: The arguments of the type.
        known: The object in state.
        new: The new inputs.
        ignored: The paths of `ignore_changes`.
    """
    wanted = with_values_at(with_current_name(model, new, known), known, ignored, model)
    replaces = [name for name in fields_with(model, Replaces) if not has_unknown(new.get(name))]
    return tuple(
        FieldChange((name,), ChangeKind.REPLACE if name in replaces else ChangeKind.UPDATE)
        for name in changed_fields(model, known, wanted)
    )


def _replacement(context: ResourceContext) -> Difference:
    """The answer for an object that cannot be used: another one takes its place."""
    return Difference((FieldChange((_some_field(context),), ChangeKind.REPLACE),), is_pending=True)


def _some_field(context: ResourceContext) -> str:
    """A field to name as the reason of a replacement. Any field serves if the object does not exist."""
    model = context.definition.inputs
    return next(iter((*fields_with(model, Replaces), *model.model_fields)))
