"""`switchboard doctor` in this process: findings, exit codes, JSON, and no secrets."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pulumi_switchboard.doctor import examination
from pulumi_switchboard.doctor.installed import LANGUAGE_HOST
from pulumi_switchboard.doctor.reads import read_each
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Stall
from pulumi_switchboard.transport.retrying import REQUEST_SECONDS

from tests.cli.command import call
from tests.cli.stacks import stack_in
from tests.environment import forget_settings
from tests.programs import write_program
from tests.promises import proves
from tests.transport.server import nobody_at

SID = "AC12" + "0" * 28 + "89"
TOKEN = "canary-token-of-twilio"
KEY = "canary00." + "k" * 30 + "9f"


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder, first on PATH, with a `pulumi` that only tells its version; nothing of the tester's own."""
    forget_settings(monkeypatch)
    folder = tmp_path_factory.mktemp("programs")
    for name in ("pulumi", LANGUAGE_HOST):
        write_program(folder / name, "echo v3.259.0")
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), os.environ["PATH"]]))
    return folder


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as running:
        yield running


def examined(*arguments: str, **environment: str) -> tuple[int, list[dict[str, str]]]:
    """The exit code and the findings."""
    settings = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN, **environment}
    done = call("doctor", "--json", *arguments, **settings)
    assert done.stderr == ""
    assert "canary" not in done.stdout
    report = json.loads(done.stdout)
    assert {*report} == {"findings", "errors", "warnings"}
    findings: list[dict[str, str]] = report["findings"]
    assert all({*one} == {"level", "subject", "text", "remedy"} for one in findings)
    for count, level in ((report["errors"], "error"), (report["warnings"], "warning")):
        assert count == sum(one["level"] == level for one in findings)
    return done.returncode, findings


def of(subject: str, findings: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(one["level"], one["text"]) for one in findings if one["subject"] == subject]


@proves("doctor.remedies", "doctor.reads-only", "doctor.no-secrets")
def test_an_account_at_an_emulator_is_accepted(tmp_path: Path, emulator: Emulator) -> None:
    settings = {"SWITCHBOARD_ENDPOINT": emulator.url, "ULTRAVOX_API_KEY": KEY}
    code, found = examined("--cwd", str(tmp_path), **settings)
    assert code == 0
    assert [one for one in found if one["level"] == "error"] == []
    assert "no Pulumi project here" in of("stack", found)[0][1]
    assert "is an emulator: nothing reaches the vendors" in of("endpoint", found)[0][1]
    [(_, twilio)], [(_, ultravox)] = of("twilio", found), of("ultravox", found)
    assert twilio.startswith("AC12…89 is accepted (SID: TWILIO_ACCOUNT_SID, token: TWILIO_AUTH_TOKEN); ")
    assert ultravox.startswith("key ending 9f is accepted (key: ULTRAVOX_API_KEY); ")
    assert of("clock", found)[0] == ("ok", "it agrees with that of Twilio")
    assert {entry.method for entry in emulator.journal} == {"GET"}


@proves("doctor.remedies")
def test_lines_for_people_have_the_remedy_and_the_sum(tmp_path: Path, emulator: Emulator) -> None:
    at = "GET voice.twilio.com/v2/Configurations/Client"
    with emulator.inject(at, Answer(404, {"code": 20404, "message": "\x1b[31mno", "status": 404})):
        done = call(
            "doctor",
            "--cwd",
            str(tmp_path),
            SWITCHBOARD_ENDPOINT=emulator.url,
            TWILIO_ACCOUNT_SID=SID,
            TWILIO_AUTH_TOKEN=TOKEN,
        )
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("ok       twilio  ")]
    [warning] = [line for line in lines if line.startswith("warning  twilio  ")]
    assert "twilio.voice.ClientConfiguration: Twilio answered: \\x1b[31mno (HTTP 404" in warning
    assert warning.endswith(
        ": Client configurations are a private beta: ask Twilio's support to enable it for the account"
    )
    assert lines[-1] == "no errors, 1 warning (exit code 0)"
    assert "\x1b" not in done.stdout


