"""What every type says about its arguments before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.conformance.resource import UNKNOWN, CheckError, Resource
from tests.conformance.verbs import case
from tests.conformance.world import World, each, each_sample
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import having

CANARY = "canary"


def problems(world: World, resource: Resource) -> list[str]:
    """What a preview of a new resource says is wrong, in alphabetical order."""
    with pytest.raises(CheckError) as caught:
        world.engine.preview(resource)
    return sorted(str(caught.value).splitlines())


@proves("check.rules-fail", "check.all-problems-at-once")
@each_sample
def test_each_bad_value_is_named_with_its_path_and_reason(world: World) -> None:
    for invalid in world.sample.invalid:
        with case(str(invalid.changes)), world.without_requests():
            found = problems(world, world.changed(world.minimal, invalid.changes))
            assert found == invalid.message.splitlines()
            assert CANARY not in "".join(found)


@proves("check.all-problems-at-once")
@each_sample
def test_all_bad_values_are_reported_at_once(world: World) -> None:
    bag: dict[str, Any] = dict(world.minimal.arguments)
    expected = {}
    for invalid in world.sample.invalid:
        path = next(iter(invalid.changes)).partition(".")[0]
        if len(invalid.changes) == 1 and path not in expected:
            bag = having(bag, invalid.changes)
            expected[path] = invalid.message
    known = f"is unknown; the known names are: {', '.join(world.sample.arguments)}"
    found = problems(world, world.resource({**bag, "novel": CANARY}))
    assert len(expected) > 1
    assert found == sorted([*expected.values(), f"novel: {known}"])


@proves("check.rules-fail", "create.every-argument", "text.unusual-values")
@each(sample for sample in every() if sample.valid)
def test_unusual_values_that_the_vendor_takes_are_accepted_and_reach_it(world: World) -> None:
    world.engine.up(world.minimal)
    for changes in world.sample.valid:
        program = world.changed(world.minimal, changes)
        world.engine.up(program)
        world.is_settled(program)
    assert [text for text in world.engine.warnings if "plain http" in text or "documented" in text] == []


@proves("check.disputed-limits-warn")
@each(sample for sample in every() if sample.remarked)
def test_a_doubtful_value_is_remarked_on_when_it_is_new_or_changed(world: World) -> None:
    for remarked in world.sample.remarked:
        program = world.changed(world.minimal, remarked.changes)
        world.engine.log.clear()
        world.engine.preview(program)
        assert remarked.message in world.engine.warnings, remarked.changes
        assert CANARY not in "".join(world.engine.warnings)
        world.engine.up(program)
        world.engine.log.clear()
        world.engine.preview(program)
        assert world.engine.warnings == []
        world.is_settled(program)
        world.engine.destroy(program)


def with_unknowns(value: Any) -> Iterator[Any]:
    """The value with something unknown at each place."""
    yield UNKNOWN
    if isinstance(value, dict):
        for name, item in value.items():
            yield from ({**value, name: unknown} for unknown in with_unknowns(item))
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from ([*value[:place], one, *value[place + 1 :]] for one in with_unknowns(item))


@proves("check.unknown-never-fails")
@each_sample
def test_an_unknown_value_at_any_place_never_fails_a_preview(world: World) -> None:
    for expected in ("create", "update"):
        for program in (world.minimal, world.maximal):
            nothing = dict.fromkeys(program.arguments, UNKNOWN)
            assert world.engine.preview(replace(program, arguments=nothing)) == expected
            for name, value in program.arguments.items():
                for unknown in with_unknowns(value):
                    given = {**program.arguments, name: unknown}
                    assert world.engine.preview(replace(program, arguments=given)) == expected, given
        world.engine.up(world.maximal)
    world.is_settled(world.maximal)
