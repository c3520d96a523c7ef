"""The provider process ends at each step of each verb; the next command takes up what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.conformance.resource import Resource
from tests.conformance.vendor import Killed
from tests.conformance.verbs import (
    ADOPT,
    CREATE,
    DELETE,
    LATER,
    READ,
    REPLACE,
    UPDATE,
    VERBS,
    Verb,
    assert_changed,
    case,
    changes_but_name,
    each_verb,
    was_killed,
)
from tests.conformance.world import World, each_long_running, each_sample
from tests.promises import proves
from tests.samples.sample import Sample

POINTS = ("before a request", "after a request", "before the outcome is saved")
LONG_OPERATION = {"operation_time": 7.0, "retry_after": 3}
"""Longer than it takes to start a process; few polls see it pending."""


def let_crash(world: World, point: str, number: int) -> None:
    """Let the provider process end at the nth such point from now on, without any further step."""
    seen = 0

    def reach(*_: object) -> None:
        nonlocal seen
        seen += 1
        stop_here()

    def stop_here(*_: object) -> None:
        if seen >= number:
            raise Killed

    engine, vendor = world.engine, world.vendor
    engine.between = reach if point == POINTS[2] else lambda _: None
    vendor.before = reach if point == POINTS[0] else stop_here
    vendor.after = reach if point == POINTS[1] else lambda *_: None


def let_run(world: World) -> None:
    """Let no further process end."""
    world.engine.between = lambda _: None
    world.vendor.before = world.vendor.after = lambda *_: None


def after_each_crash(
    sample: Sample,
    verb: Verb,
    then: Callable[[World, Resource], None],
    numbers: Callable[[int], Iterable[int]] = lambda most: range(1, most + 1),
    **options: Any,
) -> None:
    """Let the process end at each point of the verb, and do something then; there is at least one.

    Args:
        sample: The type.
        verb: The verb.
        then: What is done.
        numbers: The numbers of the points, of so many at most.
        options: Those of the emulator.
    """
    requests, calls = verb.undisturbed(sample, **options)
    for point in POINTS:
        most = calls if point == POINTS[2] else len(requests)
        for number in numbers(most):
            with case(f"crash {number} {point}"), verb.world(sample, **options) as (world, program):
                let_crash(world, point, number)
                is_killed = was_killed(verb.run, world, program)
                let_run(world)
                assert is_killed or number > 1, "there is no such point"
                if is_killed:
                    then(world, program)


@proves("lost.crash-at-any-step", "lost.create-found-again", "claims.announced")
@each_verb(*VERBS, REPLACE)
@each_sample
def test_after_a_crash_at_any_step_the_next_command_finishes_what_was_begun(
    sample: Sample, verb: Verb
) -> None:
    def is_finished(world: World, program: Resource) -> None:
        was_made = bool(world.vendor.writes()) and verb is CREATE
        verb.finish(world, program)
        announced = any("--clear-pending-creates" in text for text in world.engine.warnings)
        assert announced or not was_made, "an object that is taken up is not announced"
        if world.engine.saved is not None:
            world.engine.destroy(program)
        assert sample.setting is not None or world.objects == {}

    after_each_crash(sample, verb, is_finished)


@proves("keys.derived", "lost.crash-at-any-step")
@each_verb(CREATE, UPDATE, ADOPT)
@each_sample
def test_an_edit_between_crash_and_retry_finds_the_same_object_and_changes_it(
    sample: Sample, verb: Verb
) -> None:
    edit = changes_but_name(sample)

    def is_changed(world: World, program: Resource) -> None:
        world.engine.up(world.changed(program, edit))
        world.clock.advance(LATER)
        assert_changed(world, edit)
        world.is_settled(world.changed(program, edit))

    after_each_crash(sample, verb, is_changed)


@proves("lost.crash-at-any-step")
@each_verb(CREATE, UPDATE, DELETE, READ)
@each_long_running
def test_an_operation_that_outlives_its_process_is_waited_for(sample: Sample, verb: Verb) -> None:
    def is_waited_for(world: World, program: Resource) -> None:
        if verb is DELETE:
            world.engine.destroy(program)
        else:
            world.engine.up(program)
        world.clock.advance(LATER)
        verb.finish(world, program)

    def numbers(most: int) -> Iterable[int]:
        return (2**power for power in range(most.bit_length()))  # further apart: one poll is like the next

    after_each_crash(sample, verb, is_waited_for, numbers, **LONG_OPERATION)
