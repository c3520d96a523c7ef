"""A generated program as a whole: its resources, references, secrets and modules."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.importer.program import program_of

from tests.importer.formatting import assert_as_ruff_leaves_it
from tests.importer.objects import (
    DEFAULT,
    RECORDING,
    TELEPHONY,
    TRANSCRIPTION,
    URL,
    WEBHOOKS,
    client,
    configuration,
    found,
    store,
)
from tests.importer.running import run

STORE_ID, CONF_ID, CLIENT_ID = "mem_store_1", "conv_configuration_1", "voice_clientconfiguration_1"
TRANSCRIPTION_ID = "voice_transcriptionconfiguration_1"
SID = "AC" + "2" * 32
SECRET_URL = f"{URL}?key=secret"
EVERYTHING = [
    store(STORE_ID, description='What "we" know'),
    configuration(CONF_ID, STORE_ID, status_callbacks=[{"url": SECRET_URL, "method": "GET"}, {"url": URL}]),
    client(CLIENT_ID, "support"),
    found(
        TRANSCRIPTION,
        TRANSCRIPTION_ID,
        unique_name="Calls",
        transcription_engine="deepgram",
        language="en-US",
        participant_defaults=[
            {"audio_channel_index": 1, "type": "CUSTOMER"},
            {"audio_channel_index": 2, "type": "HUMAN_AGENT"},
        ],
        conversation_configuration_id=CONF_ID,
    ),
    found(RECORDING, "voice_recordingconfiguration_1", features=[{"feature_id": TRANSCRIPTION_ID}]),
    found(DEFAULT, configuration_id=CLIENT_ID),
    found(WEBHOOKS, filters=["onMessageAdded"], method="get", post_webhook_url=URL, pre_webhook_url=""),
    found(TELEPHONY, account_sid=SID, auth_token_prefix="1f1f", request_context_mapping={}),
]
"""An object of each type."""


def test_a_program_reads_as_if_someone_had_written_it(tmp_path: Path) -> None:
    program = program_of(EVERYTHING)
    assert {one.definition.key for one in EVERYTHING} == {one.key for one in definitions.every()}
    assert program.files == {"__main__.py": Path(__file__).with_name("program.txt").read_text()}
    assert_as_ruff_leaves_it(tmp_path, program.files)


def test_a_program_needs_the_secrets_that_it_does_not_contain() -> None:
    program = program_of(EVERYTHING)
    needed = {secret.key: (secret.found.id, secret.path, secret.value) for secret in program.secrets}
    assert needed == {
        "supportStatusCallbacksUrl": (CONF_ID, "status_callbacks[0].url", SECRET_URL),
        "webhookConfigurationPostWebhookUrl": ("AC" + "1" * 32, "post_webhook_url", URL),
        "twilioTelephonyAuthToken": ("twilio", "auth_token", None),
    }
    assert "key=secret" not in repr(program)
    assert SECRET_URL not in "".join(program.files.values())
    taken = program_of(EVERYTHING, used_settings={"twilioTelephonyAuthToken"})
    assert "twilioTelephonyAuthToken2" in {secret.key for secret in taken.secrets}


def test_arguments_with_the_same_secret_share_a_setting_unless_no_vendor_shows_it() -> None:
    callbacks = [{"url": SECRET_URL}, {"url": f"{SECRET_URL}2"}]
    program = program_of(
        [
            *(client(f"voice_{name}", name, SECRET_URL) for name in ("a", "b")),
            configuration("conf", "store", status_callbacks=callbacks),
            found(TELEPHONY, account_sid="AC" + "1" * 32),
        ]
    )
    assert [(secret.key, secret.value, secret.others) for secret in program.secrets] == [
        ("supportStatusCallbacksUrl", SECRET_URL, 2),
        ("supportStatusCallbacksUrl2", f"{SECRET_URL}2", 0),
        ("twilioTelephonyAuthToken", None, 0),
    ]
    declared = {one.name: one.arguments for one in run(program, twilioTelephonyAuthToken="token")}
    assert declared["a"]["call_notification"] == declared["b"]["call_notification"] == {"url": SECRET_URL}
    assert declared["support"]["status_callbacks"] == callbacks


def test_objects_refer_to_each_other_and_come_in_that_order() -> None:
    declared = run(program_of(EVERYTHING), twilioTelephonyAuthToken="token")
    by_type = {one.type: one for one in declared}
    assert by_type["twilio/memory:Store"].used == ["store_id"]
    assert by_type["twilio/orchestrator:Configuration"].used == ["configuration_id"]
    assert by_type["twilio/voice:TranscriptionConfiguration"].used == ["configuration_id"]
    assert by_type["twilio/voice:ClientConfiguration"].used == ["configuration_id"]
    assert by_type["twilio/orchestrator:Configuration"].arguments["memory_store_id"] == STORE_ID
    webhooks = found(WEBHOOKS)
    text = program_of([webhooks, found(TELEPHONY, account_sid=webhooks.id)]).files["__main__.py"]
    assert f'account_sid="{webhooks.id}"' in text, "nothing refers to an account setting"


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_objects_does_not_matter(chance: random.Random) -> None:
    objects = [*EVERYTHING, store("mem_store_2"), store("mem_store_0"), EVERYTHING[0]]
    chance.shuffle(objects)
    assert program_of(objects) == program_of(sorted(objects, key=lambda one: one.id))


def test_an_object_that_cannot_be_declared_is_named_and_nothing_else_is_lost() -> None:
    bad = store(STORE_ID, name="canary bird")
    program = program_of([bad, *EVERYTHING[1:]])
    assert [one.found for one in program.undeclarable] == [bad]
    assert [str(problem) for problem in program.undeclarable[0].problems] == [
        "display_name: must consist of letters, digits and dashes"
    ]
    declared = {one.import_: one for one in run(program, twilioTelephonyAuthToken="token")}
    assert STORE_ID not in declared
    assert declared[CONF_ID].arguments["memory_store_id"] == STORE_ID
    assert len(declared) == len({one.id for one in EVERYTHING}) - 1


def test_where_objects_refer_to_each_other_in_circles_an_id_stays(tmp_path: Path) -> None:
    stores = [store(f"s{number}", description=f"s{(number + 1) % 3}") for number in range(3)]
    others = [store("self", description="self"), store("back", description="c1"), configuration("c1", "s0")]
    program = program_of([*stores, *others])
    arguments = {one.import_: one.arguments for one in run(program)}
    assert {id: arguments[id]["description"] for id in ("s0", "s1", "s2", "self", "back")} == {
        "s0": "s1",
        "s1": "s2",
        "s2": "s0",
        "self": "self",
        "back": "c1",
    }
    assert arguments["c1"]["memory_store_id"] == "s0"
    text = program.files["__main__.py"]
    assert sum(f'description="{id}"' in text for id in ("s0", "s1", "s2")) == 1
    assert sum(part in text for part in ('memory_store_id="s0"', 'description="c1"')) == 1
    assert_as_ruff_leaves_it(tmp_path, program.files)


def test_a_circle_costs_no_reference_that_can_be_kept() -> None:
    circle = [store("a", "b", description="zz"), store("b", "a", description="zz")]
    text = program_of([*circle, store("zz", "zzz")]).files["__main__.py"]
    assert text.count("description=zzz.store_id") == 2
    assert text.count(".store_id") == 3


def test_names_that_the_stack_has_are_not_used_again() -> None:
    declared = run(
        program_of(EVERYTHING, used_names={"support", "customers"}), twilioTelephonyAuthToken="token"
    )
    names = [one.name for one in declared]
    assert names.count("support-2") == 2
    assert {"support", "customers"}.isdisjoint(names)


def test_without_objects_there_is_a_program_without_resources(tmp_path: Path) -> None:
    program = program_of([], main="imported")
    assert_as_ruff_leaves_it(tmp_path, program.files)
    assert run(program, "imported") == []
    assert list(program.files) == ["imported.py"]


ODD_TEXT = st.text(max_size=40) | st.sampled_from(
    ['"); import os; os.abort()  # ', "\u202e\u2066}", "a\nb", "\\", "'\"", "x" * 100, "\u3164", STORE_ID]
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(ODD_TEXT, ODD_TEXT, st.dictionaries(ODD_TEXT, ODD_TEXT, max_size=3)), max_size=8))
def test_no_name_or_text_of_an_account_gets_out_of_its_quotes(
    tmp_path: Path, texts: list[tuple[str, str, dict[str, str]]]
) -> None:
    objects: list[FoundObject] = [store(STORE_ID)]
    for number, (name, description, mapping) in enumerate(texts):
        rules = [{"from_": name, "to": description, "metadata": mapping}]
        channels = {description: {"capture_rules": rules}}
        objects += [
            client(f"voice_{number}", name, description=description),
            configuration(f"conf_{number}", STORE_ID, description=description, channel_settings=channels),
        ]
    program = program_of(objects)
    assert_as_ruff_leaves_it(tmp_path, program.files)
    declared = {one.import_: one.arguments for one in run(program)}
    refused = {one.found.id for one in program.undeclarable}
    assert declared.keys() | refused == {one.id for one in objects}
    for number, (name, description, mapping) in enumerate(texts):
        if (id := f"conf_{number}") in declared:
            [rule] = declared[id]["channel_settings"][description]["capture_rules"]
            assert (rule["from_"], rule["to"], rule.get("metadata", {})) == (name, description, mapping)
            assert declared[id]["description"] == description


def many(count: int) -> list[FoundObject]:
    """So many objects of each of three types, which refer to each other."""
    return [
        one
        for number in range(count)
        for one in (
            store(f"mem_store_{number}", f"team-{number}"),
            configuration(f"conv_configuration_{number}", f"mem_store_{number}", f"Team {number}"),
            client(f"voice_{number}", f"team-{number}", SECRET_URL if number % 100 == 7 else URL),
        )
    ]


@pytest.mark.parametrize("main", ["__main__", "imported"])
def test_many_objects_have_a_module_for_each_type_or_several(tmp_path: Path, main: str) -> None:
    objects = [*many(334)[:1000], *EVERYTHING[-3:]]
    program = program_of(objects, main=main, prefix="imported_")
    assert [*program.files] == [
        f"{main}.py",
        "imported_twilio_conversations_webhook_configuration.py",
        "imported_twilio_memory_store_1.py",
        "imported_twilio_memory_store_2.py",
        "imported_twilio_voice_client_configuration_1.py",
        "imported_twilio_voice_client_configuration_2.py",
        "imported_twilio_voice_default_client_configuration.py",
        "imported_ultravox_twilio_telephony.py",
        "imported_twilio_orchestrator_configuration_1.py",
        "imported_twilio_orchestrator_configuration_2.py",
    ]
    declared = run(program, main, twilioTelephonyAuthToken="token")
    assert {one.import_ for one in declared} == {one.id for one in objects}
    assert len({(one.type, one.name) for one in declared}) == len(objects)
    assert sum(one.used == ["store_id"] for one in declared) == 333
    assert_as_ruff_leaves_it(tmp_path, program.files)


@pytest.mark.parametrize(("count", "files"), [(16, 1), (17, 4)])
def test_a_program_has_modules_once_it_is_long(count: int, files: int) -> None:
    assert len(program_of(many(count)).files) == files


def test_modules_do_not_import_each_other_in_a_circle(tmp_path: Path) -> None:
    back = [store(f"mem_store_back_{number}", "back", description=f"voice_{number}") for number in range(9)]
    objects: Sequence[Any] = [*many(90), *back]
    program = program_of(objects)
    assert len(run(program)) == len(objects)
    assert_as_ruff_leaves_it(tmp_path, program.files)
