"""Resume a write that an earlier run left pending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_switchboard.errors import OperationFailedError, SwitchboardError, VendorError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.operations.poller import YOUNG_SECONDS, is_permanent, poller_of
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import Unfinished
from pulumi_switchboard.resource.polling import LAST_LOOK_SECONDS, VISIBLE_SECONDS, poll_until
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.reading import read_first
from pulumi_switchboard.state_keys import NEVER_SEEN, OPERATION, REASON, SINCE
from pulumi_switchboard.vendors.operation import Operation

LOST_SECONDS = 600.0
"""How long after its create an object may still appear, although the vendor does not know the operation."""
LOOK_AGAIN = (
    "run the command again after a while: ten minutes after the create, the object counts as never created"
)


def is_running(context: ResourceContext, api: Collection, pending: Mapping[str, Any]) -> bool:
    """Whether the operation of a pending write has not ended yet; its end is not waited for."""
    if api.operations is None or OPERATION not in pending:
        return False
    poller = poller_of(context, api, str(pending[OPERATION]))
    try:
        operation = poll_until(
            context, poller.poll_once, lambda operation: operation is not None, YOUNG_SECONDS
        )
    except VendorError as error:
        if not is_permanent(error):
            raise
        return False
    return operation is not None and not operation.has_ended


@dataclass(frozen=True)
class _Pending:
    """An object with a pending write."""

    context: ResourceContext
    api: Collection
    id: str
    known: State
    """The object as far as state knows it."""
    pending: Mapping[str, Any]


def resume(
    context: ResourceContext, api: Collection, id: str, known: State, pending: Mapping[str, Any]
) -> State | Unfinished | None:
    """The object after its pending write, which is waited for; None if there is no object.

    Raises:
        OperationFailedError: The write was the create, and it has failed.
    """
    if OPERATION not in pending:
        return read_first(context, api, (id,), VISIBLE_SECONDS)
    poller = poller_of(context, api, str(pending[OPERATION]))
    context.warn(
        f"an earlier run has left the operation {poller.operation_id} on {id} unfinished; waiting for it"
    )
    write = _Pending(context, api, id, known, pending)
    still_pending = {name: value for name, value in pending.items() if name != REASON}
    refused: VendorError | None = None
    try:
        operation = poller.wait()
    except SwitchboardError as error:
        if not isinstance(error, VendorError) or not is_permanent(error):
            return Unfinished(known, error, still_pending)
        operation, refused = None, error
    with context.deadline.overtime(LAST_LOOK_SECONDS):
        if operation is not None and operation.has_failed:
            return _despite_failure(write, poller.failure(operation))
        state = _shown(write, operation)
    may_still_appear = context.deadline.time() < pending.get(SINCE, 0.0) + LOST_SECONDS
    if state is None and operation is None and may_still_appear:
        return Unfinished(known, refused or poller.unknown(LOOK_AGAIN), still_pending)
    return state


def _shown(write: _Pending, operation: Operation | None) -> State | None:
    """The object after its operation: by its id, by an id that the operation names, or by its name."""
    announced = operation.object_ids if operation is not None and NEVER_SEEN in write.pending else ()
    own = () if write.id == write.pending[OPERATION] else (write.id,)
    if not own and not announced:
        return poll_until(
            write.context,
            lambda: write.api.find(write.context, write.known),
            lambda state: state is not None,
            VISIBLE_SECONDS,
        )
    return read_first(write.context, write.api, (*own, *announced), VISIBLE_SECONDS)


def _despite_failure(write: _Pending, failure: OperationFailedError) -> State | None:
    """The object if it exists although its operation has failed; the user is warned."""
    if write.id == write.pending[OPERATION]:
        state = write.api.find(write.context, write.known)
    else:
        state = write.api.get(write.context, write.id)
    if state is None and NEVER_SEEN in write.pending:
        raise failure
    write.context.warn(f"a write of an earlier run has failed: {failure}")
    return state
