"""Voice agents: an Ultravox agent answers Twilio's calls, and the desk gets the events of conversations."""

import pulumi
from pulumi_switchboard import twilio, ultravox

config = pulumi.Config()
account = pulumi.Config("twilio")
agent_id = config.require("agentId")
desk = config.require_secret("deskUrl")

# Ultravox uses the same Twilio account as this program. Incoming calls may reach one agent.
telephony = ultravox.TwilioTelephony(
    "telephony",
    account_sid=account.require("accountSid"),
    auth_token=account.require_secret("authToken"),
    call_creation_allowed_agent_ids=[agent_id],
    request_context_mapping={"From": "caller.number"},
)

calls = twilio.voice.ClientConfiguration(
    "calls",
    description="Rings the desk",
    call_notification={"url": pulumi.Output.concat(desk, "/calls")},
)
default = twilio.voice.DefaultClientConfiguration("default", configuration_id=calls.configuration_id)

support = twilio.orchestrator.Configuration(
    "support",
    display_name="Support",
    description="What customers and the agent say to each other",
    conversation_grouping_type="GROUP_BY_PROFILE",
    memory_store_id=config.get("memoryStoreId") or "mem_store_01k1etk2y5f1y9fpe2epfdtvv2",
    channel_settings={"VOICE": {"capture_rules": [{"from_": "*", "to": "+18005550101"}]}},
    status_callbacks=[{"url": pulumi.Output.concat(desk, "/status")}],
)

webhooks = twilio.conversations.WebhookConfiguration(
    "webhooks",
    filters=["onMessageAdded", "onConversationStateUpdated"],
    method="POST",
    post_webhook_url=pulumi.Output.concat(desk, "/events"),
    target="webhook",
)

pulumi.export("callsConfigurationId", calls.configuration_id)
pulumi.export("supportConfigurationId", support.configuration_id)
pulumi.export("previousDefaultId", default.previous_configuration_id)
# What the webhook of a Twilio number is set to, so that the agent answers its calls.
pulumi.export("numberWebhookUrl", f"https://api.ultravox.ai/api/agents/{agent_id}/telephony_xml")
