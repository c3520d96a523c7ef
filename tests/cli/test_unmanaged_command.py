"""`switchboard unmanaged`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pulumi_switchboard.emulator.faults import Answer

from tests.cli.accounts import KEY, NO_SETTINGS, TOKEN, add_clients, export, settings_of
from tests.cli.command import call, run
from tests.engine.account import Account
from tests.promises import proves
from tests.samples.twilio.memory import store

NO = {"code": 20003, "message": "No.", "status": 403}
VOICE, STORE = "twilio/voice:ClientConfiguration", "twilio/memory:Store"


@pytest.fixture
def empty(tmp_path: Path) -> str:
    """A file with the state of a stack that manages nothing."""
    (tmp_path / "empty.json").write_text(export())
    return str(tmp_path / "empty.json")


@proves("command.unmanaged")
def test_it_lists_what_no_state_has(accounts: Account, tmp_path: Path) -> None:
    by_name = add_clients(accounts, "desk", "sales")
    memory = accounts.add(store.sample, {"displayName": "customers"})
    file = tmp_path / "prod.json"
    file.write_text(export((VOICE, by_name["desk"])))

    def listed(*arguments: str) -> set[tuple[str, str]]:
        done = call("unmanaged", str(file), "--json", *arguments, **settings_of(accounts))
        assert done.returncode == 0, done.stderr
        assert not {TOKEN, KEY} & set(done.stdout.split())
        return {(one["type"], one["name"]) for one in json.loads(done.stdout)["unmanaged"]}

    webhooks = ("twilio.conversations.WebhookConfiguration", "")
    sales = ("twilio.voice.ClientConfiguration", "sales")
    assert listed() == {sales, ("twilio.memory.Store", "customers"), webhooks}
    assert listed("--type", "voice") == {sales}
    assert listed("--name", "cust*") == {("twilio.memory.Store", "customers")}
    assert listed("--name", "*") == {sales, ("twilio.memory.Store", "customers")}, "a setting has no name"
    never_updated = '{"version": 3, "deployment": null}'
    looked_up = export((VOICE, by_name["sales"])).replace('"outputs":', '"external": true, "outputs":')
    of_another_account = export((VOICE, by_name["sales"]), account="AC" + "2" * 32)
    for other in (of_another_account, looked_up, export(), never_updated):
        file.write_text(other, "utf-16")
        assert sales in listed("--type", "voice")
    file.write_text(export((VOICE, by_name["sales"]), (STORE, memory)))
    done = call("unmanaged", str(file), "--type", "voice", "--type", "memory", **settings_of(accounts))
    assert done.stdout.splitlines() == [
        f"Twilio AC11…11 at {accounts.emulator.url}   memory 1, voice 2",
        f"  twilio.voice.ClientConfiguration  {by_name['desk']}  desk",
        "1 of 3 objects are managed by no stack",
    ]


@proves("command.unmanaged", "command.bad-input")
def test_what_it_cannot_use_is_named_with_a_remedy(accounts: Account, tmp_path: Path, empty: str) -> None:
    resources = '{"deployment": {"resources": [7]}}'
    named = '{"version": "1.0.0", "name": "desk"}'
    for text in ("", "[]", "{}", "7", named, '{"deployment": 7}', resources, "[" * 100_000):
        (tmp_path / "odd.json").write_text(text)
        done = call("unmanaged", str(tmp_path / "odd.json"), **settings_of(accounts))
        assert done.returncode == 1
        assert "is not a state of Pulumi" in done.stderr
        assert "pulumi stack export" in done.stderr
    for arguments, environment, code, text in (
        ([empty], {}, 1, "there are no credentials for Twilio or Ultravox"),
        ([empty, "--type", "voise"], settings_of(accounts), 2, "did you mean voice?"),
        ([str(tmp_path / "missing.json")], settings_of(accounts), 1, "can't be read: No such file"),
        ([str(tmp_path)], settings_of(accounts), 1, "can't be read: Is a directory"),
        (["--cwd", str(tmp_path / "missing")], settings_of(accounts), 2, "does not exist"),
        (["--cwd", str(tmp_path)], settings_of(accounts), 1, "there is no Pulumi project"),
        (
            [empty],
            {**settings_of(accounts), "SWITCHBOARD_ENDPIONT": accounts.emulator.url},
            1,
            "did you mean SWITCHBOARD_ENDPOINT?",
        ),
        (["--cwd", str(tmp_path), "--stack", "dev"], settings_of(accounts), 1, "there is no Pulumi project"),
    ):
        done = call("unmanaged", *arguments, **{**NO_SETTINGS, **environment})
        assert (done.returncode, text in done.stderr) == (code, True), done.stderr


@proves("command.unmanaged", "command.bad-input")
def test_an_export_can_be_piped_into_it(accounts: Account) -> None:
    id = add_clients(accounts, "desk")["desk"]
    done = call("unmanaged", "-", "--type", "voice", text=export((VOICE, id)), **settings_of(accounts))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "0 of 1 objects are managed by no stack"
    done = call("unmanaged", "-", text="error: no stack selected", **settings_of(accounts))
    assert (done.returncode, "the standard input is not a state of Pulumi" in done.stderr) == (1, True)


@proves("command.partial")
def test_what_a_vendor_refuses_is_named_and_the_rest_is_listed(accounts: Account, empty: str) -> None:
    add_clients(accounts, "desk")
    with accounts.emulator.inject("GET memory.twilio.com/v1/ControlPlane/Stores", Answer(403, json=NO)):
        done = call("unmanaged", empty, **settings_of(accounts))
    assert done.returncode == 3
    assert "✗ twilio.memory.Store: Twilio answered: No. (HTTP 403, code 20003)" in done.stderr
    assert "has to be enabled for the account" in done.stderr
    assert "  twilio.voice.ClientConfiguration" in done.stdout
    with accounts.emulator.inject("GET memory.twilio.com/v1/ControlPlane/Stores", Answer(403, json=NO)):
        done = call("unmanaged", empty, "--json", **settings_of(accounts))
    assert [one["type"] for one in json.loads(done.stdout)["refused"]] == ["twilio.memory.Store"]


@proves("secret.nowhere-in-plain")
def test_a_bug_is_reported_without_the_values_that_its_error_has(
    accounts: Account, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("canary")

    monkeypatch.setattr("pulumi_switchboard.cli.reading.read_inventory", fail)
    done = call("unmanaged", empty, **settings_of(accounts))
    assert done.returncode == 1
    assert "this is a bug in pulumi-switchboard, please report it: ValueError < cli/reading.py" in done.stderr
    assert "canary" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_that_cannot_show_a_character_shows_an_escape(accounts: Account, empty: str) -> None:
    arguments = ("unmanaged", empty, "--type", "voice")
    done = run(*arguments, PYTHONIOENCODING="ascii", **settings_of(accounts))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Twilio AC11\\u202611 at ")
