"""Names that the program leaves out are generated and kept; a name that is taken is an error."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from pulumi_switchboard.emulator import Switches

from tests.conformance.driver import CallError
from tests.conformance.vendor import Killed
from tests.conformance.verbs import case, unnamed
from tests.conformance.world import World
from tests.conformance.world import world as new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample, at

each_with_a_name = pytest.mark.parametrize(
    "sample", [sample for sample in every() if sample.name], ids=lambda sample: sample.type
)
each_look_up = pytest.mark.parametrize("is_looked_up", [True, False], ids=["looked up", "listed"])


def wire_of_name(sample: Sample) -> str:
    """Where the vendor shows the name."""
    return next((field.wire for field in sample.fields if field.path == sample.name), "")


def name(world: World) -> str:
    """The name that the one object has."""
    return str(at(world.object, wire_of_name(world.sample)))


@proves("identity.generated-names")
@each_with_a_name
def test_a_name_that_is_left_out_is_generated_and_kept(sample: Sample) -> None:
    with new_world(sample) as world:
        program = unnamed(world)
        assert world.engine.preview(program) == "create"
        world.engine.up(program)
        generated = name(world)
        assert re.fullmatch(r"main-[0-9a-f]{7}", generated)
        for empty in (None, ""):
            assert world.engine.up(world.changed(program, {sample.name: empty})) == "same"
        world.engine.stack_id = "another-life-of-the-stack"
        world.is_settled(program)

        world.engine.up(program.having(**{sample.name: "mine"}))
        assert name(world) == "mine"
        world.engine.up(program)
        assert name(world) == generated

        world.change_outside({wire_of_name(sample): "theirs"})
        world.engine.refresh(program)
        assert world.engine.up(program) == "update"
        assert name(world) == generated


@proves("identity.generated-names")
@each_with_a_name
def test_a_name_that_the_program_gave_once_is_kept_when_it_is_left_out(sample: Sample) -> None:
    with new_world(sample) as world:
        world.engine.up(unnamed(world).having(**{sample.name: "mine"}))

        assert world.engine.up(unnamed(world)) == "same"
        assert name(world) == "mine"
        world.is_settled(unnamed(world))


@proves("identity.generated-names", "import.adopts")
@each_with_a_name
def test_an_adopted_object_keeps_its_name_if_the_program_gives_none(sample: Sample) -> None:
    with new_world(sample) as world:
        program = replace(unnamed(world), import_=world.add_outside())
        before = name(world)

        assert world.engine.preview(program) == "create"
        world.engine.up(program)

        assert name(world) == before
        assert not any(f"{sample.name}: " in text for text in world.engine.warnings)
        world.is_settled(replace(program, import_=None))


@proves("identity.taken-name")
@each_look_up
@each_with_a_name
def test_a_name_of_the_program_that_is_taken_is_an_error_with_the_way_to_adopt(
    sample: Sample, *, is_looked_up: bool
) -> None:
    switches = Switches(voice_lookup_by_unique_name=is_looked_up)
    for is_same in (True, False):
        with case(f"identical: {is_same}"), new_world(sample, switches=switches) as world:
            theirs = world.add_outside()
            taken = (world.minimal if is_same else world.maximal).having(**{sample.name: name(world)})

            with pytest.raises(CallError) as caught:
                world.engine.up(taken)

            assert f"name is taken by {theirs}" in str(caught.value)
            assert f'import_="{theirs}"' in str(caught.value)
            assert world.engine.saved is None
            assert list(world.objects) == [theirs]
            assert not is_looked_up or world.vendor.writes() == []


@proves("identity.generated-names", "lost.create-found-again", "claims.announced")
@each_look_up
@each_with_a_name
def test_an_object_of_a_killed_run_is_found_by_its_generated_name(
    sample: Sample, *, is_looked_up: bool
) -> None:
    switches = Switches(voice_lookup_by_unique_name=is_looked_up)
    with new_world(sample, switches=switches) as world:

        def end(verb: str) -> None:
            if verb == "Create":
                raise Killed

        world.engine.between = end
        with pytest.raises(Killed):
            world.engine.up(unnamed(world))
        world.engine.between = lambda _: None
        (left,) = world.objects

        world.engine.up(unnamed(world))

        assert list(world.objects) == [left]
        (warning,) = world.engine.warnings
        assert f"{left} was made for this resource by an earlier run" in warning
        assert "pulumi refresh --clear-pending-creates" in warning
        world.is_settled(unnamed(world))


@proves("import.impossible-fails-in-preview")
@each_with_a_name
def test_a_name_is_no_id_though_the_vendor_answers_to_it(sample: Sample) -> None:
    with new_world(sample) as world:
        theirs = world.add_outside()
        program = replace(unnamed(world), import_=name(world))

        for command in (world.engine.preview, world.engine.up):
            with pytest.raises(CallError, match="is not the id of ") as caught:
                command(program)
            assert theirs in str(caught.value)
        assert world.vendor.writes() == []
