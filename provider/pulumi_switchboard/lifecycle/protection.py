"""The argument `deletion_protection`: an object that holds data is not deleted by a slip in a program."""

from __future__ import annotations

from pulumi_switchboard.errors import ConflictError
from pulumi_switchboard.fields.values import Bag

DELETION_PROTECTION = "deletion_protection"


def is_protected(known: Bag) -> bool:
    """Whether the object must neither be deleted nor be replaced, as the last update says."""
    return bool(known.get(DELETION_PROTECTION))


def protected(id: str) -> ConflictError:
    """The error for a delete or a replacement of a protected object."""
    return ConflictError(
        f"{id} is protected from deletion and replacement, because what it holds would be lost",
        remedy=f"if you want that, set {DELETION_PROTECTION}=False, run `pulumi up`, and then do it again",
    )
