"""What became of a create whose operation has started, in this run or in an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pulumi_switchboard.errors import ConflictError, MissingError, OperationFailedError, SwitchboardError
from pulumi_switchboard.fields.comparison import changed_fields, replacing_fields
from pulumi_switchboard.fields.models import Model, State
from pulumi_switchboard.operations.pending_create import LOOK_AGAIN, pending_create
from pulumi_switchboard.operations.poller import OperationPoller
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Existing, Unfinished
from pulumi_switchboard.resource.polling import LAST_LOOK_SECONDS, VISIBLE_SECONDS, poll_until
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.reading import read_first
from pulumi_switchboard.rest.state import expected_state
from pulumi_switchboard.vendors.operation import CLOCK_TOLERANCE, Operation, OperationStarted

CLOCK_RESOLUTION = 1.5
"""The vendor's times are whole seconds."""

ClockOffsets: TypeAlias = list[float]
"""By how much the times of failed operations differ from the times at which they were asked for."""


@dataclass(frozen=True)
class KeyUsed:
    """A key leads to an object or an operation that this create cannot use."""

    by: str
    """The id of that object or operation; the next key follows from it."""


CreateResult: TypeAlias = State | Existing | Unfinished | KeyUsed


@dataclass(frozen=True)
class StartedCreate:
    """A create whose operation has started."""

    context: ResourceContext
    api: Collection
    inputs: Model
    started: OperationStarted
    submitted_at: float
    """When it was submitted, by our clock."""
    submitted_at_vendor: float
    """The same, by the vendor's clock."""
    poller: OperationPoller

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that the object may have, as far as the answers say."""
        last = self.poller.last
        return tuple(dict.fromkeys((*self.started.object_ids, *(last.object_ids if last else ()))))

    @property
    def used_key(self) -> KeyUsed:
        """The reason for the next key: the object's id, else the operation's id if no answer names it."""
        return KeyUsed(next(iter(self.ids), self.started.operation_id))

    @property
    def is_free(self) -> bool:
        """Whether no resource uses the object."""
        return all(map(self.context.is_free, self.ids))

    def unfinished(self, reason: SwitchboardError) -> Unfinished:
        """The object as the inputs describe it, while the outcome is open."""
        state = expected_state(self.context, self.ids[0], self.inputs)
        return Unfinished(state, reason, pending_create(self.context, self.started.operation_id))

    def is_earlier(self, operation: Operation) -> bool:
        """Whether the times say that an earlier run asked for the operation."""
        return (
            operation.created_at or self.submitted_at_vendor
        ) < self.submitted_at_vendor - CLOCK_RESOLUTION


def resolve(create: StartedCreate, offsets: ClockOffsets) -> CreateResult:
    """The object once its operation has ended, if this resource can use it."""
    if not create.is_free:
        return create.used_key
    try:
        operation = create.poller.wait(create.started.retry_after)
        with create.context.deadline.overtime(LAST_LOOK_SECONDS):
            return _after_operation(create, operation, offsets)
    except OperationFailedError:
        raise
    except SwitchboardError as error:
        if not create.ids or not create.is_free:
            raise
        summary = create.poller.summary()
        return create.unfinished(error if summary in error.facts else error.with_facts(summary))


def differing_or_used(
    context: ResourceContext, state: State, inputs: Model, used_by: str
) -> list[str] | KeyUsed:
    """The fields in which an object differs from the inputs, or that this create cannot use the object."""
    if not context.is_free(id_of(state)):
        return KeyUsed(used_by)
    model = context.definition.inputs
    differing = changed_fields(model, state, inputs)
    if needed := replacing_fields(model, differing):
        context.warn(
            f"{id_of(state)} was created for this resource by an earlier run and can't become what the "
            f"program says now ({', '.join(needed)}), so another one is created: delete it if nothing uses it"
        )
        return KeyUsed(used_by)
    return differing


def _after_operation(
    create: StartedCreate, operation: Operation | None, offsets: ClockOffsets
) -> CreateResult:
    """The object of an operation that has ended; None stands for an operation that is unknown."""
    state = _created_object(create, operation)
    if state is None:
        return _without_object(create, operation, offsets)
    differing = differing_or_used(create.context, state, create.inputs, create.used_key.by)
    if isinstance(differing, KeyUsed):
        return differing
    if operation is not None and operation.has_failed:
        return Existing(state, f"{id_of(state)} was created, although the vendor says that this failed")
    if operation is not None and create.is_earlier(operation):
        return Existing(state, f"{id_of(state)} was created for this resource by an earlier run")
    if differing:
        return Existing(state, f"{id_of(state)} was created for this resource, perhaps by an earlier run")
    return state


def _without_object(
    create: StartedCreate, operation: Operation | None, offsets: ClockOffsets
) -> CreateResult:
    """What it means that the vendor shows no object after the operation."""
    if operation is None:
        return _without_operation(create)
    if operation.has_failed and _failed_in_this_run(create, operation, offsets):
        raise create.poller.failure(operation)
    if operation.has_failed or (create.is_earlier(operation) and not create.poller.was_pending):
        return create.used_key
    raise MissingError(
        f"{next(iter(create.ids), 'the object')} is not visible, although its operation has ended",
        remedy="run `pulumi up` again: it looks for the object before it creates another one",
    )


def _without_operation(create: StartedCreate) -> CreateResult:
    """What it means that the vendor shows neither object nor operation, which may still be running."""
    if create.ids:
        return create.unfinished(create.poller.unknown(LOOK_AGAIN))
    raise create.poller.unknown(
        "run `pulumi up` again: it asks once more for the same object; if that does not help, give the "
        "resource another name"
    )


def _created_object(create: StartedCreate, operation: Operation | None) -> State | None:
    """The object by its id, or by its name if no answer names an id.

    An object may be shown late. But an operation that ended long ago will not show anything more.
    """
    seconds = VISIBLE_SECONDS
    if operation is not None and operation.has_failed:
        return _despite_failure(create, operation)
    if operation is not None and operation.completed_at is not None:
        seconds = max(0.0, seconds - max(0.0, create.submitted_at_vendor - operation.completed_at))
    if ids := create.ids:
        return read_first(create.context, create.api, ids, seconds)
    if operation is None:
        return None
    return poll_until(
        create.context, lambda: _by_name(create, operation), lambda state: state is not None, seconds
    )


def _despite_failure(create: StartedCreate, operation: Operation) -> State | None:
    """The object if it exists although its operation has failed."""
    try:
        return read_first(create.context, create.api, create.ids, 0.0)
    except SwitchboardError as error:
        raise create.poller.failure(operation).with_facts(
            f"it is not known whether the object exists nevertheless: {error.summary}"
        ) from error


def _by_name(create: StartedCreate, operation: Operation) -> State | None:
    """The one object that has the name and was created while the operation was running."""
    earliest = (operation.created_at or create.submitted_at_vendor) - CLOCK_RESOLUTION
    latest = (operation.completed_at or float("inf")) + CLOCK_RESOLUTION
    named = [
        (state, create.api.created_at(state))
        for state in create.api.named_like(create.context, create.inputs)
    ]
    found = [state for state, created_at in named if created_at is None or earliest <= created_at <= latest]
    if len(found) > 1 or any(created_at is None for _, created_at in named):
        ids = " and ".join(map(id_of, found))
        raise ConflictError(
            f"the name belongs to {ids}, and the vendor does not say which object it has just created",
            remedy="give the resource a unique name, or import_ with the id of the object that it should "
            "manage",
        )
    return found[0] if found else None


def _failed_in_this_run(create: StartedCreate, operation: Operation, offsets: ClockOffsets) -> bool:
    """Whether the operation was asked for by this call, and not by an earlier run.

    If the vendor's clocks differ, every operation that starts now seems to have started some time ago. The
    operations of this call then have the same offset.
    """
    if create.poller.was_pending or not create.is_earlier(operation):
        return True
    created_at = operation.created_at or create.submitted_at_vendor
    offset = created_at - create.submitted_at
    is_same_offset = any(abs(offset - other) <= CLOCK_RESOLUTION for other in offsets)
    offsets.append(offset)
    return is_same_offset and create.submitted_at_vendor - created_at <= CLOCK_TOLERANCE
