"""What a generated program declares is adopted without a write, whatever the vendor shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.objects import read_object
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.importer.program import program_of

from tests.conformance.resource import OTHER_STACK_ID, Resource
from tests.conformance.world import SETTINGS, World, each_sample, new_world
from tests.importer.running import run
from tests.samples.sample import Sample


@pytest.fixture(params=["minimal", "maximal"])
def arguments(request: pytest.FixtureRequest) -> str:
    """Which arguments of the sample the object was made with."""
    return str(request.param)


def is_adopted(world: World, resource: Resource) -> None:
    """A program that is made from the object of this resource adopts it without a write."""
    world.engine.up(resource)
    with Session(SETTINGS, world.clock) as session:
        found = read_object(session, definitions.find(world.sample.type), world.saved.id)
    assert found is not None
    program = program_of([found])
    assert program.undeclarable == ()
    hidden = {one.key: resource.arguments[one.path] for one in program.secrets if one.value is None}
    [declared] = run(program, **hidden)
    adopting = replace(resource, arguments=declared.arguments, import_=declared.import_)
    told = len(world.engine.warnings)
    world.engine.saved, world.engine.stack_id = None, OTHER_STACK_ID
    with world.without_writes():
        assert world.engine.preview(adopting) == "create"
        assert world.engine.up(adopting) == "create"
        world.is_settled(adopting)
    assert all(" -> " not in warning for warning in world.engine.warnings[told:])


@each_sample
def test_what_a_program_declares_is_adopted_without_a_write(world: World, arguments: str) -> None:
    is_adopted(world, getattr(world, arguments))


@each_sample
def test_other_valid_arguments_and_other_vendors_are_no_difference(sample: Sample) -> None:
    for switches in sample.switches:
        with new_world(sample, switches) as world:
            is_adopted(world, world.maximal)
    for changes in sample.valid:
        with new_world(sample) as world:
            is_adopted(world, world.changed(world.minimal, changes))
