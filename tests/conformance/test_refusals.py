"""What a vendor refuses because of something else that it has, told in words that help."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.resource import CallError, CheckError
from tests.conformance.vendor import OTHER_ACCOUNT
from tests.conformance.verbs import CREATE, case
from tests.conformance.world import World, each, each_object, new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample

each_referring = each(
    sample for sample in every() if any(str(value).startswith("<") for value in sample.minimal.values())
)
"""Run a test with every type that refers to something."""


@each_object
@proves("error.vendor-words", "error.what-failed", "lost.refusal-adds-nothing")
def test_what_can_not_be_beside_another_object_is_refused_with_its_id(sample: Sample) -> None:
    shapes = [switches for switches in sample.switches if any("error" in name for name in switches)]
    for switches in ({}, *shapes):
        with case(f"{switches}"), new_world(sample, switches=switches) as world:
            others = world.add_outside(sample.shown)
            since = len(world.vendor.emulator.journal)
            with pytest.raises(CallError) as refused:
                world.engine.up(world.maximal)
            text = str(refused.value)
            first = text.partition("\n")[0]
            assert first.startswith(
                f"could not create {sample.type.replace('/', '.').replace(':', '.')} 'main'"
            )
            assert others in text
            assert "What to do: " in text
            assert len(world.vendor.writes(since)) <= 1
            assert world.engine.saved is None
            assert list(world.objects) == [others]


@each_referring
@proves("check.rules-fail", "error.what-failed")
def test_a_name_in_place_of_an_id_is_an_error_that_says_the_id(world: World) -> None:
    for stand_in, id in world.prepared.items():
        name = stand_in.strip("<>")
        resource = world.resource(
            {key: name if value == stand_in else value for key, value in world.sample.minimal.items()}
        )
        if name in resource.arguments.values():
            with pytest.raises(CallError) as refused:
                world.engine.up(resource)
            assert f"{name} is not the id of an object, but its unique_name" in str(refused.value)
            assert f"its id is {id}: use that" in str(refused.value)
            assert not isinstance(refused.value, CheckError)
    assert world.vendor.writes() == []
    assert world.engine.saved is None


@each_referring
@proves("guard.foreign-api-key")
def test_what_is_referred_to_in_another_account_stops_a_create_before_a_write(sample: Sample) -> None:
    looks = {request for request in CREATE.requests(sample) if request.startswith("GET ")}
    for look in sorted(looks - {f"GET {sample.item}"}):
        with case(look), new_world(sample) as world:
            (id,) = world.minimal.arguments.values()
            shown = world.vendor.request("GET", "/" + look.removeprefix("GET ").replace("{id}", id))
            answer = Answer(200, json={**shown, sample.account: OTHER_ACCOUNT})
            with world.vendor.inject(look, answer), pytest.raises(CallError) as refused:
                world.engine.up(world.minimal)
            assert f"they belong to {OTHER_ACCOUNT}" in str(refused.value)
            assert world.vendor.writes() == []
            assert world.engine.saved is None
