"""Which endpoints are allowed, and what they change."""

from __future__ import annotations

import pytest
from pulumi_switchboard.errors import CredentialsError, SettingsError
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.endpoint import endpoint_of
from pulumi_switchboard.vendors.twilio.account import Account
from pulumi_switchboard.vendors.vendor import Origin

from tests.promises import proves
from tests.vendors.clients import SID

CREDENTIALS = {"twilio:accountSid": SID, "twilio:authToken": "canary-token"}
ENDPOINTS = """https://proxy.example https://proxy.example:8443/base/ http://127.0.0.1:8080 http://127.9.9.9
    http://localhost:8080/base http://LOCALHOST http://localhost.:8080 http://127.1:8080 http://[::1]:8080
    http://[::ffff:127.0.0.1]:8080 http://127.255.0.3 http://127.0.0.1. http://0x7f.1 http://2130706433
    http://[0:0:0:0:0:0:0:1] http://[::FFFF:7F00:1]"""
UNENCRYPTED = """http://proxy.example http://127.evil.example http://127.0.0.1.evil.example
    http://localhost.evil.example http://0.0.0.0:8080 http://[::ffff:1.2.3.4] http://169.254.169.254
    http://128.0.0.1 http://126.1 http://[::] http://[::2] http://[::ffff:10.0.0.1] http://127.0.0.256
    http://face.fade http://x http://dead http://emulator.example.:8080"""
NOT_ENDPOINTS = """ftp://127.0.0.1 127.0.0.1:8081 //127.0.0.1:8081 https:// https:///path canary
    https://user:canary@proxy.example https://canary@proxy.example https://proxy.example/?token=canary
    https://proxy.example/#canary https://proxy.example/base? https://proxy.example/base# https://[canary
    http://127.0.0.1:canary http://127.0.0.1:99999 http://127.0.0.1:0 http://. http://localhost.."""
OTHERS = (
    "https://twilio.com",
    "https://ie1.twilio.com",
    "http://proxy.example:8080",
    "https://[2001:db8::1]/a",
)
"""Endpoints of other machines, which are part of an identity as they are."""
HOST_LISTS = (
    *("db.example", "DB.example.", "a.example,db.example", "a , db.example", "10.0.0.7, db.example"),
    *('["db.example"]', '["a", "db.example"]', "[::2],db.example"),
)
NOT_HOST_LISTS = (
    *("http://canary", "canary:8080", "canary/x", "canary x", "*", "*.canary", "canary,", ",", "[canary"),
    *('["canary", 1]', "[]x", '["canary:1"]', "user@canary"),
)


def endpoint(url: str, **config: str) -> str | None:
    return endpoint_of(Sources({"switchboard:endpoint": url, **config}, {}))


@proves("endpoint.one-base-url", "endpoint.same-account")
def test_an_endpoint_takes_the_place_of_every_host() -> None:
    for url in ENDPOINTS.split():
        settings = {**CREDENTIALS, "switchboard:endpoint": url, "twilio:region": "ie1"}
        account = Account.from_settings(Sources(settings, {}))

        assert account.url("voice", "/v2/x") == f"{url.rstrip('/')}/voice.ie1.twilio.com/v2/x"
        base = "/base" if "base" in url else ""
        here = f"https://proxy.example{':8443' if ':8443' in url else ''}{base}"
        assert account.origin == Origin(SID, here if "proxy" in url else f"http://localhost{base}")


@proves("endpoint.same-account")
def test_only_port_and_spelling_of_a_loopback_address_are_no_part_of_an_identity() -> None:
    for url in OTHERS:
        assert Origin.of(SID, url).endpoint == url
    assert Origin.of(SID, "http://127.0.0.1:1/a") != Origin.of(SID, "http://127.0.0.1:1/b")
    assert Origin.of(SID, "http://127.0.0.1:1") != Origin.of(SID, "https://127.0.0.1:1")
    assert Origin.of(SID, "http://127.0.0.1:1") != Origin.of(SID.replace("1", "2"), "http://127.0.0.1:1")


@proves("endpoint.encrypted")
def test_an_endpoint_that_would_lead_credentials_astray_is_an_error_that_does_not_repeat_it() -> None:
    for url in (*NOT_ENDPOINTS.split(), "https://proxy.example/a b", "http://proxy.example#"):
        for sources, place in (
            (Sources({"switchboard:endpoint": url}, {}), "switchboard:endpoint in the configuration"),
            (Sources({}, {"SWITCHBOARD_ENDPOINT": url}), "SWITCHBOARD_ENDPOINT in the environment"),
        ):
            with pytest.raises(CredentialsError, match=f"{place} is not a URL with nothing but") as caught:
                endpoint_of(sources)
            assert url not in str(caught.value)
            assert "canary" not in str(caught.value)


@proves("endpoint.encrypted")
def test_plain_http_to_another_machine_is_an_error_that_says_how_to_allow_it() -> None:
    for url in UNENCRYPTED.split():
        with pytest.raises(CredentialsError, match="would send credentials unencrypted to") as caught:
            endpoint(url, **{"switchboard:allowHttp": "another.example"})
        assert caught.value.facts == ("Plain http is allowed to this machine, another.example",)
        assert "switchboard:allowHttp or SWITCHBOARD_ALLOW_HTTP" in caught.value.remedy
        command = caught.value.remedy.rpartition("`pulumi config set switchboard:allowHttp ")[2]
        assert endpoint(url, **{"switchboard:allowHttp": command.rstrip("`")}) == url


@proves("endpoint.encrypted")
def test_plain_http_is_allowed_to_the_hosts_that_are_named() -> None:
    for hosts in HOST_LISTS:
        for host in ("db.example", "DB.Example"):
            url = f"http://{host}:8080"
            assert endpoint(url, **{"switchboard:allowHttp": hosts}) == url
        for url in ("http://x.db.example", "http://db.example.evil.example", "http://example"):
            with pytest.raises(CredentialsError, match="unencrypted"):
                endpoint(url, **{"switchboard:allowHttp": hosts})
    mixed = Sources({"switchboard:endpoint": "http://db.example"}, {"SWITCHBOARD_ALLOW_HTTP": "db.example"})
    assert endpoint_of(mixed) == "http://db.example"


def test_what_is_not_a_list_of_hosts_is_an_error_that_does_not_repeat_it() -> None:
    for hosts in NOT_HOST_LISTS:
        with pytest.raises(
            SettingsError, match="switchboard:allowHttp in the configuration is not a"
        ) as caught:
            endpoint("https://proxy.example", **{"switchboard:allowHttp": hosts})
        assert "canary" not in str(caught.value)
        assert "separated by commas" in caught.value.remedy
