"""Finding one object, or all that a filter lets pass."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.answers import Answers, LookUpFailedError
from pulumi_switchboard.accounts.lookups import find_by_id, find_by_name, find_setting
from pulumi_switchboard.accounts.names import Names
from pulumi_switchboard.accounts.objects import FoundObject, read_object, read_objects
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.emulator.faults import Answer
from pulumi_switchboard.errors import ConflictError, MissingError
from pulumi_switchboard.resource.definition import AnyDefinition

from tests.conformance.vendor import ACCOUNT, TOKEN
from tests.conformance.world import SETTINGS, World, each, each_object, each_sample, each_setting
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import having

STORES = [sample for sample in every() if sample.type == "twilio/memory:Store"]
CLIENTS = [sample for sample in every() if sample.type == "twilio/voice:ClientConfiguration"]
CONFIGURATIONS = [sample for sample in every() if sample.type == "twilio/orchestrator:Configuration"]

READ = "GET voice.twilio.com/v2/Configurations/Client/{id}"


@pytest.fixture
def names(session: Session) -> Names:
    return Names(session)


def definition_of(world: World) -> AnyDefinition:
    return definitions.find(world.sample.type)


def wire_name(world: World) -> str:
    """How the vendor spells the argument by which an object is found."""
    api = definition_of(world).api
    return next(field.wire for field in world.sample.fields if field.path == api.name_field)


def name_of(found: FoundObject) -> str:
    """The name by which an object is found; no type is without one."""
    assert found.name
    return found.name


def asked(world: World, since: int) -> list[str]:
    """The methods and the last segments of the requests since this place in the journal."""
    return [request.rpartition("/")[2] for request in world.vendor.requests(since)]


@proves("look-up.finds")
@each_object
def test_an_object_is_found_by_its_id_and_by_its_name(world: World, names: Names) -> None:
    definition = definition_of(world)
    world.engine.up(world.maximal)
    world.add_outside({wire_name(world): "another"})
    shown = read_object(names.session, definition, world.saved.id)
    assert shown is not None
    with world.without_writes():
        assert find_by_id(names.session, definition, world.saved.id) == shown
        assert find_by_name(names, definition, name_of(shown)) == shown


@each_setting
def test_an_account_setting_is_found_or_missing(world: World, names: Names) -> None:
    definition = definition_of(world)
    if definition.api.is_deletable:
        with pytest.raises(MissingError) as missing:
            find_setting(names.session, definition)
        assert str(missing.value).startswith(f"{definition.api.noun} is not set in ")
    world.engine.up(world.maximal)
    assert find_setting(names.session, definition) == read_object(names.session, definition)


@proves("look-up.missing")
@each_object
def test_a_missing_object_is_an_error_with_the_similar_names_and_ids(world: World, names: Names) -> None:
    definition = definition_of(world)
    with pytest.raises(MissingError) as missing:
        find_by_name(names, definition, "nobody")
    assert missing.value.summary == f'no {definition.noun} named "nobody" in {ACCOUNT} (none exists)'
    id = world.add_outside()
    found = find_by_id(names.session, definition, id)
    for wanted, end in ((f"{name_of(found)}X", f'; closest: "{found.name}")'), ("%", ")")):
        with pytest.raises(MissingError) as missing:
            find_by_name(names, definition, wanted)
        assert missing.value.summary == f'no {definition.noun} named "{wanted}" in {ACCOUNT} (1 exists{end}'
    with pytest.raises(MissingError) as missing:
        find_by_id(names.session, definition, f"{id[:-1]}~")
    assert missing.value.summary == (
        f'no {definition.noun} with the id "{id[:-1]}~" in {ACCOUNT} (1 exists; closest: "{id}")'
    )
    assert "check that the credentials are those of its account" in missing.value.remedy


@proves("look-up.missing")
@each(STORES)
def test_the_number_of_stores_and_the_nearest_name_are_said(world: World, names: Names) -> None:
    for name in ("customer", "vendors", "staff"):
        world.add_outside({"displayName": name})
    with pytest.raises(MissingError) as missing:
        find_by_name(names, definition_of(world), "customers")
    text = f'no memory store named "customers" in {ACCOUNT} (3 exist; closest: "customer")'
    assert missing.value.summary == text


@each(CLIENTS)
def test_without_a_list_nothing_is_said_of_other_objects(world: World, names: Names) -> None:
    definition = definition_of(world)
    unlisted = replace(definition, api=replace(definition.api, pages=None))
    found = find_by_id(names.session, unlisted, world.add_outside())
    assert find_by_name(names, unlisted, name_of(found)) == found
    end = f'"nobody" in {ACCOUNT}\n'
    with pytest.raises(MissingError, match=end):
        find_by_id(names.session, unlisted, "nobody")
    with pytest.raises(MissingError, match=end):
        find_by_name(names, unlisted, "nobody")


@proves("look-up.missing")
@each(CONFIGURATIONS)
def test_a_name_that_several_objects_have_is_an_error_with_their_ids(world: World, names: Names) -> None:
    ids = [world.add_outside(), world.add_outside()]
    name = name_of(find_by_id(names.session, definition_of(world), ids[0]))
    with pytest.raises(ConflictError) as several:
        find_by_name(names, definition_of(world), name)
    assert sorted(several.value.facts[0].removeprefix("their ids: ").split(", ")) == sorted(ids)
    assert several.value.remedy == "give the id of the one that you mean"


@proves("look-up.finds")
@each(CONFIGURATIONS)
def test_a_list_is_filtered_by_the_vendor(world: World, names: Names) -> None:
    store = "mem_store_0" + "1" * 25
    world.add_outside()
    other = world.add_outside({"memoryStoreId": store})
    definition = definition_of(world)
    found = read_objects(names.session, definition, filters={"memory_store_id": store})
    assert [one.id for one in found] == [other]
    assert len(read_objects(names.session, definition)) == len(world.objects)


@proves("look-up.few-requests")
@each([*STORES, *CONFIGURATIONS, *CLIENTS])
def test_look_ups_by_name_need_one_list_and_notice_what_has_changed_since(world: World, names: Names) -> None:
    definition, wire = definition_of(world), wire_name(world)
    first, second = (world.add_outside({wire: name}) for name in ("one", "two"))
    for name, id in (("one", first), ("two", second), ("one", first)):
        assert find_by_name(names, definition, name).id == id
    lists = world.sample.collection.rpartition("/")[2]
    expected = 0 if definition.api.is_key_in_path else 1
    assert asked(world, 0).count(lists) == expected
    third = world.add_outside({wire: "three"})
    assert find_by_name(names, definition, "three").id == third, "made since the list"
    world.sample.remove(world.vendor, first)
    world.clock.advance(1)
    with pytest.raises(MissingError):
        find_by_name(names, definition, "one")


@proves("look-up.errors")
@each(CLIENTS)
def test_an_error_is_a_text_for_the_user(world: World) -> None:
    key = world.sample.type
    answers = Answers(SETTINGS)
    title = "twilio.voice.get_client_configuration"

    def said(arguments: dict[str, Any], answers: Answers = answers) -> str:
        with pytest.raises(LookUpFailedError) as failed:
            answers.answer(key, arguments, title)
        return str(failed.value)

    refusal = {"code": 20003, "message": f"No {TOKEN}.", "status": 403}
    with world.vendor.inject(READ, Answer(403, json=refusal)):
        refused = said({"id": "voice_clientconfiguration_1"})
    assert refused.startswith(
        "twilio.voice.get_client_configuration: Twilio answered: No [secret]. (HTTP 403"
    )
    assert "ask Twilio's support to enable it" in refused
    with world.vendor.inject("GET voice.twilio.com/v2/Configurations/Client", Answer(404, json=refusal)):
        unlisted = said({"id": "voice_clientconfiguration_1"})
    assert (
        f'no voice client configuration with the id "voice_clientconfiguration_1" in {ACCOUNT}\n' in unlisted
    )
    assert "the others can't be listed: Twilio answered: No [secret]." in unlisted
    assert "ask Twilio's support to enable it" in unlisted
    assert "there are no Twilio credentials" in said({"id": "x"}, Answers({}))
    assert 'no voice client configuration named "<{ %"' in said({"unique_name": "<{%"})


@proves("look-up.errors")
@each(CLIENTS)
def test_an_api_key_of_another_account_is_an_error(world: World, names: Names) -> None:
    id = world.add_outside({})
    shown = world.vendor.objects(world.sample.type)[id]
    assert shown["account_sid"] == ACCOUNT
    theirs = having(shown, {"account_sid": "AC" + "9" * 32})
    answers = Answers(SETTINGS)
    with (
        world.vendor.inject(READ, Answer(200, json=theirs)),
        pytest.raises(LookUpFailedError, match=f"the credentials are not those of account {ACCOUNT}"),
    ):
        answers.answer(world.sample.type, {"id": id}, "get")


@proves("look-up.secrets")
@each_sample
def test_an_answer_knows_whether_it_holds_a_secret(world: World) -> None:
    world.engine.up(world.maximal)
    arguments = {} if world.sample.setting is not None else {"id": world.saved.id}
    answer = Answers(SETTINGS).answer(world.sample.type, arguments, "get")
    (shown,) = answer.objects
    by_type = any(shown.get(name) for name in world.sample.secret_members)
    assert answer.is_secret == (by_type or any(secret in str(shown) for secret in world.sample.secrets))
    if world.sample.setting is None:
        answer = Answers(SETTINGS).answer(world.sample.type, {"id": world.add_outside()}, "get")
        assert not answer.is_secret
