"""Accounts that others have filled are imported by the command, and managed from then on."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Callable

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.full_account import SECRETS, TOKEN, fill
from tests.engine.importing import commands, import_, programs, remove_imports, replace_in_program
from tests.engine.programs import TELEPHONY, VOICE, WEBHOOKS
from tests.engine.stack import ACCOUNT, OTHER, SECRET, Stack
from tests.promises import proves
from tests.samples.twilio.conversations import webhook_configuration
from tests.samples.twilio.memory import store
from tests.samples.twilio.voice import client_configuration
from tests.typing.test_typing import mypy, pyright

NewProject = Callable[[str], Stack]
ADOPTED = (
    "without a change: it is as the program says",
    "as the program says already: this resource manages it",
)
SETTINGS = {WEBHOOKS, TELEPHONY}


@proves(
    "command.import",
    "command.import-stack",
    "command.import-existing",
    "command.partial",
    "import.without-a-write",
    "import.write-only",
    "import.may-stay-in-program",
    "secret.nowhere-in-plain",
)
def test_a_full_account_is_adopted_without_a_write_edited_and_destroyed(
    new_project: NewProject, emulator: Emulator
) -> None:
    stack = new_project("desk")
    account = Account.of(stack, emulator)
    stack.secrets += SECRETS
    full = fill(account)
    filled = emulator.state
    account.new_requests()

    done = import_(stack, "--stack", stack.name, code=3)
    assert f"({full.declared} resources)" in done.stdout
    for reason in full.refused:
        assert f" is left out: {reason}" in done.stderr
    assert len(done.stderr.splitlines()) == len(full.refused)
    assert len(programs(stack)) > 8, "a module for each type"
    for check in (mypy, pyright):
        assert check(stack.folder, *programs(stack)) == {}

    stack.configure_secret("twilioTelephonyAuthToken", TOKEN)
    said = stack.up()
    assert sum(said.partition("Diagnostics:")[2].count(text) for text in ADOPTED) == full.declared
    assert "is adopted with the auth_token of the program, which is not written" in said
    assert "overwrites" not in said
    stack.assert_settled()
    again = import_(stack, "--dry-run", code=3)
    assert (
        f"{full.declared} objects are left out: a stack manages them\nThere is nothing to import."
        in again.stdout
    )
    assert remove_imports(stack) == full.declared
    stack.up(None, "--refresh", "--expect-no-changes")
    assert account.new_writes() == []
    assert emulator.state == filled

    assert replace_in_program(stack, '"Calls to 7"', '"Calls to nobody"') == 1
    assert replace_in_program(stack, "protect=True,?", "") == full.declared - len(SETTINGS) - 1
    assert replace_in_program(stack, r"(memory\.Store\(\s*[^,]*,)", r"\1 deletion_protection=False,") == 3
    stack.up()
    assert account.new_writes() == ["PUT"]
    (edited,) = (
        shown for shown in account.objects(VOICE).values() if shown["description"] == "Calls to nobody"
    )
    assert filled[ACCOUNT][VOICE][edited["id"]] == {
        **edited,
        "description": "Calls to 7",
        "date_updated": edited["date_created"],
    }

    stack.destroy()
    assert Counter(account.new_writes()) == {"DELETE": full.declared - len(SETTINGS) - 1}
    left = {id: type for objects in emulator.state.values() for type in objects for id in objects[type]}
    assert left.keys() == {*full.refused.values(), ACCOUNT, "twilio"}
    assert {type: account.objects(type) for type in SETTINGS} == {
        type: objects[type] for objects in filled.values() for type in SETTINGS & objects.keys()
    }


@proves("command.import", "command.read-only", "credentials.region-and-edge")
def test_two_accounts_in_two_regions_are_two_projects_that_keep_apart(
    new_project: NewProject, emulator: Emulator
) -> None:
    ireland, virginia = new_project("ireland"), new_project("virginia")
    set_up_as_told(ireland, imported(ireland, emulator, ACCOUNT, TWILIO_REGION="ie1"))
    imported(virginia, emulator, OTHER)
    virginia.create()
    virginia.environment |= dict.fromkeys(("TWILIO_ACCOUNT_SID", "SWITCHBOARD_ENDPOINT"), "")
    filled, since = emulator.state, len(emulator.journal)
    virginia.configure_in_plain(twilio__accountSid=ACCOUNT, switchboard__endpoint=emulator.url)
    # The first problem that a check finds ends an update: with one resource, it is known which that is.
    named = (f"**::{name}" for name in ("switchboard", "webhook-configuration"))
    said = virginia.up(None, *(part for urn in named for part in ("--target", urn)), fails=True)
    assert f"its id is {ACCOUNT}: use that, unless the credentials are those of the wrong account" in said
    virginia.configure_in_plain(twilio__accountSid=OTHER, switchboard__endpoint=emulator.url)
    for stack, own, other, host in (
        (ireland, ACCOUNT, OTHER, r"\w+\.ie1\.twilio\.com"),
        (virginia, OTHER, ACCOUNT, r"\w+\.twilio\.com"),
    ):
        text = "".join(path.read_text() for path in programs(stack))
        assert {id for objects in filled[own].values() for id in objects if id not in text} == set()
        assert {id for objects in filled[other].values() for id in objects if id in text} == set()
        before = len(emulator.journal)
        stack.up()
        stack.assert_settled()
        assert len(emulator.journal) > before
        assert all(re.fullmatch(host, entry.host) for entry in emulator.journal[before:])
    assert {entry.method for entry in emulator.journal[since:]} == {"GET"}
    assert emulator.state == filled


def imported(stack: Stack, emulator: Emulator, sid: str, **location: str) -> list[str]:
    """Fill an account and import it; returns the commands that are said to be next."""
    account = Account(emulator, sid)
    for sample in (client_configuration.sample, store.sample):
        account.add(sample, {})
    account.change(webhook_configuration.sample, {"target": "flex"})
    stack.environment |= {"TWILIO_ACCOUNT_SID": sid, **location}
    said = import_(stack).stdout
    assert "The first update adopts 3 resources and writes nothing." in said
    return commands(said)


def set_up_as_told(stack: Stack, told: list[str]) -> None:
    """Set the stack up with the commands; from then on, the environment has no settings."""
    first, *others, up = told
    assert first.startswith(f"cd {stack.folder} && pulumi stack init ")
    assert up == "pulumi up"
    stack.name = stack.project
    for line in (first.partition(" && ")[2], *others):
        _, *arguments = shlex.split(line)
        stack.run(*arguments, told=SECRET if "--secret" in arguments else "")
    settings = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_REGION", "SWITCHBOARD_ENDPOINT")
    stack.environment |= dict.fromkeys(settings, "")
