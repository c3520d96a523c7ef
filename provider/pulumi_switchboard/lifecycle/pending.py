"""Pending writes: what an earlier run left open, and how the verbs continue it."""

from __future__ import annotations

from pulumi_switchboard.errors import MissingError, PendingWriteError, SwitchboardError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.operations import resume as operations
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Unfinished, VerbResult
from pulumi_switchboard.resource.reading import gone, of_own_account
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.reading import read_object
from pulumi_switchboard.state_keys import IDENTITY, NEVER_CREATED, NEVER_SEEN, OPERATION, PENDING, REASON


def pending_of(known: Bag) -> Bag:
    """The pending write in state; empty if there is none."""
    return known.get(PENDING) or {}


def is_never_created(known: Bag) -> bool:
    """Whether state has an id of an object that will never exist."""
    return bool(pending_of(known).get(NEVER_CREATED))


def is_placeholder(id: str, known: Bag) -> bool:
    """Whether the id in state is that of the create's operation: the object's own is not known yet."""
    return id == pending_of(known).get(OPERATION)


def is_lost_update(known: Bag) -> bool:
    """Whether the pending write is an update without an operation: nothing shows whether it takes effect."""
    pending = pending_of(known)
    return bool(pending) and OPERATION not in pending and NEVER_SEEN not in pending


def resume(context: ResourceContext, api: Collection, id: str, known: Bag) -> State | Unfinished | None:
    """The object after its pending write; None if there is no object.

    Raises:
        OperationFailedError: The write was the create, and it has failed.
    """
    if api.operations is None:
        return read_object(context, api, id)
    try:
        result = operations.resume(
            context, api, id, to_model(context.definition.state, known), known[PENDING]
        )
    except SwitchboardError as error:
        raise error.without_effect() from error
    return result if isinstance(result, Unfinished) else of_own_account(context, result)


def current_object(
    context: ResourceContext, api: Collection, id: str, known: Bag
) -> State | Unfinished | None:
    """The object as it is now, after its pending write if there is one; see `resume`."""
    return resume(context, api, id, known) if pending_of(known) else read_object(context, api, id)


def without_object(id: str, known: Bag, found: State | None) -> VerbResult:
    """What is left in state of an id that leads to no object.

    Raises:
        MissingError: The object existed, so it was deleted elsewhere.
    """
    if found is not None:
        reason = MissingError(
            f"the vendor announced {id}, but shows the object as {id_of(found)}",
            remedy="run `pulumi up` again: it continues with the object's own id",
        )
        return _given_up(id, known, reason)
    pending = pending_of(known)
    if pending.get(NEVER_SEEN):
        return never_created(id, known, PendingWriteError(pending[REASON]))
    raise gone(id)


def never_created(id: str, known: Bag, error: SwitchboardError) -> VerbResult:
    """What is left in state of a create that has failed in the end. The next update replaces the resource."""
    reason = MissingError(
        f"{id} was never created: {error.summary}",
        facts=error.facts,
        remedy="run `pulumi up` again: it creates another one instead",
    )
    return _given_up(id, known, reason)


def _given_up(id: str, known: Bag, reason: SwitchboardError) -> VerbResult:
    outputs = {name: value for name, value in known.items() if name != IDENTITY}
    pending = {REASON: reason.summary, NEVER_CREATED: True}
    return VerbResult(id, {**outputs, PENDING: pending}, unfinished=reason)
