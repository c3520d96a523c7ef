"""Names: those that the program gives, and those that are generated where it gives none."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.conformance.resource import OTHER_STACK_ID, UNKNOWN, Resource
from tests.conformance.verbs import case, error_of, is_refused, unnamed
from tests.conformance.world import World, each, each_named, new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Bag, Sample


@proves("identity.generated-names")
@each_named
def test_a_name_that_is_left_out_or_empty_is_generated_from_the_resource(world: World) -> None:
    program, name = unnamed(world), world.sample.name
    without = program.arguments
    names = set()
    for given in ({}, {name: None}, {name: ""}):
        with case(f"given is {given}"):
            spelled = replace(program, arguments={**without, **given})
            assert world.engine.preview(spelled) == "create"
            since = world.now
            world.engine.up(spelled)
            assert world.methods(since)[:2] == ["GET", "POST"]
            assert re.fullmatch("main-[0-9a-f]{7}", _name(world))
            assert world.saved.outputs[name] == _name(world)
            names.add(_name(world))
            for other in ({}, {name: None}, {name: ""}):
                assert world.engine.preview(replace(program, arguments={**without, **other})) == "same"
            world.is_settled(spelled)
            world.engine.destroy(spelled)
    assert len(names) == 1


@proves("identity.generated-names", "identity.stacks-apart")
@each_named
def test_the_generated_name_is_that_of_the_stack_and_of_the_resource(world: World) -> None:
    first = unnamed(world)
    names = []
    for stack_id, program in (
        (world.engine.stack_id, first),
        (OTHER_STACK_ID, first),
        (OTHER_STACK_ID, replace(first, name="other")),
    ):
        world.engine.stack_id = stack_id
        world.engine.up(program)
        names.append(_name(world))
        world.engine.destroy(program)
    assert [name.rpartition("-")[0] for name in names] == ["main", "main", "other"]
    assert len({*names}) == len(names)


@proves("identity.generated-names", "check.unknown-never-fails", "diff.drift-is-repaired")
@each_named
def test_a_generated_name_stays_whatever_becomes_of_the_stack_or_is_known_of_it(world: World) -> None:
    program = unnamed(world)
    world.engine.up(program)
    name = _name(world)
    for stack_id in (OTHER_STACK_ID, UNKNOWN):
        with case(stack_id), world.without_requests():
            world.engine.stack_id = stack_id
            assert world.engine.preview(program) == "same"
            assert world.engine.up(program) == "same"
    assert world.engine.up(_edited(world, program)) == "update"
    assert _name(world) == name
    world.is_settled(_edited(world, program))
    world.change_outside({world.sample.wire_name: "theirs"})
    world.engine.refresh(program)
    assert world.engine.preview(program) == "update"
    world.engine.up(program)
    assert _name(world) == name
    world.is_settled(program)


@proves("identity.generated-names", "update.removed-arguments-are-cleared")
@each_named
def test_a_generated_name_comes_back_after_one_of_the_programs_own_which_else_stays(world: World) -> None:
    program, own = unnamed(world), world.sample.maximal[world.sample.name]
    world.engine.up(program)
    generated = _name(world)
    assert world.engine.up(world.maximal) == "update"
    assert _name(world) == own
    assert world.engine.up(program) == "update"
    assert _name(world) == generated
    world.is_settled(program)
    world.engine.destroy(program)
    world.engine.up(world.maximal)
    with world.without_requests():
        assert world.engine.preview(program) == "same"
        world.engine.up(program)
    world.engine.up(_edited(world, program))
    assert _name(world) == own
    world.is_settled(_edited(world, program))


@proves("identity.taken-name")
@each_named
def test_a_name_that_is_taken_is_an_error_that_names_the_object_and_how_to_adopt_it(sample: Sample) -> None:
    for switches, requests in _looks_by_name(sample):
        for shown in ({}, sample.shown):
            with case(f"{switches} at {shown}"), new_world(sample, switches) as world:
                program = world.maximal
                own = {sample.wire_name: program.arguments[sample.name]}
                id = world.add_outside({**shown, **own})
                assert world.engine.preview(program) == "create"
                since = world.now
                error = error_of(world.engine.up, program)
                assert f"{sample.name} is taken by {id}" in error
                assert f'import_="{id}"' in error
                assert "aliases=[" in error
                assert "delete_before_replace=True" in error
                assert world.methods(since) == requests
                assert world.engine.saved is None
                assert list(world.objects) == [id]
                since = world.now
                world.engine.up(replace(program, import_=id))
                assert len(world.vendor.writes(since)) == (0 if shown else 1)
                world.shows(sample.shown)


@proves("lost.create-found-again", "lost.crash-at-any-step")
@each_named
def test_an_object_of_the_generated_name_is_taken_up_however_it_is_found(sample: Sample) -> None:
    for switches, requests in _looks_by_name(sample):
        with case(f"{switches}"), new_world(sample, switches) as world:
            program = unnamed(world)
            world.engine.up(program)
            id, world.engine.saved = world.saved.id, None
            since = world.now
            world.engine.up(program)
            assert world.methods(since) == requests
            assert list(world.objects) == [id]
            [warning] = world.engine.warnings
            assert (
                f"{id} was created for this resource by an earlier run: this resource manages it" in warning
            )
            assert "pulumi refresh --clear-pending-creates" in warning
            world.is_settled(program)


@proves("import.impossible-fails-in-preview")
@each(sample for sample in every() if sample.no_look_by_name)
def test_a_name_is_no_id_though_the_vendor_answers_to_it(world: World) -> None:
    theirs = world.add_outside()
    program = replace(unnamed(world), import_=_name(world))
    is_refused(world, program, "is not the id of ", theirs)


def _looks_by_name(sample: Sample) -> list[tuple[Bag, list[str]]]:
    """The switches with which an object is found by its name, each with the requests that this takes."""
    long_way = ["GET", "POST", "GET", "GET"]
    return [
        ({}, ["GET"] * sample.looks_by_name),
        *((switches, long_way) for switches in sample.no_look_by_name),
    ]


def _edited(world: World, program: Resource) -> Resource:
    """The program with a change of anything but the name."""
    field = [field for field in world.sample.changeable if field.path != world.sample.name][-1]
    return world.changed(program, {field.path: field.changed})


def _name(world: World) -> str:
    """The name as the vendor shows it."""
    return str(world.object[world.sample.wire_name])
