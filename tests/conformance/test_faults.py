"""Each request of each verb goes wrong in each way; the next command puts everything right."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import chain

from pulumi_switchboard.emulator.faults import Action, Answer, Hold, Reset, Stale, Stall, Truncate

from tests.conformance.share import share
from tests.conformance.vendor import PAGE
from tests.conformance.verbs import (
    ADOPT,
    CREATE,
    DELETE,
    LATER,
    READ,
    UPDATE,
    VERBS,
    Verb,
    case,
    each_verb,
    error_of,
    unnamed,
    up,
)
from tests.conformance.world import World, each_named, each_sample, new_world
from tests.promises import proves
from tests.samples.sample import REQUIRED, Sample

UNAUTHORIZED = (401, 403)
NOT_FOUND = 404
CONFLICT = 409
BEYOND_THE_TIMEOUT = 40.0
"""Seconds; a request is given up after 30."""
REFUSALS = {400: True, 401: False, 403: True, NOT_FOUND: False, CONFLICT: True}
"""Statuses, and whether only a write is refused so."""
SHORT = 90.0
"""Seconds that a verb has where the trouble does not end."""


@dataclass(frozen=True)
class Place:
    """One of the requests that a verb sends."""

    number: int
    request: str
    nth: int
    """Its number among those to the same path."""

    @property
    def is_write(self) -> bool:
        """Whether it changes something."""
        return not self.request.startswith("GET ")

    def is_last_look(self, requests: Sequence[str]) -> bool:
        """Whether it looks at what was written before."""
        return not self.is_write and self.number == len(requests)


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a request."""

    name: str
    kind: Hashable
    """Those of a kind can stand for each other."""
    at: Callable[[World, Place], AbstractContextManager[object]]
    """Lets it go wrong there; at the end it must have happened."""
    lasts: bool = False
    """Whether it also happens to the further requests to this path."""
    refused: int = 0
    """The status with which the vendor refuses the request."""
    is_for_writes: bool = False
    """Whether it says the same as another fault where the request changes nothing."""

    def makes_sense(self, verb: Verb, place: Place) -> bool:
        """Whether a vendor that works can answer so, and no other fault says the same."""
        is_read = not place.is_write
        if self.name == "an old view":
            return is_read and not (verb is DELETE and place.number == 1)
        is_said_to_be_gone = self.refused == NOT_FOUND and verb in (READ, DELETE)
        return not is_said_to_be_gone and not (is_read and self.is_for_writes)


def _injected(
    name: str, action: Action, *, lasts: bool = False, refused: int = 0, is_for_writes: bool = False
) -> Fault:
    def at(world: World, place: Place) -> AbstractContextManager[object]:
        return world.vendor.inject(place.request, action, nth=place.nth, times=None if lasts else 1)

    kind = action.status // 100 if isinstance(action, Answer) else isinstance(action, Stale)
    return Fault(name, kind, at, lasts, refused, is_for_writes)


def _of_the_network(name: str, attribute: str, *, lasts: bool = False, is_for_writes: bool = False) -> Fault:
    @contextmanager
    def at(world: World, place: Place) -> Iterator[None]:
        vendor, fired = world.vendor, 0
        first = vendor.sent + place.number

        def before(number: int, _: object) -> None:
            nonlocal fired
            is_hit = number >= first and (lasts or not fired)
            fired += is_hit
            setattr(vendor, attribute, is_hit)

        vendor.before = before
        yield
        vendor.before = lambda *_: None
        setattr(vendor, attribute, False)
        assert fired, "it never happened"

    return Fault(name, attribute, at, lasts, is_for_writes=is_for_writes)


NO_CONNECTION = _of_the_network("no connection", "is_unreachable")
HARMLESS = (
    NO_CONNECTION,
    _injected("429", Answer(429)),
    _injected("429 with Retry-After", Answer(429, retry_after=5)),
)
"""After these, any request can be sent again."""
PASSING = (
    (
        _injected("500", Answer(500)),
        _injected("503, processed", Answer(503, after=True)),
        _injected("reset", Reset()),
        _injected("reset, processed", Reset(after=True)),
        _injected("half an answer", Truncate()),
    ),
    (
        _injected("a proxy's page", Answer(200, text=PAGE)),
        _injected("a proxy's page, processed", Answer(200, text=PAGE, after=True)),
        _injected("late", Stall(BEYOND_THE_TIMEOUT)),
        _injected("never", Hold()),
    ),
)
"""After these, a request can be sent again if that has the same effect as sending it once."""
FAULTS = (
    *(
        _injected(f"refused with {status}", Answer(status), refused=status, is_for_writes=is_for_writes)
        for status, is_for_writes in REFUSALS.items()
    ),
    _injected("500 always", Answer(500), lasts=True),
    _injected("503 always, processed", Answer(503, after=True), lasts=True, is_for_writes=True),
    _of_the_network("no connection always", "is_unreachable", lasts=True),
    _injected("reset always, processed", Reset(after=True), lasts=True, is_for_writes=True),
    _injected("half an answer always", Truncate(), lasts=True),
    _injected("a proxy's 404", Answer(404, text=PAGE)),
    _injected("no JSON always", Answer(200, text=PAGE, after=True), lasts=True),
    _injected("a list for an answer", Answer(200, json=[], after=True)),
    _injected("late always", Stall(BEYOND_THE_TIMEOUT), lasts=True, is_for_writes=True),
    _injected("never always", Hold(), lasts=True),
    _injected("never, processed", Hold("after"), lasts=True, is_for_writes=True),
    _of_the_network("delivered twice", "is_repeated", is_for_writes=True),
    _injected("an old view", Stale()),
)


