"""Whose credentials apply, several accounts in one program, and what happens when they do not fit."""

from __future__ import annotations

import re

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold

from tests.engine.account import Account
from tests.engine.programs import CLIENTS, VOICE, desk, ids_in_state, token
from tests.engine.stack import ACCOUNT, OTHER, SECRET, THIRD, Stack
from tests.promises import proves


@proves("credentials.missing", "credentials.misspelled")
def test_incomplete_credentials_end_an_update_before_a_request(stack: Stack, emulator: Emulator) -> None:
    stack.configure_in_plain(twilio__accountSid=OTHER)
    stack.environment |= {"TWILIO_AUTH_TOKEN": "", "TWILIO_AUTHTOKEN": "not-shown"}
    said = stack.up(desk("desk"), fails=True)
    assert "incomplete, because twilio:authToken (TWILIO_AUTH_TOKEN) is not set" in said
    assert "Already set: twilio:accountSid in the configuration" in said
    assert "TWILIO_AUTH_TOKEN in the environment is empty" in said
    meant = "TWILIO_AUTHTOKEN in the environment is not read; did you mean TWILIO_AUTH_TOKEN?"
    assert said.count(meant) == 1
    assert "not-shown" not in said
    assert emulator.journal == []
    assert stack.resources(token(VOICE)) == []


@proves(
    "credentials.in-plain-text",
    "credentials.misspelled",
    "credentials.region-and-edge",
    "error.refused-credentials",
    "guard.other-account-stops",
    "endpoint.same-account",
    "warning.once",
    "secret.nowhere-in-plain",
)
def test_wrong_credentials_stop_every_command_before_a_request_and_a_new_token_needs_the_program(
    stack: Stack,
) -> None:
    accounts, new = {ACCOUNT: SECRET}, stack.secret("canary-of-the-new-token")
    with Emulator(accounts=accounts) as emulator:
        account = Account(emulator)
        stack.endpoint = emulator.url
        stack.environment |= {"TWILIO_REGION": "ie1", "TWILIO_EDGE": "dublin"}
        stack.write(desk("desk"))
        stack.configure_in_plain(twilio__authTokn="not-shown", ultravox__apiKey="not-shown")
        hold = emulator.inject(f"POST {CLIENTS}", Hold())
        command = stack.start("up", "--yes", "--skip-preview")
        hold.wait()
        command.look()
        hold.release()
        said = command.output()
        stack.assert_clean(said)
        for warning in ("does not read twilio:authTokn", "ultravox:apiKey is in plain text"):
            assert said.partition("Diagnostics:")[2].count(warning) == 1
        assert "run `pulumi config set --secret ultravox:apiKey` to encrypt it" in said
        assert any("pulumi.dynamic" in line for line in command.seen), "the provider process was not seen"
        ids = {"desk": account.only(VOICE)["id"]}
        assert {entry.host for entry in emulator.journal} == {"voice.dublin.ie1.twilio.com"}
        account.new_requests()

        stack.environment["TWILIO_ACCOUNT_SID"] = OTHER
        said = stack.destroy(fails=True)
        assert f"the object is in account {ACCOUNT} at http://localhost" in said
        assert f"the credentials are for account {OTHER} at http://localhost" in said
        del stack.environment["TWILIO_ACCOUNT_SID"]
        assert account.new_requests() == []

        accounts[ACCOUNT] = new
        stack.configure_in_plain(twilio__accountSid=ACCOUNT)
        stack.configure_secret("twilio:authToken", new)
        said = stack.refresh(fails=True)
        assert "HTTP 401, code 20003" in said
        assert "--run-program" in said
        stack.environment["SWITCHBOARD_ENDPOINT"] = emulator.url.replace("127.0.0.1", "localhost")
        stack.refresh("--run-program")
        assert ids_in_state(stack, VOICE) == ids


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
    "credentials.one-source",
    "credentials.near-misses",
    "endpoint.encrypted",
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
    stack.environment["TWILIO_ACCOUNT_SID"] = ""
    stack.environment["SWITCHBOARD_ENDPOINT"] = emulator.url.replace("127.0.0.1", "0.0.0.0")  # noqa: S104
    stack.configure_in_plain(twilio__accountSid=ACCOUNT, switchboard__allowHttp="[a.example, 0.0.0.0]")
    stack.environment["ACME_TOKEN"] = ACCOUNT
    stack.write(PROGRAM)
    assert "twilio:authToken in the configuration is the SID of an account, and not" in stack.preview(
        fails=True
    )
    assert account.new_requests() == []

    stack.environment["ACME_TOKEN"] = stack.secret("canary-of-the-first-token")
    said = stack.up()
    found = {sid: Account(emulator, sid).objects(VOICE) for sid in accounts}
    names = {
        sid: {shown["unique_name"].rsplit("-", 1)[0] for shown in of.values()} for sid, of in found.items()
    }
    assert names == accounts
    assert stack.outputs() == {"accounts": [ACCOUNT, OTHER]}
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
