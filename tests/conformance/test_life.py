"""What a resource of every type does in its life: create, change, drift, destroy."""

from __future__ import annotations

from tests.conformance.world import World, each_sample
from tests.samples.sample import REQUIRED, at


@each_sample
def test_the_vendor_gets_what_the_program_says(world: World) -> None:
    for resource, shown in ((world.minimal, {}), (world.maximal, world.sample.shown)):
        assert world.engine.preview(resource) == "create"
        assert world.engine.up(resource) == "create"
        world.shows(shown)
        assert world.engine.saved is not None
        assert world.engine.saved.id
        world.is_settled(resource)
        world.engine.destroy(resource)
        if world.sample.setting is None:
            assert world.objects == {}


@each_sample
def test_each_argument_can_be_changed_cleared_and_given_again(world: World) -> None:
    program = world.maximal
    world.engine.up(program)
    for field in world.sample.fields:
        if field.replaces:
            assert world.engine.preview(world.changed(program, {field.path: field.changed})) == "replace"
            continue
        changed = world.changed(program, {field.path: field.changed})
        assert world.engine.up(changed) == "update", field.path
        world.shows({field.wire: world.resolved(field.on_wire(world.resolved(field.changed)))})
        world.is_settled(changed)
        world.engine.up(program)
        world.shows(world.sample.shown)
        if field.cleared is not REQUIRED:
            cleared = world.changed(program, {field.path: None})
            world.engine.up(cleared)
            assert at(world.object, field.wire) in (field.cleared, None), field.path
            world.is_settled(cleared)
            world.engine.up(program)
            world.shows(world.sample.shown)
