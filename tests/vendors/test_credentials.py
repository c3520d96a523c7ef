"""Where credentials come from, and what is said where they are not whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, combinations

import pytest
from pulumi_switchboard.core.contract import Origin
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

from tests.http.fakes import Wire

SID = "AC" + "1" * 32
VALUES = {
    TWILIO_ACCOUNT_SID: SID,
    TWILIO_AUTH_TOKEN: "canary-token",
    TWILIO_API_KEY: "canary-key",
    TWILIO_API_SECRET: "canary-secret",
}
WHOLE = [
    {TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN},
    {TWILIO_ACCOUNT_SID, TWILIO_API_KEY, TWILIO_API_SECRET},
    {TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET},
]
SETS = [
    set(some) for some in chain.from_iterable(combinations(TWILIO_CREDENTIALS, size) for size in range(1, 5))
]
PARTIAL = [some for some in SETS if some not in WHOLE]


def spelled(settings: Iterable[Setting]) -> str:
    """How a parameter shows in the name of a test."""
    return "+".join(
        setting.argument.removeprefix("twilio_") for setting in TWILIO_CREDENTIALS if setting in settings
    )


def config(settings: Iterable[Setting], **others: str) -> Sources:
    """These settings in the configuration."""
    return Sources({**{s.config: VALUES[s] for s in settings}, **others}, {})


def environment(settings: Iterable[Setting]) -> Sources:
    """These settings in the environment."""
    return Sources({}, {s.variable: VALUES[s] for s in settings})


def missing_of(given: set[Setting]) -> set[Setting]:
    """What may be named as missing: what the nearest whole set has and this one has not."""
    key = {TWILIO_API_KEY, TWILIO_API_SECRET}
    return (WHOLE[1] if given & key else WHOLE[0]) - given


@pytest.mark.parametrize("given", WHOLE, ids=spelled)
@pytest.mark.parametrize("place", [config, environment])
def test_a_whole_set_signs_in_and_an_api_key_goes_before_the_token(
    given: set[Setting], place: Callable[[set[Setting]], Sources]
) -> None:
    account = Account.from_settings(place(given))

    by_key = ("canary-key", "canary-secret")
    assert account.sid == SID
    assert account.auth == (by_key if TWILIO_API_KEY in given else (SID, "canary-token"))


@pytest.mark.parametrize("given", PARTIAL, ids=spelled)
@pytest.mark.parametrize("source", ["the configuration", "the environment"])
def test_a_part_of_a_set_is_an_error_that_names_what_is_missing_and_no_value(
    given: set[Setting], source: str
) -> None:
    with pytest.raises(CredentialsError) as caught:
        Account.from_settings(config(given) if source == "the configuration" else environment(given))

    text = str(caught.value)
    assert text.startswith(f"{source} has a part of the Twilio credentials")
    named = {s for s in TWILIO_CREDENTIALS if f"not {s.config} ({s.variable})" in text}
    assert named
    assert named <= missing_of(given)
    assert "canary" not in text


@pytest.mark.parametrize("given", PARTIAL, ids=spelled)
def test_a_part_in_the_configuration_is_not_completed_from_the_environment(given: set[Setting]) -> None:
    with pytest.raises(CredentialsError) as caught:
        Account.from_settings(Sources(config(given).config, environment(VALUES).environment))

    assert "settings from different places are never mixed" in str(caught.value)


def test_the_configuration_goes_before_the_environment() -> None:
    other = {TWILIO_ACCOUNT_SID.variable: "AC" + "2" * 32, TWILIO_AUTH_TOKEN.variable: "other"}

    account = Account.from_settings(Sources(config(WHOLE[0]).config, other))

    assert account.auth == (SID, "canary-token")


def test_no_credentials_at_all_is_an_error_that_tells_how_to_give_them() -> None:
    with pytest.raises(CredentialsError) as caught:
        Account.from_settings(Sources({}, {"TWILIO_ACCOUNT_SID": "", "TWILIO_REGION": "ie1"}))

    for name in ("twilio:accountSid", "twilio:authToken", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        assert name in str(caught.value)


@pytest.mark.parametrize(
    "sid",
    ["SK" + "1" * 32, "AC" + "1" * 31, "AC" + "1" * 33, "AC" + "g" * 32, f"{SID}\n", f" {SID}", "canary"],
)
def test_what_is_no_account_sid_is_an_error_that_does_not_repeat_it(sid: str) -> None:
    with pytest.raises(CredentialsError) as caught:
        Account.from_settings(Sources({}, {"TWILIO_ACCOUNT_SID": sid, "TWILIO_AUTH_TOKEN": "canary-token"}))

    assert "TWILIO_ACCOUNT_SID" in str(caught.value)
    assert sid not in str(caught.value)


def test_credentials_do_not_show() -> None:
    assert "canary" not in repr(Account.from_settings(config(WHOLE[2])))


@pytest.mark.parametrize(
    ("place", "host"),
    [
        ({}, "voice.twilio.com"),
        ({TWILIO_REGION: "ie1"}, "voice.ie1.twilio.com"),
        ({TWILIO_EDGE: "dublin"}, "voice.dublin.us1.twilio.com"),
        ({TWILIO_REGION: "ie1", TWILIO_EDGE: "dublin"}, "voice.dublin.ie1.twilio.com"),
    ],
)
def test_region_and_edge_are_part_of_the_host(place: dict[Setting, str], host: str) -> None:
    account = Account.from_settings(config(WHOLE[0], **{s.config: value for s, value in place.items()}))

    assert account.url("voice", "/v2/x?a=1") == f"https://{host}/v2/x?a=1"


@pytest.mark.parametrize(
    "name", [".", "..", "a..b", "evil.example/", "a@b", "a b", "IE1", "-a", "a-", "é", "ie1\n"]
)
@pytest.mark.parametrize("setting", [TWILIO_REGION, TWILIO_EDGE], ids=["region", "edge"])
def test_credentials_go_nowhere_that_region_and_edge_might_lead_them(setting: Setting, name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Account.from_settings(Sources(config(WHOLE[0]).config, {setting.variable: name}))
    assert f"{setting.config} ({setting.variable}) in the environment" in caught.value.summary
    assert "like ie1 for a region" in caught.value.remedy


def test_region_and_edge_come_from_one_place() -> None:
    sources = Sources(
        config(WHOLE[0], **{TWILIO_EDGE.config: "ashburn"}).config, {TWILIO_REGION.variable: "ie1"}
    )

    assert Account.from_settings(sources).url("voice", "/") == "https://voice.ashburn.us1.twilio.com/"


@pytest.mark.parametrize(
    ("place", "endpoint"),
    [
        ({}, "https://twilio.com"),
        ({TWILIO_REGION: "us1"}, "https://twilio.com"),
        ({TWILIO_EDGE: "dublin"}, "https://twilio.com"),
        ({TWILIO_REGION: "ie1"}, "https://ie1.twilio.com"),
        ({TWILIO_REGION: "ie1", TWILIO_EDGE: "dublin"}, "https://ie1.twilio.com"),
        ({TWILIO_REGION: "ie1", ENDPOINT: "http://127.0.0.1:8080/"}, "http://127.0.0.1:8080"),
    ],
)
def test_an_object_lives_in_an_account_and_a_region_whatever_the_edge(
    place: dict[Setting, str], endpoint: str
) -> None:
    account = Account.from_settings(config(WHOLE[0], **{s.config: value for s, value in place.items()}))

    assert account.origin == Origin(SID, endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://proxy.example",
        "https://proxy.example:8443/base/",
        "http://127.0.0.1:8080",
        "http://127.9.9.9",
        "http://localhost:8080/base",
        "http://LOCALHOST",
        "http://localhost.:8080",
        "http://127.1:8080",
        "http://[::1]:8080",
        "http://[::ffff:127.0.0.1]:8080",
    ],
)
def test_an_endpoint_takes_the_place_of_every_host(endpoint: str) -> None:
    account = Account.from_settings(
        config(WHOLE[0], **{ENDPOINT.config: endpoint, TWILIO_REGION.config: "ie1"})
    )

    assert account.url("voice", "/v2/x") == f"{endpoint.rstrip('/')}/voice.ie1.twilio.com/v2/x"


def ultravox(sources: Sources) -> Ultravox:
    """Ultravox's client for these settings."""
    return Ultravox.sign_in(sources, lambda _: Wire(iter([])).line())


