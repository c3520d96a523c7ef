"""Which objects a create finds again: the idempotency keys of creates, from one run to the next.

A process that ends before the engine has saved the outcome of a create leaves an object that no state names.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from itertools import product

import pytest
from pulumi_switchboard.emulator.faults import Action, Answer, Operation
from pulumi_switchboard.identity import LONGEST_CHAIN, key_of

from tests.conformance.resource import CallError, Resource
from tests.conformance.verbs import case, error_of, killed_before_save
from tests.conformance.world import SOON, World, each_keyed, new_world
from tests.promises import proves
from tests.samples.sample import Sample

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DAY = 24 * 3600.0
FAILED = Operation("FAILED", detail="no such store")


def keys_of(world: World) -> str:
    """The keys of all creates so far, a letter for each: `aab` if the first was sent twice."""
    said = [str(entry.idempotency_key) for entry in world.vendor.journal() if entry.method == "POST"]
    assert all(UUID.fullmatch(key) for key in said)
    return "".join("abcdefg"[list(dict.fromkeys(said)).index(key)] for key in said)


def made(world: World, program: Resource) -> str:
    """Create the object; returns its id."""
    assert world.engine.up(program) == "create"
    return world.saved.id


def left_behind(world: World, program: Resource) -> str:
    """Create an object that state never gets to know; returns its id."""
    before = set(world.objects)
    with killed_before_save(world):
        world.engine.up(program)
    (id,) = set(world.objects) - before
    return id


def made_and_destroyed(world: World) -> str:
    """Create the minimal object and destroy it; returns its id."""
    id = made(world, world.minimal)
    world.engine.destroy(world.minimal)
    return id


@proves("identity.stacks-apart", "keys.derived")
@each_keyed
def test_another_stack_or_resource_makes_another_object(sample: Sample) -> None:
    for change in ("stack", "resource", "nobody"):
        with new_world(sample) as world:
            first = left_behind(world, world.minimal)
            program = replace(world.minimal, name="other" if change == "resource" else "main")
            if change != "resource":
                world.engine.stack_id = "another-stack" if change == "stack" else ""
            assert made(world, program) != first, change
            assert keys_of(world) == "ab", change


@proves("keys.next-key")
@each_keyed
def test_the_object_of_a_replacement_has_the_next_key(world: World) -> None:
    world.engine.up(world.minimal)
    old = world.saved.outputs["_identity"]
    fields = [field for field in world.sample.fields if field.replaces]
    program = world.changed(world.minimal, {field.path: field.changed for field in fields})
    assert world.engine.up(program) == "replace"
    assert world.saved.outputs["_identity"]["key"] == key_of(old["key"], old["id"])


@proves("keys.next-key")
@each_keyed
def test_an_object_that_was_deleted_uses_up_its_key(sample: Sample) -> None:
    for is_synchronous in (False, True):
        with new_world(sample, {"orchestrator_synchronous": is_synchronous}) as world:
            first = made_and_destroyed(world)
            second = made_and_destroyed(world)
            third = left_behind(world, world.minimal)
            assert made(world, world.minimal) == third
            assert len({first, second, third}) == 3
            assert keys_of(world) == "a" + "ab" + "abc" + "abc"


@proves("keys.next-key")
@each_keyed
def test_somebody_elses_object_of_the_same_content_is_not_taken_for_one_that_is_gone(world: World) -> None:
    made_and_destroyed(world)
    theirs = world.add_outside()
    assert made(world, world.minimal) != theirs
    assert theirs in world.objects


@proves("keys.next-key", "claims.announced")
@each_keyed
def test_an_object_that_cannot_become_what_is_wanted_uses_up_its_key(sample: Sample) -> None:
    for related, is_gone in product(("present", "absent"), (False, True)):
        said = {"orchestrator_related": related, "orchestrator_operation_related": related}
        with case(f"{related}, {is_gone}"), new_world(sample, said) as world:
            field = next(field for field in sample.fields if field.replaces)
            first = left_behind(world, world.minimal)
            other = world.changed(world.minimal, {field.path: field.changed})
            second = left_behind(world, other)
            assert any(first in warning for warning in world.engine.warnings)
            if is_gone:
                sample.remove(world.vendor, first)
                world.clock.advance(SOON)
            assert made(world, other) == second
            assert keys_of(world) == "a" + "ab" + "ab"
            assert set(world.objects) == ({second} if is_gone else {first, second})


@proves("keys.next-key", "lost.refusal-adds-nothing")
@each_keyed
def test_an_operation_that_failed_in_an_earlier_run_uses_up_its_key(world: World) -> None:
    for end in (FAILED, Operation("CANCELLED")):
        with world.vendor.inject(f"POST {world.sample.collection}", end):
            assert f"the operation {end.end}" in error_of(world.engine.up, world.minimal)
        assert world.engine.saved is None
        assert world.objects == {}
        world.clock.advance(60.0)
    made(world, world.minimal)
    assert keys_of(world) == "a" + "ab" + "abc"


@proves("keys.next-key")
@each_keyed
def test_operations_that_fail_over_and_over_are_not_tried_over_and_over(world: World) -> None:
    at = f"POST {world.sample.collection}"
    with world.vendor.inject(at, FAILED, times=None), pytest.raises(CallError, match="no such store"):
        world.engine.up(world.minimal)
    assert len(keys_of(world)) <= 2
    world.clock.advance(60.0)
    made(world, world.minimal)


@proves("keys.next-key")
@each_keyed
def test_the_chain_of_keys_has_an_end(world: World) -> None:
    world.add_outside()
    answer = world.vendor.answered
    world.remove_outside()
    world.clock.advance(60.0)
    at = f"POST {world.sample.collection}"
    with world.vendor.inject(at, Answer(202, json=answer), times=None) as repeated:
        with pytest.raises(CallError, match=f"{LONGEST_CHAIN} objects or operations of earlier runs"):
            world.engine.up(world.minimal)
        assert repeated.fired == LONGEST_CHAIN
    made(world, world.minimal)


@proves("keys.derived")
@each_keyed
def test_the_vendor_forgets_a_key_after_a_day(world: World) -> None:
    first = left_behind(world, world.minimal)
    world.clock.advance(DAY)
    assert made(world, world.minimal) != first
    assert keys_of(world) == "aa"


@proves("keys.refused-key")
@each_keyed
def test_a_key_that_is_refused_for_other_content_is_followed_by_one_of_the_content(sample: Sample) -> None:
    for message in (
        "Idempotency-Key: was used for another request",
        "The idempotency key was reused with a different body",
        "Request does not match the one of this idempotency key",
    ):
        with new_world(sample) as world:
            with world.vendor.inject(f"POST {sample.collection}", refusal(message)):
                made(world, world.minimal)
            assert keys_of(world) == "ab"
            assert "an earlier run has asked for this object with other arguments" in world.engine.warnings[0]


@proves("keys.refused-key")
@each_keyed
def test_a_key_that_is_refused_for_another_reason_is_an_error(world: World) -> None:
    for message in ("Idempotency-Key: must be a UUID", "A request with this idempotency key is in progress"):
        at = f"POST {world.sample.collection}"
        with world.vendor.inject(at, refusal(message)), pytest.raises(CallError, match=message):
            world.engine.up(world.minimal)
        assert world.engine.saved is None
    assert keys_of(world) == "aa"


def refusal(message: str) -> Action:
    """A refusal in Twilio's words."""
    body = {"code": 20001, "message": message, "more_info": "https://www.twilio.com/docs/errors/20001"}
    return Answer(400, json={**body, "status": 400})


