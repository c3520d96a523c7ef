"""The settings themselves, the region, proxies and certificates."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme
from pulumi_switchboard import definitions
from pulumi_switchboard.doctor.config import NO_STACK, StackSettings, check_settings
from pulumi_switchboard.doctor.finding import Finding, Level
from pulumi_switchboard.doctor.network import check_bundle, check_proxies
from pulumi_switchboard.doctor.region import check_region
from pulumi_switchboard.transport.session import check_certificates
from pulumi_switchboard.vendors.credentials import Sources

CANARY = "canary-of-the-settings"


def problems(findings: list[Finding]) -> list[tuple[Level, str, str]]:
    assert CANARY not in str(findings)
    return [(one.level, one.text, one.remedy) for one in findings if one.level is not Level.OK]


def test_the_settings_that_are_read_are_named_by_their_place() -> None:
    stack = StackSettings("desk", "dev", {"twilio:region": "ie1", "desk:url": CANARY}, frozenset())
    (found,) = check_settings(stack, {"TWILIO_AUTH_TOKEN": CANARY, "PATH": CANARY})
    assert (found.level, found.text) == (
        Level.OK,
        "in the stack: twilio:region; in the environment: TWILIO_AUTH_TOKEN",
    )
    (found,) = check_settings(NO_STACK, {})
    assert found.text == "in the environment: nothing"


def test_misspelled_plain_and_empty_settings_are_found() -> None:
    values: dict[str, str] = dict.fromkeys(
        ("switchboard:endpiont", "twilio:regoin", "twilio:authToken", "ultravox:apiKey", "desk:endpiont"),
        CANARY,
    )
    plain = frozenset({"switchboard:endpiont", "twilio:authToken"})
    environment = {"SWITCHBOARD_ENDPONT": CANARY, "TWILIO_REGOIN": CANARY, "ULTRAVOX_API_KEY": ""}
    found = problems(check_settings(StackSettings("desk", "dev", values, plain), environment))
    assert [(level, text) for level, text, _ in found] == [
        (Level.ERROR, "switchboard:endpiont in the stack's configuration is not read"),
        (Level.WARNING, "twilio:regoin in the stack's configuration is not read"),
        (Level.ERROR, "SWITCHBOARD_ENDPONT in the environment is not read"),
        (Level.WARNING, "TWILIO_REGOIN in the environment is not read"),
        (Level.WARNING, "twilio:authToken is in plain text in the stack's configuration"),
        (Level.WARNING, "ULTRAVOX_API_KEY in the environment is empty, as if it was not set"),
    ]
    assert found[0][2] == "did you mean switchboard:endpoint?"
    assert "`pulumi config set --secret twilio:authToken`" in found[4][2]
    own = StackSettings("switchboard", "dev", {"switchboard:endpiont": CANARY}, frozenset())
    assert problems(check_settings(own, {})) == []


def test_a_wrong_policy_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCHBOARD_ON_DESTROY", "retian")
    [(level, text, _)] = problems(check_settings(NO_STACK, {}))
    assert level is Level.ERROR
    assert "SWITCHBOARD_ON_DESTROY in the environment is not one of restore, reset, retain" in text


def test_the_region_names_the_types_that_it_lacks() -> None:
    types = list(definitions.every())
    for config, text in (
        ({}, "us1, as none is set"),
        ({"twilio:region": "us1", "twilio:edge": "ashburn"}, "us1; edge ashburn"),
        ({"twilio:region": "ie1"}, "ie1; twilio.voice.RecordingConfiguration exists only in us1"),
    ):
        found = check_region(Sources(config, {}), types)
        assert (found.level, found.text) == (Level.OK, text)
    for odd in ("x/y", ""):
        assert check_region(Sources({"twilio:region": odd}, {}), types).level is Level.ERROR


def test_proxies_are_shown_by_server_without_user_and_password() -> None:
    urls = ["https://api.twilio.com", "https://api.ultravox.ai", "http://localhost:8080"]
    proxies = {urls[0]: f"http://user:{CANARY}@proxy:3128", urls[1]: f"user:{CANARY}@proxy:3128"}
    found = check_proxies(urls, {**proxies, urls[2]: "http://proxy:3128"}.get)
    assert problems(found) == []
    assert [one.text for one in found] == [
        "http://proxy:3128 for requests to api.twilio.com and api.ultravox.ai",
        "none to localhost",
    ]
    [(level, text, remedy)] = problems(check_proxies(urls[:1], lambda _: f"http://[{CANARY}"))
    assert (level, text) == (Level.ERROR, "the proxy for requests to api.twilio.com is not a URL")
    assert "HTTPS_PROXY" in remedy


def test_certificates_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    bundle, broken = tmp_path / "bundle.pem", tmp_path / "broken.pem"
    trustme.CA().cert_pem.write_to_path(str(bundle))
    broken.write_text("nothing")
    assert check_bundle({}, check_certificates).level is Level.OK
    found = check_bundle({"CURL_CA_BUNDLE": str(bundle)}, check_certificates)
    assert (found.level, found.text) == (Level.OK, f"those in {bundle} (CURL_CA_BUNDLE) are trusted")
    for path in (broken, tmp_path / "missing.pem"):
        variables = {"REQUESTS_CA_BUNDLE": str(path), "CURL_CA_BUNDLE": str(bundle)}
        found = check_bundle(variables, check_certificates)
        assert (found.level, str(path) in found.text) == (Level.ERROR, True)
        assert "REQUESTS_CA_BUNDLE" in found.remedy
