"""A vendor puts what a terminal or Pulumi obeys, and our own secrets, into every part of its answers."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import partial
from typing import Any

import pytest
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.driver import CallError
from tests.conformance.vendor import ACCOUNT, TOKEN
from tests.conformance.world import World, each_sample, world
from tests.dynamic.test_host import assert_harmless
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Bag, Sample

EVIL = f"evil\x1b[31m\x1b]0;title\x07\u202e\u200b\u2028<{{%x%}}>\x00{TOKEN}\ud83d"
BASIC = b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
EVERY_REQUEST = "*"
HEADERS = {"Retry-After": "<{%x%}>", "X-Conflicting-Resource-Id": f"<{{%x%}}>{TOKEN}"}
HEADERS["Twilio-Request-Id"] = HEADERS["X-Conflicting-Resource-Id"]
PAGE = Answer(400, text=EVIL.encode(errors="replace").decode(), content_type="<{%x%}>")
NONSENSE: list[Any] = [[TOKEN], TOKEN, {"id": [TOKEN]}, {}, 7, None]
VOICE, ORCHESTRATOR = (
    next(sample for sample in every() if sample.type == type)
    for type in ("twilio/voice:ClientConfiguration", "twilio/orchestrator:Configuration")
)


def answer(code: int, /, **members: Any) -> Answer:
    """An answer with this object, which may hold half characters, and evil headers."""
    return Answer(code, text=json.dumps(members), content_type="application/json", headers=HEADERS)


def refusal(status: int) -> Answer:
    """A refusal with evil words in every member."""
    return answer(status, code=20001, **dict.fromkeys(("message", "more_info", "detail", "title"), EVIL))


def assert_all_is_harmless(made: World) -> None:
    """See that nothing secret or harmful has reached the engine."""
    for text in (*(step.error for step in made.engine.steps), *(message.text for message in made.engine.log)):
        assert_harmless(text)
        assert TOKEN not in text
        assert "bug in" not in text
    if made.engine.saved is not None:
        assert TOKEN not in json.dumps(made.engine.saved.errors)


def fails(made: World, call: Any) -> str:
    """The error with which a command ends."""
    with pytest.raises(CallError):
        call()
    return made.engine.steps[-1].error or str(made.engine.saved and made.engine.saved.errors)


@each_sample
@proves("text.harmless", "text.secrets-removed", "text.unusual-values", "error.no-traceback")
def test_no_answer_of_a_vendor_does_harm(sample: Sample) -> None:
    answers = [refusal(400), refusal(401), refusal(409), PAGE, *(Answer(201, json=body) for body in NONSENSE)]
    for evil in answers:
        with world(sample) as made:
            with made.vendor.inject(EVERY_REQUEST, evil, times=None), pytest.raises(CallError):
                made.engine.up(made.maximal)
            assert_all_is_harmless(made)
    with world(sample) as made:
        made.engine.up(made.maximal)
        for evil in answers:
            with made.vendor.inject(EVERY_REQUEST, evil, times=None):
                with pytest.raises(CallError):
                    made.engine.refresh(made.maximal)
                if evil.status >= 400:
                    with pytest.raises(CallError):
                        made.engine.destroy(made.maximal)
            assert_all_is_harmless(made)


@proves("text.secrets-removed")
def test_a_refusal_that_repeats_a_secret_argument_is_shown_without_it() -> None:
    path = "hooks-of-the-desk/1234567890"
    repeated = f"no {path}, no {path.replace('/', '%2F')}, no Customer-\nsupport"
    with world(VOICE) as made:
        secret = made.resource(
            {
                "call_notification": {"url": f"https://desk.example.com/{path}"},
                "description": "customer-support",
            },
            secrets=["call_notification", "description"],
        )
        for call in (made.engine.up, made.engine.refresh, made.engine.destroy):
            at = EVERY_REQUEST if call != made.engine.up else f"POST {VOICE.collection}"
            with made.vendor.inject(at, answer(409, code=20409, message=repeated), times=None):
                assert "no [secret], no [secret], no [secret] (HTTP 409" in fails(made, partial(call, secret))
            if made.engine.saved is None:
                made.engine.up(secret)


@proves("text.unusual-values")
@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"id": "voice_<{%x%}>"}, "the answer gives 'voice_<{ %x%}>' as an id, which can't be one"),
        ({"id": EVIL}, "as an id, which can't be one"),
        ({"id": BASIC}, "the answer gives a credential as the id of the object"),
        ({"id": "voice_1", "account_sid": EVIL}, "evil"),
        ({"id": "voice_1", "account_sid": f"AC<{{%x%}}>{TOKEN}"}, "AC<{ %x%}>[secret]"),
    ],
)
def test_an_object_under_an_unusable_id_or_account_is_an_error_that_shows_where_to_look(
    shown: Bag, said: str
) -> None:
    with world(VOICE) as made:
        told = {
            "account_sid": ACCOUNT,
            "configuration": {"callnotification": {"url": "https://a.example"}},
            **shown,
        }
        made.vendor.inject(f"GET {VOICE.item}", answer(200, **told), times=None)
        with made.vendor.inject(f"POST {VOICE.collection}", answer(201, **told)):
            text = fails(made, lambda: made.engine.up(made.minimal))

        assert said in text
        assert "id" not in shown or "account" in text or "look for the object at the vendor" in text
        assert_all_is_harmless(made)


@proves("text.harmless", "wait.progress", "wait.terminal-states")
def test_an_operation_with_evil_words_does_no_harm() -> None:
    error = {"title": EVIL, "detail": EVIL, "code": EVIL, "type": f"https://a.example/{EVIL}"}
    looks = "GET conversations.twilio.com/v2/ControlPlane/Operations/{id}"
    begun = {"operationId": "proc_job_1", "statusUrl": f"https://a.example/{EVIL}", "related": EVIL}
    with world(ORCHESTRATOR) as made:
        made.vendor.inject(f"POST {ORCHESTRATOR.collection}", answer(202, **begun))
        made.vendor.inject(looks, answer(200, status=f"going {EVIL}"))
        made.vendor.inject(looks, answer(200, status="FAILED", error=error, errorMessage=EVIL), nth=1)
        text = fails(made, lambda: made.engine.up(made.minimal))

        assert "evil\\x1b[31m" in text
        assert any("going evil" in message.text.lower() for message in made.engine.log)
        assert_all_is_harmless(made)


@proves("text.unusual-values", "secret.outputs")
def test_a_value_that_must_not_be_shown_becomes_a_secret_and_stays_unchanged() -> None:
    with world(VOICE) as made:
        program = made.resource({**VOICE.minimal, "unique_name": "desk"})
        made.engine.up(program)
        (id,) = made.objects
        url = "https://u:p@desk.example.com/?k=1"
        shown = {
            **made.object,
            "id": id,
            "date_created": f"by {TOKEN}",
            "description": "<{%x%}>",
            "configuration": {"callnotification": {"url": url, "method": "POST"}},
        }
        with made.vendor.inject(f"GET {VOICE.item}", Answer(200, json=shown), times=None):
            made.engine.refresh(program)

        assert made.engine.saved is not None
        outputs = made.engine.saved.outputs
        assert made.engine.saved.secret_outputs == {"call_notification", "date_created", "description"}
        assert (outputs["date_created"], outputs["description"]) == (f"by {TOKEN}", "<{%x%}>")
        assert outputs["call_notification"] == {"url": url, "method": "POST"}
        assert_all_is_harmless(made)
