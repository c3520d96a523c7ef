"""A vendor puts what a terminal or Pulumi obeys, and our own token, into every place of its answers."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.dynamic.conftest import Start
from tests.dynamic.host import ACCOUNT, SECRET, URN, Bag, CallFailedError, Process, pickled
from tests.http.server import Behaviour, Server, respond, serving

EVIL = f"evil\x1b[31m\x1b]0;title\x07\u202e\u200b\u2028<{{%x%}}>\x00{SECRET}\ud83d"
IN_HEADER = f"evil\x1b[31m\x9b31m<{{%x%}}>{SECRET}"
PATH = "canary-of-the-path/of-a-hook"
CLIENT: Bag = {
    "call_notification": {"url": f"https://desk.example.com/{PATH}"},
    "_secret": ["call_notification"],
}
CONFIGURATION: Bag = {
    "display_name": "Desk",
    "description": "canary-of-the-description",
    "conversation_grouping_type": "GROUP_BY_PROFILE",
    "memory_store_id": "store-1",
    "_secret": ["description"],
    "_stack": "5ac0",
    "_resource": "desk",
}
HEADERS = {"Twilio-Request-Id": IN_HEADER, "X-Conflicting-Resource-Id": IN_HEADER, "Retry-After": IN_HEADER}


def refusal(status: int, words: str) -> Behaviour:
    """A refusal with these words in all members, and evil headers."""
    told = {"code": 20001, "message": words, "more_info": words, "detail": words, "title": words}
    return respond(status, json.dumps(told).encode(), HEADERS)


def client(**members: Any) -> Behaviour:
    """A client configuration, save for these members."""
    shown = {"id": "voice_clientconfiguration_1", "account_sid": ACCOUNT, **members}
    return respond(201, json.dumps(shown).encode(), HEADERS)


def operation(**members: Any) -> Behaviour:
    """A write that becomes an operation with these members, once it has been looked at."""
    looks: list[str] = []

    def behave(handler: BaseHTTPRequestHandler) -> None:
        started = {"operationId": "proc_job_1", "statusUrl": f"https://a.example/{EVIL}", "related": EVIL}
        if handler.command == "POST":
            return respond(202, json.dumps(started).encode(), HEADERS)(handler)
        looks.append(handler.path)
        status = f"going {EVIL}" if len(looks) == 1 else "FAILED"
        return respond(200, json.dumps({"status": status, **members}).encode(), HEADERS)(handler)

    return behave


def no_operation(handler: BaseHTTPRequestHandler) -> None:
    """A write that becomes an operation without a usable id."""
    respond(202, json.dumps({"operationId": EVIL}).encode(), {"Operation-Id": IN_HEADER})(handler)


ERROR = {"title": EVIL, "detail": EVIL, "code": EVIL, "type": f"https://a.example/{EVIL}"}
ANSWERS: dict[str, tuple[Bag, Behaviour]] = {
    "refusal": (CLIENT, refusal(400, EVIL)),
    "refusal of credentials": (CLIENT, refusal(401, EVIL)),
    "refusal that repeats what was sent": (CLIENT, refusal(409, f"no {PATH}, no {PATH.replace('/', '%2F')}")),
    "content type": (CLIENT, respond(400, b"<html>", {**HEADERS, "Content-Type": IN_HEADER})),
    "content type of a success": (CLIENT, respond(200, b"<html>", {**HEADERS, "Content-Type": IN_HEADER})),
    "account": (CLIENT, client(account_sid=EVIL)),
    "other account": (CLIENT, client(account_sid=f"AC<{{%x%}}>{SECRET}")),
    "id": (CLIENT, client(id=EVIL)),
    "colour code as id": (CLIENT, client(id="voice_<{%x%}>")),
    "credential as id": (CLIENT, client(id=SECRET)),
    "operation": (CONFIGURATION, operation(error=ERROR, errorMessage=EVIL)),
    "operation that repeats what was sent": (
        CONFIGURATION,
        operation(errorMessage="no canary-of-\nthe-description", error={"title": "No"}),
    ),
    "id of an operation": (CONFIGURATION, no_operation),
}


@pytest.fixture
def vendor() -> Iterator[Server]:
    """A vendor that does as it is told."""
    with serving(respond()) as server:
        yield server


def assert_harmless(text: str) -> None:
    """The text can be shown on a terminal."""
    odd = {one for one in text if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert (odd, "<{%" in text, "canary" in text) == (set(), False, False), text


def failed(process: Process, inputs: Bag) -> CallFailedError:
    """The error with which a create ends."""
    kind = "twilio/voice:ClientConfiguration" if inputs is CLIENT else "twilio/orchestrator:Configuration"
    process.provider = pickled(kind)
    with pytest.raises(CallFailedError) as caught:
        process.create(inputs, timeout=3.0)
    return caught.value


def test_nothing_of_it_reaches_the_engine(start: Start, vendor: Server) -> None:
    process = start(SWITCHBOARD_ENDPOINT=vendor.url, SWITCHBOARD_LOG="debug")

    errors = {}
    for name, (inputs, behave) in ANSWERS.items():
        vendor.behave = behave
        errors[name] = failed(process, inputs)

    for name, error in errors.items():
        assert error.is_clean, name
        assert "bug in" not in error.text
        assert_harmless(error.text)
        kept = json.dumps(error.kept)
        assert (SECRET in kept, "<{%" in kept) == (False, False), name
    for line in process.engine.lines:
        assert_harmless(line.message)
    assert any("going evil" in line.message.lower() for line in process.engine.lines)
    log = process.stderr.read_text()
    assert "request id evil\\x1b[31m" in log
    assert_harmless(log)
    assert "can't be one" in errors["id"].text
    assert "can't be one" in errors["colour code as id"].text
    assert "[secret]" in errors["refusal that repeats what was sent"].text


def test_an_object_made_under_an_unusable_id_is_not_lost_silently(start: Start, vendor: Server) -> None:
    vendor.behave = client(id="voice_<{%x%}>")

    text = failed(start(SWITCHBOARD_ENDPOINT=vendor.url), CLIENT).text

    assert "the answer gives 'voice_<{ %x%}>' as an id, which can't be one" in text
    assert "look for the object at the vendor" in text


def test_what_is_told_of_a_resource_that_goes_is_harmless_without_a_check(
    start: Start, vendor: Server
) -> None:
    process = start(SWITCHBOARD_ENDPOINT=vendor.url)
    known = {**CLIENT, "configuration_id": "voice_clientconfiguration_1", "account_sid": ACCOUNT}
    vendor.behave = refusal(400, f"{EVIL} {PATH}")

    for call in (
        lambda: process.delete("voice_clientconfiguration_1", known),
        lambda: process.read("voice_clientconfiguration_1", known, {}),
        lambda: process.update(
            "voice_clientconfiguration_1", known, CLIENT, {**CLIENT, "description": "new"}
        ),
    ):
        with pytest.raises(CallFailedError) as caught:
            call()
        assert_harmless(caught.value.text)
        assert "Twilio answered: evil\\x1b[31m" in caught.value.text


def test_values_that_must_not_be_shown_come_as_secrets_and_unchanged(start: Start, vendor: Server) -> None:
    process = start(SWITCHBOARD_ENDPOINT=vendor.url)
    url = "https://u:p@desk.example.com/?k=1"
    told = {"unique_name": "desk", "date_created": f"by {SECRET}", "description": "<{%x%}>"}
    configuration = {"callnotification": {"url": url, "method": "POST"}}
    vendor.behave = client(**told, configuration=configuration)
    inputs = {"call_notification": {"url": "https://desk.example.com/"}, "unique_name": "desk"}

    _, outputs, read = process.read("voice_clientconfiguration_1", {**inputs, "_origin": None}, inputs)

    secret = {
        name: value["value"]
        for name, value in outputs.items()
        if isinstance(value, dict) and "value" in value
    }
    assert secret == {
        "call_notification": configuration["callnotification"],
        "date_created": f"by {SECRET}",
        "description": "<{%x%}>",
    }
    assert {name for name, value in read.items() if isinstance(value, dict) and "value" in value} == {
        "call_notification",
        "description",
    }
    assert (outputs["unique_name"], read["unique_name"]) == ("desk", "desk")
    assert URN