def ordered_by_others(world: World) -> str:
    """Somebody else makes an object with the minimal arguments; returns its id."""
    with suppress(KeyError):  # where no answer names the object
        return world.add_outside()
    world.clock.advance(SOON)
    (id,) = world.objects
    return id


@proves("wait.object-id", "identity.object-of-its-own")
@each_keyed
def test_an_object_of_unknown_age_is_not_taken_for_the_one(sample: Sample) -> None:
    with new_world(sample, sample.nameless) as world:
        undated = ordered_by_others(world)
        listed = world.vendor.request("GET", f"/{sample.collection}")
        (items,) = [name for name, value in listed.items() if isinstance(value, list)]
        listed[items][0] = {k: v for k, v in listed[items][0].items() if not k.lower().startswith("created")}
        with world.vendor.inject(f"GET {sample.collection}", Answer(200, json=listed), times=None):
            assert f"the name belongs to {undated}" in error_of(world.engine.up, world.minimal)
        assert world.engine.saved is None


@proves("wait.object-id", "create.vendor-view-in-state")
@each_keyed
def test_an_object_whose_id_is_known_is_waited_for_and_not_looked_for_by_name(sample: Sample) -> None:
    with new_world(sample, {"orchestrator_lag": 3}) as world:
        theirs = ordered_by_others(world)
        assert made(world, world.minimal) != theirs
        assert f"GET /{sample.collection.partition('/')[2]}" not in world.vendor.requests()
        assert world.engine.warnings == []
