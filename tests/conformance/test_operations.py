"""Long-running operations: how they end, trouble on the way, and each behaviour that a vendor may have."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import product

from pulumi.runtime.proto import provider_pb2
from pulumi_switchboard.emulator.faults import Answer, Operation, Reset, Truncate

from tests.conformance.driver import START_SECONDS
from tests.conformance.resource import Resource
from tests.conformance.share import share
from tests.conformance.vendor import PAGE
from tests.conformance.verbs import (
    ADOPT,
    CREATE,
    DELETE,
    UPDATE,
    Verb,
    case,
    changes,
    each_verb,
    error_of,
    kill_after_write,
    repeated,
    unnamed,
    up,
)
from tests.conformance.world import World, each_long_running, each_sample, new_world
from tests.promises import proves
from tests.samples.sample import Sample

SHORT = 60.0
LONG = 300.0
LATE = 100.0
"""Seconds after which the deadline is over, and the next command not yet there."""
each_writing_verb = each_verb(CREATE, UPDATE, DELETE, ADOPT)


@dataclass(frozen=True)
class Outcome:
    """How an operation ends, and what the verb makes of that."""

    operation: Operation
    error: str | None = ""
    """What the error says; empty for a success, and None if it depends on the verb how this ends."""
    is_open: bool = False
    """Whether the write is waited for by the next command, and not sent again."""

    @property
    def is_late_failure(self) -> bool:
        """Whether the operation fails after the deadline, so that the write is sent again."""
        return self.operation.time == LATE and self.operation.end != "COMPLETED"


OUTCOMES = (
    Outcome(Operation("COMPLETED")),
    Outcome(Operation("COMPLETED", word="QUEUED", time=30.0)),
    Outcome(Operation("COMPLETED", polls=5)),
    Outcome(Operation("vanished")),
    Outcome(
        Operation("FAILED", title="Not so", detail="for a reason", code=20001),
        "the operation FAILED: Not so: for a reason (code 20001)",
    ),
    Outcome(Operation("FAILED", code=None), "the operation FAILED"),
    Outcome(Operation("CANCELLED"), "the operation CANCELLED"),
    Outcome(Operation("PENDING"), "the time given to this call is over", is_open=True),
    Outcome(Operation("PENDING", word="QUEUED"), "QUEUED after", is_open=True),
    Outcome(Operation("COMPLETED", time=LATE), "the time given to this call is over", is_open=True),
    Outcome(Operation("vanished", time=LATE), error=None, is_open=True),
    Outcome(Operation("FAILED", time=LATE), "the time given to this call is over", is_open=True),
    Outcome(Operation("CANCELLED", time=LATE), "the time given to this call is over", is_open=True),
)


@proves(
    "wait.deadline",
    "wait.terminal-states",
    "wait.unknown-operation",
    "error.what-failed",
    "lost.refusal-adds-nothing",
    "lost.open-outcome-in-state",
    "lost.next-up-continues",
    "lost.update-settled",
    "lost.delete-repeated",
)
@each_writing_verb
@each_long_running
def test_each_outcome_of_an_operation_leads_to_what_the_program_says(sample: Sample, verb: Verb) -> None:
    for outcome in share(sample, OUTCOMES, lambda outcome: outcome.operation.end, verb.name):
        with case(str(outcome.operation)), verb.world(sample) as (world, program):
            before = world.object, world.engine.saved
            since = world.now
            fault = world.vendor.inject(verb.write(sample), outcome.operation)
            with fault:
                error = error_of(verb.run, world, replace(program, timeout=SHORT))
            assert outcome.error is None or outcome.error in error
            assert outcome.error is None or bool(error) == bool(outcome.error)
            if error and not outcome.is_open:
                assert (world.object, world.engine.saved) == before
                assert re.search(r"operation \w+: \w+ after \d+ s and \d+ polls?", error)
            if outcome.is_open and outcome.error and verb is DELETE:
                assert "What to do: run the command again: an object that is already gone counts" in error
                assert "run `pulumi up --refresh`" in error
            verb.finish(world, program)
            if outcome.is_late_failure or outcome.error is None:
                continue
            writes = 1 if outcome.is_open and verb is not DELETE else 1 + bool(error)
            if verb is CREATE and sample.has_keys and error and not outcome.is_open:
                writes += 1  # the first key leads to the operation that has failed
            assert len(world.vendor.writes(since)) == writes


@proves("wait.terminal-states", "claims.announced")
@each_writing_verb
@each_long_running
def test_what_a_failed_operation_has_done_nevertheless_is_kept(sample: Sample, verb: Verb) -> None:
    for end in ("FAILED", "CANCELLED"):
        with case(end), verb.world(sample) as (world, program):
            since = world.now
            with world.vendor.inject(verb.write(sample), Operation(end, applied=True)):
                error = error_of(verb.run, world, program)
            if verb is CREATE and sample.has_keys:
                assert "although the vendor says that this failed" in world.engine.warnings[-1]
            if verb in (CREATE, DELETE):
                assert not error
            assert verb is DELETE or world.engine.saved is not None
            verb.finish(world, program)
            assert world.vendor.writes(since).count("POST") <= 1


@proves("lost.never-made-is-replaced", "lost.next-up-continues", "read.pending-operation-first")
@each_long_running
def test_a_create_that_fails_after_its_deadline_is_replaced(sample: Sample) -> None:
    def run_out_of_time(world: World, program: Resource) -> None:
        with world.vendor.inject(CREATE.write(sample), Operation("FAILED", time=LONG)):
            error = error_of(world.engine.up, replace(program, timeout=SHORT))
        assert "the next update continues to wait for this operation" in error
        assert world.engine.saved is not None
        world.clock.advance(LONG)

    for command in ("up", "refresh", "destroy"):
        with case(command), CREATE.world(sample) as (world, program):
            run_out_of_time(world, program)
            error = error_of(getattr(world.engine, command), program)
            if command == "up" and not sample.has_keys:
                assert not error
                assert (
                    "the create of an earlier run has failed: the operation FAILED"
                    in world.engine.warnings[-1]
                )
            elif command == "up":
                assert "was never created: the operation FAILED" in error
                assert "run `pulumi up` again: it creates another one instead" in error
                assert world.engine.preview(program) == "replace"
            else:
                assert not error
                assert world.engine.saved is None
            if command == "refresh":
                assert "was never created, and leaves state" in world.engine.warnings[-1]
            CREATE.finish(world, program)


@proves("read.pending-operation-first", "lost.open-outcome-in-state", "diff.open-create-is-a-change")
@each_verb(CREATE, UPDATE, ADOPT)
@each_long_running
def test_refresh_and_destroy_deal_with_a_pending_operation(sample: Sample, verb: Verb) -> None:
    for end in ("refresh", "destroy"):
        with case(end), verb.world(sample) as (world, program):
            fault = world.vendor.inject(verb.write(sample), Operation("PENDING"))
            assert error_of(verb.run, world, replace(program, timeout=SHORT))
            assert world.saved.errors
            assert world.engine.preview(program) in ("update", "replace")
            answer = next(step.answer_message for step in world.engine.steps[::-1] if step.verb == "Diff")
            assert answer.changes == provider_pb2.DiffResponse.DIFF_SOME
            since, began = world.now, world.clock.monotonic()
            world.engine.refresh(replace(program, timeout=SHORT))
            assert world.clock.monotonic() - began < START_SECONDS + 2.0, "a refresh waits for the operation"
            assert world.saved.errors, "a refresh forgets the operation"
            assert world.saved.outputs["_pending"]["operation"]
            asked = {place.partition("/Operations/")[1] for place in world.vendor.requests(since)}
            assert asked == {"/Operations/"}
            if end == "refresh":
                fault.release()
                world.engine.refresh(program)
                assert world.saved.errors == ()
                verb.finish(world, program)
            else:
                world.clock.after(30.0, fault.release)
            world.engine.destroy(program)
            assert world.objects == {}


@proves("update.overwritten-drift-is-warned-of")
@each_long_running
def test_the_late_effect_of_its_own_update_is_not_said_to_be_somebody_elses(sample: Sample) -> None:
    with UPDATE.world(sample) as (world, program):
        with world.vendor.inject(UPDATE.write(sample), Operation("COMPLETED", time=LONG)):
            assert error_of(UPDATE.run, world, replace(program, timeout=SHORT))
        world.clock.advance(LONG)
        world.engine.up(program)
        UPDATE.is_done(world)
        assert [text for text in world.engine.warnings if "outside of this program" in text] == []


TROUBLE = (
    Answer(404),
    Answer(408),
    Answer(425),
    Answer(429, retry_after=1),
    Answer(500),
    Answer(503, retry_after=1),
    Answer(502, text=PAGE),
    Answer(200, text=PAGE),
    Answer(200, json=[]),
    Answer(200, json={"status": 7}),
    Reset(),
    Reset(after=True),
    Truncate(),
)
LASTING = 20
"""More answers in a row than the attempts of one look."""


@proves("wait.transient-trouble")
@each_writing_verb
@each_long_running
def test_trouble_while_polling_fails_no_operation_and_repeats_no_write(sample: Sample, verb: Verb) -> None:
    with verb.world(sample) as (world, program), ExitStack() as stack:
        since = world.now
        for action in TROUBLE:
            stack.enter_context(world.vendor.inject(verb.look(sample), action))
        stack.enter_context(world.vendor.inject(verb.look(sample), Answer(500), times=LASTING))
        verb.run(world, program)
        assert len(world.vendor.writes(since)) == 1
        verb.is_done(world)


@proves("wait.transient-trouble", "error.refused-credentials", "lost.open-outcome-in-state")
@each_writing_verb
@each_long_running
def test_credentials_that_are_refused_while_polling_end_the_wait_and_lose_nothing(
    sample: Sample, verb: Verb
) -> None:
    for status in (401, 403):
        with case(str(status)), verb.world(sample) as (world, program):
            since = world.now
            with (
                world.vendor.inject(verb.write(sample), Operation("COMPLETED", time=30.0)),
                world.vendor.inject(verb.look(sample), Answer(status), times=None) as refused,
            ):
                error = error_of(verb.run, world, program)
                assert refused.fired == 1
            assert f"HTTP {status}" in error
            assert "--run-program" in error
            assert re.search(r"operation \w+: accepted after \d+ s and 1 poll\b", error)
            verb.finish(world, program)
            assert len(world.vendor.writes(since)) == (2 if verb is DELETE else 1)


@proves("wait.unknown-operation", "lost.open-outcome-in-state")
@each_writing_verb
@each_long_running
def test_the_object_tells_what_an_operation_has_done_that_the_vendor_refuses_to_show(
    sample: Sample, verb: Verb
) -> None:
    with verb.world(sample) as (world, program):
        since = world.now
        with world.vendor.inject(verb.look(sample), Answer(400), times=None) as refused:
            verb.run(world, program)
            assert refused.fired == 1
        assert len(world.vendor.writes(since)) == 1
        verb.is_done(world)
    with verb.world(sample) as (world, program):
        since = world.now
        with (
            world.vendor.inject(verb.write(sample), Operation("COMPLETED", time=30.0)),
            world.vendor.inject(verb.look(sample), Answer(400), times=None),
        ):
            error = error_of(verb.run, world, program)
        assert "HTTP 400" in error
        assert re.search(r"operation \w+: accepted after \d+ s and 1 poll\b", error)
        verb.finish(world, program)
        assert len(world.vendor.writes(since)) == (2 if verb is DELETE else 1)


@proves("keys.one-per-write")
@each_verb(UPDATE, DELETE, ADOPT)
@each_long_running
def test_a_write_waits_while_another_operation_is_in_its_way(sample: Sample, verb: Verb) -> None:
    write = verb.write(sample)

    def keys(world: World, since: int) -> list[str | None]:
        method = write.partition(" ")[0]
        return [entry.idempotency_key for entry in world.vendor.journal(since) if entry.method == method]

    with verb.world(sample) as (world, program):
        since = world.now
        with world.vendor.inject(write, Answer(409), times=3):
            verb.run(world, program)
        assert len(keys(world, since)) == 4
        assert len(set(keys(world, since))) == (4 if sample.has_keys else 1)
        assert any("another write is in the way" in message.text for message in world.engine.log)
        verb.finish(world, program)
    with verb.world(sample) as (world, program):
        since = world.now
        with world.vendor.inject(write, Reset(after=True)), world.vendor.inject(write, Answer(409)):
            verb.run(world, program)
        assert len(keys(world, since)) > 1
        assert len(set(keys(world, since))) == 1, (
            "a write that may have had its effect is sent as another one"
        )
        verb.finish(world, program)
    with verb.world(sample) as (world, program):
        before = world.object, world.engine.saved
        with world.vendor.inject(write, Answer(409), times=None):
            error = error_of(verb.run, world, replace(program, timeout=SHORT))
        assert "the time given to this call is over" in error
        assert "HTTP 409" in error
        assert (world.object, world.engine.saved) == before
        verb.finish(world, program)
    with verb.world(sample) as (world, program):
        since = world.now
        with world.vendor.inject(write, Answer(400), times=None):
            assert error_of(verb.run, world, program)
        assert len(keys(world, since)) == 1
    with verb.world(sample) as (world, program):
        drift = sample.changeable[0]
        with world.vendor.inject(UPDATE.write(sample), Operation("COMPLETED", time=20.0)):
            sample.change(world.vendor, next(iter(world.objects)), {drift.wire: drift.drifted})
        began = world.clock.monotonic()
        verb.run(world, program)
        assert world.clock.monotonic() - began > 20.0
        verb.finish(world, program)


@proves("wait.operation-id", "wait.object-id", "create.vendor-view-in-state")
@each_sample
def test_a_whole_life_succeeds_whatever_the_vendor_does_where_its_documentation_is_open(
    sample: Sample,
) -> None:
    for switches in sample.switches:
        with case(str(switches)), new_world(sample, switches) as world:
            program = world.maximal
            for given, done in ((program, "create"), (world.changed(program, changes(sample)), "update")):
                since = world.now
                assert world.engine.up(given) == done
                assert len(world.vendor.writes(since)) == 1
                world.is_settled(given)
            since = world.now
            world.engine.destroy(program)
            assert len(world.vendor.writes(since)) == 1
            assert sample.setting is not None or world.objects == {}


@proves("lost.crash-at-any-step", "lost.next-up-continues", "keys.derived")
@each_sample
def test_a_create_is_taken_up_whatever_the_vendor_does_where_its_documentation_is_open(
    sample: Sample,
) -> None:
    def run_out_of_time(world: World, program: Resource) -> None:
        fault = world.vendor.inject(CREATE.write(sample), Operation("PENDING"))
        error = error_of(world.engine.up, replace(program, timeout=3.0))
        assert bool(error) == bool(fault.fired), "only what is done at once has no operation"
        fault.remove(may_be_idle=True)

    ways = [(kill_after_write, _is_taken_up)]
    if sample.is_long_running:
        ways += [(run_out_of_time, _is_taken_up), (run_out_of_time, _is_refreshed_and_destroyed)]
    cases = product(sample.switches, ways)
    for switches, (end, go_on) in share(sample, cases, lambda case: str(case[0])):
        with (
            case(f"{go_on.__name__} after {end.__name__} with {switches}"),
            new_world(sample, switches) as world,
        ):
            end(world, unnamed(world))
            if world.engine.saved is not None or go_on is _is_taken_up:
                go_on(world, unnamed(world))


def _is_taken_up(world: World, program: Resource) -> None:
    repeated(world, up, world, program, after=0.0)
    assert world.object is not None
    world.is_settled(program)


def _is_refreshed_and_destroyed(world: World, program: Resource) -> None:
    world.engine.refresh(program)
    assert world.saved.errors == ()
    assert list(world.objects) == [world.saved.id]
    world.engine.destroy(program)
    assert world.objects == {}


@proves("update.gone-object", "lost.refusal-adds-nothing")
@each_long_running
def test_an_update_that_waits_for_the_end_of_an_object_says_that_it_is_gone(sample: Sample) -> None:
    with UPDATE.world(sample) as (world, program):
        with world.vendor.inject(DELETE.write(sample), Operation("COMPLETED", time=20.0)):
            sample.remove(world.vendor, world.saved.id)
        before = world.engine.saved
        error = error_of(world.engine.up, program)
        assert f"{world.saved.id} is gone: it was deleted outside of this program" in error
        assert "run `pulumi up --refresh`" in error
        assert world.engine.saved == before
