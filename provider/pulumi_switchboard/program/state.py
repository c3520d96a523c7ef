"""What the stack's state says of the objects that its resources hold.

A create must never use an object that another resource of the stack holds, and the provider process sees only
the resources of this run. So the program asks the engine for the state, once in a run.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import grpc
import pulumi
from google.protobuf.struct_pb2 import Struct  # type: ignore[import-untyped]
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.proto.resource_pb2 import ResourceInvokeRequest
from pulumi.runtime.settings import get_monitor

from pulumi_switchboard.identity import generated_name, unused_key
from pulumi_switchboard.program.text import harmless
from pulumi_switchboard.state_keys import IDENTITY

READ_STATE = "pulumi:pulumi:readStackResourceOutputs"

RETRY_PAUSES = (0.1, 0.3, 0.6, 1.0)
"""Seconds between the attempts to read the state: the engine may just be writing its state file."""


@dataclass(frozen=True)
class Held:
    """An object that a resource of the stack holds."""

    urn: str
    type: str
    id: str
    identity: str
    """The first key of its create; empty if the object was adopted."""
    key: str
    """The key that its generated name follows from; it tells the objects of one identity apart."""
    name: str
    """Its unique name when the resource got it."""


class StackState:
    """The resources in the stack's state, as it was when the run began."""

    def __init__(self, urns: frozenset[str] = frozenset(), held: tuple[Held, ...] = ()) -> None:
        self._urns = urns
        self._id_of = {item.urn: item.id for item in held}
        self._id_named = {(item.type, item.name): item.id for item in held if item.name}
        self._made_for: dict[str, dict[str, str]] = {}
        for item in held:
            if item.key:
                self._made_for.setdefault(item.identity, {})[item.key] = item.id

    def has(self, urn: str) -> bool:
        """Whether this resource is in state."""
        return urn in self._urns

    def id_of(self, urn: str) -> str | None:
        """The id of the object that this resource holds."""
        return self._id_of.get(urn)

    def used(self, identity: str, token: str, resource: str) -> dict[str, str]:
        """The objects that a create could find as its own, and that resources of the stack hold already.

        Args:
            identity: The first key of the create.
            token: The type of the resource.
            resource: The name of the resource in the program.

        Returns:
            Their ids, by their keys.
        """
        used = dict(self._made_for.get(identity, {}))
        key = unused_key(identity, used)
        while (found := self._id_named.get((token, generated_name(resource, key)))) is not None:
            used[key] = found
            key = unused_key(key, used)
        return used


_states: WeakKeyDictionary[Any, asyncio.Future[StackState | None]] = WeakKeyDictionary()


async def stack_state() -> StackState | None:
    """The state, which is read once in a run; None if that failed, of which the user is warned."""
    monitor = get_monitor()
    if monitor not in _states:
        _states[monitor] = asyncio.ensure_future(_read(monitor))
    return await _states[monitor]


async def _read(monitor: Any) -> StackState | None:
    """Ask the engine for the state. With Pulumi's mocks there is none."""
    if isinstance(monitor, MockMonitor):
        return StackState()
    arguments = Struct()
    arguments["stackName"] = "/".join((pulumi.get_organization(), pulumi.get_project(), pulumi.get_stack()))
    request = ResourceInvokeRequest(tok=READ_STATE, args=arguments)
    for pause in (*RETRY_PAUSES, None):
        try:
            answer = await asyncio.get_running_loop().run_in_executor(None, monitor.Invoke, request)
            return parsed(getattr(answer, "return"))
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


def parsed(answer: Any) -> StackState:
    """The state as the engine sends it; only what is needed is looked at, since it can be large."""
    resources = answer.fields["outputs"].struct_value.fields
    held = tuple(
        _held(urn, resource.struct_value)
        for urn, resource in resources.items()
        if IDENTITY in resource.struct_value.fields["outputs"].struct_value.fields
    )
    return StackState(frozenset(resources), held)


def _held(urn: str, resource: Any) -> Held:
    identity = resource.fields["outputs"].struct_value.fields[IDENTITY].struct_value.fields
    members = {
        name: identity[name].string_value for name in ("id", "first_key", "key", "name") if name in identity
    }
    return Held(
        urn,
        resource.fields["type"].string_value,
        members.get("id", ""),
        members.get("first_key", ""),
        members.get("key", ""),
        members.get("name", ""),
    )
