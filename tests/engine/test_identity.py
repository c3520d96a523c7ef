"""Stacks and lives of one stack: none takes another's objects, and what was retained is found again."""

from __future__ import annotations

from pathlib import Path

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import (
    ORCHESTRATOR,
    VOICE,
    assert_one_each,
    desk,
    ids_in_state,
    support,
    warnings,
)
from tests.engine.stack import Stack
from tests.promises import proves

TYPES = (VOICE, ORCHESTRATOR)


@proves("identity.stacks-apart", "delete.removes")
def test_stacks_of_one_program_share_nothing_and_a_destroyed_or_renamed_one_goes_on(
    stack: Stack, emulator: Emulator, tmp_path: Path
) -> None:
    account, twin = Account.of(stack, emulator), Stack(tmp_path / "twin", emulator.url)
    twin.create()
    program = desk("desk") + support("support")

    def ids(*stacks: Stack) -> set[str]:
        return {id for one in stacks for type in TYPES for id in ids_in_state(one, type).values()}

    def at_vendor() -> set[str]:
        return {id for type in TYPES for id in account.objects(type)}

    stack.up(program)
    twin.up(program)
    assert len(at_vendor()) == 4
    assert ids(stack, twin) == at_vendor()
    account.new_requests()

    first = ids(twin)
    twin.destroy()
    assert account.new_writes() == ["DELETE", "DELETE"]
    assert ids(stack) == at_vendor()

    twin.up()
    assert account.new_writes() == ["POST", "POST"]
    assert ids(stack, twin) == at_vendor()
    assert not ids(twin) & first

    before = ids(stack)
    stack.run("stack", "rename", "prod")
    stack.name = "prod"
    stack.assert_settled()
    assert account.new_writes() == []
    assert ids(stack) == before


@proves("claims.announced", "identity.object-of-its-own", "import.adopts")
def test_a_retained_object_is_found_again_or_imported_and_update_plans_are_kept_to(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account.of(stack, emulator)
    retain = "retain_on_delete=True"

    def both(name: str, text: str = "first", options: str = retain) -> str:
        return desk(name, text, options) + support(name, text, options)

    def up_by_plan(program: str) -> str:
        stack.write(program)
        said = stack.preview("--save-plan", "plan.json")
        stack.up(None, "--plan", "plan.json")
        return said

    up_by_plan(both("kept") + both("taken") + desk("other"))
    kept = {type: ids_in_state(stack, type) for type in TYPES}
    objects = {type: account.objects(type) for type in TYPES}
    stack.up(desk("other"))
    assert {type: account.objects(type) for type in TYPES} == objects
    account.new_requests()

    imports = desk("imported", options=f'import_="{kept[VOICE]["taken"]}"') + support(
        "imported", options=f'import_="{kept[ORCHESTRATOR]["taken"]}"', display_name="taken"
    )
    said = warnings(stack.up(both("kept") + imports + desk("other")))
    for type in TYPES:
        names = {"kept": kept[type]["kept"], "imported": kept[type]["taken"]}
        assert {name: ids_in_state(stack, type)[name] for name in names} == names
    assert "by an earlier run" in said["kept"]
    assert "adopts" in said["imported"]

    said_by_preview = up_by_plan(both("kept") + imports + desk("other") + both("taken", "second"))
    assert 'unique_name      : "taken-' in said_by_preview, (
        "the preview of a stack that exists knows the name"
    )
    texts = {"kept": "first", "imported": "first", "taken": "second"}
    assert_one_each(stack, emulator, ORCHESTRATOR, texts)
    assert_one_each(stack, emulator, VOICE, texts | {"other": "first"})
    stack.assert_settled()
