"""The hidden inputs that tell the provider process who a resource is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi.runtime.rpc import UNKNOWN

from pulumi_switchboard.identity import key_of
from pulumi_switchboard.program.state import StackState, stack_state
from pulumi_switchboard.state_keys import IMPORT, RESOURCE, STACK, USED


@dataclass(frozen=True)
class Identity:
    """Who a resource is, and what its create must not use."""

    stack: str
    """The stack's identity, which is the id of its provider; unknown in the preview of a new provider."""
    resource: str
    """The place of the resource in the stack: the types of its parents, its type and its name."""
    used: dict[str, str]
    """The objects that resources hold and its create could find; see `StackState.used`."""
    adopts: Any
    """The id of the object to adopt; None if the resource holds that object already."""


def hidden_inputs(
    provider: pulumi.ProviderResource,
    token: str,
    resource_name: str,
    parent: pulumi.Resource | None,
    import_: Any,
) -> dict[str, Awaitable[Any]]:
    """The hidden inputs of a resource.

    They are plain values that are awaited, and no outputs: with an output of the provider or the parent, the
    resource would depend on it in an update and not in a preview, and an update plan would not match.
    """
    identity = asyncio.ensure_future(_identity(provider, token, resource_name, parent, import_))

    async def member(name: str) -> Any:
        return getattr(await identity, name) or None

    return {
        STACK: member("stack"),
        RESOURCE: member("resource"),
        USED: member("used"),
        IMPORT: member("adopts"),
    }


async def _identity(
    provider: pulumi.ProviderResource,
    token: str,
    resource_name: str,
    parent: pulumi.Resource | None,
    import_: Any,
) -> Identity:
    state = await stack_state()
    stack = await _stack(provider, state)
    resource = await _place(parent, f"{token}::{resource_name}")
    is_known = UNKNOWN not in (stack, resource)
    used = state.used(key_of(stack, resource), token, resource_name) if state and is_known else {}
    adopts = await _resolved(import_)
    if state and adopts == state.id_of(_urn(resource)):
        adopts = None
    return Identity(stack, resource, used, adopts)


async def _stack(provider: pulumi.ProviderResource, state: StackState | None) -> str:
    """The id of the provider. The preview of a new provider shows an id that it will not have."""
    urn, provider_id = await provider.urn.future(), await provider.id.future()
    is_final = not pulumi.runtime.is_dry_run() or (state is not None and state.has(str(urn)))
    return provider_id if provider_id and is_final else UNKNOWN


async def _place(parent: pulumi.Resource | None, own: str) -> str:
    """The place in the stack as a URN spells it: the types of all parents, the type and the name."""
    if parent is None:
        return own
    urn = await parent.urn.future()
    if urn is None:
        return UNKNOWN
    types = urn.split("::")[2]
    return own if types == "pulumi:pulumi:Stack" else f"{types}${own}"


async def _resolved(import_: Any) -> Any:
    """The id to adopt, if one is given; a program may pass an output for it."""
    output = pulumi.Output.from_input(import_)
    return await output.future() if await output.is_known() else UNKNOWN


def _urn(resource: str) -> str:
    return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{resource}"
