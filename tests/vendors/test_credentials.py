"""Where credentials and the endpoint come from, and what an error says if they cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import pytest
from pulumi_switchboard.errors import CredentialsError, SettingsError
from pulumi_switchboard.settings import (
    ENDPOINT,
    TWILIO_ACCOUNT_SID,
    TWILIO_API_KEY,
    TWILIO_API_SECRET,
    TWILIO_AUTH_TOKEN,
    TWILIO_CREDENTIALS,
    TWILIO_EDGE,
    TWILIO_REGION,
    ULTRAVOX_API_KEY,
    Setting,
)
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.account import Account
from pulumi_switchboard.vendors.ultravox.client import Ultravox
from pulumi_switchboard.vendors.vendor import Origin

from tests.promises import proves
from tests.transport.fakes import scripted

SID = "AC" + "1" * 32
VALUES = {
    TWILIO_ACCOUNT_SID: SID,
    TWILIO_AUTH_TOKEN: "canary-token",
    TWILIO_API_KEY: "canary-key",
    TWILIO_API_SECRET: "canary-secret",
}
TOKEN = {TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN}
KEY = {TWILIO_ACCOUNT_SID, TWILIO_API_KEY, TWILIO_API_SECRET}
WHOLE = [TOKEN, KEY, TOKEN | KEY]
PARTIAL = [
    set(some)
    for size in range(1, 5)
    for some in combinations(TWILIO_CREDENTIALS, size)
    if set(some) not in WHOLE
]
NOT_SIDS = ("SK" + "1" * 32, SID[:-1], f"{SID}1", "AC" + "g" * 32, f"{SID}\n", f" {SID}", "canary")
NOT_PART_OF_A_HOST = (".", "..", "a..b", "evil.example/", "a@b", "a b", "IE1", "-a", "a-", "é", "ie1\n")
NOT_KEYS = (
    *("canary\n", " canary", "canary b", "can\tary"),
    *("can\r\nX-Evil: ary", "can\0ary", "canary\x7f", "canäry"),
)
ENDPOINTS = """https://proxy.example https://proxy.example:8443/base/ http://127.0.0.1:8080 http://127.9.9.9
    http://localhost:8080/base http://LOCALHOST http://localhost.:8080 http://127.1:8080 http://[::1]:8080
    http://[::ffff:127.0.0.1]:8080 http://127.255.0.3 http://127.0.0.1. http://0x7f.1 http://2130706433
    http://[0:0:0:0:0:0:0:1] http://[::FFFF:7F00:1]"""
NOT_ENDPOINTS = """http://proxy.example http://127.evil.example http://127.0.0.1.evil.example
    http://localhost.evil.example http://0.0.0.0:8080 http://[::ffff:1.2.3.4] http://169.254.169.254
    ftp://127.0.0.1 127.0.0.1:8080 //127.0.0.1:8080 https:// https:///path canary
    https://user:canary@proxy.example https://canary@proxy.example https://proxy.example/?token=canary
    https://proxy.example/#canary https://proxy.example/base? https://proxy.example/base# https://[canary
    http://127.0.0.1:canary http://127.0.0.1:99999 http://. http://128.0.0.1 http://126.1 http://[::]
    http://[::2] http://[::ffff:10.0.0.1] http://localhost.. http://127.0.0.256 http://face.fade http://x
    http://dead"""


def config(settings: Iterable[Setting], **others: str) -> dict[str, str]:
    return {**{setting.config: VALUES[setting] for setting in settings}, **others}


def environment(settings: Iterable[Setting]) -> dict[str, str]:
    return {setting.variable: VALUES[setting] for setting in settings}


def places(setting: Setting, value: str) -> Iterator[tuple[str, Sources]]:
    yield "the configuration", Sources({setting.config: value}, {})
    yield "the environment", Sources({}, {setting.variable: value})


@proves("credentials.one-source")
def test_a_whole_set_from_one_place_is_used_and_an_api_key_before_the_token() -> None:
    for given in WHOLE:
        for sources in (Sources(config(given), {}), Sources({}, environment(given))):
            account = Account.from_settings(sources)

            token = (SID, "canary-token")
            assert account.auth == (("canary-key", "canary-secret") if TWILIO_API_KEY in given else token)
            assert (account.sid, "canary" in repr(account)) == (SID, False)


@proves("credentials.one-source")
def test_the_configuration_comes_before_the_environment() -> None:
    other = {"TWILIO_ACCOUNT_SID": "AC" + "2" * 32, "TWILIO_AUTH_TOKEN": "o", "ULTRAVOX_API_KEY": "other-key"}
    assert Account.from_settings(Sources(config(TOKEN), other)).auth == (SID, "canary-token")
    assert ultravox(Sources({"ultravox:apiKey": "configured"}, other)).key == "configured"
    assert ultravox(Sources({}, other)).key == "other-key"


