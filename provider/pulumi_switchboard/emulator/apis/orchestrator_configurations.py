"""Twilio Conversation Orchestrator (Conversations v2): configurations."""

import re
from collections.abc import Callable

from pulumi_switchboard.emulator.api import Api, Call, Refused, Reply, method_not_allowed
from pulumi_switchboard.emulator.idempotency import idempotent
from pulumi_switchboard.emulator.ids import twilio_type_id
from pulumi_switchboard.emulator.orchestrator import configuration
from pulumi_switchboard.emulator.orchestrator.answers import written
from pulumi_switchboard.emulator.orchestrator.bodies import bodies
from pulumi_switchboard.emulator.orchestrator.configuration import CONFIGURATION
from pulumi_switchboard.emulator.orchestrator.conflicts import (
    refuse_beyond_limit,
    refuse_concurrent,
    refuse_taken,
)
from pulumi_switchboard.emulator.orchestrator.errors import error
from pulumi_switchboard.emulator.orchestrator.lag import note_change, read_all, read_one
from pulumi_switchboard.emulator.paging import page
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, not_found, page_size, read_json

api = Api(
    TWILIO,
    "conversations.twilio.com",
    public_query=frozenset({"pageSize", "pageToken", "memoryStoreId"}),
    error=error,
)

_COLLECTION = "/v2/ControlPlane/Configurations"
_ITEM = f"{_COLLECTION}/{{id}}"
_MEMORY_STORE = re.compile(r"mem_(store|service)_[0-7][0-9a-z]{25}")

_Change = Callable[..., JsonObject]
_once = idempotent(lambda call: call.switches.orchestrator_key_with_other_content)


@api.route("GET", _COLLECTION)
def list_configurations(call: Call) -> Reply:
    """Answer one page of the configurations, the oldest first."""
    size = page_size(call)
    store = call.query.get("memoryStoreId")
    if store is not None and not _MEMORY_STORE.fullmatch(store):
        raise Refused(400, f"memoryStoreId: must match ^{_MEMORY_STORE.pattern}$")
    wanted = [shown for shown in read_all(call) if store in {None, shown["memoryStoreId"]}]
    try:
        found = page(wanted, size=size, token=call.query.get("pageToken"))
    except ValueError as problem:
        raise Refused(400, f"pageToken: {problem}") from None
    meta: JsonObject = {"key": "configurations", "pageSize": len(found.items)}
    tokens = {"previousToken": found.previous_token, "nextToken": found.next_token}
    meta.update({name: token for name, token in tokens.items() if token is not None})
    return Reply(200, {"configurations": found.items, "meta": meta})


@api.route("POST", _COLLECTION)
@_once
def create(call: Call) -> Reply:
    """Accept a new configuration."""
    body = read_json(call, bodies(call.switches).create)
    identifier = twilio_type_id("conv_configuration")

    def refuse() -> None:
        refuse_beyond_limit(call)
        refuse_taken(call, body, owner=identifier)

    def change(at: float) -> JsonObject:
        refuse()
        return _keep(call, identifier, configuration.created(identifier, body, at=at, switches=call.switches))

    refuse()
    return written(call, identifier, change, status=201)


@api.route("GET", _ITEM)
def fetch(call: Call) -> Reply:
    """Answer a configuration."""
    found = read_one(call, _identifier(call))
    if found is None:
        raise not_found(call)
    return Reply(200, found)


@api.route("PUT", _ITEM)
@_once
def replace(call: Call) -> Reply:
    """Accept a replacement of everything that a request can set."""
    old = _find_for_write(call)
    return _update(call, old, read_json(call, bodies(call.switches).replace), configuration.replaced)


@api.route("PATCH", _ITEM)
@_once
def patch(call: Call) -> Reply:
    """Accept a change of some members."""
    if not call.switches.orchestrator_patch:
        raise method_not_allowed(call.method)
    old = _find_for_write(call)
    return _update(call, old, read_json(call, bodies(call.switches).patch), configuration.patched)


@api.route("DELETE", _ITEM)
@_once
def delete(call: Call) -> Reply:
    """Accept a deletion."""
    identifier: str = _find_for_write(call)["id"]

    def change(_at: float) -> None:
        _find(call, identifier)
        note_change(call, identifier)
        del call.account.objects[CONFIGURATION][identifier]

    return written(call, identifier, change)


def _update(call: Call, old: JsonObject, body: JsonObject, change_with: _Change) -> Reply:
    identifier: str = old["id"]
    grouping = old["conversationGroupingType"]
    changes = body.get("conversationGroupingType", grouping) != grouping
    if changes and not call.switches.orchestrator_grouping_type_can_change:
        raise Refused(400, "conversationGroupingType: cannot be changed")

    def change(at: float) -> JsonObject:
        refuse_taken(call, body, owner=identifier)
        now = _find(call, identifier)
        return _keep(call, identifier, change_with(now, body, at=at, switches=call.switches))

    refuse_taken(call, body, owner=identifier)
    return written(call, identifier, change)


def _identifier(call: Call) -> str:
    """Return the id that the path names."""
    named = call.parameters["id"]
    if call.switches.orchestrator_related_prefix == "cfg_alias" and named.startswith("cfg_"):
        return named.replace("cfg_", "conv_", 1)
    return named


def _find(call: Call, identifier: str) -> JsonObject:
    try:
        return call.account.objects[CONFIGURATION][identifier]
    except KeyError:
        raise not_found(call) from None


def _find_for_write(call: Call) -> JsonObject:
    identifier = _identifier(call)
    refuse_concurrent(call, identifier)
    return _find(call, identifier)


def _keep(call: Call, identifier: str, shown: JsonObject) -> JsonObject:
    note_change(call, identifier)
    call.account.objects[CONFIGURATION][identifier] = shown
    return shown
