"""Resume a write that an earlier run left pending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.errors import OperationFailedError, SwitchboardError, VendorError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.operations.named_create import finish
from pulumi_switchboard.operations.pending_create import LOOK_AGAIN, may_still_appear
from pulumi_switchboard.operations.poller import YOUNG_SECONDS, is_permanent, poller_of
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import Unfinished
from pulumi_switchboard.resource.polling import LAST_LOOK_SECONDS, VISIBLE_SECONDS, poll_until
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.reading import read_first
from pulumi_switchboard.state_keys import NEVER_SEEN, OPERATION


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


def resume(
    context: ResourceContext,
    api: Collection,
    id: str,
    known: State,
    pending: Mapping[str, Any],
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
    if id == pending[OPERATION]:
        return finish(context, api, known, pending)
    try:
        operation = poller.wait()
    except SwitchboardError as error:
        return Unfinished(known, error, pending)
    with context.deadline.overtime(LAST_LOOK_SECONDS):
        if operation is not None and operation.has_failed:
            return _despite_failure(context, api, id, poller.failure(operation), pending)
        further = operation.object_ids if operation is not None and NEVER_SEEN in pending else ()
        state = read_first(context, api, (id, *further), VISIBLE_SECONDS)
    if state is None and operation is None and may_still_appear(context, pending):
        return Unfinished(known, poller.unknown(LOOK_AGAIN), pending)
    return state


def _despite_failure(
    context: ResourceContext,
    api: Collection,
    id: str,
    failure: OperationFailedError,
    pending: Mapping[str, Any],
) -> State | None:
    """The object if it exists although its operation has failed; the user is warned."""
    state = api.get(context, id)
    if state is None and NEVER_SEEN in pending:
        raise failure
    context.warn(f"a write of an earlier run has failed: {failure}")
    return state
