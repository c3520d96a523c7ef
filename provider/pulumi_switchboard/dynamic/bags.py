"""Property bags as the host spells them, and as we do: the two differ in what is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pulumi.output import UNKNOWN as HOST_UNKNOWN
from pulumi.output import Unknown as HostUnknown
from pulumi.runtime import rpc

from pulumi_switchboard.fields.values import UNKNOWN, Bag, Unknown


def from_host(bag: Mapping[str, Any]) -> Bag:
    """A copy of a bag that came from the host."""
    return {key: _translated(value, HostUnknown, UNKNOWN) for key, value in bag.items()}


def to_host(bag: Mapping[str, Any], hides: Callable[[str, Any], bool] = lambda *_: False) -> dict[str, Any]:
    """A copy of a bag for the host, which may write into it.

    Args:
        bag: What is copied.
        hides: Whether the engine is to treat a member, given its name and its value, as a secret.
    """
    copy = {key: _translated(value, Unknown, HOST_UNKNOWN) for key, value in bag.items()}
    return {key: rpc.wrap_rpc_secret(value) if hides(key, bag[key]) else value for key, value in copy.items()}


def _translated(value: Any, unknown: type, replacement: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _translated(item, unknown, replacement) for key, item in value.items()}
    if isinstance(value, list):
        return [_translated(item, unknown, replacement) for item in value]
    return replacement if isinstance(value, unknown) else value
