"""The sample of Conversation Orchestrator configurations."""

from __future__ import annotations

from typing import Any

from tests.samples.sample import NO_URL, PLAIN_HTTP, REQUIRED, Bag, Field, Invalid, Outside, Sample, having

TYPE = "twilio/orchestrator:Configuration"
PATH = "/conversations.twilio.com/v2/ControlPlane/Configurations"
STORE = "mem_store_01k1etk2y5f1y9fpe2epfdtvv2"
SERVICE = "IS" + "0" * 32
MINIMAL = {
    "displayName": "Support",
    "description": "Customer support",
    "conversationGroupingType": "GROUP_BY_PROFILE",
    "memoryStoreId": STORE,
}
VOICE = "channel_settings.VOICE"
ANY_CALL = {"from_": "*", "to": "*"}
CHANNEL = "channel_settings.SMS"
TIMEOUT = f"{CHANNEL}.status_timeouts.inactive"
RULES = f"{CHANNEL}.capture_rules"


def change(outside: Outside, id: str, changes: Bag) -> None:
    """Replace the object, which PUT does as a whole."""
    body = having({"channelSettings": {}, **outside.objects(TYPE)[id]}, changes)
    outside.request("PUT", f"{PATH}/{id}", json=body)


def remove(outside: Outside, id: str) -> None:
    """Delete the object."""
    outside.request("DELETE", f"{PATH}/{id}")


def add(outside: Outside, changes: Bag) -> str:
    """Order an object, which is there once its operation is over."""
    answer = outside.request("POST", PATH, json=having(MINIMAL, changes))
    return str((answer.get("related") or {}).get("configurationId") or answer.get("id") or "")


