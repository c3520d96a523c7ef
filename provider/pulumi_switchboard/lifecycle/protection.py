"""Objects that hold data are not deleted by a slip in a program: an argument protects them."""

from __future__ import annotations

from pulumi_switchboard.errors import ConflictError
from pulumi_switchboard.fields.models import ProtectsFromDeletion
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.readiness import will_never_be_ready
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.reading import read_object


def may_be_deleted(context: ResourceContext, api: Collection, id: str, known: Bag) -> bool:
    """Whether the object may be deleted: it is not protected, it is gone, or it could never be used.

    If a forced replacement has put another object in its place, it stays at the vendor and leaves state, with
    a warning: nobody could lift its protection any more.

    Raises:
        ConflictError: It is protected.
    """
    if not _is_protected(context, known):
        return True
    live = read_object(context, api, id)
    if live is None or will_never_be_ready(api, {**known, **to_bag(live)}):
        return True
    if not context.has_another(id):
        raise _protected(context, id)
    context.warn(f"{id} is protected from deletion: it is left in place, and not managed any more")
    return False


def refuse_protected_replacement(context: ResourceContext, id: str, known: Bag) -> None:
    """Refuse to replace a protected object.

    Raises:
        ConflictError: It is protected.
    """
    if _is_protected(context, known):
        raise _protected(context, id)


def _is_protected(context: ResourceContext, known: Bag) -> bool:
    """Whether the type has the argument, and the last update has not set it to False."""
    names = fields_with(context.definition.inputs, ProtectsFromDeletion)
    return any(known.get(name) is not False for name in names)


def _protected(context: ResourceContext, id: str) -> ConflictError:
    (name,) = fields_with(context.definition.inputs, ProtectsFromDeletion)
    return ConflictError(
        f"{id} is protected from deletion and replacement, because what it holds would be lost",
        remedy=f"to delete or replace it, set {name}=False, run `pulumi up`, and then repeat this command",
    )
