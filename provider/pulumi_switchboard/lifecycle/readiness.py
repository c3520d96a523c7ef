"""Objects that can be used only some time after their create: their own status says when."""

from __future__ import annotations

import random
from dataclasses import replace

from pulumi_switchboard.errors import MissingError, OperationFailedError, SwitchboardError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.apply import finished
from pulumi_switchboard.operations.poller import OperationPoller
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import VerbResult
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.operations import Readiness
from pulumi_switchboard.rest.reading import read_object
from pulumi_switchboard.vendors.operation import COMPLETED, FAILED, Operation


def is_getting_ready(api: Collection, known: Bag) -> bool:
    """Whether the object in state cannot be used yet."""
    readiness = api.readiness
    return readiness is not None and known.get(readiness.status) not in (readiness.ready, readiness.failed)


def has_failed(api: Collection, known: Bag) -> bool:
    """Whether the object in state will never be ready. The next update replaces it."""
    return api.readiness is not None and known.get(api.readiness.status) == api.readiness.failed


def when_ready(context: ResourceContext, api: Collection, result: VerbResult) -> VerbResult:
    """The result of a write once the object can be used.

    The object is in state also if it is not ready when the time is over, or never will be.
    """
    readiness = api.readiness
    if readiness is None or result.unfinished is not None or not is_getting_ready(api, result.outputs):
        return _unless_failed(api, result)
    seen: list[State] = []

    def look() -> Operation:
        state = read_object(context, api, result.id)
        if state is None:
            raise MissingError(f"{result.id} is gone: it was deleted while it got ready")
        seen.append(state)
        return Operation(result.id, _status(readiness, getattr(state, readiness.status)))

    poller = OperationPoller(
        result.id, look, context.deadline, context.progress, random.SystemRandom(), "object"
    )
    try:
        poller.wait()
        unfinished = None
    except SwitchboardError as error:
        unfinished = error
    last = finished(context, seen[-1]) if seen else result
    return _unless_failed(api, replace(last, unfinished=unfinished))


def _unless_failed(api: Collection, result: VerbResult) -> VerbResult:
    if not has_failed(api, result.outputs) or result.unfinished is not None:
        return result
    failure = OperationFailedError(
        f"{result.id} was created, but the vendor could not get it ready",
        remedy="run `pulumi up` again: it creates another one, and then deletes this one",
    )
    return replace(result, unfinished=failure)


def _status(readiness: Readiness, status: object) -> str:
    """The status in the words for operations."""
    return {readiness.ready: COMPLETED, readiness.failed: FAILED}.get(str(status), str(status))
