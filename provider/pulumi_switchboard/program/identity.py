"""The hidden inputs that tell the provider process which resource it serves."""

from __future__ import annotations

import asyncio
from typing import Any

import pulumi
from pulumi.runtime.rpc import UNKNOWN

from pulumi_switchboard.identity import key_of
from pulumi_switchboard.program.state import StackState, stack_state
from pulumi_switchboard.program.type_keys import token_of, with_type_keys
from pulumi_switchboard.state_keys import IMPORT, RESOURCE, STACK, USED


def hidden_inputs(
    provider: pulumi.ProviderResource,
    type_key: str,
    resource_name: str,
    parent: pulumi.Resource | None,
    import_: Any,
) -> dict[str, asyncio.Future[Any]]:
    """The hidden inputs of a resource, by their names.

    They are futures and not outputs. An output of the provider or of the parent would make the resource
    depend on it in an update but not in a preview, and then an update would not match its saved plan.
    """
    values = asyncio.ensure_future(_values(provider, type_key, resource_name, parent, import_))

    async def value(name: str) -> Any:
        return (await values)[name] or None

    return {name: asyncio.ensure_future(value(name)) for name in (STACK, RESOURCE, USED, IMPORT)}


async def _values(
    provider: pulumi.ProviderResource,
    type_key: str,
    resource_name: str,
    parent: pulumi.Resource | None,
    import_: Any,
) -> dict[str, Any]:
    state = await stack_state()
    stack = await _stack_identity(provider, state)
    place = await _place(parent, f"{token_of(type_key)}::{resource_name}")
    resource = with_type_keys(place)
    is_known = UNKNOWN not in (stack, place)
    used = state.used(key_of(stack, resource), type_key, resource_name) if state and is_known else {}
    adopted = await _id_to_adopt(import_)
    if state and adopted == state.id_of(_urn(place)):
        adopted = None
    return {STACK: stack, RESOURCE: resource, USED: used, IMPORT: adopted}


async def _stack_identity(provider: pulumi.ProviderResource, state: StackState | None) -> str:
    """The id of the provider. The id that a preview shows for a new provider is not the one it will get."""
    urn, provider_id = await provider.urn.future(), await provider.id.future()
    is_final = not pulumi.runtime.is_dry_run() or (state is not None and state.has(str(urn)))
    return provider_id if provider_id and is_final else UNKNOWN


async def _place(parent: pulumi.Resource | None, own: str) -> str:
    """The place of the resource in the stack, as a URN ends: the types of all parents, its type and name."""
    if parent is None:
        return own
    urn = await parent.urn.future()
    if urn is None:
        return UNKNOWN
    types = urn.split("::")[2]
    return own if types == "pulumi:pulumi:Stack" else f"{types}${own}"


async def _id_to_adopt(import_: Any) -> Any:
    """The id that the option `import_` gives. The program may pass an output for it."""
    output = pulumi.Output.from_input(import_)
    return await output.future() if await output.is_known() else UNKNOWN


def _urn(place: str) -> str:
    return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{place}"
