"""Resource classes and providers in a program, with the engine mocked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from pulumi.output import Unknown
from pulumi_switchboard import Provider, twilio, ultravox

from tests.dynamic.host import PROVIDER as PICKLED
from tests.program.cloud import PROVIDER, SECRET, Cloud

TOKEN = "pulumi-python:dynamic/twilio/voice:ClientConfiguration"
URL = "https://desk.example.com/calls"
CREDENTIALS = {"twilio:accountSid": "AC1", "twilio:authToken": SECRET}


def client(
    name: str, opts: pulumi.ResourceOptions | None = None, **arguments: Any
) -> twilio.voice.ClientConfiguration:
    """A client configuration."""
    return twilio.voice.ClientConfiguration(name, opts, call_notification={"url": URL}, **arguments)


class Office(pulumi.ComponentResource):
    """A component with a client configuration in it."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("proof:index:Office", name, None, opts)
        client("inside", pulumi.ResourceOptions(parent=self))


def acme() -> Provider:
    """Another account."""
    return Provider("acme", twilio_account_sid="AC2", twilio_auth_token=SECRET)


def test_a_resource_is_registered_with_its_type_arguments_and_provider_string() -> None:
    registered = Cloud().run(lambda: client("support", description="Desk")).one("support")

    assert registered.type == TOKEN
    assert registered.properties == {
        "__provider": PICKLED,
        "_stack": "switchboard-id",
        "_resource": f"{TOKEN}::support",
        "call_notification": {"url": URL},
        "description": "Desk",
    }
    assert registered.secrets == set()


def test_a_preview_leaves_the_identity_open() -> None:
    registered = Cloud().run(lambda: client("support"), preview=True).one("support")

    assert isinstance(registered.properties["_stack"], Unknown)
    assert registered.properties["_resource"] == f"{TOKEN}::support"


def test_a_program_has_one_provider_of_ours_however_many_resources() -> None:
    cloud = Cloud().run(lambda: [client(f"c{n}") for n in range(3)], CREDENTIALS)

    (provider,) = cloud.of(PROVIDER)
    assert provider.name == "switchboard"
    assert {resource.provider for resource in cloud.of(TOKEN)} == {"switchboard"}


def test_the_next_program_in_the_same_process_has_one_of_its_own() -> None:
    for _ in range(2):
        assert len(Cloud().run(lambda: client("support")).of(PROVIDER)) == 1


def test_a_program_without_a_resource_of_ours_has_no_provider_of_ours() -> None:
    assert Cloud().run(lambda: None).of(PROVIDER) == []


def test_an_explicit_provider_serves_its_resource() -> None:
    cloud = Cloud().run(lambda: client("support", pulumi.ResourceOptions(provider=acme())))

    assert [provider.name for provider in cloud.of(PROVIDER)] == ["acme"]
    assert cloud.one("support").provider == "acme"
    assert cloud.one("support").properties["_stack"] == "acme-id"


@pytest.mark.parametrize("several", [lambda p: [p], lambda p: {"pulumi-python": p}], ids=["list", "map"])
def test_a_provider_among_several_serves_its_resource(several: Callable[[Provider], Any]) -> None:
    cloud = Cloud().run(lambda: client("support", pulumi.ResourceOptions(providers=several(acme()))))

    assert cloud.one("support").provider == "acme"
    assert len(cloud.of(PROVIDER)) == 1


def test_a_provider_of_another_package_serves_nothing_of_ours() -> None:
    cloud = Cloud().run(
        lambda: client("support", pulumi.ResourceOptions(provider=pulumi.ProviderResource("aws", "theirs")))
    )

    assert cloud.one("support").provider == "switchboard"


def test_the_resources_of_a_component_inherit_its_provider() -> None:
    cloud = Cloud().run(lambda: Office("office", pulumi.ResourceOptions(providers=[acme()])))

    assert cloud.one("inside").provider == "acme"
    assert [provider.name for provider in cloud.of(PROVIDER)] == ["acme"]
    assert cloud.one("inside").properties["_resource"].endswith(f"proof:index:Office${TOKEN}::inside")


def test_a_component_without_a_provider_uses_the_programs() -> None:
    cloud = Cloud().run(lambda: Office("office"))

    assert cloud.one("inside").provider == "switchboard"


