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


def refuse_protected_delete(context: ResourceContext, api: Collection, id: str, known: Bag) -> None:
    """Refuse to delete a protected object, unless it is gone or could never be used.

    Raises:
        ConflictError: It is protected.
    """
    if not _is_protected(context, known):
        return
    live = read_object(context, api, id)
    if live is not None and not will_never_be_ready(api, {**known, **to_bag(live)}):
        raise _protected(context, id)


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
        remedy=f"if you want that, set {name}=False, run `pulumi up`, and then do it again. What a forced "
        "replacement has left over is removed from state by `pulumi state delete`",
    )
