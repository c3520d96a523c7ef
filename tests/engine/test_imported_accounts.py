"""Accounts that others have filled are imported by the command, and managed from then on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.full_account import SECRETS, TOKEN, fill
from tests.engine.importing import import_, programs, remove_imports, replace_in_program
from tests.engine.programs import TELEPHONY, VOICE, WEBHOOKS
from tests.engine.stack import ACCOUNT, Stack
from tests.promises import proves
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

    stack.configure("twilioTelephonyAuthToken", TOKEN, secret=True)
    said = stack.up()
    assert sum(said.partition("Diagnostics:")[2].count(text) for text in ADOPTED) == full.declared
    assert "is adopted with the auth_token of the program, which is not written" in said
    assert "overwrites" not in said
    stack.assert_settled()
    again = import_(stack, "--dry-run", code=3)
    assert (
        f"{full.declared} objects are left out: the stack manages them\nThere is nothing to import."
        in again.stdout
    )
    assert remove_imports(stack) == full.declared
    stack.assert_settled()
    assert account.new_writes() == []
    assert emulator.state == filled

    assert replace_in_program(stack, '"Calls to 7"', '"Calls to nobody"') == 1
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
