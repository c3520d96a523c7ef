"""Each wait of each verb ends at a cancel and at the deadline, and nothing is lost by that."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from itertools import product

import pytest
from pulumi_switchboard.emulator.faults import Action, Answer, Hold, Operation, Stale

from tests.conformance.share import share
from tests.conformance.verbs import (
    ADOPT,
    CREATE,
    DELETE,
    READ,
    UPDATE,
    VERBS,
    Verb,
    case,
    each_verb,
    error_of,
    places,
)
from tests.conformance.world import each_long_running, each_sample
from tests.promises import proves
from tests.samples.sample import Sample

BEGIN = 5.0
"""Seconds after which the update is cancelled."""
PROMPT = 2.0
TIMEOUT = 20.0
LAST_LOOK = 5.0
ENDLESS = 500
LONG = 60.0


@dataclass(frozen=True)
class Wait:
    """Something that a verb waits for."""

    name: str
    request: str
    action: Action
    nth: int = 1

    @property
    def kind(self) -> Hashable:
        """What it has in common with the waits that can stand for it."""
        return self.request, self.nth, isinstance(self.action, Operation | Stale)


def waits(verb: Verb, sample: Sample) -> Iterator[Wait]:
    """All waits of a verb."""
    requests = verb.requests(sample)
    for number, request in enumerate(requests, 1):
        if verb is CREATE and sample.setting is not None and request.startswith("GET "):
            continue  # a take-over sends it as well
        nth = requests[:number].count(request)
        for name, action in (
            ("an answer", Hold()),
            ("the next attempt", Answer(503, retry_after=ENDLESS)),
            ("the end of a rate limit", Answer(429, retry_after=ENDLESS)),
        ):
            yield Wait(f"{name} at request {number}, {request}", request, action, nth)
        if not request.startswith("GET "):
            yield Wait(f"an answer to what was done at request {number}", request, Hold("after"), nth)
    writes = [number for number, request in enumerate(requests) if not request.startswith("GET ")]
    if sample.is_long_running and writes:
        yield Wait("an operation", requests[writes[0]], Operation("PENDING"))
    if sample.is_long_running and writes and verb is not CREATE:
        yield Wait("another operation", requests[writes[0]], Answer(409))
    if writes and writes[-1] < len(requests) - 1:
        yield Wait("what was written to be shown", requests[-1], Stale(), requests.count(requests[-1]))


@proves(
    "lost.ctrl-c",
    "wait.deadline",
    "lost.open-outcome-in-state",
    "lost.next-up-continues",
    "lost.delete-repeated",
)
@each_verb(*VERBS)
@each_sample
def test_a_cancel_and_the_deadline_end_each_wait_and_the_next_command_goes_on(
    sample: Sample, verb: Verb
) -> None:
    cases = product(waits(verb, sample), (True, False))
    for wait, is_cancelled in share(sample, cases, lambda case: case[0].kind, verb.name):
        if verb is READ and not is_cancelled:
            continue  # it has no deadline of the user's
        with case(f"{wait.name}, {is_cancelled}"), verb.world(sample) as (world, program):
            began, since = world.clock.time(), world.now
            if is_cancelled:
                world.clock.after(BEGIN, world.engine.cancel)
            with world.vendor.inject(wait.request, wait.action, nth=wait.nth, times=None):
                error = error_of(verb.run, world, replace(program, timeout=0 if is_cancelled else TIMEOUT))
            sent = world.vendor.journal(since)
            took = world.clock.time() - (began if is_cancelled else sent[0].time)
            if is_cancelled:
                assert took <= BEGIN + PROMPT
                late = [entry for entry in sent if entry.time - sent[0].time > BEGIN]
                assert not late, "something is sent after the cancel"
                assert not error or took < BEGIN or "cancelled" in error
            else:
                assert took <= TIMEOUT + LAST_LOOK + PROMPT
            verb.finish(world, program)
            if verb is not DELETE and isinstance(wait.action, Operation):
                assert len(world.vendor.writes(since)) == 1, "what was accepted is asked for again"


@proves("wait.progress")
@each_verb(CREATE, UPDATE, DELETE, ADOPT)
@each_long_running
def test_the_progress_of_an_operation_is_shown(sample: Sample, verb: Verb) -> None:
    with verb.world(sample) as (world, program):
        with world.vendor.inject(verb.write(sample), Operation("COMPLETED", time=LONG)):
            verb.run(world, program)
        shown = [message.text for message in world.engine.log if not message.is_warning]
    seen = {m[1] for text in shown if (m := re.fullmatch(r"(\w+) after \d+ s \(operation \w+\)", text))}
    assert seen == {"PENDING", "RUNNING", "COMPLETED"}


@proves("wait.pace", "wait.deadline")
@each_verb(CREATE, UPDATE, DELETE, ADOPT)
@each_long_running
def test_no_poll_comes_before_the_vendor_asks_for_it_and_the_last_one_at_the_deadline(
    sample: Sample, verb: Verb
) -> None:
    look = verb.look(sample)

    for retry_after, timeout in ((7, 0.0), (ENDLESS, TIMEOUT)):
        options = {"retry_after": retry_after}
        with case(f"Retry-After {retry_after}"), verb.world(sample, **options) as (world, program):
            since = world.now
            verb.run(world, replace(program, timeout=timeout))
            took = world.clock.time() - world.vendor.journal(since)[0].time
            assert took == pytest.approx(timeout or retry_after, abs=1.0)
            assert places(world.vendor.journal(since)).count(look) == 1
            verb.finish(world, program)
    with verb.world(sample) as (world, program), world.vendor.inject(look, Answer(503, retry_after=7)):
        began = world.clock.monotonic()
        verb.run(world, program)
        assert world.clock.monotonic() - began >= 7
        verb.finish(world, program)
