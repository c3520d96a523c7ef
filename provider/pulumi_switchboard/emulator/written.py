"""Writes as the declaration of an API sees them."""

from collections.abc import Callable
from dataclasses import dataclass

from pulumi_switchboard.emulator.api import ApiRequest
from pulumi_switchboard.emulator.request_body import JSON
from pulumi_switchboard.emulator.schema import Check
from pulumi_switchboard.emulator.store import JsonObject


@dataclass(frozen=True)
class Written:
    """One write of an object, at the time when it is done."""

    request: ApiRequest
    id: str
    members: JsonObject
    """What was sent; in an update, what the update has made of it."""

    old: JsonObject | None
    """The object before the write; None if it is new."""

    at: float
    """The time."""


def replaced(_old: JsonObject, body: JsonObject) -> JsonObject:
    """Return the members after a write that replaces all of them."""
    return body


def merged(old: JsonObject, body: JsonObject) -> JsonObject:
    """Return the members after a write that changes only those that it has."""
    return {**old, **body}


@dataclass(frozen=True)
class Update:
    """One way to change an object."""

    method: str
    request: Check
    """The body of such a request."""

    members: Callable[[JsonObject, JsonObject], JsonObject]
    """Returns the members from those of the old object and the body, or refuses the change."""

    media_type: str = JSON