@proves("doctor.remedies", "doctor.no-secrets")
def test_a_stack_is_read_with_its_settings_and_their_mistakes(
    tmp_path: Path, emulator: Emulator, programs: Path
) -> None:
    (programs / "pulumi").unlink()
    state, folder = tmp_path / "state", tmp_path / "project"
    state.mkdir()
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("runtime: python\nname: desk\n")
    backend = {"PULUMI_BACKEND_URL": f"file://{state}", "PULUMI_CONFIG_PASSPHRASE": "canary-passphrase"}
    stack = stack_in(folder, state)
    stack.create()
    stack.configure_in_plain(
        twilio__accountSid=SID,
        switchboard__endpoint=emulator.url,
        switchboard__endpiont="x",
        ultravox__apiKey=KEY,
        desk__endpiont="x",
    )
    nowhere = {"TWILIO_ACCOUNT_SID": "", "PULUMI_STACK": stack.name, **backend}
    code, found = examined("--cwd", str(folder), **nowhere)
    assert code == 1
    assert of("stack", found) == [("ok", "dev of the project desk")]
    assert of("config", found)[1:] == [
        ("error", "switchboard:endpiont in the stack's configuration is not read"),
        ("warning", "ultravox:apiKey is in plain text in the stack's configuration"),
        ("warning", "TWILIO_ACCOUNT_SID in the environment is empty, as if it was not set"),
    ]
    assert "(SID: stack, token: TWILIO_AUTH_TOKEN)" in of("twilio", found)[0][1]

    code, found = examined("--cwd", str(folder), "--stack", "prod", **nowhere)
    assert (code, of("stack", found)) == (1, [("error", "the project has no stack prod; it has dev")])
    assert of("twilio", found)[0][0] == "error", "the environment alone has no SID"


