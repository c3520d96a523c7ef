"""What is found by its name, and what is not taken for an object for no better reason than its name."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from pulumi_switchboard.emulator import Switches
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.driver import CallError
from tests.conformance.verbs import unnamed
from tests.conformance.world import OPERATION_TIME, World, each_long_running
from tests.conformance.world import world as new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample, at

LATE = Switches(orchestrator_lag=3)


def ordered_by_others(world: World) -> str:
    """Somebody else makes an object with the minimal arguments; returns its id."""
    before = set(world.objects)
    assert world.sample.add is not None
    with suppress(KeyError):  # where no answer names the object
        world.sample.add(world.vendor, {})
    world.clock.advance(OPERATION_TIME)
    (id,) = set(world.objects) - before
    return id


def lists(world: World) -> int:
    """How often the provider has asked for all objects."""
    collection = f"GET /{world.sample.collection.partition('/')[2]}"
    return world.vendor.requests().count(collection)


@proves("wait.object-id", "identity.object-of-its-own")
@each_long_running
def test_an_object_of_unknown_age_is_not_taken_for_the_one(sample: Sample) -> None:
    with new_world(sample, switches=Switches(**sample.nameless)) as world:
        undated = ordered_by_others(world)
        listed = world.vendor.request("GET", f"/{sample.collection}")
        (items,) = [name for name, value in listed.items() if isinstance(value, list)]
        listed[items][0] = {k: v for k, v in listed[items][0].items() if not k.lower().startswith("created")}

        at = f"GET {sample.collection}"
        with (
            world.vendor.inject(at, Answer(200, json=listed), times=None),
            pytest.raises(CallError, match=f"the name is that of {undated}"),
        ):
            world.engine.up(world.minimal)
        assert world.engine.saved is None


@proves("wait.object-id", "create.vendor-view-in-state")
@each_long_running
def test_an_object_whose_id_is_known_is_waited_for_and_not_looked_for_by_name(sample: Sample) -> None:
    with new_world(sample, switches=LATE) as world:
        theirs = ordered_by_others(world)

        world.engine.up(world.minimal)

        assert world.engine.saved is not None
        assert world.engine.saved.id != theirs
        assert lists(world) == 0
        assert world.engine.warnings == []


@proves("import.impossible-fails-in-preview")
@pytest.mark.parametrize(
    "sample", [sample for sample in every() if sample.name], ids=lambda sample: sample.type
)
def test_a_name_is_no_id_though_the_vendor_answers_to_it(sample: Sample) -> None:
    with new_world(sample) as world:
        wire = next(field.wire for field in sample.fields if field.path == sample.name)
        theirs = world.add_outside()
        program = replace(unnamed(world), import_=str(at(world.object, wire)))

        for command in (world.engine.preview, world.engine.up):
            with pytest.raises(CallError, match="is not the id of ") as caught:
                command(program)
            assert theirs in str(caught.value)
        assert world.vendor.writes() == []
