"""Diff: which fields of the object differ from the new inputs. It makes no request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pulumi_switchboard.account_settings import diff as account_settings
from pulumi_switchboard.fields.comparison import changed_fields, replacing_fields, with_current_name
from pulumi_switchboard.fields.models import Model, Replaces
from pulumi_switchboard.fields.paths import Path, with_values_at
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.values import Bag, has_unknown
from pulumi_switchboard.lifecycle.pending import is_never_created, is_placeholder, pending_of
from pulumi_switchboard.lifecycle.protection import refuse_protected_replacement
from pulumi_switchboard.lifecycle.readiness import is_getting_ready, will_never_be_ready
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import Difference
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
    if will_never_be_ready(api, known):  # the object serves nobody, and has the name
        return replace(_replacement(context), deletes_first=True)
    if is_placeholder(id, known):
        context.claims.keep_pending_create(context.request.urn, pending_of(known))
        context.warn(
            f"this replacement only continues the create of {id}: no object is deleted. If `protect` forbids "
            "it, run `pulumi refresh` once the create has ended"
        )
        return _replacement(context)
    found = difference(context.definition.inputs, known, new, context.request.ignored)
    if found.replaces:
        refuse_protected_replacement(context, id, known)
    return replace(found, is_pending=bool(pending_of(known)) or is_getting_ready(api, known))


def difference(model: type[Model], known: Bag, new: Bag, ignored: Sequence[Path] = ()) -> Difference:
    """The arguments in which the object in state differs in meaning from the new inputs.

    Args:
        model: The arguments of the type.
        known: The object in state.
        new: The new inputs.
        ignored: The paths of `ignore_changes`.
    """
    wanted = with_values_at(with_current_name(model, new, known), known, ignored, model)
    changed = changed_fields(model, known, wanted)
    replaces = [name for name in replacing_fields(model, changed) if not has_unknown(new.get(name))]
    return Difference(tuple(changed), tuple(replaces))


def _replacement(context: ResourceContext) -> Difference:
    """The answer for an object that cannot be used: another one takes its place.

    The engine wants to hear of an argument that is the reason. There is none, so any argument serves.
    """
    model = context.definition.inputs
    reason = next(iter((*fields_with(model, Replaces), *model.model_fields)))
    return Difference((reason,), (reason,), is_pending=True)
