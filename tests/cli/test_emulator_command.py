"""`switchboard emulator`: what it prints, its options, and how it ends."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_type_hints

import pytest
import requests
from pulumi_switchboard.cli.app import app
from pulumi_switchboard.cli.emulator import parse_duration
from pulumi_switchboard.cli.switches import parse_switches
from pulumi_switchboard.emulator.apis import switch_groups
from typer.testing import CliRunner

from tests.cli.command import COMMAND, SECONDS, run
from tests.promises import proves

PATH = "/voice.twilio.com/v2/Configurations/Client"
SID = "AC" + "0" * 32
KEY = "SK" + "0" * 32
RUNNER = CliRunner(env={"COLUMNS": "300"})


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the emulator on a free port; yield the process and the line it prints first."""
    command, pipe = [*COMMAND, "emulator", "--port", "0", *arguments], subprocess.PIPE
    env = {**os.environ, **environment}
    process = subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe, text=True)
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


@proves("emulator.ready")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_one_line_answers_and_ends_cleanly_on_a_signal(number: signal.Signals) -> None:
    with started() as (process, line):
        text, url = line.rsplit(maxsplit=1)
        assert text == "The emulator answers at"
        assert requests.get(url + PATH, auth=(SID, "x"), timeout=SECONDS).status_code == 200
        fault = {"at": "*", "do": {"kind": "reset"}}  # it never fires, which is no error of the command
        assert requests.post(f"{url}/_emulator/faults", json=fault, timeout=SECONDS).status_code == 201
        process.send_signal(number)
        rest, errors = process.communicate(timeout=SECONDS)
        assert (process.returncode, rest) == (0, "")
        shown = [line.split()[1:4] for line in errors.splitlines()]
        assert shown == [["GET", PATH[1:], "200"], ["POST", "/_emulator/faults", "201"]]


@proves("emulator.log")
def test_it_shows_no_requests_if_told_so_and_goes_on_if_nobody_reads_them() -> None:
    with started("--quiet") as (process, line):
        assert requests.get(line.split()[-1] + PATH, auth=(SID, "x"), timeout=SECONDS).ok
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=SECONDS) == ("", "")
    with started() as (process, line):
        assert process.stderr is not None
        process.stderr.close()
        for _ in range(3):
            assert requests.get(line.split()[-1] + PATH, auth=(SID, "x"), timeout=SECONDS).ok
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0


@proves("emulator.hosts-and-accounts")
def test_the_public_url_is_in_answers() -> None:
    with started("--public-url", "https://emulator.example") as (_, line):
        url = f"{line.split()[-1]}/conversations.twilio.com/v1/Configuration/Webhooks"
        shown = requests.get(url, auth=(SID, "x"), timeout=SECONDS).json()["url"]
    assert shown == "https://emulator.example/conversations.twilio.com/v1/Configuration/Webhooks"


@proves("emulator.hosts-and-accounts", "emulator.switches", "emulator.control")
def test_accounts_switches_and_hosts_come_from_options_and_accounts_from_the_environment_too() -> None:
    ours, theirs, other = ((letter * 8) + "." + "0" * 32 for letter in "abc")
    options = ("--account", f"{SID}:one", "--account", ours, "--switch", "voice_create_status=200")
    hosts = ("--allow-host", "one", "--allow-host", "two:8080")
    accounts = f"{KEY}:two, {SID}:overridden, {theirs}"
    with started(*options, *hosts, SWITCHBOARD_EMULATOR_ACCOUNTS=accounts) as (_, line):
        url = line.split()[-1]

        def status(path: str, **request: Any) -> int:
            return requests.get(url + path, timeout=SECONDS, **request).status_code

        users = {(SID, "one"): 200, (KEY, "two"): 200, (SID, "overridden"): 401, (KEY, "one"): 401}
        assert {user: status(PATH, auth=user) for user in users} == users
        body = {"configurationType": "Client", "callnotification": {"url": "https://desk.example.com"}}
        sent = requests.post(url + PATH, json={"configuration": body}, auth=(SID, "one"), timeout=SECONDS)
        assert sent.status_code == 200, "the switch"
        keys = {ours: 404, theirs: 404, other: 403, ours[:-1] + "1": 403}
        telephony = "/api.ultravox.ai/api/telephony_configs/twilio"
        assert {key: status(telephony, headers={"X-API-Key": key}) for key in keys} == keys
        admitted = {"one:1": 200, "two:8080": 200, "two": 403, "three": 403}
        assert {host: status("/_emulator/state", headers={"Host": host}) for host in admitted} == admitted


@proves("emulator.operations")
def test_operations_take_the_time_or_the_polls_that_are_given() -> None:
    body = {"displayName": "Support", "description": "", "memoryStoreId": "mem_store_1"}
    body["conversationGroupingType"] = "GROUP_BY_PROFILE"
    for arguments, statuses in (
        ([], ["COMPLETED"]),
        (["--operation-time", "10m"], ["PENDING", "PENDING"]),
        (["--operation-polls", "2"], ["PENDING", "COMPLETED"]),
    ):
        with started("--retry-after", "7", *arguments) as (_, line), requests.Session() as session:
            session.auth = (SID, "x")
            url = f"{line.split()[-1]}/conversations.twilio.com/v2/ControlPlane/Configurations"
            write = session.post(url, json=body, timeout=SECONDS)
            assert (write.status_code, write.headers["Retry-After"]) == (202, "7")
            operation = write.json()["statusUrl"]
            assert [session.get(operation, timeout=SECONDS).json()["status"] for _ in statuses] == statuses