def rules(value: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Capture rules as the vendor spells them."""
    return [{"from" if name == "from_" else name: item for name, item in rule.items()} for rule in value]


def voice(**members: Any) -> Bag:
    """Settings of the channel of calls."""
    return {"channel_settings": {"VOICE": members}}


sample = Sample(
    type=TYPE,
    collection=PATH.removeprefix("/"),
    minimal={
        "display_name": "Support",
        "description": "Customer support",
        "conversation_grouping_type": "GROUP_BY_PROFILE",
        "memory_store_id": STORE,
    },
    maximal={
        "display_name": "Support",
        "description": "Customer support",
        "conversation_grouping_type": "GROUP_BY_PROFILE",
        "memory_store_id": STORE,
        "channel_settings": {
            "SMS": {
                "status_timeouts": {"inactive": 10, "closed": 15},
                "capture_rules": [
                    {"from_": "*", "to": "+18005550101", "metadata": {"callType": "PSTN", "from_": "x"}},
                    {"from_": "+18005550101", "to": "*", "metadata": {"callType": "SIP"}},
                ],
            }
        },
        "status_callbacks": [
            {"url": "https://desk.example.com/status?key=parameter-of-a-callback", "method": "POST"},
            {"url": "https://log.example.com/status", "method": "GET"},
        ],
        "intelligence_configuration_ids": ["intelligence_1", "intelligence_2"],
        "memory_extraction_enabled": True,
        "conversations_v1_bridge": {"service_id": SERVICE},
    },
    shown={
        "displayName": "Support",
        "description": "Customer support",
        "conversationGroupingType": "GROUP_BY_PROFILE",
        "memoryStoreId": STORE,
        "channelSettings.SMS.statusTimeouts": {"inactive": 10, "closed": 15},
        "channelSettings.SMS.captureRules": [
            {"from": "*", "to": "+18005550101", "metadata": {"callType": "PSTN", "from_": "x"}},
            {"from": "+18005550101", "to": "*", "metadata": {"callType": "SIP"}},
        ],
        "statusCallbacks": [
            {"url": "https://desk.example.com/status?key=parameter-of-a-callback", "method": "POST"},
            {"url": "https://log.example.com/status", "method": "GET"},
        ],
        "intelligenceConfigurationIds": ["intelligence_1", "intelligence_2"],
        "memoryExtractionEnabled": True,
        "conversationsV1Bridge.serviceId": SERVICE,
    },
    fields=(
        Field("display_name", "displayName", changed="Sales", drifted="Theirs", cleared=REQUIRED),
        Field("description", "description", changed="Sales calls", drifted="Their calls", cleared=REQUIRED),
        Field(
            "conversation_grouping_type",
            "conversationGroupingType",
            changed="GROUP_BY_PARTICIPANT_ADDRESSES",
            drifted="GROUP_BY_PARTICIPANT_ADDRESSES",
            cleared=REQUIRED,
            replaces=True,
            drift_switches={"orchestrator_grouping_type_can_change": True},
        ),
        Field(
            "memory_store_id", "memoryStoreId", changed="mem_store_2", drifted="mem_store_3", cleared=REQUIRED
        ),
        Field(TIMEOUT, "channelSettings.SMS.statusTimeouts.inactive", changed=11, drifted=12),
        Field(
            RULES,
            "channelSettings.SMS.captureRules",
            changed=[{"from_": "+1", "to": "*", "metadata": {"callType": "PSTN"}}],
            drifted=[{"from": "+2", "to": "*", "metadata": {"callType": "PSTN"}}],
            on_wire=rules,
        ),
        Field(
            "status_callbacks",
            "statusCallbacks",
            changed=[{"url": "https://other.example.com/status", "method": "POST"}],
            drifted=[{"url": "https://third.example.com/status", "method": "POST"}],
        ),
        Field(
            "intelligence_configuration_ids",
            "intelligenceConfigurationIds",
            changed=["intelligence_3"],
            drifted=["intelligence_4"],
        ),
        Field(
            "memory_extraction_enabled",
            "memoryExtractionEnabled",
            changed=False,
            drifted=False,
            cleared=False,
        ),
        Field(
            "conversations_v1_bridge",
            "conversationsV1Bridge",
            changed={"service_id": "IS" + "1" * 32},
            drifted={"serviceId": "IS" + "2" * 32},
            on_wire=lambda bridge: {"serviceId": bridge["service_id"]},
        ),
    ),
    invalid=(
        Invalid(
            {"display_name": None, "memory_store_id": None},
            "display_name: is required\nmemory_store_id: is required",
        ),
        Invalid({"description": None}, "description: is required"),
        Invalid({"conversation_grouping_type": None}, "conversation_grouping_type: is required"),
        *(
            Invalid(
                {"display_name": name},
                "display_name: must consist of letters, digits, dashes, underscores and spaces",
            )
            for name in ("", "Empfang ü", "a.b", "line\n")
        ),
        Invalid({"display_name": "x" * 33}, "display_name: must have at most 32 characters"),
        Invalid(
            {"display_name": "x.y" * 11},
            "display_name: must consist of letters, digits, dashes, underscores and spaces\n"
            "display_name: must have at most 32 characters",
        ),
        Invalid({"description": "x" * 513}, "description: must have at most 512 characters"),
        Invalid(
            {"conversation_grouping_type": "GROUP_BY_MOOD"},
            "conversation_grouping_type: must be 'GROUP_BY_PROFILE', 'GROUP_BY_PARTICIPANT_ADDRESSES' or "
            "'GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE'",
        ),
        Invalid({"memory_store_id": ""}, "memory_store_id: must have at least 1 character"),
        Invalid(
            voice(status_timeouts={"inactive": 0}),
            f"{VOICE}.status_timeouts.inactive: must be greater than or equal to 1",
        ),
        Invalid(
            voice(status_timeouts={"closed": 1.5}), f"{VOICE}.status_timeouts.closed: must be an integer"
        ),
        Invalid(voice(capture_rules=[{"from_": "*"}]), f"{VOICE}.capture_rules[0].to: is required"),
        Invalid(voice(capture_rules=[ANY_CALL] * 101), f"{VOICE}.capture_rules: must have at most 100 items"),
        Invalid(
            voice(novel=1), f"{VOICE}.novel: is unknown; the known names are: status_timeouts, capture_rules"
        ),
        Invalid(
            {"status_callbacks": [{"url": f"https://{n}.example"} for n in "abc"]},
            "status_callbacks: must have at most 2 items",
        ),
        Invalid({"status_callbacks": [{"url": "hook"}]}, f"status_callbacks[0].url: {NO_URL}"),
        Invalid({"status_callbacks": [{"method": "GET"}]}, "status_callbacks[0].url: is required"),
        Invalid(
            {"status_callbacks": [{"url": "https://a.example", "method": "PUT"}]},
            "status_callbacks[0].method: must be 'GET' or 'POST'",
        ),
        Invalid(
            {"intelligence_configuration_ids": list("abcdef")},
            "intelligence_configuration_ids: must have at most 5 items",
        ),
        Invalid({"memory_extraction_enabled": "yes"}, "memory_extraction_enabled: must be a boolean"),
        Invalid({"conversations_v1_bridge": {}}, "conversations_v1_bridge.service_id: is required"),
        *(
            Invalid(
                {"conversations_v1_bridge": {"service_id": service}},
                "conversations_v1_bridge.service_id: must be the SID of a Conversations service: "
                "IS and 32 hexadecimal digits",
            )
            for service in ("IS1", f"{SERVICE}\n")
        ),
    ),
    valid=(
        {"display_name": "a-b_C 9" + "x" * 25, "description": "x" * 512},
        voice(status_timeouts={}, capture_rules=[]),
        voice(capture_rules=[ANY_CALL] * 100),
        {"status_callbacks": [], "intelligence_configuration_ids": list("abcde")},
        {"conversations_v1_bridge": {"service_id": "IS" + "a" * 32}},
    ),
    remarked=(
        Invalid(
            {"channel_settings": {"VOICE": {}, "canary": {}}},
            "channel_settings has channels that Twilio does not document; "
            "documented are VOICE, SMS, RCS, WHATSAPP, CHAT",
        ),
        Invalid(
            {"channel_settings": {"WHATSAP": {}}},
            "channel_settings has channels that Twilio does not document (did you mean WHATSAPP?); "
            "documented are VOICE, SMS, RCS, WHATSAPP, CHAT",
        ),
        Invalid(
            {"status_callbacks": [{"url": "http://canary.example"}]}, f"status_callbacks[0].url {PLAIN_HTTP}"
        ),
    ),
    same=(
        (
            {"intelligence_configuration_ids": ["intelligence_1", "intelligence_2"]},
            {"intelligence_configuration_ids": ["intelligence_2", "intelligence_1"]},
        ),
        ({"status_callbacks": None}, {"status_callbacks": []}),
        ({"channel_settings": None}, {"channel_settings": {}}),
        ({"memory_extraction_enabled": None}, {"memory_extraction_enabled": False}),
    ),
    change=change,
    requests={
        "preview": "",
        "create": "POST polls GET",
        "update": "GET PUT polls GET",
        "read": "GET",
        "delete": "DELETE polls GET",
    },
    remove=remove,
    add=add,
    drifts=(
        (("channel_settings.VOICE",), {"channelSettings.VOICE": {"statusTimeouts": {"inactive": 5}}}),
        (("channel_settings",), {"channelSettings": {}}),
        ((f"{CHANNEL}.status_timeouts",), {"channelSettings.SMS.statusTimeouts": None}),
        ((f"{CHANNEL}.status_timeouts.closed",), {"channelSettings.SMS.statusTimeouts.closed": 20}),
        ((RULES,), {"channelSettings.SMS.captureRules": []}),
        ((f"{RULES}.1",), {"channelSettings.SMS.captureRules.1": None}),
        ((f"{RULES}.0.from_",), {"channelSettings.SMS.captureRules.0.from": "+3"}),
        ((f"{RULES}.1.to",), {"channelSettings.SMS.captureRules.1.to": "+3"}),
        ((f"{RULES}.1.metadata.callType",), {"channelSettings.SMS.captureRules.1.metadata.callType": "PSTN"}),
        ((f"{RULES}.0.metadata",), {"channelSettings.SMS.captureRules.0.metadata": None}),
        (("status_callbacks.1.method",), {"statusCallbacks.1.method": "POST"}),
        (("status_callbacks.0.url",), {"statusCallbacks.0.url": "https://third.example.com/status"}),
        (("status_callbacks.1",), {"statusCallbacks.1": None}),
        (("status_callbacks",), {"statusCallbacks": []}),
        (("intelligence_configuration_ids",), {"intelligenceConfigurationIds": ["intelligence_2"]}),
        (("intelligence_configuration_ids",), {"intelligenceConfigurationIds": []}),
        (("conversations_v1_bridge",), {"conversationsV1Bridge": None}),
    ),
    newer={
        "traitExtractionStrategyIds": ["trait_1"],
        "observationExtractionStrategyIds": ["observation_1"],
        "redactionConfigurationId": "redaction_1",
    },
    newer_switches={"orchestrator_newer_members": True},
    secrets=("parameter-of-a-callback",),
    account="accountSid",
    is_long_running=True,
    has_keys=True,
    nameless={"orchestrator_related": "absent", "orchestrator_operation_related": "absent"},
    switches=(
        {"orchestrator_related": "null"},
        {"orchestrator_related": "absent"},
        {"orchestrator_operation_related": "completed"},
        {"orchestrator_operation_related": "null"},
        {"orchestrator_related": "absent", "orchestrator_operation_related": "absent"},
        {"orchestrator_related_prefix": "cfg"},
        {"orchestrator_related_prefix": "cfg_alias"},
        {"orchestrator_operation_result": True},
        {"orchestrator_accepted_headers": "operation_id"},
        {"orchestrator_accepted_headers": "location"},
        {"orchestrator_accepted_headers": "none"},
        {"orchestrator_status_url": "elsewhere"},
        {"orchestrator_running": False},
        {"orchestrator_young_operation": 2},
        {"orchestrator_operation_days": 1},
        {"orchestrator_lag": 2},
        {"orchestrator_fill": "empty"},
        {"orchestrator_fill": "null"},
        {"orchestrator_newer_members": True},
        {"orchestrator_error_shape": "E2"},
        {"orchestrator_error_shape": "E1_conflict_400"},
        {"orchestrator_synchronous": True},
        {"orchestrator_patch": False},
        {"orchestrator_concurrent_writes": "accept"},
        {"orchestrator_key_with_other_content": "refuse"},
        {"orchestrator_key_with_other_content": "conflict"},
        {"orchestrator_unique_bridges": False},
        {"orchestrator_unique_display_names": True},
        {"orchestrator_young_operation": 2, "orchestrator_lag": 2},
        {
            "orchestrator_related": "absent",
            "orchestrator_operation_related": "absent",
            "orchestrator_lag": 2,
            "orchestrator_fill": "null",
        },
        {
            "orchestrator_related": "absent",
            "orchestrator_operation_related": "completed",
            "orchestrator_accepted_headers": "none",
            "orchestrator_status_url": "elsewhere",
        },
        {
            "orchestrator_related": "absent",
            "orchestrator_operation_related": "null",
            "orchestrator_operation_result": True,
            "orchestrator_accepted_headers": "location",
            "orchestrator_status_url": "elsewhere",
            "orchestrator_error_shape": "E2",
        },
        {
            "orchestrator_accepted_headers": "operation_id",
            "orchestrator_error_shape": "E2",
            "orchestrator_patch": False,
            "orchestrator_grouping_type_can_change": True,
        },
    ),
)
