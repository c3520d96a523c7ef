"""Sends a write, and waits for its operation if the API starts one."""

from __future__ import annotations

from pulumi_switchboard.fields.models import Model, State
from pulumi_switchboard.operations import idempotent_create, named_create
from pulumi_switchboard.operations.delete import delete
from pulumi_switchboard.operations.update import update
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import Existing, Moved, Unfinished
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.vendors.operation import OperationStarted


def send_create(context: ResourceContext, api: Collection, inputs: Model) -> State | Existing | Unfinished:
    """Create an object."""
    if api.operations is None:
        return _object(api.create(context, inputs))
    if api.has_idempotency_keys:
        return idempotent_create.create(context, api, inputs)
    return named_create.create(context, api, inputs)


def send_update(
    context: ResourceContext, api: Collection, id: str, live: State, inputs: Model
) -> State | Moved | Unfinished:
    """Change an object, which has just been read, to the inputs."""
    if api.operations is not None:
        return update(context, api, id, live, inputs)
    result = api.change(context, id, live, inputs)
    return result if isinstance(result, Moved) else _object(result)


def send_delete(context: ResourceContext, api: Collection, id: str) -> None:
    """Delete an object. It is an error here if the object does not exist."""
    if api.operations is not None:
        delete(context, api, id)
    else:
        api.delete(context, id)


def _object(result: OperationStarted | State) -> State:
    """The object that a write without an operation returns."""
    if isinstance(result, OperationStarted):
        raise TypeError("the definition declares no operations, and a write has started one")
    return result
