"""What the vendor shows late, otherwise, or not at all after a write."""

from __future__ import annotations

from contextlib import nullcontext

from pulumi_switchboard.emulator.faults import Answer, Stale
from pulumi_switchboard.emulator.faults.action import Action

from tests.conformance.verbs import UPDATE, case, changes
from tests.conformance.world import World, each_sample
from tests.promises import proves
from tests.samples.sample import Sample, having

PATIENCE = 20.0
"""More seconds than a write is waited for that does not show."""


def update(world: World, sample: Sample, action: Action, times: int | None) -> float:
    """Change everything; the write's own answer and the looks after it show this. Returns what it took."""
    program = world.changed(world.maximal, changes(sample))
    before = world.clock.monotonic()
    old_view = Answer(200, json=world.vendor.request("GET", sample.path_of(world.saved.id)), after=True)
    injected = world.vendor.inject(f"GET {sample.item}", action, nth=2, times=times)
    is_at_once = not sample.is_long_running
    with world.vendor.inject(UPDATE.write(sample), old_view) if is_at_once else nullcontext():
        assert world.engine.up(program) == "update"
    injected.remove(may_be_idle=True)
    return world.clock.monotonic() - before


@proves("create.vendor-view-in-state", "diff.settled-after-up")
@each_sample
def test_a_write_that_does_not_show_is_waited_for_a_while_and_warned_of_at_last(sample: Sample) -> None:
    for times in (1, 3, None):
        with case(str(times)), UPDATE.world(sample) as (world, program):
            assert update(world, sample, Stale(), times) < PATIENCE
            if times is None:
                (warning,) = world.engine.warnings
                assert "is not shown as it was sent: " in warning
                for field in sample.fields:
                    assert field.replaces or field.drifted is None or field.path.partition(".")[0] in warning
                world.clock.advance(PATIENCE)
                world.engine.refresh(program)
            else:
                assert world.engine.warnings == []
            world.is_settled(program)


@proves("create.vendor-view-in-state")
@each_sample
def test_what_the_vendor_has_made_of_a_write_is_not_waited_for_to_become_what_was_sent(
    sample: Sample,
) -> None:
    field = next(field for field in sample.fields if not field.replaces)
    with UPDATE.world(sample) as (world, program):
        body = having(
            world.vendor.request("GET", sample.path_of(world.saved.id)),
            {field.wire: world.resolved(field.drifted)},
        )
        assert update(world, sample, Answer(200, json=body), None) < PATIENCE
        (warning,) = world.engine.warnings
        assert "is not shown as it was sent: " in warning
        world.engine.refresh(program)
        world.is_settled(program)