def _places(verb: Verb, sample: Sample) -> Iterator[Place]:
    """The requests of a verb; those that a take-over sends as well are disturbed there."""
    requests = verb.requests(sample)
    for number, request in enumerate(requests, 1):
        place = Place(number, request, requests[:number].count(request))
        if place.is_write or verb is not CREATE or sample.setting is None:
            yield place


def _faults(sample: Sample, verb: Verb, place: Place, *, is_repeatable: bool) -> list[Fault]:
    """What can go wrong there so that the command may fail, as far as the type meets it."""
    found = (*FAULTS, *(() if is_repeatable else chain(*PASSING)))
    sensible = [fault for fault in found if fault.makes_sense(verb, place)]

    def kind(fault: Fault) -> Hashable:
        return "lasting" if fault.lasts and is_repeatable else fault.kind

    return share(sample, sensible, kind, verb.name, place)


@proves("transport.retries", "transport.broken-answers", "wait.transient-trouble")
@each_verb(*VERBS)
@each_sample
def test_trouble_that_passes_fails_no_verb(sample: Sample, verb: Verb) -> None:
    for place in _places(verb, sample):
        is_repeatable = verb.can_be_repeated(sample, place.request)
        for faults in (HARMLESS, *(PASSING if is_repeatable else ())):
            with (
                case(f"{[fault.name for fault in faults]} at {place}"),
                verb.world(sample) as (world, program),
            ):
                with ExitStack() as stack:
                    for fault in faults:
                        stack.enter_context(fault.at(world, place))
                    assert error_of(verb.run, world, program) == ""
                verb.finish(world, program)


@proves("identity.taken-name")
@each_named
def test_a_name_that_a_lost_create_has_taken_can_be_used_as_the_error_says(sample: Sample) -> None:
    place = Place(2, f"POST {sample.collection}", 1)
    for fault in _faults(sample, CREATE, place, is_repeatable=False):
        with case(fault.name):
            _take_name(sample, place, fault)


def _take_name(sample: Sample, place: Place, fault: Fault) -> None:
    with new_world(sample) as world:
        program = replace(world.maximal, timeout=SHORT)
        with fault.at(world, place):
            error_of(world.engine.up, program)
        world.clock.advance(LATER)
        error = error_of(up, world, program)
        advice = re.search(r'import_="(\w+)"', error)
        assert advice or not error
        program = replace(program, import_=advice[1]) if advice else program
        up(world, program)
        world.shows(sample.shown)
        world.is_settled(program)


@proves(
    "lost.create-found-again",
    "lost.update-settled",
    "lost.open-outcome-in-state",
    "lost.refusal-adds-nothing",
    "error.what-failed",
    "error.no-traceback",
    "error.refused-credentials",
    "read.gone-leaves-state",
    "keys.one-per-write",
)
@each_verb(*VERBS)
@each_sample
def test_whatever_happens_to_a_request_the_next_command_puts_everything_right(
    sample: Sample, verb: Verb
) -> None:
    for place in _places(verb, sample):
        is_repeatable = verb.can_be_repeated(sample, place.request)
        for fault in _faults(sample, verb, place, is_repeatable=is_repeatable):
            with case(f"{fault.name} at {place}"):
                _play(sample, verb, place, fault)


def _play(sample: Sample, verb: Verb, place: Place, fault: Fault) -> None:
    with verb.world(sample) as (world, program):
        short = replace(program, timeout=SHORT if fault.lasts else 0.0)
        before = world.vendor.sent
        with fault.at(world, place):
            error = error_of(verb.run, world, short)
        if error:
            _says_what_to_do(error, place, fault)
        if fault.refused not in (0, NOT_FOUND) and place.is_write:
            assert error or fault.refused == CONFLICT
            assert world.vendor.sent - before == place.number or fault.refused not in UNAUTHORIZED
            assert verb is not CREATE or world.engine.saved is None
        if error and fault.lasts and place.is_write and verb is not DELETE and "connection" not in fault.name:
            assert "it is not known whether" in error
        if fault.lasts and verb in (CREATE, UPDATE, ADOPT) and place.is_last_look(verb.requests(sample)):
            assert error or "could not be read again" in world.engine.warnings[-1]
            assert world.engine.saved is not None
        verb.finish(world, program)


def _says_what_to_do(error: str, place: Place, fault: Fault) -> None:
    if place.is_write and fault.refused in (0, *UNAUTHORIZED):
        assert "What to do: " in error
    if fault.refused in UNAUTHORIZED:
        assert "use the credentials saved by the last `pulumi up`" in error
        assert "--run-program" in error
    if fault.name.startswith("a proxy"):
        assert "proxy" in error.partition("What to do: ")[2]


@proves("lost.update-settled", "lost.open-outcome-in-state", "update.overwritten-drift-is-warned-of")
@each_sample
def test_an_update_whose_answer_is_lost_is_settled_by_whatever_comes_next(sample: Sample) -> None:
    others = {field.path: None for field in sample.fields if field.cleared is not REQUIRED}
    for action in (Reset(), Reset(after=True)):
        for further in ("the same", "the old program", "another program", "a refresh", "the end"):
            with case(f"{further} after {action}"), UPDATE.world(sample) as (world, program):
                old = unnamed(world)
                with world.vendor.inject(UPDATE.write(sample), action, times=None):
                    error = error_of(world.engine.up, replace(program, timeout=SHORT))
                assert "it is not known whether" in error
                assert world.saved.errors
                if further == "the end":
                    world.engine.destroy(old)
                    assert sample.setting is not None or world.objects == {}
                    continue
                if further == "a refresh":
                    world.engine.refresh(program)
                    assert world.saved.errors == () or sample.setting is not None
                wanted = {"the old program": old, "another program": world.changed(program, others)}.get(
                    further, program
                )
                world.engine.up(wanted)
                assert world.saved.errors == ()
                world.is_settled(wanted)
