"""Random arguments for each type, each time with a text that no others have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.samples.twilio.orchestrator.configuration import STORE
from tests.samples.ultravox.twilio_telephony import ALICE, BOB, NEXT, SID, TOKEN
from tests.soak.draw import Draw
from tests.soak.program import Kind

Arguments = Mapping[str, Any]

GROUPINGS = (
    "GROUP_BY_PROFILE",
    "GROUP_BY_PARTICIPANT_ADDRESSES",
    "GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
)
EVENTS = ("onMessageAdded", "onConversationAdded", "onParticipantAdded", "onDeliveryUpdated")
POLICIES = ("restore", "reset", "retain")
HOOK_SECRET = "canary-of-a-hook"
"""A part of webhook URLs, which are secrets."""


def drawn(kind: Kind, draw: Draw) -> Arguments:
    """Arguments for a new resource; the default client configuration's target is added by the caller."""
    return _DRAWN[kind](draw)


def edited(kind: Kind, old: Arguments, draw: Draw) -> Arguments:
    """The arguments after an edit, which always asks the vendor for something new.

    A name and a grouping stay: edits of their own change them. So does what becomes of a setting of which
    it is not always possible to put back what was there.
    """
    names = ["unique_name", "conversation_grouping_type"]
    if kind in (Kind.DEFAULT, Kind.TELEPHONY):
        names.append("on_destroy")
    kept = {name: old[name] for name in names if name in old}
    new = {name: value for name, value in drawn(kind, draw).items() if name not in names} | kept
    if kind is Kind.TELEPHONY and all(new.get(n) == old.get(n) for n in {*new, *old} - {"on_destroy"}):
        new["request_context_mapping"] = _mapping(draw)
    return new


def mark(kind: Kind, arguments: Arguments) -> str:
    """A text that only requests with these arguments have in their body; empty if there is none."""
    if kind is Kind.CLIENT:
        return str(arguments["call_notification"]["url"])
    return str(arguments["description"]) if kind is Kind.ORCHESTRATOR else ""


def _client(draw: Draw) -> Arguments:
    number = draw.fresh()
    notification: dict[str, Any] = {"url": f"https://desk.example.com/{number}/calls"}
    if draw.chance(50):
        notification["method"] = draw.one(["GET", "POST"])
    described = {"description": f"Desk {number}."} if draw.chance(70) else {}
    return {"call_notification": notification, **described}


def _orchestrator(draw: Draw) -> Arguments:
    number = draw.fresh()
    return {
        "display_name": f"Support {number}",
        "description": f"Support, text {number}.",
        "conversation_grouping_type": draw.one(GROUPINGS),
        "memory_store_id": STORE,
        **dict(draw.some(list(_orchestrator_options(number).items()), most=3)),
    }


def _orchestrator_options(number: int) -> Arguments:
    """What can be given besides, but for a bridge: two objects can't have the same one at a time."""
    rules = [{"from_": "*", "to": "+18005550101"}, {"from_": "+18005550101", "to": "*"}]
    return {
        "channel_settings": {
            "SMS": {
                "status_timeouts": {"inactive": number, "closed": number + 5},
                "capture_rules": rules[: 1 + number % 2],
            }
        },
        "status_callbacks": [{"url": f"https://desk.example.com/{number}/status", "method": "POST"}],
        "intelligence_configuration_ids": [f"intelligence_configuration_{number}"],
        "memory_extraction_enabled": True,
    }


def _default(draw: Draw) -> Arguments:
    return _with_policy({}, draw)


def _webhooks(draw: Draw) -> Arguments:
    number = draw.fresh()
    secret = f"?key={HOOK_SECRET}"
    options = {
        "filters": draw.some(EVENTS, most=3),
        "method": draw.one(["GET", "POST"]),
        "pre_webhook_url": f"https://desk.example.com/{number}/pre{secret}",
        "target": draw.one(["webhook", "flex"]),
    }
    url = {"post_webhook_url": f"https://desk.example.com/{number}/post{secret}"}
    return _with_policy({**url, **dict(draw.some(list(options.items()), most=4))}, draw)


def _telephony(draw: Draw) -> Arguments:
    agents: Arguments = draw.one(
        [
            {},
            {"call_creation_allow_all_agents": True},
            {"call_creation_allowed_agent_ids": draw.one([[ALICE], [BOB], [ALICE, BOB]])},
        ]
    )
    mapping = {"request_context_mapping": _mapping(draw)} if draw.chance(50) else {}
    given = {"account_sid": SID, "auth_token": draw.one([TOKEN, NEXT]), **agents, **mapping}
    return _with_policy(given, draw)


def _mapping(draw: Draw) -> dict[str, str]:
    return {"From": f"caller.number_{draw.fresh()}"}


def _with_policy(arguments: Arguments, draw: Draw) -> Arguments:
    policy = {"on_destroy": draw.one(POLICIES)} if draw.chance(60) else {}
    return {**arguments, **policy}


_DRAWN: Mapping[Kind, Callable[[Draw], Arguments]] = {
    Kind.CLIENT: _client,
    Kind.DEFAULT: _default,
    Kind.WEBHOOKS: _webhooks,
    Kind.ORCHESTRATOR: _orchestrator,
    Kind.TELEPHONY: _telephony,
}