def test_the_provider_has_the_settings_of_the_stack_and_the_secret_ones_as_secrets() -> None:
    config = {
        **CREDENTIALS,
        "twilio:region": "ie1",
        "switchboard:endpoint": "http://127.0.0.1:1",
        "other:key": "x",
    }

    provider = Cloud().run(lambda: client("support"), config).one("switchboard")

    assert provider.properties == {name: value for name, value in config.items() if name != "other:key"}
    assert provider.secrets == {"twilio:authToken"}


def test_what_the_stack_holds_as_a_secret_stays_one() -> None:
    provider = (
        Cloud().run(lambda: client("support"), CREDENTIALS, secret=("twilio:accountSid",)).one("switchboard")
    )

    assert provider.secrets == {"twilio:accountSid", "twilio:authToken"}


def test_a_provider_takes_what_belongs_together_from_one_place() -> None:
    config = {"twilio:apiKey": "SK1", "twilio:apiSecret": SECRET, **CREDENTIALS, "twilio:region": "ie1"}

    provider = Cloud().run(acme, config).one("acme")

    assert provider.properties == {
        "twilio:accountSid": "AC2",
        "twilio:authToken": SECRET,
        "twilio:region": "ie1",
    }
    assert provider.secrets == {"twilio:authToken"}


def test_every_argument_of_a_provider_reaches_it_by_the_key_of_its_setting() -> None:
    def program() -> None:
        Provider(
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

    assert provider.properties == {
        "twilio:accountSid": "1",
        "twilio:authToken": "2",
        "twilio:apiKey": "3",
        "twilio:apiSecret": "4",
        "twilio:region": "5",
        "twilio:edge": "6",
        "ultravox:apiKey": "7",
        "switchboard:endpoint": "8",
    }
    assert provider.secrets == {"twilio:authToken", "twilio:apiSecret", "ultravox:apiKey"}


def test_a_secret_argument_is_a_secret_on_the_wire() -> None:
    registered = (
        Cloud().run(lambda: client("support", description=pulumi.Output.secret(SECRET))).one("support")
    )

    assert registered.secrets == {"description"}


def test_the_arguments_that_are_secret_are_named_and_are_so_as_a_whole() -> None:
    def program() -> None:
        secret = pulumi.Output.secret(SECRET)
        ultravox.TwilioTelephony(
            "desk", account_sid="AC1", auth_token="t", request_context_mapping={"a": secret, "b": "c"}
        )
        ultravox.TwilioTelephony("bare", account_sid="AC1", auth_token="t")

    cloud = Cloud().run(program)

    assert cloud.one("desk").properties["_secret"] == ["request_context_mapping"]
    assert cloud.one("desk").properties["request_context_mapping"] == {"a": SECRET, "b": "c"}
    assert cloud.one("desk").secrets - cloud.one("bare").secrets == {"request_context_mapping"}
    assert "_secret" not in cloud.one("bare").properties


def notified(url: str) -> Callable[[], twilio.voice.ClientConfiguration]:
    """A program with a client configuration of this URL."""
    return lambda: twilio.voice.ClientConfiguration(
        "support", call_notification={"url": url, "method": "GET"}
    )


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("https://desk.example.com/calls", False),
        ("https://desk.example.com/calls#part", False),
        ("https://desk.example.com/u@h", False),
        ("https://user@desk.example.com", True),
        ("https://user:password@desk.example.com/calls", True),
        ("HTTPS://desk.example.com?token=7", True),
        ("https://desk.example.com/calls?token", True),
    ],
)
def test_an_argument_whose_url_has_userinfo_or_a_query_is_a_secret(url: str, secret: bool) -> None:  # noqa: FBT001
    registered = Cloud().run(notified(url)).one("support")

    assert ("call_notification" in registered.secrets) is secret
    assert registered.properties["call_notification"] == {"url": url, "method": "GET"}
    assert "_secret" not in registered.properties


def test_a_url_that_becomes_known_is_looked_at_and_prose_is_not() -> None:
    def program() -> None:
        url = pulumi.Output.from_input("https://desk.example.com/?token=7")
        prose = "https://desk.example.com/?page=3 says more"
        twilio.voice.ClientConfiguration("support", call_notification={"url": url}, description=prose)

    registered = Cloud().run(program).one("support")

    assert registered.secrets == {"call_notification"}


