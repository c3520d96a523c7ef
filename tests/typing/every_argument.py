"""A program with every argument of every type, checked by mypy and pyright and never run."""

import pulumi
from pulumi_switchboard import Provider, twilio

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
