"""The look at an object after a write fails, or shows the object late or otherwise than it was written."""

from __future__ import annotations

import re
from contextlib import ExitStack, nullcontext
from dataclasses import replace

import pytest
from pulumi_switchboard.emulator.faults import Action, Answer, Operation, Stale

from tests.conformance.resource import CallError
from tests.conformance.verbs import (
    CREATE,
    DELETE,
    UPDATE,
    Verb,
    case,
    changes,
    error_of,
    kill_after_write,
    unnamed,
)
from tests.conformance.world import World, each, each_long_running, each_object, each_sample
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Bag, Sample, having

NO_LOOK = "could not be read again"
REFUSED = Answer(403)
PATIENCE = 20.0
"""More seconds than a write is waited for that does not show."""


@proves("create.vendor-view-in-state", "lost.update-settled", "lost.open-outcome-in-state")
@each_sample
def test_an_update_after_which_every_look_fails_loses_nothing(sample: Sample) -> None:
    with UPDATE.world(sample) as (world, program):
        with ExitStack() as faults:
            if not sample.is_long_running:
                shown = world.vendor.request("GET", sample.path_of(world.saved.id))
                faults.enter_context(
                    world.vendor.inject(UPDATE.write(sample), Answer(200, json=shown, after=True))
                )
            look = world.vendor.inject(f"GET {sample.item}", REFUSED, nth=2, times=None)
            faults.callback(look.remove)
            if sample.is_long_running:
                with pytest.raises(CallError):
                    world.engine.up(program)
                assert world.saved.errors
            else:
                world.engine.up(program)
                assert any(NO_LOOK in warning for warning in world.engine.warnings)
        world.engine.refresh(program)
        UPDATE.finish(world, program)


@proves("lost.open-outcome-in-state", "lost.next-up-continues")
@each_sample
def test_a_create_after_which_every_look_fails_loses_nothing(sample: Sample) -> None:
    for switches in _at_once(sample):
        options = {"switches": switches}
        requests = CREATE.requests(sample)
        before = requests[: requests.index(CREATE.write(sample))]
        earlier = sum(request.startswith(f"GET {sample.collection}") for request in before)
        for end in ("up", "refresh", "destroy"):
            with case(f"{switches}, {end}"), CREATE.world(sample, **options) as (world, program):
                look = world.vendor.inject(f"GET {sample.item}", REFUSED, nth=earlier + 1, times=None)
                error = error_of(world.engine.up, program)
                look.remove(may_be_idle=True)
                assert bool(error) == bool(world.saved.errors)
                world.clock.advance(60.0)
                if end == "destroy":
                    world.engine.destroy(program)
                    DELETE.is_done(world)
                    continue
                if end == "refresh":
                    world.engine.refresh(program)
                CREATE.finish(world, program)
                assert len(world.vendor.writes()) == 1


def _at_once(sample: Sample) -> list[Bag]:
    """The default switches, and those by which writes are done at once."""
    return [{}, *(switches for switches in sample.switches if "synchronous" in str(switches))]


@proves("wait.terminal-states", "delete.removes", "lost.delete-repeated")
@each_long_running
def test_what_a_failed_operation_and_a_failed_look_leave_open_is_said(sample: Sample) -> None:
    failed: Action = Operation("FAILED")
    for verb, nth, said in (
        (CREATE, 1, "it is not known whether the object exists nevertheless|looking for the object failed"),
        (UPDATE, 2, "the object's current values are not known"),
        (DELETE, 1, NO_LOOK),
    ):
        with case(verb.name), verb.world(sample) as (world, program):
            error = _error(world, verb, failed, nth)
            assert error.partition("\n")[0].startswith(f"could not {verb.name} ")
            assert "the operation FAILED: Internal Server Error" in error
            assert re.search(said, error)
            assert "HTTP 403" in error
            assert (world.engine.saved is None) == (verb is CREATE)
            verb.finish(world, program)


def _error(world: World, verb: Verb, action: Action, nth: int) -> str:
    """The error of the verb whose write meets this action, and all looks from this one on are refused."""
    program = verb.before(world) if verb is CREATE else world.maximal
    if verb is UPDATE:
        program = world.changed(unnamed(world), changes(world.sample))
    place, nth = _look(world.sample, verb, nth)
    look = world.vendor.inject(place, REFUSED, nth=nth, times=None)
    with world.vendor.inject(verb.write(world.sample), action), pytest.raises(CallError) as failure:
        verb.run(world, program)
    look.remove()
    return str(failure.value)


