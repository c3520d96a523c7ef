"""Arguments that exclude each other are one to the vendor: written, repaired and put back together."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.conformance.resource import Resource
from tests.conformance.verbs import case
from tests.conformance.world import World, new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Bag, Sample

each = pytest.mark.parametrize(
    "sample", [sample for sample in every() if sample.turns], ids=lambda sample: sample.type
)


@each
@proves("update.changed-arguments", "diff.drift-is-repaired")
def test_arguments_that_exclude_each_other_take_turns(sample: Sample) -> None:
    with new_world(sample) as world:
        for (one, shown), (other, then) in permutations(sample.turns, 2):
            with case(f"{one}, {other}"):
                world.engine.up(world.changed(world.minimal, one))
                program = world.changed(world.minimal, other)
                world.engine.up(program)
                world.shows(then)
                assert world.engine.preview(program) == "same"
                world.change_outside(shown)
                world.engine.refresh(program)
                assert world.engine.up(program) == "update"
                world.shows(then)
        since = len(world.vendor.emulator.journal)
        world.engine.up(world.minimal)
        assert len(world.vendor.writes(since)) == 1
        world.is_settled(world.minimal)


@each
@proves("setting.restore", "setting.take-over")
def test_arguments_that_exclude_each_other_are_put_back_together_or_not_at_all(sample: Sample) -> None:
    if sample.setting is None:
        return
    for (_, before), (ours, shown), (_, after) in permutations(sample.turns, 3):
        with case(f"{ours} in place of {before}"), new_world(sample) as world:
            program = _taken_over(world, ours, before)
            world.shows(shown)
            world.engine.destroy(program)
            world.shows(before)
        with case(f"{ours} in place of {before}, changed to {after}"), new_world(sample) as world:
            program = _taken_over(world, ours, before)
            world.change_outside(after)
            since = len(world.vendor.emulator.journal)
            world.engine.destroy(program)
            world.shows(after)
            assert world.vendor.writes(since) == []
            assert "someone else has changed it since" in world.engine.warnings[-1]


def _taken_over(world: World, changes: Bag, theirs: Bag) -> Resource:
    """Take over what others have set; returns the program, which is to restore it."""
    assert world.sample.setting is not None
    world.change_outside({**world.sample.setting.others, **world.sample.setting.recognisable, **theirs})
    program = world.changed(world.minimal, {**changes, "on_destroy": "restore"})
    world.engine.up(program)
    return program