@proves("credentials.missing")
def test_a_part_of_a_set_is_an_error_that_names_what_is_missing_and_no_value() -> None:
    for given in PARTIAL:
        missing = (KEY if given & {TWILIO_API_KEY, TWILIO_API_SECRET} else TOKEN) - given
        everything = environment(VALUES)
        in_configuration = ("the configuration", Sources(config(given), everything))
        for place, sources in (in_configuration, ("the environment", Sources({}, environment(given)))):
            with pytest.raises(CredentialsError) as caught:
                Account.from_settings(sources)

            text = str(caught.value)
            assert text.startswith(f"{place} has a part of the Twilio credentials")
            named = {s for s in TWILIO_CREDENTIALS if f"not {s.config} ({s.variable})" in text}
            assert named
            assert named <= missing
            assert "settings from different places are never mixed" in text
            assert "canary" not in text


@proves("credentials.missing")
def test_no_credentials_at_all_is_an_error_that_says_where_to_set_them() -> None:
    with pytest.raises(CredentialsError) as caught:
        Account.from_settings(Sources({}, {"TWILIO_ACCOUNT_SID": "", "TWILIO_REGION": "ie1"}))
    for name in ("twilio:accountSid", "twilio:authToken", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        assert name in str(caught.value)

    with pytest.raises(CredentialsError) as caught:
        ultravox(Sources(config(TOKEN), {"ULTRAVOX_API_KEY": ""}))
    assert str(caught.value) == (
        "there is no Ultravox API key\n"
        "  What to do: set ultravox:apiKey (as a secret) in the stack's configuration, or ULTRAVOX_API_KEY "
        "in the environment"
    )


@proves("error.no-traceback")
def test_a_malformed_credential_is_an_error_that_does_not_repeat_it() -> None:
    for sid in NOT_SIDS:
        with pytest.raises(CredentialsError, match="TWILIO_ACCOUNT_SID") as caught:
            Account.from_settings(Sources({}, {"TWILIO_ACCOUNT_SID": sid, "TWILIO_AUTH_TOKEN": "canary"}))
        assert sid not in str(caught.value)

    for key in NOT_KEYS:
        for place, sources in places(ULTRAVOX_API_KEY, key):
            with pytest.raises(CredentialsError) as caught:
                ultravox(sources)
            said = str(caught.value)
            assert f"ultravox:apiKey (ULTRAVOX_API_KEY) in {place} is not an API key" in said
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
        account = Account.from_settings(Sources(config(TOKEN, **given), {}))

        assert account.url("voice", "/v2/x?a=1") == f"https://{host}/v2/x?a=1"
        assert account.origin == Origin(SID, endpoint)

    mixed = Sources(config(TOKEN, **{"twilio:edge": "ashburn"}), {"TWILIO_REGION": "ie1"})
    assert Account.from_settings(mixed).url("voice", "/") == "https://voice.ashburn.us1.twilio.com/"


@proves("credentials.region-and-edge")
def test_a_region_or_edge_that_would_lead_credentials_elsewhere_is_an_error() -> None:
    for setting in (TWILIO_REGION, TWILIO_EDGE):
        for name in NOT_PART_OF_A_HOST:
            with pytest.raises(SettingsError) as caught:
                Account.from_settings(Sources(config(TOKEN), {setting.variable: name}))
            assert f"{setting.config} ({setting.variable}) in the environment" in caught.value.summary
            assert "like ie1 for a region" in caught.value.remedy


@proves("endpoint.one-base-url")
def test_an_endpoint_takes_the_place_of_every_host() -> None:
    for endpoint in ENDPOINTS.split():
        settings = {"switchboard:endpoint": endpoint, "twilio:region": "ie1"}
        account = Account.from_settings(Sources(config(TOKEN, **settings), {}))

        assert account.url("voice", "/v2/x") == f"{endpoint.rstrip('/')}/voice.ie1.twilio.com/v2/x"
        assert account.origin == Origin(SID, endpoint.rstrip("/"))


@proves("endpoint.encrypted")
def test_an_endpoint_that_would_lead_credentials_astray_is_an_error_that_does_not_repeat_it() -> None:
    for endpoint in (*NOT_ENDPOINTS.split(), "https://proxy.example/a b"):
        for place, sources in places(ENDPOINT, endpoint):
            with pytest.raises(CredentialsError, match=place) as caught:
                sources.endpoint()
            assert endpoint not in str(caught.value)
            assert "canary" not in str(caught.value)


def ultravox(sources: Sources) -> Ultravox:
    client = Ultravox.sign_in(sources, lambda _: scripted().http())
    assert client.key not in repr(client)
    return client