def test_a_url_that_is_not_known_yet_is_no_secret_so_far() -> None:
    def program() -> None:
        later = client("first").date_created.apply(lambda date: f"https://desk.example.com/?{date}")
        twilio.voice.ClientConfiguration("support", call_notification={"url": later})

    registered = Cloud().run(program, preview=True).one("support")

    assert registered.secrets == set()


@pytest.mark.parametrize("text", ["<{%x%}>", "\x1b[31mred", "\x9b31m", "\u202etxt.exe"])
def test_a_text_that_a_terminal_or_pulumi_obeys_is_a_secret(text: str) -> None:
    registered = Cloud().run(lambda: client("support", description=text)).one("support")

    assert registered.secrets == {"description"}


def test_a_text_of_any_letters_and_several_lines_is_none() -> None:
    registered = Cloud().run(lambda: client("support", description="Zoë\n\t😀 <{x}> אב")).one("support")

    assert registered.secrets == set()


def test_every_type_names_the_arguments_that_the_program_holds_as_secrets() -> None:
    registered = (
        Cloud().run(lambda: client("support", description=pulumi.Output.secret(SECRET))).one("support")
    )

    assert registered.properties["_secret"] == ["description"]


def test_an_argument_that_can_be_awaited_once_is_awaited_once() -> None:
    async def later(value: str) -> str:
        return value

    def program() -> None:
        ultravox.TwilioTelephony(
            "desk",
            account_sid=later("AC1"),
            auth_token="t",
            request_context_mapping={"a": later("b")},
            call_creation_allowed_agent_ids=[later("c")],
        )

    properties = Cloud().run(program).one("desk").properties

    assert properties["account_sid"] == "AC1"
    assert properties["request_context_mapping"] == {"a": "b"}
    assert properties["call_creation_allowed_agent_ids"] == ["c"]


def test_outputs_come_as_their_types_say() -> None:
    cloud = Cloud({"call_notification": {"url": URL, "method": "POST", "a": {"z": 3.0, "b": [1.0, 2.5]}}})

    found = cloud.values(lambda: {"shown": client("support").call_notification})["shown"]

    assert list(found) == ["a", "method", "url"]
    assert list(found["a"]) == ["b", "z"]
    assert type(found["a"]["z"]) is int
    assert found["a"]["b"] == [1, 2.5]
    assert type(found["a"]["b"][0]) is int


def test_every_output_can_be_asked_for() -> None:
    def program() -> dict[str, pulumi.Output[Any]]:
        support = client("support")
        return {
            name: getattr(support, name)
            for name in (
                "call_notification",
                "unique_name",
                "description",
                "configuration_id",
                "account_sid",
                "date_created",
                "date_updated",
            )
        }

    found = Cloud({"account_sid": "AC1"}).values(program)

    assert found["configuration_id"] == "support-id"
    assert found["account_sid"] == "AC1"
    assert found["date_created"] is None


def test_a_subclass_is_of_its_parents_type() -> None:
    class Desk(twilio.voice.ClientConfiguration):
        """A client configuration of the desk."""

    registered = Cloud().run(lambda: Desk("support", call_notification={"url": URL})).one("support")

    assert registered.type == TOKEN
    assert registered.properties["__provider"] == PICKLED


def test_an_import_becomes_a_wish_to_adopt() -> None:
    registered = Cloud().run(lambda: client("support", pulumi.ResourceOptions(import_="id-7"))).one("support")

    assert registered.properties["_import"] == "id-7"
    assert registered.request.importId == ""


def test_a_look_up_names_the_object_and_nothing_else() -> None:
    cloud = Cloud({"unique_name": "desk"})

    found = cloud.values(lambda: {"name": twilio.voice.ClientConfiguration.get("there", "id-7").unique_name})

    assert found == {"name": "desk"}
    assert [resource.name for resource in cloud.of(TOKEN)] == []


def test_the_options_of_the_program_are_not_changed() -> None:
    opts = pulumi.ResourceOptions(import_="id-7")

    Cloud().run(lambda: client("support", opts))

    assert opts.import_ == "id-7"
    assert opts.provider is None
    assert opts.additional_secret_outputs is None