@proves("emulator.switches")
def test_a_switch_is_given_as_a_text_and_checked() -> None:
    assert parse_switches([]).values == {}
    texts = ["voice_timestamps=off", "voice_create_status=200", "voice_delete_of_default=refuse"]
    assert parse_switches([*texts, "orchestrator_lag=3"]).values == {
        "voice_timestamps": False,
        "voice_create_status": 200,
        "voice_delete_of_default": "refuse",
        "orchestrator_lag": 3,
    }
    for text, message in (
        ("voice_timestamps", "'voice_timestamps' is not of the form NAME=VALUE"),
        ("nothing=on", "there is no switch 'nothing'; there are conversations_unknown_filters, "),
        ("voice_timestamps=maybe", "voice_timestamps cannot be 'maybe'; it can be on or off"),
        ("voice_create_status=202", "voice_create_status cannot be '202'; it can be 201 or 200"),
        ("orchestrator_lag=-1", "orchestrator_lag cannot be '-1'; it can be a number from 0 up"),
    ):
        with pytest.raises(ValueError, match=re.escape(message)):
            parse_switches([text])


def test_a_duration_has_a_unit_or_is_in_seconds() -> None:
    seconds = {"500ms": 0.5, "2s": 2, "1m": 60, "3": 3, "0.25": 0.25, " .5s ": 0.5, "0": 0}
    assert {text: parse_duration(text) for text in seconds} == seconds
    for text in ("", "s", "-1s", "1 s", "1e3", "٣s", "nan"):
        with pytest.raises(ValueError, match="write 500ms, 2s, 1m or a number of seconds"):
            parse_duration(text)


def test_an_address_that_cannot_be_listened_on_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        in_use = run("emulator", "--port", str(port))
    elsewhere = run("emulator", "--host", "192.0.2.1", "--port", "0")

    assert in_use.stderr == (
        f"switchboard: port {port} of 127.0.0.1 is in use; "
        "choose another with --port, or --port 0 for a free one\n"
    )
    assert elsewhere.stderr.startswith("switchboard: cannot listen on port 0 of 192.0.2.1: ")
    assert elsewhere.stderr.count("\n") == 1
    assert (in_use.returncode, elsewhere.returncode) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--account hunter2", "SID:SECRET or as an Ultravox API key"),
        ("--account abcd1234.hunter2", "SID:SECRET or as an Ultravox API key"),
        ("--account AC1:hunter2", "'AC1' is not a user name of any vendor"),
        ("--switch nothing=on", "there is no switch 'nothing'"),
        ("--host=", "if you mean that, give 0.0.0.0"),
        ("--port 65536", "--port"),
        ("--operation-time 2h", "'2h' is not a time; write 500ms, 2s, 1m or a number of seconds"),
        ("--operation-polls 0", "--operation-polls"),
        ("--operation-polls 2 --operation-time 2s", "give only one of them"),
        ("--retry-after -1", "--retry-after"),
        ("--public-url emulator", "--public-url: 'emulator' is not a public URL; write https://NAME"),
        ("--allow-host *", "--allow-host: '*' is not a host; write NAME or NAME:PORT"),
        ("", "SWITCHBOARD_EMULATOR_ACCOUNTS"),
    ],
)
def test_a_wrong_option_is_explained_without_its_secret(arguments: str, message: str) -> None:
    settings = {"SWITCHBOARD_EMULATOR_ACCOUNTS": "" if arguments else "hunter2"}
    result = RUNNER.invoke(app, ["emulator", *arguments.split()], env=settings)
    assert (result.exit_code, message in result.output, "hunter2" in result.output) == (2, True, False)


def test_the_help_says_where_to_put_a_secret() -> None:
    assert "SWITCHBOARD_EMULATOR_ACCOUNTS" in RUNNER.invoke(app, ["emulator", "--help"]).output


@proves("emulator.switches")
def test_the_help_has_a_line_for_each_switch_below_its_api() -> None:
    lines = RUNNER.invoke(app, ["emulator", "--help"]).output.splitlines()
    listed = lines[lines.index("The switches of Twilio Conversations v1:") :]
    parts: dict[str, list[str]] = {}
    for line in filter(None, listed):
        if line.endswith(":"):
            parts[line] = []
        else:
            parts[[*parts][-1]].append(line.split("=")[0].strip())
            assert re.fullmatch(r"  \w+=\S.*  \S.{10,}\.", line), line
    groups = [[*get_type_hints(group)] for group in switch_groups()]
    assert [*parts.values()] == [names for names in groups if names]
    assert "  voice_create_status=201|200  the status of a successful create." in listed
    assert any(line.startswith("  orchestrator_patch=on|off  ") for line in listed)
    assert any(line.startswith("  orchestrator_synchronous=off|on  ") for line in listed)
    assert any(line.startswith("  orchestrator_lag=0, or any number  ") for line in listed)
