"""What an API can do whose writes start operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any, Generic, TypeAlias

from pulumi_switchboard.operations.poller import OperationPoller
from pulumi_switchboard.resource.collection import ClientT, InputsT, StateT
from pulumi_switchboard.resource.context import AnyContext, ResourceContext
from pulumi_switchboard.resource.polling import poll_until
from pulumi_switchboard.vendors.operation import Operation, OperationStarted


@dataclass(frozen=True)
class LongRunning(Generic[InputsT, StateT, ClientT]):
    """The functions of an API. Its writes return at once; a write may also be carried out at once."""

    read: Callable[[ResourceContext[ClientT], str], StateT | None]
    """The object with this id, or None if the vendor says that there is none."""
    list: Callable[[ResourceContext[ClientT]], Iterable[StateT]]
    """All objects of the account."""
    submit_create: Callable[[ResourceContext[ClientT], InputsT, str], OperationStarted | StateT]
    """Asks for an object, with an idempotency key: the vendor repeats its first answer to a key."""
    submit_update: Callable[[ResourceContext[ClientT], str, StateT, InputsT, str], OperationStarted | StateT]
    """Asks for a change of an object, which has just been read; drops no member of it."""
    submit_delete: Callable[[ResourceContext[ClientT], str, str], OperationStarted | None]
    """Asks for the deletion of an object."""
    operation: Callable[[ResourceContext[ClientT], str], Operation]
    """The operation with this id."""
    with_name_of: Callable[[ResourceContext[ClientT], InputsT], Iterable[StateT]]
    """All objects with the name that the inputs give."""
    created_at: Callable[[StateT], float | None]
    """When an object was created, by the vendor's clock."""
    expected: Callable[[ResourceContext[ClientT], str, InputsT], StateT]
    """The object with this id as the inputs describe it, before the vendor shows it."""


AnyLongRunning: TypeAlias = LongRunning[Any, Any, Any]


def poller_of(context: AnyContext, api: AnyLongRunning, operation_id: str) -> OperationPoller:
    """The poller of an operation."""
    return OperationPoller(
        operation_id,
        lambda: api.operation(context, operation_id),
        context.deadline,
        context.progress,
        SystemRandom(),
    )


def read_first(context: AnyContext, api: AnyLongRunning, ids: Sequence[str], seconds: float) -> Any:
    """The object under the first of these ids that the vendor knows, or None; reads again for a while."""

    def look() -> Any:
        found = (api.read(context, one) for one in dict.fromkeys(ids))
        return next((state for state in found if state is not None), None)

    return poll_until(context, look, lambda state: state is not None, seconds)
