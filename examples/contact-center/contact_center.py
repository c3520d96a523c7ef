"""A contact center: recorded calls ring the desk, two teams share a memory, other stacks get the ids."""

import pulumi
from pulumi_switchboard import twilio

config = pulumi.Config()
desk = config.get("deskUrl") or "https://desk.example.com"

calls = twilio.voice.ClientConfiguration(
    "calls",
    description="Rings the desk",
    call_notification={"url": f"{desk}/calls"},
)

# A destroy is refused until deletion_protection=False is deployed: what is remembered would be lost.
customers = twilio.memory.Store("customers", description="What both teams remember of customers")

support = twilio.orchestrator.Configuration(
    "support",
    display_name="Support",
    description="Customer support across channels",
    conversation_grouping_type="GROUP_BY_PROFILE",
    memory_store_id=customers.store_id,
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
    memory_store_id=customers.store_id,
    channel_settings={
        "WHATSAPP": {
            "status_timeouts": {"inactive": 60, "closed": 24 * 60},
            "capture_rules": [{"from_": "*", "to": "whatsapp:+18005550102"}],
        },
    },
    status_callbacks=[{"url": f"{desk}/status"}],
)

transcriptions = twilio.voice.TranscriptionConfiguration(
    "transcriptions",
    transcription_engine="deepgram",
    speech_model="nova-3",
    language="en-US",
    participant_defaults=[
        {"audio_channel_index": 1, "type": "CUSTOMER"},
        {"audio_channel_index": 2, "type": "HUMAN_AGENT"},
    ],
    conversation_configuration_id=support.configuration_id,
)

recordings = twilio.voice.RecordingConfiguration(
    "recordings",
    composition_policy={"channels": "dual", "trim": "do-not-trim"},
    call_recording_status_callback={"url": f"{desk}/recordings"},
    features=[{"feature_id": transcriptions.configuration_id}],
)

pulumi.export("callsConfigurationId", calls.configuration_id)
pulumi.export(
    "conversationConfigurationIds",
    {"support": support.configuration_id, "sales": sales.configuration_id},
)
pulumi.export("recordingConfigurationId", recordings.configuration_id)
