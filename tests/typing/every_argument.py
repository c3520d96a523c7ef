"""A program with every argument of every type, checked by mypy and pyright and never run."""

from typing import Literal

import pulumi
from pulumi_switchboard import Provider, twilio, ultravox

config = pulumi.Config()
url: pulumi.Output[str] = config.require_secret("url")
other: pulumi.Output[twilio.voice.CallNotificationArgsDict] = pulumi.Output.from_input(
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
short = twilio.voice.ClientConfiguration("short", call_notification={"url": "https://desk.example.com"})
late = twilio.voice.ClientConfiguration("late", call_notification=other, description=support.account_sid)
choice: pulumi.Output[twilio.voice.CallNotification] = support.call_notification
there = twilio.voice.ClientConfiguration.get("there", support.configuration_id)


class Desk(twilio.voice.ClientConfiguration):
    """A subclass."""


def outputs(desk: Desk) -> pulumi.Output[str]:
    """The types of the outputs."""
    name: pulumi.Output[str | None] = desk.unique_name
    description: pulumi.Output[str | None] = desk.description
    identity: pulumi.Output[str] = desk.configuration_id
    account: pulumi.Output[str] = desk.account_sid
    created: pulumi.Output[str | None] = desk.date_created
    updated: pulumi.Output[str | None] = desk.date_updated
    shown: pulumi.Output[str] = desk.call_notification.apply(lambda notification: notification["url"])
    pulumi.export("all", [name, description, identity, account, created, updated])
    return shown


pulumi.export("url", outputs(Desk.get("desk", there.id)))


default = twilio.voice.DefaultClientConfiguration(
    "default",
    pulumi.ResourceOptions(import_="AC1"),
    configuration_id=support.configuration_id,
    on_destroy="reset",
)
short_default = twilio.voice.DefaultClientConfiguration("short-default", configuration_id="id")
configuration_id: pulumi.Output[str] = default.configuration_id
default_end: pulumi.Output[Literal["restore", "reset", "retain"]] = default.on_destroy
default_account: pulumi.Output[str] = default.account_sid
previous: pulumi.Output[str | None] = default.previous_configuration_id
default_there = twilio.voice.DefaultClientConfiguration.get("default-there", default.account_sid)

webhooks = twilio.conversations.WebhookConfiguration(
    "webhooks",
    pulumi.ResourceOptions(provider=provider),
    filters=["onMessageAdded", url],
    method="",
    pre_webhook_url=url,
    post_webhook_url="",
    target="webhook",
    on_destroy="retain",
)
short_webhooks = twilio.conversations.WebhookConfiguration("short-webhooks")
filters: pulumi.Output[list[str] | None] = webhooks.filters
method: pulumi.Output[Literal["GET", "POST", ""] | None] = webhooks.method
before: pulumi.Output[str | None] = webhooks.pre_webhook_url
after: pulumi.Output[str | None] = webhooks.post_webhook_url
target: pulumi.Output[Literal["webhook", "flex"] | None] = webhooks.target
webhooks_end: pulumi.Output[Literal["restore", "reset", "retain"]] = webhooks.on_destroy
webhooks_account: pulumi.Output[str] = webhooks.account_sid
webhooks_url: pulumi.Output[str | None] = webhooks.url
webhooks_there = twilio.conversations.WebhookConfiguration.get("webhooks-there", webhooks.id)

telephony = ultravox.TwilioTelephony(
    "telephony",
    pulumi.ResourceOptions(provider=provider),
    account_sid=webhooks.account_sid,
    auth_token=config.require_secret("token"),
    call_creation_allowed_agent_ids=[url],
    call_creation_allow_all_agents=url.apply(bool),
    request_context_mapping={"From": url},
    on_destroy=url.apply(lambda _: "restore"),
)
short_telephony = ultravox.TwilioTelephony("short-telephony", account_sid="AC1", auth_token=url)
sid: pulumi.Output[str] = telephony.account_sid
token: pulumi.Output[str] = telephony.auth_token
agents: pulumi.Output[list[str] | None] = telephony.call_creation_allowed_agent_ids
all_agents: pulumi.Output[bool | None] = telephony.call_creation_allow_all_agents
mapping: pulumi.Output[dict[str, str] | None] = telephony.request_context_mapping
telephony_end: pulumi.Output[Literal["restore", "reset", "retain"]] = telephony.on_destroy
prefix: pulumi.Output[str | None] = telephony.auth_token_prefix
telephony_there = ultravox.TwilioTelephony.get("telephony-there", "twilio")
