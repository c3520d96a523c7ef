"""Objects that can be used only some time after their create: their own status says when."""

from __future__ import annotations

import random
from dataclasses import replace

from pulumi_switchboard.errors import MissingError, OperationFailedError, SwitchboardError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.apply import finished
from pulumi_switchboard.operations.poller import YOUNG_SECONDS, OperationPoller
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import VerbResult
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.operations import Readiness
from pulumi_switchboard.rest.reading import read_object
from pulumi_switchboard.state_keys import WAS_READY
from pulumi_switchboard.vendors.operation import Operation


def is_getting_ready(api: Collection, known: Bag) -> bool:
    """Whether the object in state cannot be used yet."""
    return api.readiness is not None and known.get(api.readiness.field) in api.readiness.waiting


def will_never_be_ready(api: Collection, known: Bag) -> bool:
    """Whether the object in state could never be used, and never will be. The next update replaces it.

    One that could be used at some time is left alone, whatever its status says now: it may hold data.
    """
    if api.readiness is None:
        return False
    return known.get(api.readiness.field) == api.readiness.failed and not known.get(WAS_READY)


def when_ready(context: ResourceContext, api: Collection, result: VerbResult, known: Bag) -> VerbResult:
    """The result of a write once the object can be used.

    The object is in state also if it is not ready when the time is over, or never will be.

    Args:
        context: The resource.
        api: The API of its type.
        result: What the write has returned.
        known: What state knows of the object so far; empty if it is new.
    """
    if api.readiness is None or result.unfinished is not None:
        return noting_readiness(api, result, known)
    if is_getting_ready(api, result.outputs):
        result = _waited_for(context, api, api.readiness, result)
    result = noting_readiness(api, result, known)
    if result.unfinished is not None or not will_never_be_ready(api, result.outputs):
        return result
    failure = OperationFailedError(
        f"the vendor could not get {result.id} ready",
        remedy="run `pulumi up` again: it deletes this one and creates another",
    )
    return replace(result, unfinished=failure)


def noting_readiness(api: Collection, result: VerbResult, known: Bag) -> VerbResult:
    """The result, with whether the object could be used at some time."""
    if api.readiness is None:
        return result
    was_ready = result.outputs.get(api.readiness.field) == api.readiness.ready or known.get(WAS_READY)
    return replace(result, outputs={**result.outputs, WAS_READY: True}) if was_ready else result


def _waited_for(
    context: ResourceContext, api: Collection, readiness: Readiness, result: VerbResult
) -> VerbResult:
    """The object after the wait. A read that does not show it is tolerated for a while."""
    seen: list[State] = []
    gives_up = context.deadline.now() + YOUNG_SECONDS

    def look() -> Operation:
        state = read_object(context, api, result.id)
        if state is None and context.deadline.now() > gives_up:
            raise MissingError(f"{result.id} is not shown any more")
        if state is None:
            return Operation(result.id, "NOT SHOWN")
        seen.append(state)
        return _as_operation(readiness, result.id, getattr(state, readiness.field))

    poller = OperationPoller(
        result.id, look, context.deadline, context.progress, random.SystemRandom(), "object"
    )
    try:
        is_known = poller.wait() is not None
        unfinished = None if is_known else poller.unknown("run `pulumi up` again: it waits for the object")
    except SwitchboardError as error:
        unfinished = error
    return replace(finished(context, seen[-1]) if seen else result, unfinished=unfinished)


def _as_operation(readiness: Readiness, id: str, status: object) -> Operation:
    """The object's status as that of an operation. A status that is not named has the object usable."""
    text = str(status)
    is_settled = text not in (*readiness.waiting, readiness.failed)
    success = text if is_settled else readiness.ready
    return Operation(id, text, success=success, failures=(readiness.failed,))
