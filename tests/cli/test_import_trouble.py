"""`switchboard import` where something goes wrong on its way: Ctrl-C, objects that vanish, a slow vendor."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from pulumi_switchboard.emulator.faults import Answer, Hold, RateLimit, Stall

from tests.cli.accounts import add_clients, settings_of
from tests.cli.command import COMMAND, SECONDS, WIDE, call, run
from tests.engine.account import Account
from tests.programs import write_program
from tests.promises import proves

CLIENTS = "GET voice.twilio.com/v2/Configurations/Client"
GONE = {"code": 20404, "message": "The requested resource was not found", "status": 404}
SOON = 20.0
"""Seconds within which Ctrl-C ends the command; a request that is not cancelled takes 30."""


def add_desks(accounts: Account, count: int) -> None:
    """Make objects that are read one by one."""
    add_clients(accounts, *(f"desk-{number}" for number in range(count)))


@proves("command.interrupt")
@pytest.mark.parametrize("at", [CLIENTS, f"{CLIENTS}/{{id}}"], ids=["the list", "an object"])
def test_ctrl_c_during_the_reading_ends_it_at_once_and_writes_nothing(
    accounts: Account, tmp_path: Path, at: str
) -> None:
    add_desks(accounts, 20)
    command = [*COMMAND, "import", "--into", str(tmp_path / "prod")]
    env = {**os.environ, **WIDE, **settings_of(accounts)}
    with accounts.emulator.inject(at, Hold()) as held:
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe, text=True)
        try:
            held.wait()
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
    assert time.monotonic() - began < SOON
    assert (process.returncode, *said) == (130, "", "switchboard: interrupted\n")
    assert list(tmp_path.iterdir()) == []


@proves("command.interrupt", "command.bad-input")
@pytest.mark.parametrize(
    ("script", "code", "reason"),
    [
        (
            'echo "error: no backend for $TWILIO_AUTH_TOKEN" >&2; exit 1',
            1,
            "`pulumi stack init` failed: no backend for [secret]",
        ),
        ("kill -INT $PPID; sleep 60", 130, "interrupted"),
    ],
    ids=["an error", "Ctrl-C"],
)
def test_if_no_stack_can_be_made_nothing_is_written(
    accounts: Account, tmp_path: Path, script: str, code: int, reason: str
) -> None:
    add_desks(accounts, 1)
    write_program(tmp_path / "pulumi", script)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    folder = tmp_path / "prod"
    done = run("import", "--into", str(folder), "--stack", "live", **settings_of(accounts), PATH=path)
    assert (done.returncode, done.stdout) == (code, "")
    assert f"switchboard: {reason}" in done.stderr
    assert not folder.exists()


@proves("command.import")
def test_an_object_that_is_deleted_during_the_reading_is_left_out(accounts: Account, tmp_path: Path) -> None:
    add_desks(accounts, 3)
    with accounts.emulator.inject(f"{CLIENTS}/{{id}}", Answer(404, json=GONE), nth=2, times=1):
        done = call("import", "--into", str(tmp_path / "prod"), "--type", "voice", **settings_of(accounts))
    assert (done.returncode, done.stderr) == (0, "")
    assert "(2 resources)" in done.stdout
    assert (tmp_path / "prod" / "__main__.py").read_text().count("import_=") == 2


@proves("command.import")
def test_too_many_requests_and_a_slow_answer_cost_only_time(accounts: Account, tmp_path: Path) -> None:
    add_desks(accounts, 40)
    inject = accounts.emulator.inject
    with (
        inject("*", RateLimit(40, burst=5, retry_after=None)),
        inject(f"{CLIENTS}/{{id}}", Stall(2.0), times=1),
    ):
        done = call("import", "--into", str(tmp_path / "prod"), "--json", **settings_of(accounts))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)["objects"]) == 40 + len(["the account's webhooks"])
