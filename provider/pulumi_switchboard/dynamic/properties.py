"""Property bags between Pulumi's dynamic provider host and us: unknown values and secrets differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pulumi.output import UNKNOWN as HOST_UNKNOWN
from pulumi.output import Unknown as HostUnknown
from pulumi.runtime import rpc

from pulumi_switchboard.fields.values import UNKNOWN, Bag, Unknown


def from_host(bag: Mapping[str, Any]) -> Bag:
    """A copy of a bag that came from the host."""
    return {name: _translated(value, HostUnknown, UNKNOWN) for name, value in bag.items()}


def to_host(bag: Mapping[str, Any], secrets: Collection[str] = ()) -> dict[str, Any]:
    """A copy of a bag for the host, which may write into it. These members of it are secrets."""
    copy = {name: _translated(value, Unknown, HOST_UNKNOWN) for name, value in bag.items()}
    return {name: rpc.wrap_rpc_secret(value) if name in secrets else value for name, value in copy.items()}


def _translated(value: Any, unknown: type, replacement: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _translated(item, unknown, replacement) for key, item in value.items()}
    if isinstance(value, list):
        return [_translated(item, unknown, replacement) for item in value]
    return replacement if isinstance(value, unknown) else value
