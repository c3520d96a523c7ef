"""Faults in `switchboard emulator`, which no test is in charge of."""

import signal
import subprocess

import requests

from tests.cli.command import COMMAND, SECONDS


def test_a_fault_that_never_fired_is_no_error_of_the_command() -> None:
    with subprocess.Popen(
        [*COMMAND, "emulator", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        fault = {"at": "*", "do": {"kind": "reset"}}
        with requests.Session() as session:
            assert session.post(f"{url}/_emulator/faults", json=fault, timeout=SECONDS).status_code == 201
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=SECONDS)
    assert (process.returncode, errors) == (0, "")
