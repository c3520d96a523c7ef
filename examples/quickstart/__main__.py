"""The smallest program: one Voice client configuration, its id as a stack output."""

import pulumi
from pulumi_switchboard import twilio

config = pulumi.Config()

support = twilio.voice.ClientConfiguration(
    "support",
    description="Rings the support desk",
    call_notification={"url": config.get("webhookUrl") or "https://desk.example.com/calls"},
)

pulumi.export("configurationId", support.configuration_id)
pulumi.export("uniqueName", support.unique_name)
