"""Vendors that refuse an update of an object that has changed since it was read (`If-Match`)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.verbs import UPDATE, edited, error_of
from tests.conformance.world import World, each
from tests.promises import proves
from tests.samples import every

each_versioned = each(sample for sample in every() if sample.has_versions)
"""Run a test with every type whose API checks versions."""


@proves("update.other-writes", "update.foreign-members-are-kept")
@each_versioned
def test_an_update_is_computed_again_if_the_object_has_changed_since_it_was_read(world: World) -> None:
    edit, theirs = world.sample.changeable[:2]
    world.engine.up(world.maximal)
    changed, since = replace(edited(world), ignore_changes=[theirs.path]), world.now
    moved: list[str] = []

    def move(_number: int, request: Any) -> None:
        if request.method == UPDATE.write(world.sample).partition(" ")[0] and not moved:
            moved.append(request.headers.get("If-Match", ""))
            world.change_outside({theirs.wire: theirs.drifted})

    world.vendor.before = move
    assert world.engine.up(changed) == "update"
    assert all(moved), "the version that was read is not sent"
    assert [entry.status for entry in world.vendor.journal(since)].count(412) == 1
    world.shows({edit.wire: edit.changed, theirs.wire: theirs.drifted})


@proves("update.other-writes")
@each_versioned
def test_an_object_that_changes_all_the_time_is_an_error(world: World) -> None:
    world.engine.up(world.maximal)
    changed = edited(world)
    with world.vendor.inject(UPDATE.write(world.sample), Answer(412), times=None):
        error = error_of(world.engine.up, changed)
    assert "has changed, or is shown late, before each of 10 attempts to update it" in error
    assert world.engine.up(changed) == "update"
    world.is_settled(changed)
