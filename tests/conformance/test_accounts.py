"""An object is managed only with the credentials of its own account and endpoint; refusals are explained."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.driver import CallError, Resource
from tests.conformance.vendor import ACCOUNT, ENDPOINT
from tests.conformance.world import SETTINGS, World, each_sample, world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample

OTHER_ACCOUNT = "AC" + "2" * 32
OTHER_ENDPOINT = "https://vendors.example.com"
Verb = Callable[[World, Resource], object]
VERBS: dict[str, Verb] = {
    "diff": lambda world, resource: world.engine.preview(resource),
    "update": lambda world, resource: world.engine.up(resource),
    "read": lambda world, resource: world.engine.refresh(resource),
    "delete": lambda world, resource: world.engine.destroy(resource),
}
each_with_an_account = pytest.mark.parametrize(
    "sample", [sample for sample in every() if sample.account], ids=lambda sample: sample.type
)


def edited(world: World) -> Resource:
    """The maximal resource with another value of its first field."""
    field = world.sample.fields[0]
    return world.changed(world.maximal, {field.path: field.changed})


def assert_each_verb_stops(world: World, *texts: str) -> None:
    """No verb sends a request or changes state, and each says these texts."""
    state, sent = world.engine.saved, world.vendor.sent
    for name, verb in VERBS.items():
        with pytest.raises(CallError) as stopped:
            verb(world, edited(world))
        assert [text for text in texts if text not in str(stopped.value)] == [], name
        assert world.engine.saved == state, name
    assert world.vendor.sent == sent


@each_with_an_account
@proves("guard.other-account-stops")
def test_credentials_of_another_account_stop_each_verb_before_a_request(world: World) -> None:
    world.engine.up(world.maximal)
    before = world.object

    world.engine.settings = {**SETTINGS, "twilio:accountSid": OTHER_ACCOUNT}

    assert_each_verb_stops(world, f"in account {ACCOUNT}", f"for account {OTHER_ACCOUNT}", "another stack")
    assert world.object == before


@each_sample
@proves("guard.other-endpoint-stops")
def test_another_endpoint_stops_each_verb_before_a_request(world: World) -> None:
    world.engine.up(world.maximal)

    world.engine.settings = {**SETTINGS, "switchboard:endpoint": OTHER_ENDPOINT}

    assert_each_verb_stops(world, ENDPOINT, OTHER_ENDPOINT, "another account or endpoint")


@each_with_an_account
@proves("guard.foreign-api-key")
def test_an_answer_of_another_account_stops_each_verb_before_a_write(world: World) -> None:
    world.engine.up(world.maximal)
    state = world.engine.saved
    shown = world.vendor.request("GET", world.sample.path_of(next(iter(world.objects))))
    shown[world.sample.account] = OTHER_ACCOUNT

    for name in ("update", "read"):
        writes = world.vendor.writes()
        answer = world.vendor.inject(f"GET {world.sample.item}", Answer(200, json=shown))
        with answer, pytest.raises(CallError, match=f"they belong to {OTHER_ACCOUNT}"):
            VERBS[name](world, edited(world))
        assert (world.vendor.writes(), world.engine.saved) == (writes, state), name


@each_sample
@pytest.mark.parametrize("status", [401, 403])
@proves("error.refused-credentials")
def test_refused_credentials_are_explained_and_nothing_leaves_state(world: World, status: int) -> None:
    def assert_refused(verb: Verb) -> None:
        state = world.engine.saved
        with world.vendor.inject("*", Answer(status), times=None), pytest.raises(CallError) as refused:
            verb(world, edited(world))
        message = str(refused.value)
        assert f"HTTP {status}" in message
        assert "use the credentials saved by the last `pulumi up`" in message
        assert "--run-program" in message
        assert world.engine.saved == state

    assert_refused(VERBS["update"])
    world.engine.up(world.maximal)
    for name in ("update", "read", "delete"):
        assert_refused(VERBS[name])
    world.is_settled(world.maximal)


@each_sample
@proves("credentials.missing")
def test_without_credentials_a_preview_says_what_is_missing_and_sends_nothing(sample: Sample) -> None:
    with world(sample) as made:
        made.engine.settings = {"switchboard:endpoint": ENDPOINT}
        sent = made.vendor.sent
        with pytest.raises(CallError, match=r"there (is|are) no .*(credentials|key)") as missing:
            made.engine.up(made.maximal)
        assert "in the stack's configuration, or" in str(missing.value)
        assert made.vendor.sent == sent
        assert made.engine.saved is None
