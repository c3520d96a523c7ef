"""The objects that the resources of the stack have in state.

A create must never use an object that another resource of the stack has. The provider process sees only the
resources of this run, so the program asks the engine for the stack's state, once in each run.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import grpc
import pulumi
from google.protobuf.struct_pb2 import Struct  # type: ignore[import-untyped]
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.proto.resource_pb2 import ResourceInvokeRequest
from pulumi.runtime.settings import get_monitor

from pulumi_switchboard.identity import generated_name, unused_key
from pulumi_switchboard.program.engine import once_per_run
from pulumi_switchboard.program.text import harmless
from pulumi_switchboard.program.type_keys import with_type_keys
from pulumi_switchboard.state_keys import IDENTITY

READ_STATE = "pulumi:pulumi:readStackResourceOutputs"

RETRY_PAUSES = (0.1, 0.3, 0.6, 1.0)
"""Seconds between the attempts to read the state. The engine may be writing its state file at that moment."""


@dataclass(frozen=True)
class SavedObject:
    """An object that a resource of the stack has in state."""

    urn: str
    type_key: str
    id: str
    identity: str
    """The first key of the create that made the object; empty if the object was adopted."""
    key: str
    """The key from which its generated name follows; it differs for each object of one identity."""
    name: str
    """Its unique name at the time when the resource got it."""


class StackState:
    """The resources in the stack's state at the start of the run."""

    def __init__(self, urns: frozenset[str] = frozenset(), objects: tuple[SavedObject, ...] = ()) -> None:
        self._urns = urns
        self._id_of = {item.urn: item.id for item in objects}
        self._id_by_name = {(item.type_key, item.name): item.id for item in objects if item.name}
        self._ids_by_identity: dict[str, dict[str, str]] = {}
        for item in objects:
            if item.key:
                self._ids_by_identity.setdefault(item.identity, {})[item.key] = item.id

    def has(self, urn: str) -> bool:
        """Whether this resource is in state."""
        return urn in self._urns

    def id_of(self, urn: str) -> str | None:
        """The id of the object that this resource has; None if it has none."""
        return self._id_of.get(urn)

    def used(self, identity: str, type_key: str, resource_name: str) -> dict[str, str]:
        """The objects that a create could take for its own, but that resources of the stack already have.

        Args:
            identity: The first key of the create.
            type_key: The key of the resource's type.
            resource_name: The name of the resource in the program.

        Returns:
            The ids of the objects, by the keys of their creates.
        """
        used = dict(self._ids_by_identity.get(identity, {}))
        key = unused_key(identity, used)
        while object_id := self._id_by_name.get((type_key, generated_name(resource_name, key))):
            used[key] = object_id
            key = unused_key(key, used)
        return used


@once_per_run
def stack_state() -> asyncio.Future[StackState | None]:
    """The state, read once in a run; None, after a warning, if it cannot be read."""
    return asyncio.ensure_future(_read(get_monitor()))


async def _read(monitor: Any) -> StackState | None:
    """Ask the engine for the state. Pulumi's mocks have none."""
    if isinstance(monitor, MockMonitor):
        return StackState()
    arguments = Struct()
    arguments["stackName"] = "/".join((pulumi.get_organization(), pulumi.get_project(), pulumi.get_stack()))
    request = ResourceInvokeRequest(tok=READ_STATE, args=arguments)
    for pause in (*RETRY_PAUSES, None):
        try:
            answer = await asyncio.get_running_loop().run_in_executor(None, monitor.Invoke, request)
            return _parsed(getattr(answer, "return"))
        except grpc.RpcError as error:
            if pause is None:
                _warn_that_state_is_unknown(error)
            else:
                await asyncio.sleep(pause)
    return None


def _warn_that_state_is_unknown(error: Any) -> None:
    reason = harmless(f"{error.code().name}: {error.details()}")
    pulumi.log.warn(
        f"the stack's state could not be read ({reason}): in this run a new resource may take over the "
        "object of a resource that was renamed or moved with an alias. Run `pulumi preview` again before "
        "such a change"
    )


def _parsed(answer: Any) -> StackState:
    """The state from the engine's answer. The answer can be large, so only the needed members are read."""
    resources = answer.fields["outputs"].struct_value.fields
    objects = tuple(
        _saved_object(urn, resource.struct_value)
        for urn, resource in resources.items()
        if IDENTITY in resource.struct_value.fields["outputs"].struct_value.fields
    )
    return StackState(frozenset(resources), objects)


def _saved_object(urn: str, resource: Any) -> SavedObject:
    identity = resource.fields["outputs"].struct_value.fields[IDENTITY].struct_value.fields

    def member(name: str) -> str:
        return str(identity[name].string_value) if name in identity else ""

    return SavedObject(
        urn=urn,
        type_key=with_type_keys(resource.fields["type"].string_value),
        id=member("id"),
        identity=member("first_key"),
        key=member("key"),
        name=member("name"),
    )