def _look(sample: Sample, verb: Verb, nth: int) -> tuple[str, int]:
    """Where a verb looks for the object: in the list, not for the first time, if no answer names its id."""
    if verb is CREATE and not sample.has_keys:
        return f"GET {sample.collection}", nth + 1
    return f"GET {sample.item}", nth


@proves("delete.removes")
@each_long_running
def test_a_delete_whose_operation_is_completed_needs_no_look(sample: Sample) -> None:
    with DELETE.world(sample) as (world, program):
        with world.vendor.inject(f"GET {sample.item}", REFUSED, times=None):
            world.engine.destroy(program)
        assert world.engine.saved is None
        assert any(NO_LOOK in message.text for message in world.engine.log)
        assert world.engine.warnings == []
        DELETE.is_done(world)


@proves("wait.deadline", "wait.pace")
@each_long_running
def test_a_vendor_that_asks_to_wait_for_longer_than_there_is_time_is_not_waited_for(sample: Sample) -> None:
    with CREATE.world(sample) as (world, program):
        began = world.clock.monotonic()
        with (
            world.vendor.inject(CREATE.look(sample), Answer(429, retry_after=5000)),
            pytest.raises(CallError) as late,
        ):
            world.engine.up(replace(program, timeout=30.0))
        assert "the time given to this call is over" in str(late.value)
        assert "the vendor asks to wait longer than there is time" in str(late.value)
        assert "the next update continues to wait for this operation" in str(late.value)
        assert world.clock.monotonic() - began < 40.0
        CREATE.finish(world, program)


@proves("lost.create-found-again", "claims.announced", "transport.broken-answers")
@each(sample for sample in every() if sample.setting is None and not sample.is_long_running)
def test_a_create_whose_answer_names_another_object_finds_its_own(sample: Sample) -> None:
    with CREATE.world(sample) as (world, program):
        other = world.add_outside()
        body = world.vendor.request("GET", sample.path_of(other))
        world.remove_outside()
        with world.vendor.inject(CREATE.write(sample), Answer(201, json=body, after=True)):
            assert world.engine.up(program) == "create"
        assert world.saved.id != other
        assert "the answer to the create" in world.engine.warnings[-1]
        assert len(world.vendor.writes()) == 1
        CREATE.finish(world, program)


@proves("lost.crash-at-any-step", "lost.open-outcome-in-state", "claims.announced")
@each_object
def test_an_object_of_a_killed_run_is_kept_even_if_it_can_not_be_changed_yet(sample: Sample) -> None:
    for switches in _at_once(sample):
        with case(str(switches)), CREATE.world(sample, switches=switches) as (world, program):
            kill_after_write(world, program)
            world.clock.advance(60.0)
            edited = world.changed(program, changes(sample))
            if sample.name:
                edited = world.changed(edited, {sample.name: None})
            with world.vendor.inject(UPDATE.write(sample), Answer(400), times=None), pytest.raises(CallError):
                world.engine.up(edited)
            assert world.saved.id == next(iter(world.objects))
            assert world.saved.errors
            assert "was created for this resource" in world.engine.warnings[-1]
            assert world.engine.up(edited) == "update"
            world.is_settled(edited)
            world.engine.destroy(edited)
            assert world.objects == {}


def updated(world: World, sample: Sample, action: Action, times: int | None) -> float:
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
            assert updated(world, sample, Stale(), times) < PATIENCE
            if times is None:
                (warning,) = world.engine.warnings
                assert "is not shown as it was sent: " in warning
                assert all(field.path.partition(".")[0] in warning for field in sample.drifting)
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
    field = sample.changeable[0]
    with UPDATE.world(sample) as (world, program):
        body = having(
            world.vendor.request("GET", sample.path_of(world.saved.id)),
            {field.wire: world.resolved(field.drifted)},
        )
        assert updated(world, sample, Answer(200, json=body), None) < PATIENCE
        (warning,) = world.engine.warnings
        assert "is not shown as it was sent: " in warning
        world.engine.refresh(program)
        world.is_settled(program)
