"""Creates by operations without idempotency keys: the natural key keeps them from making two objects."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from pulumi_switchboard.emulator.faults import Answer, Operation

from tests.conformance.resource import Resource
from tests.conformance.verbs import CREATE, case, error_of, unnamed
from tests.conformance.world import World, each, new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample

SHORT = 30.0
LONG = 100.0
TEN_MINUTES = 600.0
each_unkeyed = each(sample for sample in every() if sample.is_long_running and not sample.has_keys)
"""Run a test with every type whose writes are operations without idempotency keys."""


def named(world: World) -> str:
    """Somebody else makes an object with the name that the program gives; returns its id."""
    return world.add_outside({world.sample.wire_name: world.sample.maximal[world.sample.name]})


def order(world: World, _number: int, request: Any) -> None:
    """Somebody else orders an object with that name, at the moment of a create."""
    if request.method == "POST" and world.sample.add is not None:
        world.vendor.before = world.vendor.after = lambda *_: None
        world.sample.add(world.vendor, {world.sample.wire_name: world.sample.maximal[world.sample.name]})


def out_of_time(world: World, program: Resource, operation: Operation) -> None:
    """Create with an operation that ends like this after the deadline."""
    with world.vendor.inject(CREATE.write(world.sample), operation):
        error = error_of(world.engine.up, replace(program, timeout=SHORT))
    assert "the next update continues to wait for this operation" in error
    assert world.saved.outputs["_pending"]["operation"] == world.saved.id


def is_continued(world: World, program: Resource) -> None:
    """The next update replaces the pending create with the object that it has made, without another write."""
    assert world.engine.up(program) == "replace"
    assert list(world.objects) == [world.saved.id]
    assert len(world.vendor.writes()) == 1
    world.is_settled(program)


@proves("identity.taken-name", "lost.refusal-adds-nothing")
@each_unkeyed
def test_a_name_that_somebody_takes_at_the_last_moment_is_an_error_and_their_object_stays(
    sample: Sample,
) -> None:
    for switches in ({}, *(one for one in sample.switches if "at_once" in str(one))):
        with new_world(sample, switches) as world:
            world.vendor.before = partial(order, world)
            error = error_of(world.engine.up, world.maximal)
            (theirs,) = world.objects
            assert f"{sample.name} is taken by {theirs}" in error
            assert f'import_="{theirs}"' in error
            assert world.engine.saved is None
            assert "description" not in world.objects[theirs]


@proves("lost.next-up-continues", "lost.open-outcome-in-state", "keys.derived")
@each_unkeyed
def test_a_create_that_is_pending_is_continued_in_one_run_and_sent_once(sample: Sample) -> None:
    for given in (True, False):
        with new_world(sample) as world:
            program = world.maximal if given else unnamed(world)
            out_of_time(world, program, Operation("COMPLETED", time=LONG))
            assert world.engine.preview(program) == "replace"
            assert "only continues the create of" in world.engine.warnings[-1]
            assert world.engine.up(program) == "replace"
            assert list(world.objects) == [world.saved.id]
            assert "was created for this resource by an earlier run" in world.engine.warnings[-1]
            assert world.vendor.writes() == world.vendor.writes()[:1]
            world.is_settled(program)
            world.engine.destroy(program)
            assert world.objects == {}


@proves("lost.next-up-continues", "delete.protection")
@each_unkeyed
def test_a_create_that_is_pending_is_continued_also_if_a_replacement_deletes_first(sample: Sample) -> None:
    for argument in ({}, {"deletion_protection": True}):
        with new_world(sample) as world:
            program = replace(world.changed(world.maximal, argument), delete_before_replace=True)
            out_of_time(world, program, Operation("COMPLETED", time=LONG))
            is_continued(world, program)


@proves("claims.given-up-is-deleted", "delete.removes")
@each_unkeyed
def test_a_create_that_is_pending_is_deleted_if_another_object_is_adopted_instead(sample: Sample) -> None:
    for deletes_first in (False, True):
        with new_world(sample) as world:
            program = unnamed(world)
            out_of_time(world, program, Operation("COMPLETED", time=LONG))
            theirs = world.add_outside()
            adopting = replace(program, import_=theirs, delete_before_replace=deletes_first)
            assert world.engine.up(adopting) == "replace"
            assert list(world.objects) == [world.saved.id] == [theirs]
            world.is_settled(adopting)


@proves("wait.unknown-operation", "delete.removes", "lost.next-up-continues")
@each_unkeyed
def test_an_object_with_a_generated_name_is_found_also_if_its_operation_is_forgotten(sample: Sample) -> None:
    for command in ("refresh", "up", "destroy"):
        with case(command), new_world(sample) as world:
            program = unnamed(world)
            out_of_time(world, program, Operation("COMPLETED", time=LONG))
            world.clock.advance(TEN_MINUTES)
            with world.vendor.inject(CREATE.look(sample), Answer(404), times=None):
                getattr(world.engine, command)(program)
            if command == "destroy":
                assert world.objects == {}
            else:
                assert list(world.objects) == [world.saved.id]
                world.engine.up(program)
                world.is_settled(program)


@proves("identity.object-of-its-own", "claims.announced")
@each_unkeyed
def test_a_destroy_says_that_an_object_may_be_left_if_nobody_can_tell_whose_it_is(sample: Sample) -> None:
    with new_world(sample) as world:
        out_of_time(world, world.maximal, Operation("COMPLETED", time=LONG))
        world.clock.advance(TEN_MINUTES)
        with world.vendor.inject(CREATE.look(sample), Answer(404), times=None):
            world.engine.destroy(world.maximal)
        assert len(world.objects) == 1
        assert len(world.vendor.writes()) == 1, "the id of an operation is not one to delete"
        said = f"an object with the {sample.name} of this resource, nobody manages it"
        assert said in world.engine.warnings[-1]


@proves("lost.never-made-is-replaced", "lost.next-up-continues")
@each_unkeyed
def test_an_object_that_somebody_deletes_before_state_has_its_id_is_not_waited_for_for_ever(
    sample: Sample,
) -> None:
    for command in ("refresh", "up", "destroy"):
        with case(command), new_world(sample) as world:
            program = world.maximal
            out_of_time(world, program, Operation("COMPLETED", time=LONG))
            world.clock.advance(LONG)
            world.remove_outside()
            error = error_of(world.engine.destroy, program)
            assert "has ended, but the vendor does not show its effect" in error
            world.clock.advance(TEN_MINUTES)
            getattr(world.engine, command)(program)
            if command == "up":
                assert list(world.objects) == [world.saved.id]
                world.is_settled(program)
            else:
                assert world.engine.saved is None


@proves("lost.open-outcome-in-state", "lost.next-up-continues")
@each_unkeyed
def test_an_object_that_does_not_show_after_a_long_operation_is_looked_for_by_the_next_update(
    sample: Sample,
) -> None:
    with new_world(sample) as world:
        program = replace(world.maximal, timeout=2 * TEN_MINUTES)
        gone = Answer(404, json={"code": 20404, "message": "No.", "more_info": "", "status": 404})
        with (
            world.vendor.inject(CREATE.write(sample), Operation("COMPLETED", time=TEN_MINUTES + LONG)),
            world.vendor.inject(f"GET {sample.item}", gone, times=None),
        ):
            error = error_of(world.engine.up, program)
        assert "run `pulumi up` again: it looks for the object" in error
        is_continued(world, program)


@proves("identity.object-of-its-own", "lost.next-up-continues")
@each_unkeyed
def test_a_refresh_that_finds_the_object_of_a_pending_create_knows_whose_it_is(sample: Sample) -> None:
    with new_world(sample) as world:
        program = unnamed(world)
        out_of_time(world, program, Operation("COMPLETED", time=LONG))
        world.clock.advance(LONG)
        world.engine.refresh(program)
        identity = world.saved.outputs["_identity"]
        assert identity["id"] == world.saved.id
        world.engine.up(program)
        world.is_settled(program)
        assert world.saved.outputs["_identity"] == identity
        world.engine.destroy(program)
        world.engine.up(program)
        assert world.saved.outputs["_identity"] == {**identity, "id": world.saved.id}


@proves("delete.removes", "lost.open-outcome-in-state")
@each_unkeyed
def test_a_create_that_is_pending_is_waited_for_and_deleted_by_a_destroy(sample: Sample) -> None:
    with new_world(sample) as world:
        out_of_time(world, world.maximal, Operation("COMPLETED", time=LONG))
        world.engine.destroy(world.maximal)
        assert world.objects == {}
        assert [write.partition(" ")[0] for write in world.vendor.writes()] == ["POST", "DELETE"]


@proves("identity.object-of-its-own", "lost.never-made-is-replaced")
@each_unkeyed
def test_an_object_that_took_the_name_of_a_failed_create_is_left_alone(sample: Sample) -> None:
    for command in ("refresh", "destroy", "up"):
        with new_world(sample) as world:
            out_of_time(world, world.maximal, Operation("FAILED", time=LONG))
            theirs = named(world)
            world.clock.advance(LONG)
            error = error_of(getattr(world.engine, command), world.maximal)
            assert (f"{sample.name} is taken by {theirs}" in error) == (command == "up")
            assert list(world.objects) == [theirs]
            assert "description" not in world.objects[theirs]


@proves("identity.object-of-its-own", "lost.open-outcome-in-state")
@each_unkeyed
def test_an_object_of_the_name_is_not_taken_for_the_one_that_is_still_being_made(sample: Sample) -> None:
    with new_world(sample) as world:
        with world.vendor.inject(CREATE.write(sample), Operation("FAILED", time=LONG)):
            world.vendor.after = partial(order, world)
            assert error_of(world.engine.up, replace(world.maximal, timeout=SHORT))
        assert world.saved.id not in world.objects
        world.engine.destroy(world.maximal)
        assert len(world.objects) == 1
