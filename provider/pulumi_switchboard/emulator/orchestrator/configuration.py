"""How Conversation Orchestrator shows a configuration, and how writes change it."""

from pulumi_switchboard.emulator.clock import timestamp
from pulumi_switchboard.emulator.collection import Written
from pulumi_switchboard.emulator.orchestrator.switches import OrchestratorSwitches
from pulumi_switchboard.emulator.store import JsonObject

_NEWER = ("traitExtractionStrategyIds", "observationExtractionStrategyIds", "redactionConfigurationId")
_LISTS = ("captureRules", "statusCallbacks", "intelligenceConfigurationIds", *_NEWER[:2])
_EMPTY: JsonObject = {
    "statusTimeouts": {"inactive": None, "closed": None},
    "metadata": {},
    **{name: [] for name in _LISTS},
}


def replaced(old: JsonObject, body: JsonObject) -> JsonObject:
    """Return the members after a PUT. Without a display name in the PUT, the old one is kept."""
    name = body.get("displayName")
    return {**body, "displayName": old["displayName"] if name is None else name}


def patched(old: JsonObject, body: JsonObject) -> JsonObject:
    """Return the members after a PATCH, which changes only the members and channels that it has.

    Null clears a member. Of the texts that the vendor's description requires, a name is kept and the others
    are empty then.
    """
    texts = {"displayName": old["displayName"], "description": "", "memoryStoreId": ""}
    sent = {name: texts.get(name) if value is None else value for name, value in body.items()}
    members = {**old, **sent}
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
    required = ("displayName", "description", "conversationGroupingType", "memoryStoreId")
    channels = members.get("channelSettings")
    if channels is None and fill != "absent":
        channels = {}
    callbacks, bridge = members.get("statusCallbacks"), members.get("conversationsV1Bridge")
    optional = {
        "channelSettings": channels and {name: _channel(value, fill) for name, value in channels.items()},
        "statusCallbacks": callbacks
        and [{"url": item["url"], "method": item.get("method") or "POST"} for item in callbacks],
        "intelligenceConfigurationIds": members.get("intelligenceConfigurationIds"),
        "conversationsV1Bridge": bridge and {"serviceId": bridge["serviceId"]},
        **{name: members.get(name) for name in _NEWER if switches.orchestrator_newer_members},
    }
    return {
        **{name: members.get(name) for name in required},
        **_filled(optional, fill),
        "memoryExtractionEnabled": bool(members.get("memoryExtractionEnabled")),
    }


def _channel(setting: JsonObject, fill: str) -> JsonObject:
    timeouts, rules = setting.get("statusTimeouts"), setting.get("captureRules")
    if timeouts is not None:
        timeouts = {name: timeouts.get(name) for name in ("inactive", "closed")}
        timeouts = _filled(timeouts, "absent") if fill == "absent" else timeouts
    rules = rules and [_rule(rule, fill) for rule in rules]
    return _filled({"statusTimeouts": timeouts, "captureRules": rules}, fill)


def _rule(rule: JsonObject, fill: str) -> JsonObject:
    return {"from": rule["from"], "to": rule["to"], **_filled({"metadata": rule.get("metadata")}, fill)}


def _filled(members: JsonObject, fill: str) -> JsonObject:
    """Return members with those that were not sent as the switch says: null, empty or absent."""
    if fill == "absent":
        return {name: value for name, value in members.items() if value is not None}
    empty = _EMPTY if fill == "empty" else {}
    return {name: empty.get(name) if value is None else value for name, value in members.items()}
