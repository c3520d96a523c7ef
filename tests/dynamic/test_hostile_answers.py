"""A vendor puts what a terminal or Pulumi obeys, and our own secrets, into every part of its answers."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.resource import CallError
from tests.conformance.vendor import ACCOUNT, TOKEN
from tests.conformance.world import World, each_sample, new_world
from tests.dynamic.test_host import assert_harmless
from tests.promises import proves
from tests.samples import by_type
from tests.samples.sample import Sample

EVIL = f"evil\x1b[31m\x1b]0;title\x07\u202e\u200b\u2028<{{%x%}}>\x00{TOKEN}\ud83d"
BASIC = b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
EVERY_REQUEST = "*"
HEADERS = {"Retry-After": "<{%x%}>", "X-Conflicting-Resource-Id": f"<{{%x%}}>{TOKEN}"}
HEADERS["Twilio-Request-Id"] = HEADERS["X-Conflicting-Resource-Id"]
PAGE = Answer(400, text=EVIL.encode(errors="replace").decode(), content_type="<{%x%}>")
NONSENSE: list[Any] = [[TOKEN], TOKEN, {"id": [TOKEN]}, {}, 7, None]
VOICE = by_type()["twilio/voice:ClientConfiguration"]
ORCHESTRATOR = by_type()["twilio/orchestrator:Configuration"]


def answer(code: int, /, **members: Any) -> Answer:
    """An answer with this object, which may hold half characters, and evil headers."""
    return Answer(code, text=json.dumps(members), content_type="application/json", headers=HEADERS)


def refusal(status: int) -> Answer:
    return answer(status, code=20001, **dict.fromkeys(("message", "more_info", "detail", "title"), EVIL))


def assert_all_is_harmless(made: World) -> None:
    """See that nothing secret or harmful has reached the engine."""
    for text in (*(step.error for step in made.engine.steps), *(message.text for message in made.engine.log)):
        assert_harmless(text)
        assert TOKEN not in text
        assert "bug in" not in text
    if made.engine.saved is not None:
        assert TOKEN not in json.dumps(made.engine.saved.errors)


def error_of_up(made: World) -> str:
    with pytest.raises(CallError):
        made.engine.up(made.minimal)
    return made.engine.steps[-1].error or str(made.engine.saved and made.engine.saved.errors)


@each_sample
@proves("text.harmless", "text.secrets-removed", "text.unusual-values", "error.no-traceback")
def test_no_answer_of_a_vendor_does_harm(sample: Sample) -> None:
    for evil in (refusal(401), refusal(409), PAGE, *(Answer(201, json=body) for body in NONSENSE)):
        with new_world(sample) as made:
            for act in (made.engine.up, made.engine.refresh):
                with made.vendor.inject(EVERY_REQUEST, evil, times=None), pytest.raises(CallError):
                    act(made.maximal)
                assert_all_is_harmless(made)
                if act == made.engine.up:
                    made.engine.up(made.maximal)


@proves("text.unusual-values")
def test_an_object_under_an_unusable_id_or_account_is_an_error_that_shows_where_to_look() -> None:
    url = {"configuration": {"callnotification": {"url": "https://a.example"}}}
    for shown, said in (
        ({"id": "voice_<{%x%}>"}, "the answer gives 'voice_<{ %x%}>' as an id, which is not a valid id"),
        ({"id": EVIL}, "as an id, which is not a valid id"),
        ({"id": BASIC}, "the answer gives a credential as the id of the object"),
        ({"id": "voice_1", "account_sid": EVIL}, "evil"),
        ({"id": "voice_1", "account_sid": f"AC<{{%x%}}>{TOKEN}"}, "AC<{ %x%}>[secret]"),
    ):
        with new_world(VOICE) as made:
            told = {"account_sid": ACCOUNT, **url, **shown}
            made.vendor.inject(f"GET {VOICE.item}", answer(200, **told), times=None)
            with made.vendor.inject(f"POST {VOICE.collection}", answer(201, **told)):
                text = error_of_up(made)

            assert said in text
            assert "account_sid" in shown or "look for the object at the vendor" in text
            assert_all_is_harmless(made)


@proves("text.harmless", "wait.progress", "wait.terminal-states")
def test_an_operation_with_evil_words_does_no_harm() -> None:
    error = {"title": EVIL, "detail": EVIL, "code": EVIL, "type": f"https://a.example/{EVIL}"}
    looks = "GET conversations.twilio.com/v2/ControlPlane/Operations/{id}"
    begun = {"operationId": "proc_job_1", "statusUrl": f"https://a.example/{EVIL}", "related": EVIL}
    with new_world(ORCHESTRATOR) as made:
        made.vendor.inject(f"POST {ORCHESTRATOR.collection}", answer(202, **begun))
        made.vendor.inject(looks, answer(200, status=f"going {EVIL}"))
        made.vendor.inject(looks, answer(200, status="FAILED", error=error, errorMessage=EVIL), nth=1)
        text = error_of_up(made)

        assert "evil\\x1b[31m" in text
        assert any("going evil" in message.text.lower() for message in made.engine.log)
        assert_all_is_harmless(made)


@proves("text.unusual-values", "secret.outputs")
def test_a_value_that_must_not_be_shown_becomes_a_secret_and_stays_unchanged() -> None:
    with new_world(VOICE) as made:
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
