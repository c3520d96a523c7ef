"""What docs/limits.md says of Pulumi itself."""

from __future__ import annotations

import os

from pulumi_switchboard.emulator import Emulator

from bench.accounts import after_writes, ours
from tests.engine.account import Account
from tests.engine.programs import STORES, token, urn
from tests.engine.stack import ROOT, Stack


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


def test_each_provider_of_a_program_is_a_process(stack: Stack, emulator: Emulator) -> None:
    stack.environment["PYTHONPATH"] = os.pathsep.join([stack.settings()["PYTHONPATH"], str(ROOT)])

    found = after_writes(stack, ours(accounts=2, path="first", configurations=3))

    assert len(emulator.state) == 2
    assert len(found) == 2
    assert all(0 < size.proportional <= size.resident for size in found)
