"""Where credentials come from, and what an error says if they cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from pulumi_switchboard.errors import CredentialsError, SettingsError
from pulumi_switchboard.settings import (
    GROUPS,
    TWILIO_ACCOUNT_SID,
    TWILIO_API_KEY,
    TWILIO_API_SECRET,
    TWILIO_AUTH_TOKEN,
    TWILIO_EDGE,
    TWILIO_REGION,
    TWILIO_SECRETS,
    Setting,
)
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.account import Account
from pulumi_switchboard.vendors.ultravox.client import Ultravox
from pulumi_switchboard.vendors.vendor import Origin

from tests.promises import proves
from tests.transport.fakes import scripted
from tests.vendors.clients import SID

VALUES = {
    TWILIO_ACCOUNT_SID: SID,
    TWILIO_AUTH_TOKEN: "canary-token",
    TWILIO_API_KEY: "canary-key",
    TWILIO_API_SECRET: "canary-secret",
}
TOKEN = {TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN}
KEY = {TWILIO_ACCOUNT_SID, TWILIO_API_KEY, TWILIO_API_SECRET}
SECRET_PARTS = [TOKEN - {TWILIO_ACCOUNT_SID}, KEY - {TWILIO_ACCOUNT_SID}, {*TWILIO_SECRETS}]
HALF_KEYS = [
    {half, *others} for half in (TWILIO_API_KEY, TWILIO_API_SECRET) for others in ((), (TWILIO_AUTH_TOKEN,))
]
KEY_SID = "SK" + "1" * 32
NEAR_MISSES = (
    (
        {TWILIO_ACCOUNT_SID: KEY_SID},
        "accountSid in the configuration is the SID of an API key, and not the SID",
    ),
    (
        {TWILIO_AUTH_TOKEN: KEY_SID},
        "authToken in the configuration is the SID of an API key, and not an auth",
    ),
    (
        {TWILIO_AUTH_TOKEN: SID},
        "authToken in the configuration is the SID of an account, and not an auth token",
    ),
    (
        {TWILIO_API_KEY: SID},
        "apiKey in the configuration is the SID of an account, and not the SID of an API",
    ),
    ({TWILIO_API_SECRET: SID}, "apiSecret in the configuration is the SID of an account, and not the secret"),
    (
        {TWILIO_ACCOUNT_SID: "canary", TWILIO_AUTH_TOKEN: SID},
        "accountSid in the configuration and twilio:authToken in the configuration are swapped: the second",
    ),
    (
        {TWILIO_API_KEY: "canary", TWILIO_API_SECRET: KEY_SID},
        "apiKey in the configuration and twilio:apiSecret in the configuration are swapped: the second one",
    ),
    (
        {TWILIO_ACCOUNT_SID: "ab" * 16},
        "accountSid in the configuration is not the SID of an account, but looks",
    ),
)
"""Settings, and what the error says of them."""
NOT_SIDS = (SID[:-1], f"{SID}1", "AC" + "g" * 32, SID.lower(), "canary")
NOT_PART_OF_A_HOST = (".", "..", "a..b", "evil.example/", "a@b", "a b", "IE1", "-a", "a-", "é")
NOT_KEYS = ("canary b", "can\tary", "can\r\nX-Evil: ary", "can\0ary", "canary\x7f", "canäry")


def config(settings: Iterable[Setting], **others: str) -> dict[str, str]:
    return {**{setting.config: VALUES[setting] for setting in settings}, **others}


def environment(settings: Iterable[Setting]) -> dict[str, str]:
    return {setting.variable: VALUES[setting] for setting in settings}


def account(config: Mapping[str, str], environment: Mapping[str, str] | None = None) -> Account:
    return Account.from_settings(Sources(config, environment or {}))


@proves("credentials.one-source")
def test_the_secret_part_comes_whole_from_one_source_and_the_sid_from_any() -> None:
    for secrets in SECRET_PARTS:
        for given in (
            (config({TWILIO_ACCOUNT_SID} | secrets), {}),
            ({}, environment({TWILIO_ACCOUNT_SID} | secrets)),
            (config({TWILIO_ACCOUNT_SID}), environment(secrets)),
            (config(secrets), environment({TWILIO_ACCOUNT_SID})),
        ):
            found = account(*given)
            token = (SID, "canary-token")
            assert found.auth == (("canary-key", "canary-secret") if TWILIO_API_KEY in secrets else token)
            assert (found.sid, "canary" in repr(found)) == (SID, False)


@proves("credentials.one-source")
def test_the_configuration_comes_before_the_environment() -> None:
    other = {
        "TWILIO_ACCOUNT_SID": "AC" + "2" * 32,
        "TWILIO_API_KEY": KEY_SID,
        "TWILIO_API_SECRET": "other",
        "ULTRAVOX_API_KEY": "other-key",
    }
    assert account(config(TOKEN), other).auth == (SID, "canary-token")
    assert account(config({TWILIO_ACCOUNT_SID}), other).auth == (KEY_SID, "other")
    assert ultravox(Sources({"ultravox:apiKey": "configured"}, other)).key == "configured"
    assert ultravox(Sources({}, other)).key == "other-key"


@proves("credentials.missing")
def test_an_error_says_what_is_set_what_is_missing_and_where_to_set_it() -> None:
    with pytest.raises(CredentialsError) as caught:
        account(config({TWILIO_ACCOUNT_SID}))
    assert str(caught.value) == (
        "the Twilio credentials are incomplete, because twilio:authToken (TWILIO_AUTH_TOKEN) is not set\n"
        "  Already set: twilio:accountSid in the configuration\n"
        "  What to do: run `pulumi config set --secret twilio:authToken`, or set TWILIO_AUTH_TOKEN in the "
        "environment, or give a `Provider` twilio_auth_token. After a change of the configuration, `pulumi "
        "refresh` and `pulumi destroy` need --run-program; an API key with its secret will do instead of the "
        "auth token"
    )

    for secrets in SECRET_PARTS:
        with pytest.raises(
            CredentialsError, match=r"twilio:accountSid \(TWILIO_ACCOUNT_SID\) is not set"
        ) as caught:
            account({}, environment(secrets))
        assert all(f"{one.variable} in the environment" in caught.value.facts[0] for one in secrets)
        assert "it identifies the account" in caught.value.facts[1]
        assert "`pulumi config set twilio:accountSid`, or set TWILIO_ACCOUNT_SID" in caught.value.remedy
        assert "canary" not in str(caught.value)


@proves("credentials.missing", "credentials.one-source")
def test_half_an_api_key_is_an_error_even_if_another_source_has_the_rest() -> None:
    for half in HALF_KEYS:
        (missing,) = {TWILIO_API_KEY, TWILIO_API_SECRET} - half
        for others in ({}, environment(VALUES)):
            with pytest.raises(CredentialsError) as caught:
                account(config({TWILIO_ACCOUNT_SID, *half}), others)

            text = str(caught.value)
            assert f"because {missing.config} ({missing.variable}) is not set" in caught.value.summary
            assert "have to come from the same source" in text
            assert f"run `pulumi config set {'--secret ' * missing.secret}{missing.config}`, or if" in text
            assert f"a `Provider`, give it {missing.argument}. After" in text
            assert ("to use the auth token" in text) is (TWILIO_AUTH_TOKEN in half)
            assert "canary" not in text

        with pytest.raises(CredentialsError) as caught:
            account(config({TWILIO_ACCOUNT_SID}), environment(half))
        (other,) = {TWILIO_API_KEY, TWILIO_API_SECRET} & half
        remedy = caught.value.remedy.partition(";")[0]
        assert remedy == f"set {missing.variable} in the environment, as {other.variable} is"


@proves("credentials.missing")
def test_no_credentials_at_all_is_an_error_that_says_where_to_set_them() -> None:
    with pytest.raises(CredentialsError) as caught:
        account({}, {"TWILIO_ACCOUNT_SID": "", "TWILIO_REGION": "ie1"})
    assert caught.value.summary == "there are no Twilio credentials"
    assert caught.value.facts == ("TWILIO_ACCOUNT_SID in the environment is empty",)
    for name in ("twilio:accountSid", "twilio:authToken", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        assert name in caught.value.remedy

    with pytest.raises(CredentialsError) as caught:
        ultravox(Sources(config(TOKEN), {"ULTRAVOX_API_KEY": ""}))
    assert str(caught.value) == (
        "there is no Ultravox API key\n"
        "  ULTRAVOX_API_KEY in the environment is empty\n"
        "  What to do: run `pulumi config set --secret ultravox:apiKey`, or set ULTRAVOX_API_KEY in the "
        "environment, or give a `Provider` ultravox_api_key. After a change of the configuration, `pulumi "
        "refresh` and `pulumi destroy` need --run-program"
    )


@proves("credentials.missing", "credentials.misspelled")
def test_a_misspelled_variable_is_named_if_it_may_be_what_is_missing() -> None:
    variables = {"TWILIO_AUTHTOKEN": "canary", "ULTRAVOX_APIKEY": "canary", "TWILIO_PHONE_NUMBER": "canary"}
    with pytest.raises(CredentialsError) as caught:
        account(config({TWILIO_ACCOUNT_SID}), variables)
    assert caught.value.facts[1:] == (
        "TWILIO_AUTHTOKEN in the environment is not read; did you mean TWILIO_AUTH_TOKEN?",
    )
    with pytest.raises(CredentialsError) as caught:
        ultravox(Sources({}, variables))
    assert caught.value.facts == (
        "ULTRAVOX_APIKEY in the environment is not read; did you mean ULTRAVOX_API_KEY?",
    )


@proves("credentials.near-misses")
def test_a_credential_in_the_place_of_another_one_is_named() -> None:
    for settings, said in NEAR_MISSES:
        complete = TOKEN if {*settings} <= TOKEN else KEY
        given = {**config(complete), **{setting.config: value for setting, value in settings.items()}}
        with pytest.raises(CredentialsError) as caught:
            account(given)
        assert caught.value.summary.startswith(f"twilio:{said}")
        assert caught.value.remedy
        assert not any(value in str(caught.value) for value in given.values())

    for sid in (SID, KEY_SID, "AC" + "1A" * 16):
        with pytest.raises(CredentialsError, match="ultravox:apiKey in the configuration is a SID of Twilio"):
            ultravox(Sources({"ultravox:apiKey": sid}, {}))


@proves("credentials.near-misses")
def test_white_space_around_a_setting_is_named() -> None:
    for setting in (one for group in GROUPS for one in group):
        for value in (" canary", "canary ", "canary\n", "\tcanary", " "):
            for sources, place in (
                (Sources({setting.config: value}, {}), f"{setting.config} in the configuration"),
                (Sources({}, {setting.variable: value}), f"{setting.variable} in the environment"),
            ):
                with pytest.raises(SettingsError) as caught:
                    sources.group((setting,))
                assert caught.value.summary.startswith(f"{place} has a blank or a line break at its ")
                assert "canary" not in str(caught.value)


@proves("credentials.near-misses")
def test_an_empty_value_is_an_error_in_the_configuration_and_not_set_in_the_environment() -> None:
    for setting in (one for group in GROUPS for one in group):
        with pytest.raises(SettingsError) as caught:
            Sources({setting.config: ""}, {setting.variable: "canary"}).group((setting,))
        assert caught.value.summary == f"{setting.config} in the configuration is empty"
        assert f"`pulumi config rm {setting.config}`" in caught.value.remedy
        assert f"leave out {setting.argument}" in caught.value.remedy
        assert Sources({}, {setting.variable: ""}).group((setting,)) == {}


@proves("error.no-traceback")
def test_bytes_in_the_environment_that_are_no_text_are_an_error_and_a_secret() -> None:
    sources = Sources({}, {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": "canary\udcff"})
    with pytest.raises(SettingsError, match="TWILIO_AUTH_TOKEN in the environment is not text in UTF-8"):
        sources.group((TWILIO_AUTH_TOKEN,))
    assert "canary\udcff" in sources.secrets


@proves("error.no-traceback")
def test_a_malformed_credential_is_an_error_that_does_not_repeat_it() -> None:
    for sid in NOT_SIDS:
        with pytest.raises(CredentialsError, match="TWILIO_ACCOUNT_SID in the environment is not") as caught:
            account({}, {"TWILIO_ACCOUNT_SID": sid, "TWILIO_AUTH_TOKEN": "canary"})
        assert sid not in str(caught.value)

    for key in NOT_KEYS:
        for sources, place in (
            (Sources({"ultravox:apiKey": key}, {}), "ultravox:apiKey in the configuration"),
            (Sources({}, {"ULTRAVOX_API_KEY": key}), "ULTRAVOX_API_KEY in the environment"),
        ):
            with pytest.raises(CredentialsError) as caught:
                ultravox(sources)
            said = str(caught.value)
            assert f"{place} is not an API key" in said
            assert not any(part in said for part in ("canary", "ary", "X-Evil", key))


@proves("credentials.region-and-edge")
def test_region_and_edge_are_part_of_the_host_and_the_region_of_the_identity() -> None:
    for region, edge, host, endpoint in (
        ("", "", "voice.twilio.com", "https://twilio.com"),
        ("us1", "", "voice.us1.twilio.com", "https://twilio.com"),
        ("ie1", "", "voice.ie1.twilio.com", "https://ie1.twilio.com"),
        ("", "dublin", "voice.dublin.us1.twilio.com", "https://twilio.com"),
        ("ie1", "dublin", "voice.dublin.ie1.twilio.com", "https://ie1.twilio.com"),
    ):
        settings = {"twilio:region": region, "twilio:edge": edge}
        given = {name: value for name, value in settings.items() if value}
        found = account(config(TOKEN, **given))

        assert found.url("voice", "/v2/x?a=1") == f"https://{host}/v2/x?a=1"
        assert found.origin == Origin(SID, endpoint)

    mixed = account(config(TOKEN, **{"twilio:edge": "ashburn"}), {"TWILIO_REGION": "ie1"})
    assert mixed.url("voice", "/") == "https://voice.ashburn.us1.twilio.com/"


@proves("credentials.region-and-edge")
def test_a_region_or_edge_that_would_lead_credentials_elsewhere_is_an_error() -> None:
    for setting in (TWILIO_REGION, TWILIO_EDGE):
        for name in NOT_PART_OF_A_HOST:
            with pytest.raises(SettingsError) as caught:
                account(config(TOKEN), {setting.variable: name})
            assert f"{setting.variable} in the environment cannot be part" in caught.value.summary
            assert "like ie1 for a region" in caught.value.remedy


def ultravox(sources: Sources) -> Ultravox:
    client = Ultravox.sign_in(sources, lambda _: scripted().http())
    assert client.key not in repr(client)
    return client
