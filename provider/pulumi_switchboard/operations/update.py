"""Update an object by an operation, and wait until it is changed."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.fields.comparison import changed_fields
from pulumi_switchboard.fields.models import Model, State
from pulumi_switchboard.operations.poller import OperationPoller, poller_of
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Moved, Unfinished
from pulumi_switchboard.resource.polling import (
    LAST_LOOK_SECONDS,
    VISIBLE_SECONDS,
    poll_until,
    retry_on_conflict,
)
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.state_keys import OPERATION
from pulumi_switchboard.vendors.operation import Operation, OperationStarted


def update(
    context: ResourceContext, api: Collection, id: str, live: State, inputs: Model
) -> State | Moved | Unfinished:
    """Change the live object to the inputs."""

    def submit(key: str) -> OperationStarted | State | Moved:
        return api.change(context, id, live, inputs, key)

    def submit_again(key: str) -> OperationStarted | State | Moved:
        shown = api.get(context, id)
        return submit(key) if shown is not None and shown.body == live.body else Moved()

    started = retry_on_conflict(context, submit, submit_again)
    if not isinstance(started, OperationStarted):
        return started
    poller = poller_of(context, api, started.operation_id)
    try:
        operation = poller.wait(started.retry_after)
    except SwitchboardError as error:
        return Unfinished(live, error, {OPERATION: started.operation_id})
    with context.deadline.overtime(LAST_LOOK_SECONDS):
        return _after_operation(_Update(context, api, live, inputs, poller), operation)


@dataclass(frozen=True)
class _Update:
    """An update whose operation has started."""

    context: ResourceContext
    api: Collection
    live: State
    inputs: Model
    poller: OperationPoller

    def is_done(self, state: State) -> bool:
        """Whether the object has the values of the inputs."""
        return not changed_fields(self.context.definition.inputs, state, self.inputs)

    def pending(self, state: State, reason: SwitchboardError) -> Unfinished:
        """The object while the outcome of the operation is open."""
        return Unfinished(state, reason, {OPERATION: self.poller.operation_id})


def _after_operation(change: _Update, operation: Operation | None) -> State | Unfinished:
    """The object after an operation that has ended; None stands for an operation that is unknown."""
    poller, live = change.poller, change.live
    failure = poller.failure(operation) if operation is not None and operation.has_failed else None
    try:
        state = poll_until(
            change.context,
            lambda: change.api.get(change.context, id_of(live)) or live,
            lambda state: state.body != live.body or change.is_done(state),
            0.0 if failure else VISIBLE_SECONDS,
        )
    except SwitchboardError as error:
        if failure is not None:
            raise failure.with_facts(f"the object's current values are not known: {error.summary}") from error
        return change.pending(live, error.with_facts(poller.summary()))
    if failure is not None:
        if changed_fields(change.context.definition.inputs, state, live):
            return Unfinished(state, failure)
        raise failure
    if operation is None and not change.is_done(state):
        unknown = poller.unknown(
            "run `pulumi up` again: it changes the object if that has not happened by then"
        )
        return change.pending(state, unknown)
    return state
