"""A program that passes outputs on, looks up, subclasses and names a provider; checked and never run.

What single arguments and outputs are is in `programs/`.
"""

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
identity: pulumi.Output[str] = desk.configuration_id
choice: pulumi.Output[twilio.voice.CallNotification] = desk.call_notification
shown: pulumi.Output[str] = desk.call_notification.apply(lambda notification: notification["url"])

webhooks = twilio.conversations.WebhookConfiguration("webhooks", filters=["onMessageAdded", url], method="")
telephony = ultravox.TwilioTelephony(
    "telephony",
    account_sid=webhooks.account_sid,
    auth_token=config.require_secret("token"),
    call_creation_allow_all_agents=url.apply(bool),
    request_context_mapping={"From": url},
    on_destroy=url.apply(lambda _: "restore"),
)


def channels(
    settings: dict[str, twilio.orchestrator.ChannelSetting] | None,
) -> dict[str, twilio.orchestrator.ChannelSetting]:
    """A part of an output, to be an argument."""
    return {"RCS": (settings or {})["SMS"]}


sales = twilio.orchestrator.Configuration.get("sales", "conv_configuration_1")
part = twilio.orchestrator.Configuration(
    "part",
    display_name="part",
    description=support.description.apply(lambda text: text or "part"),
    conversation_grouping_type=sales.conversation_grouping_type,
    memory_store_id=sales.memory_store_id,
    channel_settings=sales.channel_settings.apply(channels),
    status_callbacks=[sales.status_callbacks.apply(lambda callbacks: (callbacks or [])[0]), {"url": url}],
    memory_extraction_enabled=None,
)
shared: twilio.voice.CallNotificationArgsDict = {"url": support.call_notification["url"], "method": None}
attribute: pulumi.Output[str] = twilio.voice.ClientConfiguration(
    "lifted", call_notification=shared
).call_notification.url
