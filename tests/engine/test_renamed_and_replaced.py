"""A resource that is replaced in the update that renames or moves it: the object it had is deleted."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.kinds import VOICE, Kind, each_kind
from tests.engine.stack import Stack

ALIAS = 'aliases=[pulumi.Alias(name="a")]'
COMPONENT = 'team = pulumi.ComponentResource("proof:index:Team", "team")\n'
INTO_COMPONENT = "parent=team, aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]"


@each_kind
@pytest.mark.parametrize(
    "further", ["", ", delete_before_replace=True"], ids=["create first", "delete first"]
)
def test_a_resource_that_is_renamed_and_replaced_has_one_object(
    stack: Stack, emulator: Emulator, kind: Kind, further: str
) -> None:
    stack.up(kind.program("a", "first"))
    before = kind.assert_has(stack, emulator, {"a": "first"})

    said = stack.up(kind.program("b", "first", ALIAS + further, is_replaced=True))

    after = kind.assert_has(stack, emulator, {"b": "first"})
    assert after["b"] != before["a"]
    assert "warning" not in said
    stack.destroy()
    assert kind.objects(emulator) == {}


@each_kind
def test_a_resource_that_is_moved_into_a_component_and_replaced_has_one_object(
    stack: Stack, emulator: Emulator, kind: Kind
) -> None:
    stack.up(kind.program("a", "first"))

    stack.up(COMPONENT + kind.program("a", "first", INTO_COMPONENT, is_replaced=True))

    kind.assert_has(stack, emulator, {"a": "first"})


@each_kind
def test_each_forced_replacement_makes_another_object(stack: Stack, emulator: Emulator, kind: Kind) -> None:
    stack.up(kind.program("a", "first"))
    seen = set(kind.objects(emulator))

    for _ in range(3):
        said = stack.up(None, "--replace", kind.urn(stack, "a"))
        assert "warning" not in said
        now = kind.assert_has(stack, emulator, {"a": "first"})
        assert now["a"] not in seen
        seen.update(now.values())


def test_a_replacement_on_changes_gives_a_voice_configuration_the_next_generated_name(
    stack: Stack, emulator: Emulator
) -> None:
    stack.up(VOICE.program("a", "first"))
    (first,) = VOICE.objects(emulator).values()

    stack.up(VOICE.program("a", "first", is_replaced=True))

    VOICE.assert_has(stack, emulator, {"a": "first"})
    (second,) = VOICE.objects(emulator).values()
    assert second["id"] != first["id"]
    assert second["unique_name"].startswith("a-")
    assert second["unique_name"] != first["unique_name"]