@proves("doctor.remedies")
def test_no_vendor_and_a_required_vendor_are_errors_and_another_one_is_skipped(
    tmp_path: Path, emulator: Emulator
) -> None:
    here, nobody = ("--cwd", str(tmp_path)), {"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""}
    code, found = examined(*here, **nobody)
    assert code == 1
    assert [(one["subject"], one["level"]) for one in found[-3:]] == [
        ("vendors", "error"),
        ("twilio", "skipped"),
        ("ultravox", "skipped"),
    ]
    code, found = examined(*here, "--vendor", "ultravox", SWITCHBOARD_ENDPOINT=emulator.url)
    assert (code, of("ultravox", found), of("twilio", found), of("region", found)) == (
        1,
        [("error", "there is no Ultravox API key")],
        [],
        [],
    )
    code, found = examined(*here, "--vendor", "twilio", SWITCHBOARD_ENDPOINT=emulator.url)
    assert (code, of("ultravox", found)) == (0, [])
    code, found = examined(*here, SWITCHBOARD_ENDPOINT=emulator.url)
    assert (code, of("ultravox", found)[0][0]) == (0, "skipped")


def test_a_malformed_region_is_an_error_of_twilio_alone(tmp_path: Path, emulator: Emulator) -> None:
    settings = {"SWITCHBOARD_ENDPOINT": emulator.url, "TWILIO_REGION": "x/y", "ULTRAVOX_API_KEY": KEY}
    code, found = examined("--cwd", str(tmp_path), **settings)
    assert (code, of("region", found)[0][0], of("twilio", found)[0][0]) == (1, "error", "skipped")
    code, found = examined("--cwd", str(tmp_path), "--vendor", "ultravox", **settings)
    assert (code, of("region", found), of("ultravox", found)[0][0]) == (0, [], "ok")


@proves("doctor.no-secrets", "doctor.remedies")
def test_refused_credentials_and_a_hanging_or_absent_endpoint_are_errors(tmp_path: Path) -> None:
    here = ("--cwd", str(tmp_path))
    with Emulator(accounts={SID: "another"}) as emulator:
        code, found = examined(*here, SWITCHBOARD_ENDPOINT=emulator.url)
        assert (code, of("twilio", found)[0][0]) == (1, "error")
        assert of("twilio", found)[0][1].startswith("AC12…89 is refused (SID: TWILIO_ACCOUNT_SID, token: ")
        assert len(of("twilio", found)) == 1
        url = emulator.url
    port = url.rpartition(":")[2]
    with nobody_at(int(port)):
        code, found = examined(*here, SWITCHBOARD_ENDPOINT=url)
    [endpoint] = [one for one in found if one["subject"] == "endpoint"]
    assert (code, endpoint["level"]) == (1, "error")
    assert f"switchboard emulator --port {port}" in endpoint["remedy"]
    assert of("twilio", found) == [("skipped", "its APIs were not asked, because of the errors above")]


@proves("doctor.bounded")
def test_a_vendor_that_hangs_is_an_error_after_a_bounded_time(
    tmp_path: Path, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "read_each", partial(read_each, seconds=1.0))
    begun = time.monotonic()
    with emulator.inject("*", Stall(), times=None):
        code, found = examined("--cwd", str(tmp_path), SWITCHBOARD_ENDPOINT=emulator.url)
    assert time.monotonic() - begun < REQUEST_SECONDS, "a request that nobody bounds takes as long"
    [(level, text)] = of("twilio", found)
    assert (code, level) == (1, "error")
    assert "its APIs cannot be read" in text


def test_proxies_and_certificates_of_the_environment_are_shown_without_secrets(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.pem")
    settings = {"HTTPS_PROXY": "http://user:canary-of-the-proxy@127.0.0.1:9", "REQUESTS_CA_BUNDLE": missing}
    code, found = examined("--cwd", str(tmp_path), **settings)
    assert code == 1
    assert of("proxy", found) == [
        ("ok", "http://127.0.0.1:9 for requests to api.twilio.com and api.ultravox.ai")
    ]
    assert of("certificates", found)[0][0] == "error"


@proves("doctor.bounded")
def test_it_works_without_the_pulumi_cli_and_with_another_program_of_its_name(
    tmp_path: Path, emulator: Emulator, programs: Path
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: desk\nruntime: python\n")
    (programs / "pulumi").unlink()
    settings = {"PATH": str(programs), "SWITCHBOARD_ENDPOINT": emulator.url}
    code, found = examined("--cwd", str(tmp_path), **settings)
    assert (code, of("pulumi", found)) == (1, [("error", "there is no `pulumi` on PATH")])
    assert of("stack", found)[0][0] == "skipped"
    assert of("twilio", found)[0][0] == "ok"

    for script, said in (("echo hello", "`pulumi stack ls` did not print JSON"), ("exit 3", "exit code 3")):
        write_program(programs / "pulumi", script)
        code, found = examined("--cwd", str(tmp_path), **settings)
        assert code == 1
        assert of("stack", found)[0][0] == "error"
        assert said in of("stack", found)[0][1]
        assert "does not tell its version" in of("pulumi", found)[0][1]


@proves("doctor.remedies")
def test_a_project_in_another_language_is_a_warning(
    tmp_path: Path, emulator: Emulator, programs: Path
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: desk\nruntime: nodejs\n")
    write_program(programs / "pulumi", '[ "$1" = stack ] && echo "[]" || echo v3.259.0')
    code, found = examined("--cwd", str(tmp_path), SWITCHBOARD_ENDPOINT=emulator.url)
    assert (code, of("stack", found)) == (
        0,
        [
            ("ok", "no stack of the project is selected, so all settings are read from the environment"),
            ("warning", "the project desk is in nodejs, and this package is for programs in Python"),
        ],
    )


def test_a_wrong_option_is_a_usage_error(tmp_path: Path) -> None:
    for arguments, said in (
        (["--vendor", "twillio"], "'twillio' is not one of twilio, ultravox"),
        (["--cwd", str(tmp_path / "missing")], "does not exist"),
    ):
        done = call("doctor", *arguments)
        assert (done.returncode, said in done.stderr) == (2, True)


def test_an_endpoint_that_speaks_no_tls_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with Emulator() as emulator:
        url = emulator.url.replace("http:", "https:")
        done = call("doctor", "--cwd", str(tmp_path), "--json", SWITCHBOARD_ENDPOINT=url)
    (endpoint,) = [one for one in json.loads(done.stdout)["findings"] if one["subject"] == "endpoint"]
    assert (done.returncode, endpoint["level"]) == (1, "error")
    assert "begins with http or with https" in endpoint["remedy"]
