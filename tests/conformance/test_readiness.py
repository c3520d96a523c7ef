"""Objects that can be used only some time after their create, as their own status says."""

from __future__ import annotations

import re
from dataclasses import replace

from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.verbs import error_of, is_refused, unnamed
from tests.conformance.world import each, new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample

SLOW = 90.0
SHORT = 30.0
each_slow = each(sample for sample in every() if sample.slow)
"""Run a test with every type whose objects can be used some time after their create."""


@proves("wait.readiness", "wait.progress")
@each_slow
def test_a_create_waits_until_the_object_can_be_used(sample: Sample) -> None:
    with new_world(sample, sample.slow) as world:
        began = world.clock.monotonic()
        world.engine.up(world.maximal)
        assert world.clock.monotonic() - began >= SLOW
        said = [message.text for message in world.engine.log]
        assert any("PROVISIONING after " in text for text in said)
        assert any(re.fullmatch(rf"ACTIVE after .* s \(object {world.saved.id}\)", text) for text in said)
        world.is_settled(world.maximal)
        assert len(world.vendor.writes()) == 1


@proves("wait.readiness", "lost.open-outcome-in-state", "lost.next-up-continues")
@each_slow
def test_an_object_that_is_not_ready_in_time_is_in_state_and_the_next_update_waits_on(sample: Sample) -> None:
    with new_world(sample, sample.slow) as world:
        program = world.maximal
        error = error_of(world.engine.up, replace(program, timeout=SHORT))
        assert "the time given to this call is over" in error
        assert list(world.objects) == [world.saved.id]
        assert world.saved.errors
        world.engine.refresh(program)
        assert world.saved.errors == ()
        assert world.engine.preview(program) == "update"
        assert world.engine.up(program) == "update"
        world.is_settled(program)
        assert len(world.vendor.writes()) == 1
    with new_world(sample, sample.slow) as world:
        error_of(world.engine.up, replace(world.maximal, timeout=SHORT))
        world.engine.destroy(world.maximal)
        assert world.objects == {}
    with new_world(sample, sample.slow) as world:
        error_of(world.engine.up, replace(world.maximal, timeout=SHORT))
        world.remove_outside()
        assert f"{world.saved.id} is gone" in error_of(world.engine.up, world.maximal)


@proves("wait.readiness", "lost.never-made-is-replaced")
@each_slow
def test_an_object_that_will_never_be_ready_is_deleted_and_another_one_made(sample: Sample) -> None:
    with new_world(sample, sample.never_ready) as world:
        program = world.changed(unnamed(world), {"deletion_protection": None})
        error = error_of(world.engine.up, program)
        first = world.saved.id
        assert f"the vendor could not get {first} ready" in error
        assert list(world.objects) == [first]
        assert world.engine.preview(program) == "replace"
        assert "could not get" in error_of(world.engine.up, program)
        assert first not in world.objects
        assert list(world.objects) == [world.saved.id]
        world.engine.destroy(program)
        assert world.objects == {}


@proves("wait.readiness", "delete.protection")
@each_slow
def test_an_object_that_was_ready_is_neither_replaced_nor_unprotected_by_a_later_status(
    sample: Sample,
) -> None:
    with new_world(sample) as world:
        program = world.changed(world.maximal, {"deletion_protection": True})
        world.engine.up(program)
        for status in ("FAILED", "DEGRADED"):
            shown = {**world.vendor.request("GET", sample.path_of(world.saved.id)), "status": status}
            with world.vendor.inject(f"GET {sample.item}", Answer(200, json=shown), times=None):
                world.engine.refresh(program)
                assert world.saved.outputs["status"] == status
                assert world.engine.preview(program) == "same"
                assert "is protected from deletion" in error_of(world.engine.destroy, program)


@proves("wait.readiness", "wait.transient-trouble")
@each_slow
def test_an_object_that_is_not_shown_for_a_moment_is_waited_for(sample: Sample) -> None:
    with new_world(sample, sample.slow) as world:
        gone = Answer(404, json={"code": 20404, "message": "No.", "more_info": "", "status": 404})
        with world.vendor.inject(f"GET {sample.item}", gone, nth=2):
            world.engine.up(world.maximal)
        world.is_settled(world.maximal)
    with new_world(sample, sample.slow) as world:
        began = world.clock.monotonic()
        with world.vendor.inject(f"GET {sample.item}", gone, nth=2, times=None):
            error = error_of(world.engine.up, world.maximal)
        assert f"{world.saved.id} is not shown any more" in error
        assert world.clock.monotonic() - began < SHORT


@proves("import.impossible-fails-in-preview", "wait.readiness")
@each_slow
def test_an_object_that_will_never_be_ready_is_not_adopted(sample: Sample) -> None:
    with new_world(sample, sample.never_ready) as world:
        id = world.add_outside()
        world.vendor.request("GET", sample.path_of(id))
        is_refused(world, replace(world.maximal, import_=id), f"{id} can't be adopted")
