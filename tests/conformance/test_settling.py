"""What the vendor shows late, otherwise, or not at all after a write."""

from __future__ import annotations

from contextlib import ExitStack

from pulumi_switchboard.emulator.faults import Answer, Stale
from pulumi_switchboard.emulator.faults.action import Action

from tests.conformance.verbs import UPDATE, case, changes
from tests.conformance.world import World, each_sample
from tests.promises import proves
from tests.samples.sample import Sample, having

PATIENCE = 20.0
"""More seconds than a write is waited for that does not show."""


def old_view(world: World) -> Answer:
    """The answer of a vendor that does not show yet what it is about to do."""
    return Answer(200, json=_shown(world), after=True)


def _shown(world: World) -> object:
    assert world.engine.saved is not None
    return world.vendor.request("GET", "/" + world.sample.item.replace("{id}", world.engine.saved.id))


def update(world: World, sample: Sample, *faults: tuple[Action, int | None]) -> float:
    """Change everything; the write's own answer and the looks after it show this. Returns what it took."""
    program = world.changed(world.maximal, changes(sample))
    before = world.clock.monotonic()
    with ExitStack() as stack:
        if not sample.is_long_running:
            stack.enter_context(world.vendor.inject(UPDATE.write(sample), old_view(world)))
        for action, times in faults:
            injected = world.vendor.inject(f"GET {sample.item}", action, nth=2, times=times)
            stack.callback(injected.remove, may_be_idle=True)
        assert world.engine.up(program) == "update"
    return world.clock.monotonic() - before


@proves("create.vendor-view-in-state", "diff.settled-after-up")
@each_sample
def test_a_write_whose_own_answer_shows_the_old_state_is_waited_for(sample: Sample) -> None:
    for times in (1, 3):
        with case(str(times)), UPDATE.world(sample) as (world, program):
            assert update(world, sample, (Stale(), times)) < PATIENCE
            assert world.engine.warnings == []
            world.is_settled(program)


@proves("create.vendor-view-in-state")
@each_sample
def test_a_write_that_is_never_shown_ends_with_a_warning_that_names_the_fields(sample: Sample) -> None:
    with UPDATE.world(sample) as (world, program):
        assert update(world, sample, (Stale(), None)) < PATIENCE
        (warning,) = world.engine.warnings
        assert "is not shown as it was sent: " in warning
        for field in sample.fields:
            assert field.replaces or field.drifted is None or field.path.partition(".")[0] in warning
        world.clock.advance(PATIENCE)
        world.engine.refresh(program)
        world.is_settled(program)


@proves("create.vendor-view-in-state")
@each_sample
def test_what_the_vendor_has_made_of_a_write_is_not_waited_for_to_become_what_was_sent(
    sample: Sample,
) -> None:
    field = next(field for field in sample.fields if not field.replaces)
    with UPDATE.world(sample) as (world, program):
        body = having(_shown(world), {field.wire: world.resolved(field.drifted)})
        assert update(world, sample, (Answer(200, json=body), None)) < PATIENCE
        (warning,) = world.engine.warnings
        assert "is not shown as it was sent: " in warning
        world.engine.refresh(program)
        world.is_settled(program)
