"""A contact center: calls ring the desk, two teams hold conversations, and the ids go to other stacks."""

import pulumi
from pulumi_switchboard import twilio

config = pulumi.Config()
desk = config.get("deskUrl") or "https://desk.example.com"
memory_store_id = config.get("memoryStoreId") or "mem_store_01k1etk2y5f1y9fpe2epfdtvv2"

calls = twilio.voice.ClientConfiguration(
    "calls",
    description="Rings the desk",
    call_notification={"url": f"{desk}/calls"},
)

support = twilio.orchestrator.Configuration(
    "support",
    display_name="Support",
    description="Customer support across channels",
    conversation_grouping_type="GROUP_BY_PROFILE",
    memory_store_id=memory_store_id,
    channel_settings={
        "SMS": {
            "status_timeouts": {"inactive": 10, "closed": 60},
            "capture_rules": [
                {"from_": "*", "to": "+18005550101"},
                {"from_": "+18005550101", "to": "*"},
            ],
        },
        "VOICE": {
            "capture_rules": [{"from_": "*", "to": "+18005550101", "metadata": {"callType": "PSTN"}}],
        },
    },
    status_callbacks=[{"url": f"{desk}/status"}],
    memory_extraction_enabled=True,
)

sales = twilio.orchestrator.Configuration(
    "sales",
    display_name="Sales",
    description=pulumi.Output.concat("Sales, handed over by ", support.configuration_id),
    conversation_grouping_type="GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
    memory_store_id=memory_store_id,
    channel_settings={
        "WHATSAPP": {
            "status_timeouts": {"inactive": 60, "closed": 24 * 60},
            "capture_rules": [{"from_": "*", "to": "whatsapp:+18005550102"}],
        },
    },
    status_callbacks=[{"url": f"{desk}/status"}],
)

pulumi.export("callsConfigurationId", calls.configuration_id)
pulumi.export(
    "conversationConfigurationIds",
    {"support": support.configuration_id, "sales": sales.configuration_id},
)
