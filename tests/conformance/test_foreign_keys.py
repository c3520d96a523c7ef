"""An API key of another account than the configured one: what it has created is removed again."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.driver import CallError
from tests.conformance.vendor import ACCOUNT, ENDPOINT
from tests.conformance.world import World, each_object
from tests.promises import proves

OTHER_ACCOUNT = "AC" + "2" * 32
FOREIGN_KEY = {
    "twilio:accountSid": ACCOUNT,
    "twilio:apiKey": OTHER_ACCOUNT.replace("AC", "SK"),
    "twilio:apiSecret": "secret-of-a-foreign-key",
    "switchboard:endpoint": ENDPOINT,
}


def shows_its_account(world: World) -> bool:
    """Whether the vendor says in which account an object is; where it doesn't, nobody can tell."""
    world.add_outside()
    is_shown = world.sample.account in world.object
    world.remove_outside()
    return is_shown


def error_of_create(world: World) -> str:
    """The error with which a create ends that uses a key of another account."""
    world.engine.settings = FOREIGN_KEY
    with pytest.raises(CallError) as caught:
        world.engine.up(world.minimal)
    assert world.engine.saved is None
    assert f"they belong to {OTHER_ACCOUNT}" in str(caught.value)
    assert FOREIGN_KEY["twilio:apiSecret"] not in str(caught.value)
    return str(caught.value)


@proves("guard.foreign-api-key")
@each_object
def test_an_object_that_was_made_in_another_account_is_removed_again(world: World) -> None:
    if not shows_its_account(world):
        return
    error_of_create(world)

    assert [request.partition(" ")[0] for request in world.vendor.writes()] == ["POST", "DELETE"]
    world.clock.advance(60.0)
    assert world.vendor.objects(world.sample.type, OTHER_ACCOUNT) == world.objects == {}


@proves("guard.foreign-api-key")
@each_object
def test_an_object_that_was_made_in_another_account_and_cannot_be_removed_is_named(world: World) -> None:
    if not shows_its_account(world):
        return
    with world.vendor.inject(f"DELETE {world.sample.item}", Answer(403), times=None):
        error = error_of_create(world)

    (made,) = world.vendor.objects(world.sample.type, OTHER_ACCOUNT)
    assert f"{made} was made there, and could not be deleted: " in error
    assert f"delete {made} there" in error