def test_the_ultravox_key_of_the_configuration_goes_before_that_of_the_environment() -> None:
    in_both = Sources({"ultravox:apiKey": "configured"}, {"ULTRAVOX_API_KEY": "environment"})

    assert ultravox(in_both).key == "configured"
    assert ultravox(Sources({}, in_both.environment)).key == "environment"


@pytest.mark.parametrize("twilio", [set(), *WHOLE], ids=lambda given: spelled(given) or "nothing")
def test_without_an_ultravox_key_is_an_error_that_tells_how_to_give_it(twilio: set[Setting]) -> None:
    with pytest.raises(CredentialsError) as caught:
        ultravox(Sources(config(twilio).config, {"ULTRAVOX_API_KEY": ""}))

    assert str(caught.value) == (
        "there is no Ultravox API key\n"
        "  What to do: set ultravox:apiKey (as a secret) in the stack's configuration, or ULTRAVOX_API_KEY "
        "in the environment"
    )


@pytest.mark.parametrize(
    "key",
    [
        "canary\n",
        " canary",
        "canary canary",
        "can\tary",
        "can\r\nX-Evil: ary",
        "can\0ary",
        "canary\x7f",
        "canäry",
    ],
)
@pytest.mark.parametrize("source", ["the configuration", "the environment"])
def test_what_is_no_ultravox_key_is_an_error_that_does_not_repeat_it(source: str, key: str) -> None:
    given = {ULTRAVOX_API_KEY.config: key}, {ULTRAVOX_API_KEY.variable: key}

    with pytest.raises(CredentialsError) as caught:
        ultravox(Sources(given[0], {}) if source == "the configuration" else Sources({}, given[1]))

    assert f"ultravox:apiKey (ULTRAVOX_API_KEY) in {source} is not an API key" in str(caught.value)
    assert not any(part in str(caught.value) for part in ("canary", "ary", "X-Evil", key))


