"""Whose credentials apply, several accounts in one program, and what happens when they do not fit."""

from __future__ import annotations

import re

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import VOICE, desk, ids_in_state, token
from tests.engine.stack import ACCOUNT, Stack
from tests.promises import proves

OTHER, THIRD = "AC" + "2" * 32, "AC" + "3" * 32


def configure_in_plain(stack: Stack, **values: str) -> None:
    """Make these the stack's whole configuration without a command; `__` stands for the colon."""
    path = stack.folder / f"Pulumi.{stack.name}.yaml"
    kept = path.read_text().partition("config:\n")[0]
    lines = [f"  {name.replace('__', ':')}: {value}\n" for name, value in values.items()]
    path.write_text(kept + "".join(["config:\n", *lines]))


@proves(
    "credentials.one-source",
    "credentials.missing",
    "credentials.region-and-edge",
    "error.refused-credentials",
    "secret.nowhere-in-plain",
)
def test_credentials_come_whole_from_one_source_and_a_new_token_needs_the_program(stack: Stack) -> None:
    old, new = stack.secret("canary-of-the-old-token"), stack.secret("canary-of-the-new-token")
    accounts = {OTHER: old}
    with Emulator(accounts=accounts) as emulator:
        account = Account(emulator, OTHER)
        stack.endpoint = emulator.url
        stack.environment |= {"TWILIO_REGION": "ie1", "TWILIO_EDGE": "dublin"}
        configure_in_plain(stack, twilio__accountSid=OTHER)

        said = stack.up(desk("desk"), fails=True)
        assert "the configuration has a part of the Twilio credentials, not twilio:authToken" in said
        assert account.new_requests() == []
        assert stack.resources(token(VOICE)) == []

        stack.configure("twilio:authToken", old, secret=True)
        command = stack.start("up", "--yes", "--skip-preview")
        stack.assert_clean(command.output())
        assert any("pulumi.dynamic" in line for line in command.seen), "the provider process was not seen"
        assert {"desk": account.only(VOICE)["id"]} == ids_in_state(stack, VOICE)
        assert {entry.host for entry in emulator.journal} == {"voice.dublin.ie1.twilio.com"}

        accounts[OTHER] = new
        stack.configure("twilio:authToken", new, secret=True)
        said = stack.refresh(fails=True)
        assert "HTTP 401, code 20003" in said
        assert "--run-program" in said
        assert {"desk": account.only(VOICE)["id"]} == ids_in_state(stack, VOICE)
        stack.refresh("--run-program")


@proves("credentials.misspelled", "guard.other-account-stops", "guard.other-endpoint-stops", "warning.once")
def test_a_misspelled_setting_or_another_account_stops_every_command_before_a_request(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account(emulator)
    stack.write(desk("desk"))
    configure_in_plain(stack, switchboard__endpiont="https://a.example.com", twilio__authTokn="not-shown")

    said = stack.run("up", "--yes", fails=True).output
    assert (
        "error: pulumi-switchboard does not read switchboard:endpiont in the stack's configuration; "
        "did you mean switchboard:endpoint?"
    ) in said
    assert "What to do: correct the name, or remove it" in said
    assert "not-shown" not in said
    assert account.new_requests() == []

    configure_in_plain(stack, twilio__authTokn="not-shown")
    _, _, diagnostics = stack.up().partition("Diagnostics:")
    assert diagnostics.count("warning: pulumi-switchboard does not read twilio:authTokn") == 1
    before = ids_in_state(stack, VOICE)
    account.new_requests()

    there = f"{ACCOUNT} at {stack.endpoint}"
    stack.environment["TWILIO_ACCOUNT_SID"] = OTHER
    said = stack.destroy(fails=True)
    assert f"the object is in account {there}" in said
    assert f"the credentials are for account {OTHER} at {stack.endpoint}" in said
    del stack.environment["TWILIO_ACCOUNT_SID"]
    stack.environment["SWITCHBOARD_ENDPOINT"] = stack.endpoint.replace("127.0.0.1", "localhost")
    said = stack.refresh(fails=True)
    assert f"the credentials are for account {ACCOUNT} at http://localhost" in said
    del stack.environment["SWITCHBOARD_ENDPOINT"]
    assert account.new_requests() == []
    assert ids_in_state(stack, VOICE) == before == {"desk": account.only(VOICE)["id"]}
    stack.assert_settled()


PROGRAM = f"""
import os

def provider(name, account, **credentials):
    return Provider(name, twilio_account_sid=account, **credentials)

acme = provider("acme", "{OTHER}", twilio_auth_token=os.environ.get("ACME_TOKEN"))
umbrella = provider(
    "umbrella", "{THIRD}", twilio_api_key="SK{"3" * 32}", twilio_api_secret=os.environ["UMBRELLA_SECRET"]
)

class Desk(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("proof:index:Desk", name, None, opts)
        url = "https://desk.example.com"
        child = pulumi.ResourceOptions(parent=self)
        twilio.voice.ClientConfiguration(name, child, call_notification={{"url": url}})

url = pulumi.Output.secret("https://canary-user:canary-word@desk.example.com/?key=canary-key")
own = twilio.voice.ClientConfiguration("own", call_notification={{"url": url}})
theirs = pulumi.ResourceOptions(provider=acme)
theirs = twilio.voice.ClientConfiguration("theirs", theirs, call_notification={{"url": "https://a.example.com"}})
Desk("child", pulumi.ResourceOptions(providers=[umbrella]))
Desk("plain")
pulumi.export("accounts", [own.account_sid, theirs.account_sid])
"""


@proves(
    "credentials.second-account",
    "credentials.missing",
    "transport.debug-log",
    "secret.nowhere-in-plain",
    "secret.webhook-urls",
)
def test_each_provider_serves_its_account_and_the_log_has_each_request_without_secrets(
    stack: Stack, emulator: Emulator
) -> None:
    accounts = {ACCOUNT: {"own", "plain"}, OTHER: {"theirs"}, THIRD: {"child"}}
    account = Account(emulator)
    stack.secrets += ["canary-user", "canary-word", "canary-key", "Authorization"]
    stack.environment["UMBRELLA_SECRET"] = stack.secret("canary-of-umbrella")
    stack.environment["SWITCHBOARD_LOG"] = "debug"
    stack.write(PROGRAM)
    assert "not twilio:authToken" in stack.preview(fails=True)
    assert account.new_requests() == []

    stack.environment["ACME_TOKEN"] = stack.secret("canary-of-the-first-token")
    said = stack.up()
    found = {sid: Account(emulator, sid).objects(VOICE) for sid in accounts}
    names = {
        sid: {shown["unique_name"].rsplit("-", 1)[0] for shown in of.values()} for sid, of in found.items()
    }
    assert names == accounts
    (root,) = stack.resources("pulumi:pulumi:Stack")
    assert root["outputs"] == {"accounts": [ACCOUNT, OTHER]}
    assert (
        len(re.findall(r"POST http://\S+/v2/Configurations/Client -> 201, request id RQ\w+, \d+ ms", said))
        >= 4
    )
    assert re.search(r"GET http://\S+/v2/Configurations/Client/own-\w{7} -> 404", said)
    assert account.new_writes() == ["POST"] * 4

    stack.environment["ACME_TOKEN"] = stack.secret("canary-of-the-second-token")
    stack.up()
    stack.refresh()
    assert account.new_writes() == []
    assert len(re.findall(r"DELETE \S+ -> 204, request id", stack.destroy())) >= 4
    assert emulator.state == {}
    assert stack.resources(token(VOICE)) == []
