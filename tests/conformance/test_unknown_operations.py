"""Operations that the vendor does not know, or refuses to show: the object itself tells what they did."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from pulumi_switchboard.emulator.faults import Answer, Operation

from tests.conformance.driver import START_SECONDS
from tests.conformance.verbs import CREATE, DELETE, UPDATE, case, error_of
from tests.conformance.world import World, each_keyed, each_long_running, new_world
from tests.promises import proves
from tests.samples.sample import Sample

SHORT = 20.0
LONG = 120.0
TEN_MINUTES = 600.0
ACCEPTING = {"orchestrator_concurrent_writes": "accept"}
UNKNOWN = Answer(404)
REFUSED = Answer(400)


def left_pending(world: World, *, end: Operation) -> None:
    """Create an object; the deadline comes before the end of its operation."""
    program = replace(world.minimal, timeout=SHORT)
    with world.vendor.inject(CREATE.write(world.sample), end):
        assert error_of(world.engine.up, program)
    assert world.saved.outputs["_pending"]["operation"]


@proves("wait.unknown-operation", "lost.open-outcome-in-state", "lost.next-up-continues")
@each_keyed
def test_a_create_whose_operation_stays_unknown_is_not_asked_for_again(sample: Sample) -> None:
    for takes in (45.0, LONG):
        with case(f"{takes} s"), new_world(sample, operation_time=takes) as world:
            with world.vendor.inject(CREATE.look(sample), UNKNOWN, times=None):
                assert "knows the operation" in error_of(world.engine.up, world.minimal)
                assert world.saved.outputs["_pending"]["operation"]
                world.clock.advance(takes)
                world.engine.up(world.minimal)
            assert len(world.vendor.writes()) == 1
            assert world.saved.errors == ()
            world.is_settled(world.minimal)


@proves("wait.unknown-operation", "lost.create-found-again", "keys.derived")
@each_keyed
def test_a_create_whose_operation_is_unknown_and_that_no_answer_names_is_found_by_its_key(
    sample: Sample,
) -> None:
    with new_world(sample, {"orchestrator_related": "absent"}, operation_time=45.0) as world:
        with world.vendor.inject(CREATE.look(sample), UNKNOWN, times=None):
            assert "knows the operation" in error_of(world.engine.up, world.minimal)
        assert world.engine.saved is None
        world.clock.advance(45.0)
        world.engine.up(world.minimal)
        assert list(world.objects) == [world.saved.id]


@proves("wait.unknown-operation", "lost.open-outcome-in-state")
@each_keyed
def test_what_may_still_come_is_neither_dropped_nor_deleted_nor_made_again(sample: Sample) -> None:
    for answer in (UNKNOWN, REFUSED):
        with case(str(answer)), new_world(sample) as world:
            left_pending(world, end=Operation("COMPLETED", time=TEN_MINUTES))
            before, since = world.saved, world.now
            with world.vendor.inject(CREATE.look(sample), answer, times=None):
                world.engine.refresh(world.minimal)
                assert world.saved.outputs["_pending"] == before.outputs["_pending"]
                assert world.saved.errors
                error = error_of(world.engine.destroy, world.minimal)
                assert ("HTTP 400" if answer == REFUSED else "neither knows the operation") in error
                error_of(world.engine.up, world.minimal)
                assert "never_created" not in world.saved.outputs["_pending"]
            assert world.vendor.writes(since) == []


@proves("lost.never-made-is-replaced", "wait.unknown-operation")
@each_keyed
def test_what_has_not_come_after_ten_minutes_counts_as_never_made(sample: Sample) -> None:
    for answer, command in product(
        (UNKNOWN, REFUSED), ("refresh", "destroy", "up", "refresh without a date")
    ):
        with case(f"{answer}, {command}"), new_world(sample, ACCEPTING) as world:
            left_pending(world, end=Operation("COMPLETED", time=100 * TEN_MINUTES))
            id = world.saved.id
            if command == "refresh without a date":
                del world.saved.outputs["_pending"]["since"]
            else:
                world.clock.advance(TEN_MINUTES)
            with world.vendor.inject(CREATE.look(sample), answer, times=None):
                if command == "up":
                    assert "was never created" in error_of(world.engine.up, world.minimal)
                    assert "_identity" not in world.saved.outputs, "another create may find it, if it comes"
                    assert world.engine.preview(world.minimal) == "replace"
                    began = world.clock.monotonic()
                    world.engine.destroy(world.minimal)
                    assert world.clock.monotonic() - began < START_SECONDS + 2.0, "nothing is waited for"
                    continue
                verb = world.engine.destroy if command == "destroy" else world.engine.refresh
                verb(world.minimal)
            assert world.engine.saved is None
            said = f"{id} was never created, and leaves state: "
            assert command == "destroy" or any(said in text for text in world.engine.warnings)


@proves("wait.unknown-operation", "lost.next-up-continues")
@each_keyed
def test_an_object_that_is_there_settles_what_no_operation_tells(sample: Sample) -> None:
    for answer, command in product((UNKNOWN, REFUSED), ("refresh", "up")):
        with case(f"{answer}, {command}"), new_world(sample) as world:
            left_pending(world, end=Operation("COMPLETED", time=LONG))
            world.clock.advance(LONG)
            with world.vendor.inject(CREATE.look(sample), answer, times=None):
                (world.engine.refresh if command == "refresh" else world.engine.up)(world.minimal)
            assert "_pending" not in world.saved.outputs
            assert world.saved.errors == ()
            world.is_settled(world.minimal)


@proves("wait.unknown-operation", "lost.update-settled")
@each_long_running
def test_an_update_whose_operation_is_unknown_and_that_does_not_show_is_not_done(world: World) -> None:
    field = world.sample.changeable[0]
    world.engine.up(world.minimal)
    world.change_outside({})
    answer = world.vendor.answered
    world.clock.advance(LONG)
    edited = world.changed(world.minimal, {field.path: field.changed})
    with (
        world.vendor.inject(UPDATE.write(world.sample), Answer(202, json=answer)),
        world.vendor.inject(UPDATE.look(world.sample), UNKNOWN, times=None),
    ):
        assert "knows the operation" in error_of(world.engine.up, edited)
    assert world.saved.outputs["_pending"]["operation"]
    world.clock.advance(LONG)
    world.engine.up(edited)
    world.shows({field.wire: field.on_wire(field.changed)})
    world.is_settled(edited)


@proves("wait.unknown-operation", "lost.delete-repeated")
@each_long_running
def test_a_delete_whose_operation_is_unknown_and_whose_object_still_shows_is_not_done(sample: Sample) -> None:
    with DELETE.world(sample) as (world, program):
        with (
            world.vendor.inject(DELETE.write(sample), Operation("COMPLETED", time=LONG)),
            world.vendor.inject(DELETE.look(sample), UNKNOWN, times=None),
        ):
            assert "the vendor neither knows the operation" in error_of(world.engine.destroy, program)
        assert world.engine.saved is not None
        DELETE.finish(world, program)


@proves("wait.object-id", "lost.next-up-continues")
@each_keyed
def test_an_object_that_was_announced_under_another_id_is_found_under_its_own(sample: Sample) -> None:
    for command in ("refresh", "destroy", "up"):
        with case(command), new_world(sample) as world:
            left_pending(world, end=Operation("COMPLETED", time=LONG))
            world.clock.advance(LONG)
            (own,) = world.objects
            old = world.saved
            outputs = {name: "odd-1" if value == own else value for name, value in old.outputs.items()}
            world.engine.saved = replace(old, id="odd-1", outputs=outputs)
            if command == "refresh":
                world.engine.refresh(world.minimal)
                assert world.saved.id == own
                world.is_settled(world.minimal)
            elif command == "destroy":
                world.engine.destroy(world.minimal)
                assert world.objects == {}
            else:
                said = f"the vendor announced odd-1, but shows the object as {own}"
                assert said in error_of(world.engine.up, world.minimal)
                assert world.engine.preview(world.minimal) == "replace"
