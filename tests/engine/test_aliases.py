"""A resource renamed with an alias, and another of its old name: each has an object of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.kinds import VOICE, Kind, each_kind
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

ALIAS = 'aliases=[pulumi.Alias(name="a")]'


def _renamed(kind: Kind, options: str = ALIAS) -> str:
    return kind.program("b", "first", options)


@each_kind
def test_an_alias_keeps_the_object_as_it_is(stack: Stack, emulator: Emulator, kind: Kind) -> None:
    stack.up(kind.program("a", "first"))
    before = kind.objects(emulator)

    stack.up(_renamed(kind))

    kind.assert_has(stack, emulator, {"b": "first"})
    assert kind.objects(emulator) == before


@each_kind
def test_a_new_resource_of_the_old_name_makes_its_own_object(
    stack: Stack, emulator: Emulator, kind: Kind
) -> None:
    stack.up(kind.program("a", "first"))
    stack.up(_renamed(kind))

    said = stack.up(f"new = {kind.program('a', 'second')}" + _renamed(kind, f"{ALIAS}, depends_on=[new]"))

    kind.assert_has(stack, emulator, {"a": "second", "b": "first"})
    assert "warning" not in said


@pytest.mark.parametrize("new_comes_first", [True, False])
def test_pulumi_refuses_a_rename_and_the_use_of_the_old_name_in_one_update(
    stack: Stack, emulator: Emulator, *, new_comes_first: bool
) -> None:
    stack.up(VOICE.program("a", "first"))
    before = VOICE.objects(emulator)
    programs = [_renamed(VOICE), VOICE.program("a", "second")]
    stack.write("".join(reversed(programs) if new_comes_first else programs))

    said = stack.run("up", "--yes", fails=True).output

    assert "Duplicate resource" in said
    assert VOICE.objects(emulator) == before


@each_kind
def test_a_targeted_create_of_the_old_name_makes_its_own_object(
    stack: Stack, emulator: Emulator, kind: Kind
) -> None:
    stack.up(kind.program("a", "first"))
    stack.up(_renamed(kind))

    both = _renamed(kind) + kind.program("a", "second")
    stack.up(both, "--target", kind.urn(stack, "a"))

    kind.assert_has(stack, emulator, {"a": "second", "b": "first"})


@each_kind
def test_a_name_may_pass_through_several_resources(stack: Stack, emulator: Emulator, kind: Kind) -> None:
    stack.up(kind.program("a", "first"))
    stack.up(_renamed(kind))
    first = kind.program("b", "first")
    stack.up(first + kind.program("a", "second"))
    stack.up(first + kind.program("c", "second", ALIAS))

    stack.up(first + kind.program("c", "second") + kind.program("a", "third"))

    kind.assert_has(stack, emulator, {"a": "third", "b": "first", "c": "second"})


def test_a_generated_name_that_is_ignored_stays_with_its_resource(stack: Stack, emulator: Emulator) -> None:
    stack.up(VOICE.program("a", "first"))

    ignoring = _renamed(VOICE, f'{ALIAS}, ignore_changes=["unique_name"]')
    stack.up(ignoring)
    stack.up(ignoring + VOICE.program("a", "second"))

    VOICE.assert_has(stack, emulator, {"a": "second", "b": "first"})


def test_an_imported_object_with_a_generated_name_is_not_taken_by_a_resource_of_that_name(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(VOICE.program("a", "first", "retain_on_delete=True") + VOICE.program("z", "other"))
    id = vendor.client_named(next(n for n in _names(vendor) if n.startswith("a-")))["id"]
    stack.up(VOICE.program("z", "other"))
    imported = VOICE.program("c", "first", f'import_="{id}"') + VOICE.program("z", "other")
    stack.up(imported)

    stack.up(imported + VOICE.program("a", "second"))

    VOICE.assert_has(stack, emulator, {"a": "second", "c": "first", "z": "other"})


def _names(vendor: Vendor) -> Iterator[str]:
    return (str(client["unique_name"]) for client in vendor.clients().values())


@pytest.mark.parametrize("is_first", [True, False], ids=["first up", "later up"])
def test_an_update_plan_is_kept_to(stack: Stack, emulator: Emulator, *, is_first: bool) -> None:
    if not is_first:
        stack.up(VOICE.program("a", "first"))
    stack.write(VOICE.program("a", "second") + VOICE.program("b", "third"))

    said = stack.preview("--save-plan", "plan.json")
    assert is_first or 'unique_name      : "b-' in said, "the preview of a stack that exists knows the name"
    stack.up(None, "--plan", "plan.json")

    VOICE.assert_has(stack, emulator, {"a": "second", "b": "third"})
