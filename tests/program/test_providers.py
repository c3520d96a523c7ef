"""Which provider serves a resource, and with which settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pulumi
import pytest
from pulumi.resource import DependencyProviderResource
from pulumi_switchboard import Provider, twilio
from pulumi_switchboard.settings import GROUPS

from tests.program.cloud import PROVIDER, SECRET, Cloud
from tests.promises import proves

TOKEN = "pulumi-python:dynamic/twilio/voice:ClientConfiguration"
REFERENCE = "urn:pulumi:dev::proof::pulumi:providers:pulumi-python::of another program::of another program-id"
CREDENTIALS = {"twilio:accountSid": "AC1", "twilio:authToken": SECRET}


def client(
    name: str = "support", opts: pulumi.ResourceOptions | None = None
) -> twilio.voice.ClientConfiguration:
    return twilio.voice.ClientConfiguration(name, opts, call_notification={"url": "https://desk.example.com"})


class Office(pulumi.ComponentResource):
    """A component with a client configuration in it."""

    def __init__(self, **options: Any) -> None:
        super().__init__("proof:index:Office", "office", None, pulumi.ResourceOptions(**options))
        client("support", pulumi.ResourceOptions(parent=self))


def acme() -> Provider:
    return Provider("acme", twilio_account_sid="AC2", twilio_auth_token=SECRET)


def theirs() -> pulumi.ProviderResource:
    """A provider for dynamic resources of the program's own."""
    return pulumi.ProviderResource("pulumi-python", "theirs")


def protected(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
    """A transformation that leaves the provider as it is."""
    opts = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(protect=True))
    return pulumi.ResourceTransformationResult(args.props, opts)


@proves("process.own", "credentials.second-account")
def test_a_resource_is_served_by_its_own_provider_its_parents_or_the_programs() -> None:
    def client_with(**options: Callable[[], Any]) -> Callable[[], Any]:
        return lambda: client(opts=pulumi.ResourceOptions(**{name: of() for name, of in options.items()}))

    programs: list[tuple[Callable[[], Any], str]] = [
        (client, "switchboard"),
        (client_with(provider=acme), "acme"),
        (client_with(providers=lambda: [acme()]), "acme"),
        (client_with(providers=lambda: {"switchboard": acme()}), "acme"),
        (client_with(provider=lambda: pulumi.ProviderResource("aws", "theirs")), "switchboard"),
        (Office, "switchboard"),
        (lambda: Office(providers=[acme()]), "acme"),
        (lambda: Office(providers={"pulumi-python": acme()}), "acme"),
        (lambda: Office(provider=acme()), "acme"),
        (lambda: Office(provider=theirs()), "switchboard"),
        (
            lambda: Office(providers={"switchboard": DependencyProviderResource(REFERENCE)}),
            "of another program",
        ),
        (lambda: client(opts=pulumi.ResourceOptions(provider=acme(), transformations=[protected])), "acme"),
        (
            lambda: client(
                "support", pulumi.ResourceOptions(parent=client("a", pulumi.ResourceOptions(provider=acme())))
            ),
            "acme",
        ),
        (lambda: [client(), client("b"), client("c")], "switchboard"),
    ]
    for program, provider in programs:
        cloud = Cloud().run(program, CREDENTIALS)

        served = [found for found in cloud.registered if found.type == TOKEN]
        assert {resource.provider for resource in served} == {provider}
        assert cloud.one("support").properties["_stack"] == f"{provider}-id"
        assert cloud.names(PROVIDER) - {"theirs"} == {provider} - {"of another program"}


@proves("credentials.second-account")
def test_a_provider_that_could_not_serve_a_resource_is_refused() -> None:
    def transformed() -> None:
        def to_acme(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
            return pulumi.ResourceTransformationResult(
                args.props, pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(provider=other))
            )

        other = acme()
        client("support", pulumi.ResourceOptions(transformations=[to_acme]))

    programs: list[tuple[Callable[[], Any], str]] = [
        (lambda: client(opts=pulumi.ResourceOptions(provider=theirs())), "'theirs' is for dynamic resources"),
        (transformed, "a transformation changes the provider of twilio/voice:ClientConfiguration 'support'"),
    ]
    for program, reason in programs:
        cloud = Cloud()
        with pytest.raises(pulumi.RunError, match=reason):
            cloud.run(program)
        assert cloud.names(TOKEN) == set()


