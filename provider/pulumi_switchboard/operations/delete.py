"""Delete an object by an operation, and wait until it is gone."""

from __future__ import annotations

from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.operations.poller import OperationPoller, poller_of
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.polling import (
    LAST_LOOK_SECONDS,
    VISIBLE_SECONDS,
    poll_until,
    retry_on_conflict,
)
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.vendors.operation import Operation


def delete(context: ResourceContext, api: Collection, id: str) -> None:
    """Delete the object, and wait until it is gone if that takes an operation."""
    started = retry_on_conflict(context, lambda key: api.delete(context, id, key))
    if started is None:
        return
    poller = poller_of(context, api, started.operation_id)
    operation = poller.wait(started.retry_after)
    with context.deadline.overtime(LAST_LOOK_SECONDS):
        _wait_until_gone(context, api, id, poller, operation)


def _wait_until_gone(
    context: ResourceContext,
    api: Collection,
    id: str,
    poller: OperationPoller,
    operation: Operation | None,
) -> None:
    """Read until the object is not shown any more: a create must not take a late view for a live object."""
    failure: SwitchboardError | None = None
    if operation is None:
        failure = poller.unknown("run the command again")
    elif operation.has_failed:
        failure = poller.failure(operation)
    try:
        shown = poll_until(
            context,
            lambda: api.get(context, id),
            lambda state: state is None,
            0.0 if operation is not None and operation.has_failed else VISIBLE_SECONDS,
        )
    except SwitchboardError as error:
        trouble = f"{id} could not be read again: {error.summary}"
        if failure is not None:
            raise failure.with_facts(trouble) from error
        context.progress(trouble)
        return
    if shown is not None and failure is not None:
        raise failure
