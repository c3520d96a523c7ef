"""A program that says of what type the outputs are, checked by mypy and pyright and never run."""

from typing import Literal

import pulumi
from pulumi_switchboard import Provider, twilio, ultravox

config = pulumi.Config()
url: pulumi.Output[str] = config.require_secret("url")
notification: pulumi.Output[twilio.voice.CallNotificationArgsDict] = pulumi.Output.from_input(
    {"url": "https://desk.example.com/calls"}
)

provider = Provider(
    "acme",
    pulumi.ResourceOptions(protect=True),
    twilio_account_sid="AC1",
    twilio_auth_token=config.require_secret("token"),
    twilio_api_key=url,
    twilio_api_secret=config.require_secret("secret"),
    twilio_region="ie1",
    twilio_edge="dublin",
    ultravox_api_key=config.require_secret("key"),
    endpoint="http://127.0.0.1:8080",
)

support = twilio.voice.ClientConfiguration(
    "support",
    pulumi.ResourceOptions(provider=provider, import_="id"),
    call_notification={"url": url, "method": "GET"},
    unique_name=provider.id,
    description=url.apply(lambda text: text.upper()),
)
late = twilio.voice.ClientConfiguration(
    "late", call_notification=notification, description=support.account_sid
)
there = twilio.voice.ClientConfiguration.get("there", support.configuration_id)


class Desk(twilio.voice.ClientConfiguration):
    """A subclass."""


desk: Desk = Desk.get("desk", there.id)
name: pulumi.Output[str | None] = desk.unique_name
identity: pulumi.Output[str] = desk.configuration_id
choice: pulumi.Output[twilio.voice.CallNotification] = desk.call_notification
shown: pulumi.Output[str] = desk.call_notification.apply(lambda notification: notification["url"])

default = twilio.voice.DefaultClientConfiguration("default", configuration_id=support.configuration_id)
previous: pulumi.Output[str | None] = default.previous_configuration_id
default_end: pulumi.Output[Literal["restore", "reset", "retain"]] = default.on_destroy

webhooks = twilio.conversations.WebhookConfiguration("webhooks", filters=["onMessageAdded", url], method="")
filters: pulumi.Output[list[str] | None] = webhooks.filters
method: pulumi.Output[Literal["GET", "POST", ""] | None] = webhooks.method
target: pulumi.Output[Literal["webhook", "flex"] | None] = webhooks.target

telephony = ultravox.TwilioTelephony(
    "telephony",
    account_sid=webhooks.account_sid,
    auth_token=config.require_secret("token"),
    call_creation_allow_all_agents=url.apply(bool),
    request_context_mapping={"From": url},
    on_destroy=url.apply(lambda _: "restore"),
)
all_agents: pulumi.Output[bool | None] = telephony.call_creation_allow_all_agents
mapping: pulumi.Output[dict[str, str] | None] = telephony.request_context_mapping

orchestrated = twilio.orchestrator.Configuration.get("orchestrated", "id")
version: pulumi.Output[int | None] = orchestrated.version