def test_an_ultravox_key_does_not_show() -> None:
    assert "canary" not in repr(ultravox(Sources({"ultravox:apiKey": "canary"}, {})))


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://proxy.example",
        "http://127.evil.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://0.0.0.0:8080",
        "http://[::ffff:1.2.3.4]",
        "http://169.254.169.254",
        "ftp://127.0.0.1",
        "127.0.0.1:8080",
        "//127.0.0.1:8080",
        "https://",
        "https:///path",
        "canary",
        "https://user:canary@proxy.example",
        "https://canary@proxy.example",
        "https://proxy.example/?token=canary",
        "https://proxy.example/#canary",
        "https://proxy.example/base?",
        "https://proxy.example/base#",
        "https://[canary",
        "http://127.0.0.1:canary",
        "http://127.0.0.1:99999",
        "https://proxy.example/a b",
    ],
)
@pytest.mark.parametrize("source", ["the configuration", "the environment"])
def test_an_endpoint_that_would_lead_credentials_astray_is_an_error_that_does_not_repeat_it(
    source: str, endpoint: str
) -> None:
    given = {ENDPOINT.config: endpoint}, {ENDPOINT.variable: endpoint}
    sources = Sources(given[0], {}) if source == "the configuration" else Sources({}, given[1])

    with pytest.raises(CredentialsError) as caught:
        sources.endpoint()

    assert source in str(caught.value)
    assert endpoint not in str(caught.value)
    assert "canary" not in str(caught.value)
