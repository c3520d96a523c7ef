"""The objects of an account, read without an engine."""

from __future__ import annotations

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.inventory import read_inventory
from pulumi_switchboard.accounts.objects import read_object, read_objects
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.emulator.faults import Answer
from pulumi_switchboard.errors import CredentialsError, DeadlineError, VendorError

from tests.conformance.vendor import ACCOUNT
from tests.conformance.world import SETTINGS, World, each, each_object, each_sample
from tests.samples import every


@each_sample
def test_every_object_is_found_as_the_vendor_shows_it(world: World, session: Session) -> None:
    definition = definitions.find(world.sample.type)
    world.engine.up(world.maximal)
    told: list[str] = []
    with world.without_writes():
        [found] = read_objects(session, definition, told.append)
    assert found == read_object(session, definition, world.saved.id)
    assert (found.id, found.unknown) == (world.saved.id, ())
    assert told[0] == f"{definition.name}: reading"
    assert told[-1] == f"{definition.name}: 1 of 1 read"
    assert found.origin.account in (ACCOUNT, "of the Ultravox API key")
    shown = found.state.model_dump(exclude_none=True)
    assert {name: shown[name] for name in world.maximal.arguments if name in shown}
    assert bool(found.name) == (world.sample.setting is None)
    assert found.name in {"", *(str(value) for value in world.maximal.arguments.values())}


@each_object
def test_where_there_is_no_object_none_is_found(world: World, session: Session) -> None:
    definition = definitions.find(world.sample.type)
    assert read_objects(session, definition) == []
    assert read_object(session, definition, "none") is None


@each(sample for sample in every() if sample.type == "twilio/orchestrator:Configuration")
def test_members_that_a_type_does_not_model_are_named(world: World, session: Session) -> None:
    world.add_outside(world.sample.shown)
    definition = definitions.find(world.sample.type)
    [shown] = read_objects(session, definition)
    body = {**shown.state.body, "pacing": 3, "nothing": None}
    body["channel_settings"] = {"SMS": {**body["channel_settings"]["SMS"], "retries": [1]}}
    body["status_callbacks"] = [{"url": "https://a.example", "headers": {"a": "b"}}]
    more = shown.state.model_copy(update={"body": body})
    found = type(shown)(shown.definition, shown.origin, shown.id, more)
    assert set(found.unknown) == {
        ("pacing",),
        ("channel_settings", "SMS", "retries"),
        ("status_callbacks", 0, "headers"),
    }


@each(sample for sample in every() if sample.type == "twilio/voice:RecordingConfiguration")
def test_an_account_that_refuses_or_has_no_credentials_is_an_error(world: World, session: Session) -> None:
    definition = definitions.find(world.sample.type)
    with Session({}, world.clock) as nowhere, pytest.raises(CredentialsError):
        read_objects(nowhere, definition)
    with (
        pytest.raises(DeadlineError, match="is over") as late,
        session.reading(definition) as read,
    ):
        read.deadline.pause(3600.0)
    assert "resource" not in late.value.remedy, "a read has none"
    world.add_outside()
    collection = "GET voice.twilio.com/v2/Configurations/Recording"
    for at in (collection, f"{collection}/{{id}}"):
        with world.vendor.inject(at, Answer(403, "No.")), pytest.raises(VendorError, match="403"):
            read_objects(session, definition)


@each(sample for sample in every() if sample.type == "twilio/voice:RecordingConfiguration")
def test_a_type_that_the_region_lacks_is_left_out_of_an_inventory(world: World) -> None:
    types = [definitions.find(sample.type) for sample in every()]
    for region, missing in (("us1", set()), ("ie1", {world.sample.type})):
        with Session({**SETTINGS, "twilio:region": region}, world.clock) as session:
            inventory = read_inventory(session, types)
        assert inventory.refusals == ()
        assert {one.key for one in types} - {one.key for one in inventory.read} == missing
