"""An orchestrator configuration, its arguments, and a wire that answers as told."""

from __future__ import annotations

import json
import re
from typing import Any

from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.definitions.twilio.orchestrator.configuration import ConfigurationState, definition
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import Twilio

from tests.http.fakes import Answer, Wire, answer

SID = "AC" + "1" * 32
SERVICE = "IS" + "a" * 32
ID = "conv_configuration_01"
RULE: Bag = {"from": "*", "to": "+1", "metadata": {"callType": "PSTN"}}
SENT: Bag = {
    "displayName": "Front desk",
    "description": "Calls",
    "conversationGroupingType": "GROUP_BY_PROFILE",
    "memoryStoreId": "mem_store_1",
    "channelSettings": {
        "VOICE": {"statusTimeouts": {"inactive": 5, "closed": 60}, "captureRules": [RULE]},
        "SMS": {"captureRules": [{"from": "*", "to": "+2"}]},
    },
    "statusCallbacks": [{"url": "https://a.example", "method": "POST"}],
    "intelligenceConfigurationIds": ["i1", "i2"],
    "memoryExtractionEnabled": True,
    "conversationsV1Bridge": {"serviceId": SERVICE},
}
READ_ONLY: Bag = {
    "id": ID,
    "accountSid": SID,
    "createdAt": "2026-01-01T00:00:00Z",
    "updatedAt": "2026-01-01T00:00:00Z",
    "version": 3,
}
SHOWN: Bag = {**SENT, **READ_ONLY}
ARGUMENTS: Bag = {
    "display_name": "Front desk",
    "description": "Calls",
    "conversation_grouping_type": "GROUP_BY_PROFILE",
    "memory_store_id": "mem_store_1",
    "channel_settings": {
        "VOICE": {
            "status_timeouts": {"inactive": 5, "closed": 60},
            "capture_rules": [{"from_": "*", "to": "+1", "metadata": {"callType": "PSTN"}}],
        },
        "SMS": {"capture_rules": [{"from_": "*", "to": "+2"}]},
    },
    "status_callbacks": [{"url": "https://a.example", "method": "POST"}],
    "intelligence_configuration_ids": ["i1", "i2"],
    "memory_extraction_enabled": True,
    "conversations_v1_bridge": {"service_id": SERVICE},
}
SMALL: Bag = {
    name: ARGUMENTS[name]
    for name in ("display_name", "description", "conversation_grouping_type", "memory_store_id")
}


def shown(**changes: Any) -> Answer:
    """What Twilio shows."""
    return answer(200, json.dumps({**SHOWN, **changes}).encode())


def call(*answers: Answer) -> tuple[Call[Twilio], Wire]:
    """A call whose requests get these answers."""
    wire = Wire(iter(answers))
    sources = Sources({"twilio:accountSid": SID, "twilio:authToken": "token"}, {})
    client = Twilio.sign_in(sources, lambda _: wire.line())
    return Call(client, wire.line().moment, "urn", progress=lambda _: None, warn=lambda _: None), wire


def read(**changes: Any) -> ConfigurationState:
    """The configuration, read."""
    state = definition.read(call(shown(**changes))[0], ID)
    assert state is not None
    return state


def snake(name: str) -> str:
    """The name as we have it."""
    return re.sub(r"([A-Z])", r"_\1", name).lower()
