"""Parts of messages that several verbs share."""

from __future__ import annotations

from pulumi_switchboard.errors import NOT_FOUND, UNAUTHORIZED, SwitchboardError, VendorError
from pulumi_switchboard.resource.definition import AnyDefinition

CREATE_INSTEAD = "remove import_ from the resource to create a new object"
"""The alternative to adopting an object."""
CLEAR_PENDING = ". If Pulumi keeps warning of pending creates, run `pulumi refresh --clear-pending-creates`"
"""The end of a message about an object that an earlier run created."""


def adopted_unchanged(noun: str) -> str:
    """The message about an adoption that writes nothing."""
    return f"this resource adopts {noun} without a change: it is as the program says"


def with_access(error: SwitchboardError, definition: AnyDefinition | None) -> SwitchboardError:
    """The error, with how to get access to the API if the vendor may have refused it for want of that."""
    access = "" if definition is None else definition.evidence.access
    is_refused = isinstance(error, VendorError) and error.refusal.status in (*UNAUTHORIZED, NOT_FOUND)
    return error.with_facts(access) if is_refused and access else error
