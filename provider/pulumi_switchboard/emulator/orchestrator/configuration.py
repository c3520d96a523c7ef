"""How Conversation Orchestrator shows a configuration, and how writes change it."""

from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.emulator.clock import timestamp
from pulumi_switchboard.emulator.collection import Written
from pulumi_switchboard.emulator.orchestrator.switches import OrchestratorSwitches
from pulumi_switchboard.emulator.store import JsonObject

_NEWER = ("traitExtractionStrategyIds", "observationExtractionStrategyIds", "redactionConfigurationId")
_EMPTY: dict[str, Any] = {
    "statusTimeouts": {"inactive": None, "closed": None},
    "captureRules": [],
    "metadata": {},
    "statusCallbacks": [],
    "intelligenceConfigurationIds": [],
    "traitExtractionStrategyIds": [],
    "observationExtractionStrategyIds": [],
}


def replaced(old: JsonObject, body: JsonObject) -> JsonObject:
    """Return the members after a PUT. Without a display name in the PUT, the old one is kept."""
    name = body.get("displayName")
    return {**body, "displayName": old["displayName"] if name is None else name}


def patched(old: JsonObject, body: JsonObject) -> JsonObject:
    """Return the members after a PATCH, which changes only the members and channels that it has."""
    members = {**old, **body}
    if "channelSettings" in body:
        channels = {**old.get("channelSettings", {}), **body["channelSettings"]}
        members["channelSettings"] = {name: value for name, value in channels.items() if value is not None}
    return members


def shown(switches: OrchestratorSwitches, written: Written) -> JsonObject:
    """Return a configuration as the vendor shows it after a write."""
    now = timestamp(written.at)
    old = written.old or {"createdAt": now, "version": 0}
    dates = {"createdAt": old["createdAt"], "updatedAt": now, "version": old["version"] + 1}
    return {"id": written.id, **_members(switches, written.members), **dates}


def _members(switches: OrchestratorSwitches, members: JsonObject) -> JsonObject:
    """Return the members that a request can set, as the vendor shows them."""
    fill = switches.orchestrator_fill
    shown: JsonObject = {
        name: members.get(name)
        for name in ("displayName", "description", "conversationGroupingType", "memoryStoreId")
    }
    channels = members.get("channelSettings") or {}
    if channels or fill != "absent":
        shown["channelSettings"] = {name: _channel(value, fill) for name, value in channels.items()}
    callbacks = members.get("statusCallbacks")
    if callbacks is not None:
        callbacks = [{"url": item["url"], "method": item.get("method") or "POST"} for item in callbacks]
    _put(shown, "statusCallbacks", callbacks, fill)
    _put(shown, "intelligenceConfigurationIds", members.get("intelligenceConfigurationIds"), fill)
    shown["memoryExtractionEnabled"] = bool(members.get("memoryExtractionEnabled"))
    bridge = members.get("conversationsV1Bridge")
    bridge = bridge and {"serviceId": bridge["serviceId"]}
    _put(shown, "conversationsV1Bridge", bridge, fill)
    for name in _NEWER if switches.orchestrator_newer_members else ():
        _put(shown, name, members.get(name), fill)
    return shown


def _channel(setting: JsonObject, fill: str) -> JsonObject:
    shown: JsonObject = {}
    timeouts = setting.get("statusTimeouts")
    if timeouts is not None:
        given = {name: timeouts.get(name) for name in ("inactive", "closed")}
        timeouts = _without_nulls(given) if fill == "absent" else given
    _put(shown, "statusTimeouts", timeouts, fill)
    rules = setting.get("captureRules")
    _put(shown, "captureRules", None if rules is None else [_rule(rule, fill) for rule in rules], fill)
    return shown


def _rule(rule: JsonObject, fill: str) -> JsonObject:
    shown: JsonObject = {"from": rule["from"], "to": rule["to"]}
    _put(shown, "metadata", rule.get("metadata"), fill)
    return shown


def _put(shown: JsonObject, name: str, value: object, fill: str) -> None:
    """Set a member. A member that was not sent is shown as the switch says."""
    if value is not None:
        shown[name] = value
    elif fill == "null" or (fill == "empty" and name not in _EMPTY):
        shown[name] = None
    elif fill == "empty":
        shown[name] = _EMPTY[name]


def _without_nulls(members: Mapping[str, object]) -> JsonObject:
    return {name: value for name, value in members.items() if value is not None}
