"""A create whose outcome is open, as state keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.state_keys import NEVER_SEEN, OPERATION, SINCE

LOST_SECONDS = 600.0
"""How long after its create an object may still appear, although the vendor does not know the operation."""
LOOK_AGAIN = (
    "run the command again after a while: ten minutes after the create, the object counts as never created"
)


def pending_create(context: ResourceContext, operation_id: str) -> dict[str, Any]:
    """The pending write of a create for which waiting begins now."""
    return {OPERATION: operation_id, NEVER_SEEN: True, SINCE: context.deadline.time()}


def may_still_appear(context: ResourceContext, pending: Mapping[str, Any]) -> bool:
    """Whether the object of a pending create may still be shown for the first time."""
    since: float = pending.get(SINCE, 0.0)
    return context.deadline.time() < since + LOST_SECONDS
