"""What the vendor shows of an object, and whether that is what a program says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.engine.programs import Code
from tests.soak.program import Item, Kind

WEBHOOKS = ("filters", "method", "pre_webhook_url", "post_webhook_url", "target")
TELEPHONY = {
    "account_sid": "accountSid",
    "call_creation_allowed_agent_ids": "callCreationAllowedAgentIds",
    "call_creation_allow_all_agents": "callCreationAllowAllAgents",
    "request_context_mapping": "requestContextMapping",
}
ORCHESTRATOR = {
    "display_name": "displayName",
    "description": "description",
    "conversation_grouping_type": "conversationGroupingType",
    "memory_store_id": "memoryStoreId",
    "channel_settings": "channelSettings",
    "status_callbacks": "statusCallbacks",
    "intelligence_configuration_ids": "intelligenceConfigurationIds",
    "memory_extraction_enabled": "memoryExtractionEnabled",
}
MEMBERS = {
    "status_timeouts": "statusTimeouts",
    "capture_rules": "captureRules",
    "from_": "from",
    "service_id": "serviceId",
}


def assert_shows(item: Item, shown: Mapping[str, Any], old_name: str | None) -> None:
    """The object of a collection is as the program says; one that is not new keeps its generated name."""
    arguments, plain = dict(item.arguments), _client if item.kind is Kind.CLIENT else _orchestrator
    seen = plain(shown)
    if item.kind is Kind.CLIENT:
        _assert_named(item, seen.pop("unique_name"), old_name)
        arguments.pop("unique_name", None)
        arguments["call_notification"] = {"method": "POST", **arguments["call_notification"]}
    wanted = {name: _normal(arguments.get(name)) for name in seen}
    assert seen == wanted, f"{item.variable} is {seen}, and not {wanted}"


def setting(kind: Kind, shown: Mapping[str, Any] | None) -> dict[str, Any]:
    """What an account setting holds, argument by argument; empty values are None."""
    if kind is Kind.DEFAULT:
        return {"configuration_id": (shown or {}).get("configuration_id")}
    if kind is Kind.WEBHOOKS:
        return {"target": "webhook"} | {
            name: _normal(value) for name, value in (shown or {}).items() if name in WEBHOOKS
        }
    if shown is None:
        return dict.fromkeys((*TELEPHONY, "auth_token"))
    members = {name: _normal(shown.get(member)) for name, member in TELEPHONY.items()}
    return {**members, "auth_token": shown["authTokenPrefix"]["prefix"]}


def given(item: Item, ids: Mapping[int, str]) -> dict[str, Any]:
    """What an account setting has to hold, as far as the program says; see `setting`."""
    values = {name: value for name, value in item.arguments.items() if name != "on_destroy"}
    if item.kind is Kind.DEFAULT:
        return {"configuration_id": ids[values["configuration_id"].number]}
    if item.kind is Kind.TELEPHONY:
        values["auth_token"] = values["auth_token"][:4]
        groups = ("call_creation_allowed_agent_ids", "call_creation_allow_all_agents")
        if any(name in values for name in groups):
            values = {**dict.fromkeys(groups), **values}
    return {name: _normal(value) for name, value in values.items()}


def _assert_named(item: Item, name: str, old_name: str | None) -> None:
    if "unique_name" in item.arguments:
        assert name == item.arguments["unique_name"], f"{item.variable} has the name {name}"
    elif old_name is not None:
        assert name == old_name, f"{item.variable} has the name {name}, and not {old_name} any more"
    else:
        assert name.startswith(f"{item.place.name}-"), f"{item.variable} has the name {name}"


def _client(shown: Mapping[str, Any]) -> dict[str, Any]:
    notification = shown["configuration"]["callnotification"]
    return {
        "unique_name": shown["unique_name"],
        "description": _normal(shown["description"]),
        "call_notification": {"url": notification["url"], "method": notification["method"]},
    }


def _orchestrator(shown: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _normal(shown.get(member)) for name, member in ORCHESTRATOR.items()}


def _normal(value: Any) -> Any:
    """A value with wire names, lists in a fixed order, and None for all that is empty."""
    if isinstance(value, Code):
        return value
    if isinstance(value, Mapping):
        members = {MEMBERS.get(name, name): _normal(item) for name, item in value.items()}
        return {name: item for name, item in members.items() if item is not None} or None
    if isinstance(value, list):
        return (
            sorted((_normal(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
            or None
        )
    return value or None
