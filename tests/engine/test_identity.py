"""Who a resource is: renames, moves, replacements, other stacks, and objects that stay behind."""

from __future__ import annotations

from pathlib import Path

from pulumi_switchboard.emulator import Emulator

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

NOTIFICATION = 'call_notification={"url": "https://desk.example.com/calls"}'
PROGRAM = f'twilio.voice.ClientConfiguration("support", {NOTIFICATION})\n'
NAMED = f'twilio.voice.ClientConfiguration("support", unique_name="front-desk", {NOTIFICATION})\n'
OTHER = f'twilio.voice.ClientConfiguration("other", {NOTIFICATION})\n'


def _renamed(program: str) -> str:
    return program.replace('"support"', '"desk"')


def _with(program: str, options: str) -> str:
    """The program with these options of the resource."""
    return program.replace(
        "call_notification=", f"opts=pulumi.ResourceOptions({options}), call_notification="
    )


def _in_component(program: str, options: str = "") -> str:
    return 'team = pulumi.ComponentResource("proof:index:Team", "team")\n' + _with(
        program, f"parent=team, {options}"
    )


def test_a_rename_or_a_move_without_alias_makes_a_new_object_and_deletes_the_old(
    stack: Stack, vendor: Vendor
) -> None:
    stack.up(PROGRAM)
    vendor.new_writes()

    stack.up(_renamed(PROGRAM))
    assert vendor.new_writes() == ["POST", "DELETE"]
    assert vendor.only_client()["unique_name"].startswith("desk-")
    assert stack.ids() == set(vendor.clients())

    stack.up(_in_component(_renamed(PROGRAM)))
    assert vendor.new_writes() == ["POST", "DELETE"]
    assert stack.ids() == set(vendor.clients())
    assert len(vendor.clients()) == 1
    stack.assert_settled()


def test_a_rename_and_a_move_with_alias_keep_the_object_and_its_name(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    before = vendor.only_client()
    vendor.new_writes()

    stack.up(_with(_renamed(PROGRAM), 'aliases=[pulumi.Alias(name="support")]'))
    stack.up(_in_component(_renamed(PROGRAM), "aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]"))

    assert vendor.new_writes() == []
    assert vendor.only_client() == before
    assert stack.ids() == {before["id"]}
    stack.assert_settled()


def test_a_rename_of_a_named_object_needs_an_alias_and_says_so(stack: Stack, vendor: Vendor) -> None:
    stack.up(NAMED)
    before = vendor.only_client()
    vendor.new_writes()

    said = stack.up(_renamed(NAMED), fails=True)
    assert f"unique_name is taken by {before['id']}" in said
    assert "aliases=[…] if it is this very resource under an earlier name or parent" in said
    assert stack.ids() == {before["id"]}

    stack.up(_with(_renamed(NAMED), 'aliases=[pulumi.Alias(name="support")]'))
    assert vendor.new_writes() == []
    assert vendor.only_client() == before
    assert stack.ids() == {before["id"]}
    stack.assert_settled()


def test_a_forced_replacement_of_a_named_object_has_to_delete_it_first(stack: Stack, vendor: Vendor) -> None:
    stack.up(NAMED)
    before = vendor.only_client()
    vendor.new_writes()

    said = stack.up(None, "--replace", stack.urn("support"), fails=True)
    assert f"unique_name is taken by {before['id']}" in said
    assert "delete_before_replace=True if it is to be replaced" in said
    assert stack.ids() == {before["id"]}
    assert vendor.new_writes() == []

    stack.up(_with(NAMED, "delete_before_replace=True"), "--replace", stack.urn("support"))
    assert vendor.new_writes() == ["DELETE", "POST"]
    assert stack.ids() == set(vendor.clients())
    assert before["id"] not in vendor.clients()
    stack.assert_settled()


def test_a_renamed_stack_leaves_its_objects_alone(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    before = vendor.only_client()
    vendor.new_writes()

    stack.run("stack", "rename", "prod")
    stack.name = "prod"
    stack.assert_settled()

    assert vendor.new_writes() == []
    assert vendor.only_client() == before
    assert stack.ids() == {before["id"]}


def test_an_object_that_was_retained_is_taken_up_again(stack: Stack, vendor: Vendor) -> None:
    retained = OTHER + _with(PROGRAM, "retain_on_delete=True")
    stack.up(retained)
    before = vendor.clients()

    stack.up(OTHER)
    assert vendor.clients() == before
    assert len(stack.ids()) == 1

    said = stack.up(retained)
    assert "was made for this resource by an earlier run: this resource manages it from now on" in said
    assert vendor.new_writes() == ["POST", "POST"]
    assert vendor.clients() == before
    assert stack.ids() == set(vendor.clients())
    stack.assert_settled()


def test_a_name_that_someone_else_has_taken_is_refused_and_can_be_imported(
    stack: Stack, vendor: Vendor
) -> None:
    id = vendor.add_client("front-desk", "https://desk.example.com/calls")
    before = vendor.only_client()

    for program in (NAMED, NAMED.replace("desk.example.com", "else.example.com")):
        said = stack.up(program, fails=True)
        assert f"unique_name is taken by {id}" in said
        assert f'import_="{id}"' in said
        assert stack.resources() == []

    stack.up(_with(NAMED, f'import_="{id}"'))
    assert vendor.new_writes() == []
    assert vendor.only_client() == before
    assert stack.ids() == {id}
    stack.assert_settled()


def test_two_stacks_of_one_program_share_nothing_and_a_destroyed_one_comes_up_again(
    stack: Stack, vendor: Vendor, emulator: Emulator, tmp_path: Path
) -> None:
    twin = Stack(tmp_path / "twin", emulator.url)
    twin.create()

    stack.up(PROGRAM)
    twin.up(PROGRAM)
    assert len(vendor.clients()) == 2
    assert stack.ids() | twin.ids() == set(vendor.clients())

    twin.destroy()
    assert vendor.new_writes() == ["POST", "POST", "DELETE"]
    assert stack.ids() == set(vendor.clients())

    twin.up()
    assert vendor.new_writes() == ["POST"]
    assert len(vendor.clients()) == 2
    assert stack.ids() | twin.ids() == set(vendor.clients())
    twin.assert_settled()
