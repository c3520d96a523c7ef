"""Misspelled settings, an error if they can only be ours, else a warning; and secrets in plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pulumi
import pulumi_switchboard
import pytest
from pulumi_switchboard import Provider, settings, twilio

from tests.environment import forget_settings
from tests.program.cloud import Cloud
from tests.promises import proves

VALUE = "canary"
ACCOUNT = {"twilio:accountSid": "AC1"}
SECRETS = ("twilio:authToken", "twilio:apiSecret", "ultravox:apiKey")
ERRORS = {
    "switchboard:endpoint": "endpiont endpont endpoints endpointUrl EndPoint end_point",
    "switchboard:allowHttp": "allowHttps allow_http allowhttp",
    "SWITCHBOARD_ENDPOINT": "ENDPIONT END_POINT Endpoint",
    "SWITCHBOARD_ON_DESTROY": "ON_DESTORY",
    "SWITCHBOARD_PLAIN_HOST": "PLAINHOST",
    "SWITCHBOARD_ALLOW_HTTP": "ALLOW_HTTPS ALLOWHTTP",
}
"""What is meant, and misspellings of the part after the namespace."""
WARNINGS = {
    "twilio:accountSid": "twilio:AccountSid twilio:account_sid twilio:acountSid twilio:accountId",
    "twilio:authToken": "twilio:authTokn twilio:authtoken twilio:auth_token twillio:authToken",
    "twilio:apiKey": "twilio:apikey",
    "twilio:apiSecret": "twilio:apiSecrte",
    "twilio:region": "twilio:regoin",
    "twilio:edge": "twilio:edges",
    "ultravox:apiKey": "ultravox:api_key ultravox:apiKye",
    "switchboard:endpoint": "switchbaord:endpoint Switchboard:endpoint",
    "TWILIO_ACCOUNT_SID": "TWILIO_ACOUNT_SID TWILIO_ACCOUNTSID",
    "TWILIO_AUTH_TOKEN": "TWILIO_AUTH_TOKE TWILIO_AUTHTOKEN",
    "TWILIO_REGION": "TWILIO_REGOIN",
    "ULTRAVOX_API_KEY": "ULTRAVOX_APIKEY ULTRAVOX_API_KEYS",
    "SWITCHBOARD_ENDPOINT": "SWITCHBORD_ENDPOINT switchboard_endpoint",
}
OF_OTHERS = """switchboard:webhookUrl switchboard:url twilio:subaccountSid twilio:phoneNumber
    twilio:apiVersion twilio:messagingServiceSid ultravox:agentId proof:endpiont other:endpiont aws:region
    SWITCHBOARD_DATABASE_URL SWITCHBOARD_LOG_LEVEL SWITCHBOARDENDPOINT TWILIO_API_KEY_SID
    TWILIO_API_KEY_SECRET TWILIO_CHAT_SERVICE_SID TWILIO_CONVERSATIONS_SERVICE_SID TWILIO_LOG_LEVEL
    TWILIO_MESSAGING_SERVICE_SID TWILIO_OUTPUT_FORMAT TWILIO_PHONE_NUMBER TWILIO_PROFILE
    TWILIO_SUBACCOUNT_SID TWILIO_SYNC_SERVICE_SID TWILIO_TEST_ACCOUNT_SID TWILIO_TEST_AUTH_TOKEN
    TWILIO_TWIML_APP_SID TWILIO_VERIFY_SERVICE_SID ULTRAVOX_AGENT_ID ULTRAVOX_API_URL ENDPIONT
    switch:endpoint SWITCH_ENDPOINT trello:apiKey TRELLO_API_KEY"""


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tester's own settings play no part."""
    forget_settings(monkeypatch)


def resource(name: str = "support", opts: pulumi.ResourceOptions | None = None) -> pulumi.Resource:
    return twilio.voice.ClientConfiguration(name, opts, call_notification={"url": "https://a.example.com"})


def ended(config: Mapping[str, str], *, preview: bool = False) -> str:
    """The message that a program ends with, before it has registered anything."""
    cloud = Cloud()
    with pytest.raises(pulumi.RunError) as error:
        cloud.run(resource, {**ACCOUNT, **config}, preview=preview)
    assert cloud.names() == set()
    assert VALUE not in str(error.value)
    return str(error.value)


@proves("credentials.misspelled")
def test_a_misspelled_name_of_ours_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for meant, rests in ERRORS.items():
        for rest in rests.split():
            name = f"{meant[:12]}{rest}"
            with monkeypatch.context() as patch:
                is_key = ":" in name
                if not is_key:
                    patch.setenv(name, VALUE)
                said = ended({name: VALUE} if is_key else {}, preview=rest.islower())

            place = "the stack's configuration" if is_key else "the environment"
            assert f"does not read {name} in {place}; did you mean {meant}?" in said


