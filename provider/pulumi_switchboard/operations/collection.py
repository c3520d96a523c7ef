"""An API whose writes start operations, as a collection whose verbs wait for their ends."""

from __future__ import annotations

from pulumi_switchboard.operations.api import LongRunning
from pulumi_switchboard.operations.delete import delete
from pulumi_switchboard.operations.idempotent_create import create
from pulumi_switchboard.operations.resume import is_running, resume
from pulumi_switchboard.operations.update import update
from pulumi_switchboard.resource.collection import ClientT, Collection, InputsT, StateT


def long_running(api: LongRunning[InputsT, StateT, ClientT]) -> Collection[InputsT, StateT, ClientT]:
    """The collection of this API."""
    return Collection[InputsT, StateT, ClientT](
        read=api.read,
        list=api.list,
        create=lambda context, inputs: create(api, context, inputs),
        update=lambda context, object_id, live, inputs: update(api, context, object_id, live, inputs),
        is_idempotent=True,
        delete=lambda context, object_id: delete(api, context, object_id),
        is_running=lambda context, pending: is_running(api, context, pending),
        resume=lambda context, object_id, known, pending: resume(api, context, object_id, known, pending),
    )
