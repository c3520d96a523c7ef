"""Long-running operations of a declared API: its writes answer at once, and an operation carries them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pulumi_switchboard.errors import NotFoundError, VendorError
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.vendors.encoding import segment
from pulumi_switchboard.vendors.operation import Operation, OperationFormat, OperationStarted
from pulumi_switchboard.vendors.vendor import Client, Product


@dataclass(frozen=True)
class Operations:
    """The operations of an API. A write may also be carried out at once."""

    path: str
    """The path of the operations."""
    ids: tuple[str, ...]
    """Where answers have the id of the object that is written, such as `result.id`."""
    possible_ids: Callable[[str], Sequence[str]] = lambda announced: (announced,)
    """The ids that an object may have if this one is announced, the likeliest first."""


@dataclass(frozen=True)
class Readiness:
    """The object's own status, which says when it can be used."""

    field: str
    """The field of the state with the status."""
    waiting: tuple[str, ...]
    """The statuses in which it cannot be used yet."""
    ready: str
    """The status in which it can be used. So it can in any status that is not named here."""
    failed: str
    """The status of an object that will never be ready."""


def started(product: Product, operations: Operations, response: Response) -> OperationStarted | None:
    """The operation that a write has started; None if it has started none."""
    found = operation_format(product).started(response, operations.ids)
    return None if found is None else replace(found, object_ids=_possible(operations, found.object_ids))


def read_operation(client: Client, product: Product, operations: Operations, operation_id: str) -> Operation:
    """The operation with this id.

    Raises:
        NotFoundError: The vendor does not know the operation, or no longer.
        LostAnswerError: The answer is not an operation.
    """
    how = operation_format(product)
    try:
        response = client.exchange("GET", product.name, f"{operations.path}/{segment(operation_id)}")
    except VendorError as error:
        if how.is_unknown(error.refusal):
            raise NotFoundError(error.refusal) from None
        raise
    shown = how.shown(response, operation_id, operations.ids)
    return replace(shown, object_ids=_possible(operations, shown.object_ids))


def operation_format(product: Product) -> OperationFormat:
    """How the vendor shows operations.

    Raises:
        TypeError: The definition declares operations of a vendor that has none.
    """
    if product.vendor.operations is None:
        raise TypeError(f"{product.vendor.name} has no operations")
    return product.vendor.operations


def _possible(operations: Operations, announced: Sequence[str]) -> tuple[str, ...]:
    possible = [own for one in announced for own in operations.possible_ids(one)]
    return tuple(dict.fromkeys(possible))
