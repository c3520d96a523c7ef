"""Twilio Conversation Orchestrator (Conversations v2): configurations and the operations of their writes."""

import re
from collections.abc import Callable

from pulumi_switchboard.emulator.api import Api, ApiRequest, Refused, Reply, method_not_allowed
from pulumi_switchboard.emulator.idempotency import idempotent
from pulumi_switchboard.emulator.operations import poll
from pulumi_switchboard.emulator.orchestrator import configuration
from pulumi_switchboard.emulator.orchestrator.answers import error, shown_operation, written
from pulumi_switchboard.emulator.orchestrator.bodies import bodies
from pulumi_switchboard.emulator.orchestrator.configuration import CONFIGURATION
from pulumi_switchboard.emulator.orchestrator.stored import (
    note_change,
    read_all,
    read_one,
    refuse_beyond_limit,
    refuse_concurrent,
    refuse_taken,
)
from pulumi_switchboard.emulator.paging import page
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, not_found, read_json, twilio_type_id

api = Api(
    TWILIO,
    "conversations.twilio.com",
    public_query=frozenset({"pageSize", "pageToken", "memoryStoreId"}),
    error=error,
)

_COLLECTION = "/v2/ControlPlane/Configurations"
_ITEM = f"{_COLLECTION}/{{id}}"
_OPERATION = "/v2/ControlPlane/Operations/{id}"
_DAY = 24 * 3600
_MEMORY_STORE = re.compile(r"mem_(store|service)_[0-7][0-9a-z]{25}")

_Change = Callable[..., JsonObject]
_once = idempotent(lambda request: request.switches.orchestrator_key_with_other_content)


@api.route("GET", _COLLECTION)
def list_configurations(request: ApiRequest) -> Reply:
    """Return one page of the configurations, the oldest first."""
    store = request.query.get("memoryStoreId")
    if store is not None and not _MEMORY_STORE.fullmatch(store):
        raise Refused(400, f"memoryStoreId: must match ^{_MEMORY_STORE.pattern}$")
    wanted = [shown for shown in read_all(request) if store in {None, shown["memoryStoreId"]}]
    found = page(request, wanted)
    meta: JsonObject = {"key": "configurations", "pageSize": len(found.items)}
    tokens = {"previousToken": found.previous_token, "nextToken": found.next_token}
    meta.update({name: token for name, token in tokens.items() if token is not None})
    return Reply(200, {"configurations": found.items, "meta": meta})


@api.route("POST", _COLLECTION)
@_once
def create(request: ApiRequest) -> Reply:
    """Accept a new configuration."""
    body = read_json(request, bodies(request.switches).create)
    identifier = twilio_type_id("conv_configuration")

    def refuse() -> None:
        refuse_beyond_limit(request)
        refuse_taken(request, body, owner=identifier)

    def change(at: float) -> JsonObject:
        refuse()
        return _keep(
            request, identifier, configuration.created(identifier, body, at=at, switches=request.switches)
        )

    refuse()
    return written(request, identifier, change, status=201)


@api.route("GET", _ITEM)
def fetch(request: ApiRequest) -> Reply:
    """Return a configuration."""
    found = read_one(request, _identifier(request))
    if found is None:
        raise not_found(request)
    return Reply(200, found)


@api.route("PUT", _ITEM)
@_once
def replace(request: ApiRequest) -> Reply:
    """Accept a replacement of all members that a request can set."""
    old = _find_for_write(request)
    return _update(request, old, read_json(request, bodies(request.switches).replace), configuration.replaced)


@api.route("PATCH", _ITEM)
@_once
def patch(request: ApiRequest) -> Reply:
    """Accept a change of some members."""
    if not request.switches.orchestrator_patch:
        raise method_not_allowed(request.method)
    old = _find_for_write(request)
    return _update(request, old, read_json(request, bodies(request.switches).patch), configuration.patched)


@api.route("DELETE", _ITEM)
@_once
def delete(request: ApiRequest) -> Reply:
    """Accept a deletion."""
    identifier: str = _find_for_write(request)["id"]

    def change(_at: float) -> None:
        _find(request, identifier)
        note_change(request, identifier)
        del request.account.objects[CONFIGURATION][identifier]

    return written(request, identifier, change)


@api.route("GET", _OPERATION)
def fetch_operation(request: ApiRequest) -> Reply:
    """Return an operation."""
    switches = request.switches
    days = switches.orchestrator_operation_days or float("inf")
    operation = poll(request, young_for=switches.orchestrator_young_operation, kept_for=days * _DAY)
    return Reply(200, shown_operation(request, operation))


def _update(request: ApiRequest, old: JsonObject, body: JsonObject, change_with: _Change) -> Reply:
    identifier: str = old["id"]
    grouping = old["conversationGroupingType"]
    changes = body.get("conversationGroupingType", grouping) != grouping
    if changes and not request.switches.orchestrator_grouping_type_can_change:
        raise Refused(400, "conversationGroupingType: cannot be changed")

    def change(at: float) -> JsonObject:
        refuse_taken(request, body, owner=identifier)
        now = _find(request, identifier)
        return _keep(request, identifier, change_with(now, body, at=at, switches=request.switches))

    refuse_taken(request, body, owner=identifier)
    return written(request, identifier, change)


def _identifier(request: ApiRequest) -> str:
    """Return the id in the path."""
    named = request.parameters["id"]
    if request.switches.orchestrator_related_prefix == "cfg_alias" and named.startswith("cfg_"):
        return named.replace("cfg_", "conv_", 1)
    return named


def _find(request: ApiRequest, identifier: str) -> JsonObject:
    try:
        return request.account.objects[CONFIGURATION][identifier]
    except KeyError:
        raise not_found(request) from None


def _find_for_write(request: ApiRequest) -> JsonObject:
    identifier = _identifier(request)
    refuse_concurrent(request, identifier)
    return _find(request, identifier)


def _keep(request: ApiRequest, identifier: str, shown: JsonObject) -> JsonObject:
    note_change(request, identifier)
    request.account.objects[CONFIGURATION][identifier] = shown
    return shown
