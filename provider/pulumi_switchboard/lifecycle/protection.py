"""The argument `deletion_protection`: an object that holds data is not deleted by a slip in a program."""

from __future__ import annotations

from pulumi_switchboard.errors import ConflictError
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.definition import AnyDefinition

DELETION_PROTECTION = "deletion_protection"


def is_protected(definition: AnyDefinition, known: Bag) -> bool:
    """Whether the object must neither be deleted nor replaced: the last update has not said otherwise."""
    return (
        DELETION_PROTECTION in definition.inputs.model_fields and known.get(DELETION_PROTECTION) is not False
    )


def protected(id: str) -> ConflictError:
    """The error for a delete or a replacement of a protected object."""
    return ConflictError(
        f"{id} is protected from deletion and replacement, because what it holds would be lost",
        remedy=f"if you want that, set {DELETION_PROTECTION}=False, run `pulumi up`, and then do it again",
    )