@proves("credentials.misspelled")
def test_a_misspelled_name_that_others_may_use_is_warned_of_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for meant, name in ((meant, name) for meant, names in WARNINGS.items() for name in names.split()):
        caplog.clear()
        with monkeypatch.context() as patch:
            if ":" not in name:
                patch.setenv(name, VALUE)
            config = {**ACCOUNT, name: VALUE} if ":" in name else ACCOUNT
            cloud = Cloud().run(lambda: [resource("a"), resource("b")], config)

        (said,) = warnings(caplog)
        assert f"does not read {name} " in said
        assert f"did you mean {meant}?" in said
        assert VALUE not in said
        assert cloud.names() == {"switchboard", "a", "b"}


def test_known_names_and_those_of_others_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    names = [*settings.KEYS, *settings.VARIABLES, *OF_OTHERS.split()]
    for name in names:
        if ":" not in name:
            monkeypatch.setenv(name, "value")
    config = {name: "value" for name in names if ":" in name}

    cloud = Cloud().run(resource, {**config, **ACCOUNT}, secret=SECRETS)
    assert cloud.names() == {"switchboard", "support"}
    assert Cloud().run(resource, {"switchboard:endpiont": VALUE}, project="switchboard").names()
    assert warnings(caplog) == []


@proves("credentials.misspelled")
def test_every_way_to_set_a_key_and_every_program_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_a_provider_of_its_own() -> None:
        acme = Provider("acme", twilio_account_sid="AC2", twilio_auth_token="token")
        resource(opts=pulumi.ResourceOptions(provider=acme))

    cloud = Cloud()
    with pytest.raises(pulumi.RunError, match="did you mean switchboard:endpoint"):
        cloud.run(with_a_provider_of_its_own, {"switchboard:endpiont": VALUE})
    assert "support" not in cloud.names()

    def goes_on() -> None:
        for name in ("a", "b"):
            with pytest.raises(pulumi.RunError):
                resource(name)

    assert Cloud().run(goes_on, {**ACCOUNT, "switchboard:endpiont": VALUE}).names() == set()

    monkeypatch.setenv("PULUMI_CONFIG", '{"switchboard:endpiont": "canary"}')
    assert "did you mean switchboard:endpoint?" in ended({})


@proves("credentials.in-plain-text")
def test_each_secret_in_plain_text_is_warned_of_once_with_the_command_that_makes_it_a_secret(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {**dict.fromkeys((*SECRETS, "twilio:apiKey", "twilio:region"), VALUE), **ACCOUNT}
    for secret in ((), SECRETS[:1], SECRETS):
        caplog.clear()
        Cloud().run(lambda: [resource("a"), resource("b")], config, secret=secret)

        plain = [key for key in SECRETS if key not in secret]
        assert warnings(caplog) == [
            f"{key} is in plain text in the stack's configuration: run `pulumi config set --secret {key}` to "
            "encrypt it; if others can read the file, also replace the credential at the vendor"
            for key in plain
        ]

    for name in ("TWILIO_AUTH_TOKEN", "PULUMI_CONFIG_TWILIO_AUTHTOKEN"):
        monkeypatch.setenv(name, VALUE)
    Cloud().run(resource, {**ACCOUNT, "ultravox:apiKey": ""})
    assert warnings(caplog) == [], "the environment is no file, and an empty value no secret"


def test_all_misspelled_names_are_in_one_message_that_a_terminal_can_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SWITCHBOARD_ENDPIONT", VALUE)

    names = ["switchboard:endpont", "switchboard:alowHttp", "switchboard:end\x1bpoint<{%%}"]
    said = ended(dict.fromkeys(names, VALUE))

    assert re.findall(r"does not read (\S+) ", said) == [
        "switchboard:alowHttp",
        "switchboard:end?point??%%?",
        "switchboard:endpont",
        "SWITCHBOARD_ENDPIONT",
    ]
    assert said.count("What to do:") == 1


def test_each_variable_that_the_package_reads_is_known() -> None:
    folder = Path(pulumi_switchboard.__file__).parent
    texts = [path.read_text() for path in folder.rglob("*.py")]
    read = {name for text in texts for name in re.findall(r"\bSWITCHBOARD_[A-Z_]+\b", text)}

    assert "SWITCHBOARD_ENDPOINT" in read
    assert read <= set(settings.VARIABLES)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelname == "WARNING"]
