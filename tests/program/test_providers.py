"""Which provider serves a resource, and with which settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pulumi
import pytest
from pulumi_switchboard import Provider, twilio
from pulumi_switchboard.settings import GROUPS

from tests.program.cloud import PROVIDER, SECRET, Cloud
from tests.promises import proves

TOKEN = "pulumi-python:dynamic/twilio/voice:ClientConfiguration"
CREDENTIALS = {"twilio:accountSid": "AC1", "twilio:authToken": SECRET}


def client(
    name: str = "support", opts: pulumi.ResourceOptions | None = None
) -> twilio.voice.ClientConfiguration:
    """A client configuration."""
    return twilio.voice.ClientConfiguration(name, opts, call_notification={"url": "https://desk.example.com"})


class Office(pulumi.ComponentResource):
    """A component with a client configuration in it."""

    def __init__(self, **options: Any) -> None:
        super().__init__("proof:index:Office", "office", None, pulumi.ResourceOptions(**options))
        client("support", pulumi.ResourceOptions(parent=self))


def acme() -> Provider:
    """A provider with an account of its own."""
    return Provider("acme", twilio_account_sid="AC2", twilio_auth_token=SECRET)


def aws() -> pulumi.ProviderResource:
    """A provider of another package."""
    return pulumi.ProviderResource("aws", "theirs")


@proves("process.own", "credentials.second-account")
@pytest.mark.parametrize(
    ("program", "provider"),
    [
        (client, "switchboard"),
        (lambda: client(opts=pulumi.ResourceOptions(provider=acme())), "acme"),
        (lambda: client(opts=pulumi.ResourceOptions(providers=[acme()])), "acme"),
        (lambda: client(opts=pulumi.ResourceOptions(providers={"pulumi-python": acme()})), "acme"),
        (lambda: client(opts=pulumi.ResourceOptions(provider=aws())), "switchboard"),
        (Office, "switchboard"),
        (lambda: Office(providers=[acme()]), "acme"),
    ],
    ids=["default", "own", "list", "map", "other package", "component", "providers of a component"],
)
def test_a_resource_is_served_by_its_own_provider_its_parents_or_the_programs(
    program: Callable[[], Any], provider: str
) -> None:
    cloud = Cloud().run(program, CREDENTIALS)

    assert cloud.one("support").provider == provider
    assert cloud.one("support").properties["_stack"] == f"{provider}-id"
    assert cloud.names(PROVIDER) == {provider}


def test_the_identity_of_a_resource_in_a_component_has_the_components_type() -> None:
    properties = Cloud().run(Office).one("support").properties

    assert properties["_resource"].endswith(f"proof:index:Office${TOKEN}::support")


@proves("process.own")
def test_many_resources_share_one_provider() -> None:
    cloud = Cloud().run(lambda: [client(f"c{n}") for n in range(3)], CREDENTIALS)

    assert cloud.names(PROVIDER) == {"switchboard"}
    assert {resource.provider for resource in cloud.registered if resource.type == TOKEN} == {"switchboard"}


@proves("process.own", "secret.outputs")
def test_the_programs_provider_has_the_settings_of_the_stack_and_secret_ones_as_secrets() -> None:
    config = {
        **CREDENTIALS,
        "twilio:region": "ie1",
        "switchboard:endpoint": "http://127.0.0.1:1",
        "other:key": "x",
    }

    provider = Cloud().run(client, config, secret=("twilio:region",)).one("switchboard")

    assert provider.properties == {name: value for name, value in config.items() if name != "other:key"}
    assert provider.secrets == {"twilio:authToken", "twilio:region"}


@proves("credentials.one-source")
def test_a_provider_takes_what_belongs_together_from_one_place() -> None:
    config = {"twilio:apiKey": "SK1", "twilio:apiSecret": SECRET, **CREDENTIALS, "twilio:region": "ie1"}

    provider = Cloud().run(acme, config).one("acme")

    own = {"twilio:accountSid": "AC2", "twilio:authToken": SECRET}
    assert provider.properties == {**own, "twilio:region": "ie1"}
    assert provider.secrets == {"twilio:authToken"}


def test_every_argument_of_a_provider_reaches_it_under_the_key_of_its_setting() -> None:
    program = partial(
        Provider,
        "all",
        twilio_account_sid="1",
        twilio_auth_token="2",
        twilio_api_key="3",
        twilio_api_secret="4",
        twilio_region="5",
        twilio_edge="6",
        ultravox_api_key="7",
        endpoint="8",
    )

    provider = Cloud().run(program).one("all")

    given = {setting.config: program.keywords[setting.argument] for group in GROUPS for setting in group}
    assert provider.properties == given
    assert sorted(given.values()) == [*"12345678"]
    assert provider.secrets == {"twilio:authToken", "twilio:apiSecret", "ultravox:apiKey"}
