"""No secret is in plain anywhere, and no text of a vendor harms a terminal, whatever the vendor answers."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.resource import CallError
from tests.conformance.vendor import TOKEN
from tests.conformance.verbs import edited
from tests.conformance.world import SECRETS, World, each_object, each_sample
from tests.promises import proves
from tests.samples.sample import Sample, at, having

HARMFUL = "\x1b]0;title\x07 \u202e <{%reset%}> \x9b31m \r"
"""A terminal's commands, a character that turns the text around, and a colour code of Pulumi's."""
LONG = 100_000


def split(secret: str) -> str:
    """The secret over two lines."""
    middle = len(secret) // 2
    return f"{secret[:middle]}\n{secret[middle:]}"


DISGUISES = (str, quote, split, lambda secret: "".join(f"%{ord(one):02x}" for one in secret), json.dumps)
"""The ways in which an answer may repeat a secret."""


def secrets_of(sample: Sample) -> tuple[str, ...]:
    """All secrets that a call of the type knows."""
    return (*SECRETS, *sample.secrets)


def texts(world: World) -> Iterator[str]:
    """All texts that the engine's user may see."""
    yield from (message.text for message in world.engine.log)
    yield from (step.error for step in world.engine.steps)
    for step in world.engine.steps:
        yield from (failure["reason"] for failure in step.answer.get("failures", ()))


def assert_harmless(world: World) -> None:
    """No text has a secret or a character that a terminal obeys, and none is endless."""
    for text in texts(world):
        assert not any(mark in text for mark in "\x1b\x07\u202e\x9b\r"), repr(text)
        assert "<{%" not in text, text
        assert len(text) < LONG, "a text is not cut"
        said = "".join(text.split()).lower()
        for secret in secrets_of(world.sample):
            assert secret.lower() not in said, text


@each_sample
@proves("secret.outputs", "secret.webhook-urls")
def test_secret_arguments_are_secret_outputs_also_after_drift_and_refresh(world: World) -> None:
    resource = world.maximal
    for act in (world.engine.up, world.engine.refresh, world.engine.up):
        act(resource)
        assert_secrets_are_marked(world)
    for field in world.sample.drifting:
        world.change_outside({field.wire: field.drifted})
        world.engine.refresh(resource)
        assert_secrets_are_marked(world)
        world.engine.up(resource)
        assert_secrets_are_marked(world)


def assert_secrets_are_marked(world: World) -> None:
    """Every output that repeats a secret of the arguments is one."""
    saved = world.saved
    revealing = {
        name
        for name, value in saved.outputs.items()
        if any(secret in json.dumps(value) for secret in world.sample.secrets)
    }
    assert revealing <= saved.secret_outputs
    assert {name for name in world.sample.secret_members if name in saved.outputs} <= saved.secret_outputs


@each_sample
@proves("diff.secretness", "secret.outputs")
def test_an_argument_becomes_secret_and_plain_again_without_a_request(world: World) -> None:
    world.engine.up(world.maximal)
    given = world.saved.inputs.keys() & world.maximal.arguments.keys()
    for name in given - world.maximal.secret_inputs:
        hidden = world.resource(world.sample.maximal, secrets=[name])
        sent = world.vendor.sent
        assert world.engine.up(hidden) == "update", name
        assert name in world.saved.secret_outputs
        world.engine.refresh(hidden)
        assert name in world.saved.secret_outputs
        sent_by_refresh = world.vendor.sent - sent
        assert world.engine.up(world.maximal) == "update", name
        assert name not in world.saved.secret_outputs
        assert world.vendor.sent == sent + sent_by_refresh, name


@each_sample
@proves("text.harmless", "text.cut", "text.secrets-removed", "error.no-traceback")
def test_a_refusal_in_harmful_words_is_shown_harmless(world: World) -> None:
    for verb in ("create", "update", "read", "delete"):
        for words in hostile_words(world.sample):
            body = {
                "code": 20001,
                "message": words,
                "detail": words,
                "title": words,
                "more_info": f"https://www.twilio.com/{words}",
                "status": 400,
                "authToken": [words],
            }
            header = re.sub(r"[^ -~]", "", words)[:200].strip()
            headers = {"Twilio-Request-Id": header, "X-Conflicting-Resource-Id": header}
            refused(world, verb, Answer(400, json=body, headers=headers))
        assert_harmless(world)
    world.is_settled(world.maximal)


def hostile_words(sample: Sample) -> Iterator[str]:
    """Texts that a vendor might answer."""
    yield HARMFUL
    yield "x" * LONG + HARMFUL
    for disguise in DISGUISES:
        yield " ".join(disguise(secret) for secret in secrets_of(sample))


def refused(world: World, verb: str, answer: Answer) -> None:
    """The verb meets this answer at each of its requests."""
    if verb != "create" and world.engine.saved is None:
        world.engine.up(world.maximal)
    act = {"read": world.engine.refresh, "delete": world.engine.destroy}.get(verb, world.engine.up)
    with world.vendor.inject("*", answer, times=None), pytest.raises(CallError):
        act(edited(world) if verb == "update" else world.maximal)


@each_object
@proves("text.harmless", "text.secrets-removed")
def test_an_object_with_harmful_texts_is_shown_harmless_and_put_right(world: World) -> None:
    world.engine.up(world.maximal)
    shown = world.vendor.request("GET", world.sample.path_of(world.saved.id))
    for words in hostile_words(world.sample):
        hostile = shown
        for field in world.sample.fields:
            if isinstance(at(shown, field.wire), str):
                hostile = having(hostile, {field.wire: words})
        with world.vendor.inject(f"GET {world.sample.item}", Answer(200, json=hostile)):
            world.engine.refresh(world.maximal)
        assert_harmless(world)
        assert_secrets_are_marked(world)
        assert world.engine.preview(world.maximal) in ("update", "replace")
        world.engine.refresh(world.maximal)
    world.is_settled(world.maximal)


@each_object
@proves("secret.nowhere-in-plain")
def test_an_id_that_repeats_a_credential_is_refused(world: World) -> None:
    world.engine.up(world.maximal)
    shown = world.vendor.request("GET", world.sample.path_of(world.saved.id))
    answer = Answer(200, json={**shown, "id": f"conf_{TOKEN}"})
    with world.vendor.inject(f"GET {world.sample.item}", answer, times=None), pytest.raises(CallError):
        world.engine.refresh(world.maximal)
    assert TOKEN not in world.saved.id
    assert_harmless(world)


@each_sample
@proves("transport.debug-log", "secret.nowhere-in-plain")
def test_the_debug_log_has_a_line_for_each_request_and_no_secret(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SWITCHBOARD_LOG", "debug")
    for name, value in (("handlers", []), ("level", logging.NOTSET)):
        monkeypatch.setattr(logging.getLogger("pulumi_switchboard"), name, value)
    fault = world.vendor.inject("*", Answer(503, text=" ".join(secrets_of(world.sample))), times=1)
    world.engine.up(world.maximal)
    world.engine.up(edited(world))
    world.engine.refresh(world.maximal)
    world.engine.destroy(world.maximal)

    assert fault.fired
    log = capsys.readouterr().err
    requests = re.findall(r"(GET|POST|PUT|PATCH|DELETE) http://[^\s?]+ -> \d{3}, request id \S+, \d+ ms", log)
    assert requests == [entry.method for entry in world.vendor.journal()]
    assert [secret for secret in secrets_of(world.sample) if secret in log] == []
    assert "uthorization" not in log
    assert "X-API-Key" not in log
