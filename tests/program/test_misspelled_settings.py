"""Names of settings that are misspelled, which end a program or are warned of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pulumi
import pulumi_switchboard
import pytest
from pulumi_switchboard import Provider, settings, twilio

from tests.program.cloud import PROVIDER, Cloud

VALUE = "canary"
ACCOUNT = {"twilio:accountSid": "AC1", "twilio:authToken": "token"}


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tester's own settings play no part."""
    for name in settings.VARIABLES:
        monkeypatch.delenv(name, raising=False)


def resource(name: str = "support", opts: pulumi.ResourceOptions | None = None) -> None:
    """A resource of ours."""
    twilio.voice.ClientConfiguration(name, opts, call_notification={"url": "https://a.example.com"})


def own(cloud: Cloud) -> list[str]:
    """The names of the resources and providers that were registered; the stack itself may be, at any time."""
    return [found.name for found in cloud.registered if found.type != "pulumi:pulumi:Stack"]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the engine was told as a warning."""
    return [record.message for record in caplog.records if record.levelname == "WARNING"]


def ended(config: Mapping[str, str], *, preview: bool = False) -> str:
    """The message that a program with a resource of ours ends with, before it has registered one."""
    cloud = Cloud()
    with pytest.raises(pulumi.RunError) as error:
        cloud.run(resource, {**ACCOUNT, **config}, preview=preview)
    assert own(cloud) == []
    assert VALUE not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("endpiont", "endpoint"),
        ("endpont", "endpoint"),
        ("endpoints", "endpoint"),
        ("endpointUrl", "endpoint"),
        ("EndPoint", "endpoint"),
        ("end_point", "endpoint"),
        ("allowHttps", "allowHttp"),
        ("allow_http", "allowHttp"),
        ("allowhttp", "allowHttp"),
    ],
)
@pytest.mark.parametrize("preview", [True, False])
def test_a_misspelled_key_of_ours_ends_the_program(name: str, meant: str, *, preview: bool) -> None:
    said = ended({f"switchboard:{name}": VALUE}, preview=preview)

    assert f"does not read switchboard:{name} in the stack's configuration" in said
    assert f"did you mean switchboard:{meant}?" in said


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SWITCHBOARD_ENDPIONT", "SWITCHBOARD_ENDPOINT"),
        ("SWITCHBOARD_END_POINT", "SWITCHBOARD_ENDPOINT"),
        ("SWITCHBOARD_Endpoint", "SWITCHBOARD_ENDPOINT"),
        ("SWITCHBOARD_ON_DESTORY", "SWITCHBOARD_ON_DESTROY"),
        ("SWITCHBOARD_PLAINHOST", "SWITCHBOARD_PLAIN_HOST"),
        ("SWITCHBOARD_ALLOW_HTTPS", "SWITCHBOARD_ALLOW_HTTP"),
    ],
)
def test_a_misspelled_variable_of_ours_ends_the_program(
    monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, VALUE)

    said = ended({})

    assert f"does not read {name} in the environment; did you mean {meant}?" in said


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("twilio:AccountSid", "twilio:accountSid"),
        ("twilio:account_sid", "twilio:accountSid"),
        ("twilio:acountSid", "twilio:accountSid"),
        ("twilio:accountId", "twilio:accountSid"),
        ("twilio:authTokn", "twilio:authToken"),
        ("twilio:apikey", "twilio:apiKey"),
        ("twilio:apiSecrte", "twilio:apiSecret"),
        ("twilio:regoin", "twilio:region"),
        ("twilio:edges", "twilio:edge"),
        ("ultravox:api_key", "ultravox:apiKey"),
        ("ultravox:apiKye", "ultravox:apiKey"),
        ("switchbaord:endpoint", "switchboard:endpoint"),
        ("Switchboard:endpoint", "switchboard:endpoint"),
        ("twillio:authToken", "twilio:authToken"),
        ("TWILIO_ACOUNT_SID", "TWILIO_ACCOUNT_SID"),
        ("TWILIO_ACCOUNTSID", "TWILIO_ACCOUNT_SID"),
        ("TWILIO_AUTH_TOKE", "TWILIO_AUTH_TOKEN"),
        ("TWILIO_REGOIN", "TWILIO_REGION"),
        ("ULTRAVOX_APIKEY", "ULTRAVOX_API_KEY"),
        ("ULTRAVOX_API_KEYS", "ULTRAVOX_API_KEY"),
        ("SWITCHBORD_ENDPOINT", "SWITCHBOARD_ENDPOINT"),
        ("switchboard_endpoint", "SWITCHBOARD_ENDPOINT"),
    ],
)
def test_a_misspelled_name_that_others_may_use_is_warned_of_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str, meant: str
) -> None:
    config = dict(ACCOUNT)
    if ":" in name:
        config[name] = VALUE
    else:
        monkeypatch.setenv(name, VALUE)

    def program() -> None:
        resource("a")
        resource("b")

    cloud = Cloud().run(program, config)

    (said,) = warnings(caplog)
    assert f"does not read {name} " in said
    assert f"did you mean {meant}?" in said
    assert VALUE not in said
    assert set(own(cloud)) == {"switchboard", "a", "b"}


@pytest.mark.parametrize(
    "name",
    [
        *settings.KEYS,
        *settings.VARIABLES,
        "switchboard:webhookUrl",
        "switchboard:url",
        "twilio:subaccountSid",
        "twilio:phoneNumber",
        "twilio:apiVersion",
        "twilio:messagingServiceSid",
        "ultravox:agentId",
        "proof:endpiont",
        "other:endpiont",
        "aws:region",
        "SWITCHBOARD_DATABASE_URL",
        "SWITCHBOARD_LOG_LEVEL",
        "SWITCHBOARDENDPOINT",
        "TWILIO_API_KEY_SID",
        "TWILIO_API_KEY_SECRET",
        "TWILIO_CHAT_SERVICE_SID",
        "TWILIO_CONVERSATIONS_SERVICE_SID",
        "TWILIO_LOG_LEVEL",
        "TWILIO_MESSAGING_SERVICE_SID",
        "TWILIO_OUTPUT_FORMAT",
        "TWILIO_PHONE_NUMBER",
        "TWILIO_PROFILE",
        "TWILIO_SUBACCOUNT_SID",
        "TWILIO_SYNC_SERVICE_SID",
        "TWILIO_TEST_ACCOUNT_SID",
        "TWILIO_TEST_AUTH_TOKEN",
        "TWILIO_TWIML_APP_SID",
        "TWILIO_VERIFY_SERVICE_SID",
        "ULTRAVOX_AGENT_ID",
        "ULTRAVOX_API_URL",
        "ENDPIONT",
    ],
)
def test_known_names_and_those_of_others_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    config = dict(ACCOUNT)
    if ":" in name:
        config[name] = "value"
    else:
        monkeypatch.setenv(name, "value")

    assert Cloud().run(resource, config).of(PROVIDER)
    assert warnings(caplog) == []


def test_the_namespace_of_the_users_own_project_is_left_alone() -> None:
    cloud = Cloud().run(resource, {**ACCOUNT, "switchboard:endpiont": VALUE}, project="switchboard")

    assert set(own(cloud)) == {"switchboard", "support"}


def test_a_key_that_the_environment_of_the_program_holds_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULUMI_CONFIG", '{"switchboard:endpiont": "canary"}')

    assert "did you mean switchboard:endpoint?" in ended({})


def test_a_program_with_providers_of_its_own_only_is_checked_too() -> None:
    def program() -> None:
        acme = Provider("acme", twilio_account_sid="AC2", twilio_auth_token="token")
        resource(opts=pulumi.ResourceOptions(provider=acme))

    cloud = Cloud()
    with pytest.raises(pulumi.RunError, match="did you mean switchboard:endpoint"):
        cloud.run(program, {"switchboard:endpiont": VALUE})
    assert "support" not in own(cloud)


def test_all_misspelled_names_are_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCHBOARD_ENDPIONT", VALUE)

    said = ended({"switchboard:endpont": VALUE, "switchboard:alowHttp": VALUE})

    assert re.findall(r"does not read (\S+) ", said) == [
        "switchboard:alowHttp",
        "switchboard:endpont",
        "SWITCHBOARD_ENDPIONT",
    ]
    assert said.count("What to do:") == 1


def test_a_program_that_ignores_the_error_does_not_get_any_further() -> None:
    def program() -> None:
        for name in ("a", "b"):
            with pytest.raises(pulumi.RunError):
                resource(name)

    assert own(Cloud().run(program, {**ACCOUNT, "switchboard:endpiont": VALUE})) == []


def test_nothing_in_a_name_reaches_the_terminal_as_a_command() -> None:
    assert "does not read switchboard:end?point????? in" in ended({"switchboard:end\x1bpoint<{%%}": VALUE})


def test_each_variable_that_the_package_reads_is_known() -> None:
    folder = Path(pulumi_switchboard.__file__).parent
    texts = [path.read_text() for path in folder.rglob("*.py")]
    read = {name for text in texts for name in re.findall(r"\bSWITCHBOARD_[A-Z_]+\b", text)}

    assert "SWITCHBOARD_ENDPOINT" in read
    assert read <= set(settings.VARIABLES)
