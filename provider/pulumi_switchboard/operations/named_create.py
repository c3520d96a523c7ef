"""Create an object with an API that has operations and no idempotency keys.

The object's natural key keeps a create from making two. Its id is known only when the operation has ended, so
the id of the operation stands for it in state until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.errors import MissingError, SwitchboardError
from pulumi_switchboard.fields.models import Model, State
from pulumi_switchboard.operations.pending_create import LOOK_AGAIN, may_still_appear, pending_create
from pulumi_switchboard.operations.poller import poller_of
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import Unfinished
from pulumi_switchboard.resource.polling import LAST_LOOK_SECONDS, VISIBLE_SECONDS, poll_until
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.reading import read_first
from pulumi_switchboard.rest.state import expected_state
from pulumi_switchboard.state_keys import OPERATION
from pulumi_switchboard.vendors.operation import Operation, OperationStarted


def create(context: ResourceContext, api: Collection, inputs: Model) -> State | Unfinished:
    """The object, once it exists. The caller has made sure that no other one has its natural key.

    Raises:
        OperationFailedError: The create has failed, perhaps because another object has the natural key.
    """
    answer = api.create(context, inputs)
    if not isinstance(answer, OperationStarted):
        return answer
    pending = pending_create(context, answer.operation_id)
    result = finish(context, api, inputs, pending, retry_after=answer.retry_after)
    if result is not None:
        return result
    nothing = MissingError(
        f"the vendor does not show what became of the operation {answer.operation_id}",
        remedy="run `pulumi up` again: it looks for the object, and creates one if there is none",
    )
    return _unfinished(context, inputs, pending, nothing)


def finish(
    context: ResourceContext,
    api: Collection,
    inputs: Model,
    pending: Mapping[str, Any],
    *,
    retry_after: float | None = None,
) -> State | Unfinished | None:
    """The object of a create that has started in this run or in an earlier one.

    Args:
        context: The resource.
        api: The API of its type.
        inputs: What the create has asked for.
        pending: The create as state keeps it.
        retry_after: The seconds that the vendor asks to wait before the first poll.

    Returns:
        None if the object cannot be found a long time after the create.

    Raises:
        OperationFailedError: See `create`.
    """
    poller = poller_of(context, api, str(pending[OPERATION]))
    try:
        operation = poller.wait(retry_after)
    except SwitchboardError as error:
        return _unfinished(context, inputs, pending, error)
    if operation is not None and operation.has_failed:
        failure = poller.failure(operation)
        failure.is_conflict = True
        raise failure
    try:
        with context.deadline.overtime(LAST_LOOK_SECONDS):
            state = _created_object(context, api, inputs, operation)
    except SwitchboardError as error:
        return _unfinished(context, inputs, pending, error.with_facts(poller.summary()))
    if state is not None:
        return state
    if not may_still_appear(context, pending):
        return None
    return _unfinished(context, inputs, pending, poller.unknown(LOOK_AGAIN))


def _created_object(
    context: ResourceContext, api: Collection, inputs: Model, operation: Operation | None
) -> State | None:
    """The object by the id that the operation names, else by its natural key.

    If the operation is unknown, an object of a name that was not generated may be somebody else's.
    """
    if operation is not None and operation.object_ids:
        return read_first(context, api, operation.object_ids, VISIBLE_SECONDS)
    is_generated = getattr(inputs, api.natural_key) == context.request.identity.autoname
    if operation is None and not is_generated:
        return None
    return poll_until(
        context, lambda: api.find(context, inputs), lambda state: state is not None, VISIBLE_SECONDS
    )


def _unfinished(
    context: ResourceContext, inputs: Model, pending: Mapping[str, Any], reason: SwitchboardError
) -> Unfinished:
    return Unfinished(expected_state(context, str(pending[OPERATION]), inputs), reason, pending)
