"""What docs/limits.md says of Pulumi itself."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import STORES, token, urn
from tests.engine.stack import Stack


def test_a_forced_replacement_leaves_a_protected_store_in_place_and_pulumi_import_fails(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account(emulator)
    stack.up('twilio.memory.Store("customers")')
    first = account.only(STORES)["id"]

    said = stack.up(None, "--replace", urn(stack, STORES, "customers"))
    assert f"{first} is protected from deletion: it is left in place, and not managed any more" in said
    assert set(account.objects(STORES)) > {first}
    stack.assert_settled()

    command = stack.start("import", token(STORES), "other", first, "--yes")
    said, status = command.output(), command.process.wait()
    assert status != 0
    assert "KeyError: '__provider'" in said, "in Pulumi's host"
