"""What every type makes of answers that its vendor has never documented."""

from __future__ import annotations

from itertools import product
from typing import Any

from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.verbs import edited, error_of
from tests.conformance.world import World, each_sample
from tests.promises import proves
from tests.samples.sample import Bag

ABSENT = object()
HUGE = 10**400 + 7
"""A number that the engine can't hold."""
ODD: list[Any] = [ABSENT, None, {}, [], "odd", HUGE, [None, {"odd": 1}]]
IDENTITY = ("id", "account_sid", "accountSid")
"""Members that say which object it is, and whose: another value is another object."""


def with_odd(body: Bag, odd: Any, *, depth: int) -> Bag:
    """The body with this value in place of all members of a depth; what is not so deep is as it was."""
    changed = {}
    for name, value in body.items():
        if name in IDENTITY:
            changed[name] = value
        elif depth > 0:
            changed[name] = with_odd(value, odd, depth=depth - 1) if isinstance(value, dict) else value
        elif odd is not ABSENT:
            changed[name] = odd
    return changed


def shown(world: World) -> Any:
    """What the vendor answers to a GET of the object."""
    return world.vendor.request("GET", world.sample.path_of(world.saved.id))


def refresh(world: World, answer: Answer) -> None:
    """Refresh; the vendor answers like this."""
    with world.vendor.inject(f"GET {world.sample.item}", answer):
        world.engine.refresh(world.maximal)


@proves("text.unusual-values")
@each_sample
def test_members_that_are_missing_or_odd_are_drift_that_the_next_update_repairs(world: World) -> None:
    program = world.maximal
    world.engine.up(program)
    body = shown(world)
    kept = [field.wire.partition(".")[0] for field in world.sample.fields if field.replaces]
    bodies = (with_odd(body, odd, depth=depth) for depth, odd in product(range(4), ODD))
    for odd in (odd for odd in bodies if odd != body):
        refresh(world, Answer(200, json=odd))
        assert world.engine.saved is not None, odd
        assert world.engine.preview(program) in ("same", "update", "replace"), odd
        refresh(world, Answer(200, json={**odd, **{name: body[name] for name in kept}}))
        assert world.engine.up(program) in ("same", "update"), odd
        assert world.engine.preview(program) == "same", odd
    world.is_settled(program)
    world.shows(world.sample.shown)


@proves("text.unusual-values", "update.foreign-members-are-kept")
@each_sample
def test_an_update_of_an_object_with_odd_members_does_not_break(world: World) -> None:
    program = world.maximal
    world.engine.up(program)
    changed = edited(world)
    body = shown(world)
    sent: list[str] = []
    world.vendor.before = lambda _number, request: sent.append(f"{request.method} {request.body!r}")
    foreign = {**body, "quota": {"most": [HUGE, 0.5]}}
    for odd in (foreign, *(with_odd(body, odd, depth=0) for odd in ODD)):
        world.engine.refresh(program)
        wanted = changed if world.engine.preview(changed) == "update" else program
        with world.vendor.inject(f"GET {world.sample.item}", Answer(200, json=odd)):
            assert "this is a bug" not in error_of(world.engine.up, wanted), odd
        if odd is foreign and "PUT" in world.sample.requests["update"]:
            (put,) = [request for request in sent if request.startswith("PUT")]
            assert f'"quota": {{"most": [{HUGE}, 0.5]}}' in put, "it is sent back as it is"
    world.engine.refresh(program)
    world.engine.up(program)
    world.is_settled(program)


@proves("text.unusual-values", "transport.broken-answers")
@each_sample
def test_an_answer_that_is_no_object_is_an_error_and_changes_nothing(world: World) -> None:
    program = world.maximal
    world.engine.up(program)
    saved = world.engine.saved
    bodies: list[Any] = [None, [], "odd", 7, {}, {"odd": 1}]
    answers = [Answer(200, json=body) for body in bodies]
    for answer in (*answers, Answer(200, text=""), Answer(404, text="<h1>Not Found</h1>")):
        error = error_of(refresh, world, answer)
        assert error, answer
        assert world.engine.saved == saved, answer
    world.is_settled(program)
