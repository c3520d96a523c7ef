"""The lives of a resource: gone and made again, changed and back, replaced, renamed, moved, and twice."""

from __future__ import annotations

from pathlib import Path

from pulumi_switchboard.emulator import Emulator

from tests.engine.operations import (
    ALL_AT_ONCE,
    LATER,
    assert_as_programmed,
    ids_at_vendor,
    program,
)
from tests.engine.orchestrator import TOKEN, Orchestrator, urn
from tests.engine.orchestrator import ids as ids_in_state
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

TIMES = 10


def renamed(text: str, old: str, new: str) -> str:
    """The program with another name of the resource, and the same display name."""
    return text.replace(f"for name in ['{old}']", f"for name in ['{new}']").replace(
        "display_name=name", f'display_name="{old}"'
    )


def in_component(text: str) -> str:
    """The program with the resources in a component."""
    team = '\n        team = pulumi.ComponentResource("proof:index:Team", "team")'
    return team + text.replace("ResourceOptions(", "ResourceOptions(parent=team, ")


def test_one_that_goes_and_comes_again_within_a_day_is_made_anew_each_time(
    stack: Stack, emulator: Emulator
) -> None:
    ids = set()
    for _ in range(TIMES):
        stack.up(program(["stays", "cycled"]), *ALL_AT_ONCE)
        assert ids_in_state(stack) == ids_at_vendor(emulator)
        ids.add(ids_at_vendor(emulator)["cycled"])
        emulator.advance(LATER)
        stack.up(program(["stays"]))
        assert ids_in_state(stack) == ids_at_vendor(emulator)
        assert ids_at_vendor(emulator).keys() == {"stays"}
        emulator.advance(LATER)
    assert len(ids) == TIMES


def test_a_change_back_and_forth_within_a_day_ends_as_the_program_says(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    for text in ("first", "second", "first"):
        stack.up(program(["desk"], text))
        assert_as_programmed(stack, emulator, ["desk"], text)
    assert vendor.new_writes() == ["POST", "PUT", "PUT"]


def test_the_same_stack_in_two_backends_has_two_objects(
    stack: Stack, emulator: Emulator, vendor: Vendor, tmp_path: Path
) -> None:
    twin = Stack(tmp_path / "twin", emulator.url)
    twin.create()

    stack.up(program(["desk"]))
    twin.up(program(["desk"]))
    there = set(Orchestrator(emulator).all())
    assert len(there) == 2
    assert {*ids_in_state(stack).values(), *ids_in_state(twin).values()} == there

    emulator.advance(LATER)
    twin.destroy()
    assert ids_at_vendor(emulator) == ids_in_state(stack)
    twin.up()
    assert vendor.new_writes() == ["POST", "POST", "DELETE", "POST"]
    assert len(Orchestrator(emulator).all()) == 2
    twin.assert_settled()
    stack.assert_settled()


def test_a_forced_replacement_or_a_taint_makes_another_object(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program(["desk"]))
    seen = set(ids_at_vendor(emulator).values())

    emulator.advance(LATER)
    stack.up(None, "--replace", urn(stack, "desk"))
    assert_as_programmed(stack, emulator, ["desk"])
    seen |= set(ids_at_vendor(emulator).values())
    stack.run("state", "taint", "--yes", urn(stack, "desk"))
    stack.up()

    assert_as_programmed(stack, emulator, ["desk"])
    seen |= set(ids_at_vendor(emulator).values())
    assert len(seen) == 3
    assert vendor.new_writes().count("DELETE") == 2


def test_a_rename_and_a_move_without_alias_leave_one_object(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program(["desk"]))
    there = Orchestrator(emulator)
    ids = {there.only()["id"]}

    steps = (
        renamed(program(["desk"]), "desk", "front"),
        in_component(renamed(program(["desk"]), "desk", "front")),
        in_component(program(["desk"])),
        program(["desk"]),
    )
    for step in steps:
        emulator.advance(LATER)
        stack.up(step)
        assert {item["id"] for item in stack.resources(TOKEN)} == set(there.all())
        ids.add(there.only()["id"])
        stack.assert_settled()

    assert len(ids) == 1 + len(steps)
    assert vendor.new_writes() == ["POST", *["POST", "DELETE"] * 3, "POST", "POST", "DELETE"]


def test_one_that_comes_again_takes_no_younger_object_of_the_same_name_that_is_anothers(
    stack: Stack, emulator: Emulator, tmp_path: Path
) -> None:
    twin = Stack(tmp_path / "twin", emulator.url)
    twin.create()
    stack.up(program(["stays", "desk"]))
    emulator.advance(LATER)
    stack.up(program(["stays"]))
    emulator.advance(LATER)
    twin.up(program(["desk"]))
    emulator.advance(LATER)

    stack.up(program(["stays", "desk"]))

    assert ids_in_state(stack)["desk"] != ids_in_state(twin)["desk"]
    stack.destroy()
    assert ids_at_vendor(emulator) == ids_in_state(twin)