def test_of_several_providers_the_last_one_counts() -> None:
    def other() -> Provider:
        return Provider("other", twilio_account_sid="AC3", twilio_auth_token=SECRET)

    programs: list[tuple[Callable[[], Any], str]] = [
        (lambda: Office(providers=[other(), acme()]), "acme"),
        (lambda: Office(providers=[acme(), other()]), "other"),
        (lambda: Office(providers={"acme": acme()}), "switchboard"),
    ]
    for program, provider in programs:
        assert Cloud().run(program, CREDENTIALS).one("support").provider == provider


def test_the_identity_of_a_resource_has_the_types_of_its_parents_and_the_keys_of_our_types() -> None:
    key = "twilio/voice:ClientConfiguration"

    def nested() -> None:
        client("support", pulumi.ResourceOptions(parent=client("a")))

    for program, place in ((Office, f"proof:index:Office${key}::support"), (nested, f"{key}${key}::support")):
        found = Cloud().run(program).one("support").properties["_resource"]
        assert found == f"pulumi:pulumi:Stack${place}", "Pulumi's mocks name the stack among the parents"

    def in_the_stack() -> None:
        client("support", pulumi.ResourceOptions(parent=pulumi.runtime.get_root_resource()))

    assert Cloud().run(in_the_stack).one("support").properties["_resource"] == f"{key}::support"


@proves("process.own", "secret.outputs")
def test_the_programs_provider_has_the_settings_of_the_stack_and_secret_ones_as_secrets() -> None:
    config = {**CREDENTIALS, "twilio:region": "ie1", "switchboard:endpoint": "http://127.0.0.1:1"}
    others = {"other:key": "x"}

    provider = Cloud().run(client, {**config, **others}, secret=("twilio:region",)).one("switchboard")

    assert provider.properties == config
    assert provider.secrets == {"twilio:authToken", "twilio:region"}


@proves("credentials.one-source")
def test_a_provider_takes_what_belongs_together_from_one_place() -> None:
    key = {"twilio:apiKey": "SK1", "twilio:apiSecret": SECRET}
    config = {**key, **CREDENTIALS, "twilio:region": "ie1"}

    provider = Cloud().run(acme, config).one("acme")

    own = {"twilio:accountSid": "AC2", "twilio:authToken": SECRET}
    assert provider.properties == {**own, "twilio:region": "ie1"}
    assert provider.secrets == {"twilio:authToken"}

    without_secret = Cloud().run(partial(Provider, "acme", twilio_account_sid="AC2"), config).one("acme")
    assert without_secret.properties == {**config, "twilio:accountSid": "AC2"}
    without_sid = (
        Cloud().run(partial(Provider, "acme", twilio_auth_token=SECRET), {**config, **key}).one("acme")
    )
    assert without_sid.properties == {**CREDENTIALS, "twilio:region": "ie1"}
    at_an_edge = Cloud().run(partial(Provider, "acme", twilio_edge="dublin"), config).one("acme")
    assert at_an_edge.properties == {**key, **CREDENTIALS, "twilio:edge": "dublin"}


@proves("endpoint.encrypted")
def test_the_hosts_that_a_provider_allows_are_one_text_however_they_are_given() -> None:
    hosts: list[tuple[Callable[[], Any], str]] = [
        (lambda: "a.example,b.example", "a.example,b.example"),
        (lambda: ["a.example", "b.example"], '["a.example", "b.example"]'),
        (
            lambda: pulumi.Output.from_input(["a.example", pulumi.Output.from_input("b.example")]),
            '["a.example", "b.example"]',
        ),
        (lambda: pulumi.Output.from_input("a.example,b.example"), "a.example,b.example"),
        (list, "[]"),
        (lambda: pulumi.Output.from_input([]), "[]"),
    ]
    for of, text in hosts:
        allowing = partial(lambda of: Provider("acme", allow_http=of()), of)
        provider = Cloud().run(allowing, {"switchboard:allowHttp": "stack.example"}).one("acme")
        assert provider.properties == {"switchboard:allowHttp": text}

    listed = Cloud().run(client, {"switchboard:allowHttp": '["a.example"]'}).one("switchboard")
    assert listed.properties == {"switchboard:allowHttp": '["a.example"]'}


def test_every_argument_of_a_provider_reaches_it_under_the_key_of_its_setting() -> None:
    settings = [setting for group in GROUPS for setting in group]
    arguments: Any = {setting.argument: f"value {number}" for number, setting in enumerate(settings)}

    provider = Cloud().run(partial(Provider, "all", **arguments)).one("all")

    assert provider.properties == {setting.config: arguments[setting.argument] for setting in settings}
    assert provider.secrets == {"twilio:authToken", "twilio:apiSecret", "ultravox:apiKey"}
