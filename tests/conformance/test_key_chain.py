"""Which objects a create finds again: the idempotency keys of creates, from one run to the next.

A process that ends before the engine has saved the outcome of a create leaves an object that no state names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from pulumi_switchboard.emulator import Switches
from pulumi_switchboard.emulator.faults import Answer, Operation
from pulumi_switchboard.emulator.faults.action import Action
from pulumi_switchboard.identity import LONGEST_CHAIN

from tests.conformance.driver import CallError, Resource
from tests.conformance.vendor import Killed, Vendor
from tests.conformance.world import OPERATION_TIME, World, each_long_running
from tests.conformance.world import world as new_world
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


@contextmanager
def killed_before_save(world: World) -> Iterator[None]:
    """The process ends after the create, before its outcome is saved."""

    def end(verb: str) -> None:
        if verb == "Create":
            raise Killed

    world.engine.between = end
    with pytest.raises(Killed):
        yield
    world.engine.between = lambda _: None
    assert world.engine.saved is None


def made(world: World, program: Resource) -> str:
    """Create the object; returns its id."""
    assert world.engine.up(program) == "create"
    assert world.engine.saved is not None
    return world.engine.saved.id


def left_behind(world: World, program: Resource) -> str:
    """Create an object that state never gets to know; returns its id."""
    before = set(world.objects)
    with killed_before_save(world):
        world.engine.up(program)
    (id,) = set(world.objects) - before
    return id


def made_and_destroyed(world: World, program: Resource) -> str:
    """Create the object and destroy it; returns its id."""
    id = made(world, program)
    world.engine.destroy(program)
    return id


@proves("keys.derived", "claims.announced")
@each_long_running
def test_an_object_of_a_killed_run_is_taken_up_and_announced(world: World) -> None:
    id = left_behind(world, world.maximal)
    since = len(world.vendor.emulator.journal)

    assert made(world, world.maximal) == id
    assert world.vendor.writes(since) == [f"POST /{world.sample.collection.partition('/')[2]}"]
    assert keys_of(world) == "aa"
    (warning,) = world.engine.warnings
    assert f"{id} was made for this resource by an earlier run: this resource manages it" in warning
    assert "pulumi refresh --clear-pending-creates" in warning
    world.is_settled(world.maximal)


@proves("identity.stacks-apart", "keys.derived")
@each_long_running
def test_another_stack_or_resource_makes_another_object(sample: Sample) -> None:
    for change in ("stack", "resource", "nobody"):
        with new_world(sample) as world:
            first = left_behind(world, world.minimal)
            program = world.minimal
            if change == "resource":
                program = Resource(program.type, program.arguments, "other")
            else:
                world.engine.stack_id = "another-stack" if change == "stack" else ""
            assert made(world, program) != first, change
            assert keys_of(world) == "ab", change


@proves("keys.next-key")
@each_long_running
def test_an_object_that_was_deleted_uses_up_its_key(sample: Sample) -> None:
    for is_synchronous in (False, True):
        with new_world(sample, switches=Switches(orchestrator_synchronous=is_synchronous)) as world:
            first = made_and_destroyed(world, world.minimal)
            second = made_and_destroyed(world, world.minimal)
            third = left_behind(world, world.minimal)

            assert made(world, world.minimal) == third
            assert len({first, second, third}) == 3
            assert keys_of(world) == "a" + "ab" + "abc" + "abc"


@proves("keys.next-key")
@each_long_running
def test_somebody_elses_object_of_the_same_content_is_not_taken_for_one_that_is_gone(world: World) -> None:
    made_and_destroyed(world, world.minimal)
    theirs = world.add_outside()

    assert made(world, world.minimal) != theirs
    assert theirs in world.objects


@proves("keys.next-key", "claims.announced")
@pytest.mark.parametrize("related", ["present", "absent"])
@each_long_running
def test_an_object_that_cannot_become_what_is_wanted_uses_up_its_key(
    sample: Sample, related: Literal["present", "absent"]
) -> None:
    said = Switches(orchestrator_related=related, orchestrator_operation_related=related)
    for is_gone in (False, True):
        with new_world(sample, switches=said) as world:
            field = next(field for field in sample.fields if field.replaces)
            first = left_behind(world, world.minimal)
            other = world.changed(world.minimal, {field.path: field.changed})
            second = left_behind(world, other)
            assert any(first in warning for warning in world.engine.warnings)
            if is_gone:
                sample.remove(world.vendor, first)
                world.clock.advance(OPERATION_TIME)

            assert made(world, other) == second
            assert keys_of(world) == "a" + "ab" + "ab"
            assert set(world.objects) == ({second} if is_gone else {first, second})


@proves("keys.next-key", "lost.refusal-adds-nothing")
@each_long_running
def test_an_operation_that_failed_in_an_earlier_run_uses_up_its_key(world: World) -> None:
    for end in (FAILED, Operation("CANCELLED")):
        with world.vendor.inject(f"POST {world.sample.collection}", end), pytest.raises(CallError) as caught:
            world.engine.up(world.minimal)
        assert f"the operation {end.end}" in str(caught.value)
        assert world.engine.saved is None
        assert world.objects == {}
        world.clock.advance(60.0)

    made(world, world.minimal)
    assert keys_of(world) == "a" + "ab" + "abc"


@proves("keys.next-key")
@each_long_running
def test_operations_that_fail_over_and_over_are_not_tried_over_and_over(world: World) -> None:
    at = f"POST {world.sample.collection}"
    with world.vendor.inject(at, FAILED, times=None), pytest.raises(CallError, match="no such store"):
        world.engine.up(world.minimal)
    assert len(keys_of(world)) <= 2

    world.clock.advance(60.0)
    made(world, world.minimal)


@proves("keys.next-key")
@each_long_running
def test_the_chain_of_keys_has_an_end(world: World) -> None:
    answers = Answers(world.vendor)
    assert world.sample.add is not None
    world.sample.add(answers, {})
    world.clock.advance(OPERATION_TIME)
    world.remove_outside()
    world.clock.advance(60.0)

    at = f"POST {world.sample.collection}"
    with world.vendor.inject(at, Answer(202, json=answers.last), times=None) as repeated:
        with pytest.raises(CallError, match=f"{LONGEST_CHAIN} objects or operations of earlier runs"):
            world.engine.up(world.minimal)
        assert repeated.fired == LONGEST_CHAIN

    made(world, world.minimal)


@dataclass
class Answers:
    """Requests of somebody else, and the last answer to one."""

    vendor: Vendor
    last: Any = None

    def request(self, method: str, path: str, *, json: Any = None, form: Any = None) -> Any:
        """Send a request."""
        self.last = self.vendor.request(method, path, json=json, form=form)
        return self.last

    def objects(self, type: str) -> dict[str, Any]:
        """The objects of a type."""
        return self.vendor.objects(type)


@proves("keys.derived")
@each_long_running
def test_the_vendor_forgets_a_key_after_a_day(world: World) -> None:
    first = left_behind(world, world.minimal)
    world.clock.advance(DAY)

    assert made(world, world.minimal) != first
    assert keys_of(world) == "aa"


@proves("keys.refused-key")
@each_long_running
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
@each_long_running
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
