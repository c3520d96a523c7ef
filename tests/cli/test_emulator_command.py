"""`switchboard emulator` as a process."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests

from tests.cli.command import COMMAND, SECONDS, run

PATH = "/voice.twilio.com/v2/Configurations/Client"
SID = "AC" + "0" * 32
KEY = "SK" + "0" * 32


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the emulator on a free port; yield the process and the line it prints first."""
    process = subprocess.Popen(
        [*COMMAND, "emulator", "--port", "0", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_one_line_answers_and_ends_cleanly_on_a_signal(number: signal.Signals) -> None:
    with started() as (process, line), requests.Session() as session:
        text, url = line.rsplit(maxsplit=1)
        assert text == "The emulator answers at"
        assert session.get(url + PATH, auth=(SID, "x"), timeout=SECONDS).status_code == 200
        process.send_signal(number)
        rest, errors = process.communicate(timeout=SECONDS)
        assert (process.returncode, rest, errors) == (0, "", "")


def test_accounts_come_from_options_and_the_environment_and_switches_from_options() -> None:
    switches = ("--switch", "voice_list_and_unset_default=off")
    accounts = f"{KEY}:two, {SID}:overridden"
    with started("--account", f"{SID}:one", *switches, SWITCHBOARD_EMULATOR_ACCOUNTS=accounts) as (_, line):
        url = line.split()[-1] + PATH
        expected = {(SID, "one"): 405, (KEY, "two"): 405, (SID, "overridden"): 401, (KEY, "one"): 401}
        with requests.Session() as session:
            statuses = {auth: session.get(url, auth=auth, timeout=SECONDS).status_code for auth in expected}
    assert statuses == expected


def test_an_ultravox_key_is_given_as_it_is() -> None:
    given, kept_from_others, other = ((letter * 8) + "." + "0" * 32 for letter in "abc")
    arguments = ("--account", given, "--account", f"{SID}:one")
    with started(*arguments, SWITCHBOARD_EMULATOR_ACCOUNTS=kept_from_others) as (_, line):
        url = f"{line.split()[-1]}/api.ultravox.ai/api/telephony_configs/twilio"
        expected = {given: 404, kept_from_others: 404, other: 403, given[:-1] + "1": 403}
        with requests.Session() as session:
            statuses = {
                key: session.get(url, headers={"X-API-Key": key}, timeout=SECONDS).status_code
                for key in expected
            }
    assert statuses == expected


@pytest.mark.parametrize(
    ("arguments", "statuses"),
    [
        ((), ["COMPLETED"]),
        (("--operation-time", "10m"), ["PENDING", "PENDING"]),
        (("--operation-polls", "2"), ["PENDING", "COMPLETED"]),
    ],
)
def test_operations_take_the_time_or_the_polls_that_are_given(
    arguments: tuple[str, ...], statuses: list[str]
) -> None:
    body = {
        "displayName": "Support",
        "description": "",
        "conversationGroupingType": "GROUP_BY_PROFILE",
        "memoryStoreId": "mem_store_1",
    }
    with started("--retry-after", "7", *arguments) as (_, line), requests.Session() as session:
        session.auth = (SID, "x")
        url = f"{line.split()[-1]}/conversations.twilio.com/v2/ControlPlane/Configurations"
        write = session.post(url, json=body, timeout=SECONDS)
        assert (write.status_code, write.headers["Retry-After"]) == (202, "7")
        polls = [session.get(write.json()["statusUrl"], timeout=SECONDS).json()["status"] for _ in statuses]
    assert polls == statuses


def test_control_requests_may_name_the_hosts_that_are_allowed() -> None:
    with (
        started("--allow-host", "one", "--allow-host", "two:8080") as (_, line),
        requests.Session() as session,
    ):
        url = f"{line.split()[-1]}/_emulator/state"
        expected = {"one:1": 200, "two:8080": 200, "two": 403, "three": 403}
        statuses = {
            host: session.get(url, headers={"Host": host}, timeout=SECONDS).status_code for host in expected
        }
    assert statuses == expected


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("emulator", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"switchboard: port {port} of 127.0.0.1 is in use; "
        "choose another with --port, or --port 0 for a free one\n"
    )


def test_a_host_that_is_not_of_this_machine_is_one_clear_line() -> None:
    done = run("emulator", "--host", "192.0.2.1", "--port", "0")
    assert done.returncode == 1
    assert done.stderr.startswith("switchboard: cannot listen on port 0 of 192.0.2.1: ")
    assert done.stderr.count("\n") == 1
