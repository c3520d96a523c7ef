"""The real provider process, from its start to its end."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from pulumi.runtime import rpc
from pulumi.runtime.proto import engine_pb2, provider_pb2
from pulumi_switchboard.emulator import Emulator

from tests.dynamic.conftest import Start
from tests.dynamic.host import ACCOUNT, KEY, RESOURCE, SECONDS, SECRET, URN, Bag, CallFailedError, pickled
from tests.http.server import Server, respond, serving

UNKNOWN, SOME = provider_pb2.DiffResponse.DIFF_UNKNOWN, provider_pb2.DiffResponse.DIFF_SOME
HTTPS: Bag = {
    "call_notification": {"url": "https://desk.example.com/calls"},
    "_stack": "5ac0",
    "_resource": RESOURCE,
}
REFUSED = {
    "code": 20001,
    "message": "No.",
    "more_info": "https://www.twilio.com/docs/errors/20001",
    "status": 400,
}
HALF = "half an emoji \ud83d"
AT_ONCE = 64


@pytest.fixture
def vendor() -> Iterator[Server]:
    """A vendor that does as it is told."""
    with serving(respond()) as server:
        yield server


def refused(
    start: Start, vendor: Server, behave: Callable[[BaseHTTPRequestHandler], None]
) -> CallFailedError:
    """What becomes of a create at a vendor that behaves like this."""
    vendor.behave = behave
    process = start(SWITCHBOARD_ENDPOINT=vendor.url)
    with pytest.raises(CallFailedError) as caught:
        process.create({"call_notification": HTTPS["call_notification"]})
    return caught.value


def test_the_whole_life_of_a_resource(start: Start, emulator: Emulator) -> None:
    up, later = start(), start()
    for process in (up, later):
        process.configure(switchboard_endpoint=emulator.url)

    inputs, failures = up.check({}, {**HTTPS, "description": "one"})
    assert failures == []
    assert inputs["unique_name"].startswith("support-")
    id, outputs = up.create(inputs)
    assert outputs["configuration_id"] == id
    assert outputs["account_sid"] == ACCOUNT
    assert "_origin" in outputs

    again, failures = later.check(inputs, {**HTTPS, "description": "one"})
    assert (again, failures) == (inputs, [])
    assert later.diff(id, outputs, inputs, again) == (UNKNOWN, [])
    assert later.read(id, outputs, inputs) == (id, outputs, inputs)

    new, _ = later.check(inputs, {**HTTPS, "description": "two"})
    assert later.diff(id, outputs, inputs, new) == (UNKNOWN, [])
    updated = later.update(id, outputs, inputs, new)
    assert updated == {**outputs, "description": "two", "date_updated": updated["date_updated"]}
    assert later.read(id, updated, new) == (id, updated, new)

    later.delete(id, updated)
    assert emulator.state.get(ACCOUNT, {}).get(KEY, {}) == {}
    assert later.read(id, updated, new)[0] == ""


def test_the_same_life_without_the_comforts(start: Start, emulator: Emulator) -> None:
    up, later = (
        start(SWITCHBOARD_PLAIN_HOST="1", SWITCHBOARD_ENDPOINT=emulator.url),
        start(SWITCHBOARD_PLAIN_HOST="1", SWITCHBOARD_ENDPOINT=emulator.url),
    )
    http = {**HTTPS, "call_notification": {"url": "http://desk.example.com/calls"}}

    inputs, failures = up.check({}, http)
    assert failures == []
    id, outputs = up.create(inputs)
    assert "is plain http" in up.stderr.read_text()
    assert up.engine.lines == []

    new, _ = later.check(inputs, HTTPS)
    assert later.diff(id, outputs, inputs, new) == (SOME, [])
    updated = later.update(id, outputs, inputs, new)
    assert updated["call_notification"]["url"] == "https://desk.example.com/calls"
    assert later.read(id, updated, new)[:2] == (id, updated)
    with pytest.raises(CallFailedError) as caught:
        later.update("voice_clientconfiguration_none", updated, new, http)
    assert not caught.value.is_clean
    assert "could not update twilio.voice.ClientConfiguration" in caught.value.text
    later.delete(id, updated)
    assert emulator.state.get(ACCOUNT, {}).get(KEY, {}) == {}


def test_drift_is_a_change_save_at_ignored_paths(start_each: Start, emulator: Emulator) -> None:
    process = start_each(SWITCHBOARD_ENDPOINT=emulator.url)
    inputs, _ = process.check({}, {**HTTPS, "description": "one"})
    id, outputs = process.create(inputs)

    assert process.diff(id, {**outputs, "description": "else"}, inputs, inputs) == (SOME, [])
    ignored = process.diff(id, {**outputs, "description": "else"}, inputs, inputs, "description")
    assert ignored == (UNKNOWN, [])


def test_all_problems_are_told_at_once_without_a_value(start: Start) -> None:
    new: Bag = {
        "unique_name": SECRET + " ",
        "call_notification": {"url": SECRET, "method": SECRET},
        "novel": SECRET,
    }

    _, failures = start().check({}, new)

    assert sorted(reason.split(":")[0] for reason in failures) == [
        "call_notification.method",
        "call_notification.url",
        "novel",
        "unique_name",
    ]
    assert SECRET not in "".join(failures)


def test_what_is_unknown_is_no_problem_and_stays_unknown(start: Start) -> None:
    new = {
        "call_notification": {"url": rpc.UNKNOWN},
        "unique_name": rpc.UNKNOWN,
        "_stack": rpc.UNKNOWN,
        "_resource": RESOURCE,
    }

    inputs, failures = start().check({}, new)

    assert failures == []
    assert rpc.contains_unknowns([inputs["unique_name"]])
    assert rpc.contains_unknowns([inputs["call_notification"]["url"]])


def test_missing_credentials_are_told_with_the_check(start: Start) -> None:
    _, failures = start(TWILIO_AUTH_TOKEN="").check({}, HTTPS)

    (failure,) = failures
    assert "not twilio:authToken (TWILIO_AUTH_TOKEN)" in failure


def test_an_error_reaches_the_user_as_a_clean_text(start: Start, vendor: Server) -> None:
    body = json.dumps(REFUSED).encode()

    error = refused(start, vendor, respond(400, body, {"Twilio-Request-Id": "RQ1"}))

    assert error.is_clean
    assert error.text == (
        "could not create twilio.voice.ClientConfiguration 'support': "
        "Twilio answered: No. (HTTP 400, code 20001)\n"
        "  See: https://www.twilio.com/docs/errors/20001\n"
        "  Request id: RQ1\n"
        "  What to do: change the resource as Twilio says"
    )


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_half_a_character_in_a_refusal_does_not_lose_the_rest_of_it(
    start: Start, vendor: Server, status: int
) -> None:
    error = refused(start, vendor, respond(status, json.dumps({**REFUSED, "message": HALF}).encode()))

    assert error.is_clean
    assert "Twilio answered: half an emoji \ufffd" in error.text


def test_half_a_character_in_an_answer_does_not_lose_the_object(start: Start, vendor: Server) -> None:
    shown = {
        "id": "voice_1",
        "account_sid": ACCOUNT,
        "date_created": HALF,
        "configuration": {"callnotification": {**HTTPS["call_notification"], "method": "POST"}},
    }
    vendor.behave = respond(201, json.dumps(shown).encode())

    id, outputs = start(SWITCHBOARD_ENDPOINT=vendor.url).create(
        {"call_notification": HTTPS["call_notification"]}
    )

    assert (id, outputs["date_created"]) == ("voice_1", "half an emoji \ufffd")


def test_an_answer_too_deep_to_be_passed_on_is_a_lost_one(start: Start, vendor: Server) -> None:
    error = refused(start, vendor, respond(201, b"[" * 600 + b"]" * 600))

    assert error.is_clean
    assert "is not JSON that can be read" in error.text


@pytest.mark.parametrize("body", [[SECRET], SECRET, {"id": [SECRET]}, {}, 7, None])
def test_an_answer_that_makes_no_sense_is_a_clean_error_without_a_value(
    start: Start, vendor: Server, body: Any
) -> None:
    error = refused(start, vendor, respond(201, json.dumps(body).encode()))

    assert error.is_clean
    assert "the answer is not a configuration" in error.text
    assert "whether the object was made is not known" in error.text
    assert SECRET not in error.text


def test_a_bug_of_ours_is_reported_as_ours_without_a_value(start: Start) -> None:
    process = start(SWITCHBOARD_ENDPOINT="http://127.0.0.1:1")

    with pytest.raises(CallFailedError) as caught:
        process.create({"unique_name": {SECRET: SECRET}})

    assert caught.value.is_clean
    assert "this is a bug in pulumi-switchboard, please report it" in caught.value.text
    assert "TypeError < vendors/twilio/client.py:" in caught.value.text
    assert "Traceback" not in caught.value.text
    assert SECRET not in caught.value.text


def test_a_type_that_this_version_does_not_know_is_a_clean_error(start: Start) -> None:
    process = start()
    process.provider = pickled("twilio/voice:Nothing")

    for verb in (
        lambda: process.check({}, HTTPS),
        lambda: process.create(HTTPS),
        lambda: process.read("x", HTTPS, HTTPS),
        lambda: process.delete("x", HTTPS),
    ):
        with pytest.raises(CallFailedError) as caught:
            verb()
        assert caught.value.is_clean
        assert "does not know the type twilio/voice:Nothing" in caught.value.text
        assert "install the version" in caught.value.text


def test_another_accounts_object_stops_every_call_before_any_request(start: Start, vendor: Server) -> None:
    process = start(SWITCHBOARD_ENDPOINT=vendor.url)
    origin = {"account": "AC" + "2" * 32, "endpoint": vendor.url}
    known: Bag = {**HTTPS, "configuration_id": "x", "_origin": origin}

    for verb in (
        lambda: process.diff("x", known, HTTPS, HTTPS),
        lambda: process.read("x", known, HTTPS),
        lambda: process.update("x", known, HTTPS, {**HTTPS, "description": "new"}),
        lambda: process.delete("x", known),
    ):
        with pytest.raises(CallFailedError) as caught:
            verb()
        assert caught.value.is_clean
        assert ACCOUNT in caught.value.text
        assert origin["account"] in caught.value.text
    assert vendor.seen == []


def test_a_warning_stands_with_its_resource_once(start_each: Start) -> None:
    process = start_each()
    plain = {**HTTPS, "call_notification": {"url": f"http://desk.example.com/{SECRET}"}}

    for _ in range(2):
        process.check({}, plain)
    process.check({}, plain, urn=f"{URN}2")

    assert [urn for urn, _ in process.engine.warnings()] == [URN, f"{URN}2"]
    assert process.engine.warnings()[0][1].startswith("call_notification.url is plain http")
    assert not any(line.ephemeral for line in process.engine.lines)


def test_progress_shows_in_passing(start_each: Start, emulator: Emulator) -> None:
    process = start_each(SWITCHBOARD_ENDPOINT=emulator.url)
    origin = {"account": ACCOUNT, "endpoint": emulator.url}

    process.delete("voice_clientconfiguration_none", {**HTTPS, "_origin": origin})

    (line,) = process.engine.lines
    assert (line.urn, line.severity, line.ephemeral) == (URN, engine_pb2.INFO, True)
    assert line.message == "voice_clientconfiguration_none is gone already"


def test_a_custom_timeout_ends_the_call(start: Start, vendor: Server) -> None:
    vendor.behave = respond(429, b"", {"Retry-After": "3600"})
    process = start(SWITCHBOARD_ENDPOINT=vendor.url)

    with pytest.raises(CallFailedError) as caught:
        process.create(HTTPS, timeout=10.0)

    assert caught.value.is_clean
    assert "(HTTP 429)" in caught.value.text
    assert "The vendor asks to wait 3600 s" in caught.value.text
    assert len(vendor.seen) == 1


def test_many_calls_run_at_once(start: Start, vendor: Server) -> None:
    """The vendor answers only once all requests are there, so fewer at once would end in its despair."""
    all_here = threading.Barrier(AT_ONCE, timeout=SECONDS)
    ids = iter(range(AT_ONCE))

    def behave(handler: BaseHTTPRequestHandler) -> None:
        all_here.wait()
        shown = {"id": f"id-{next(ids)}", "account_sid": ACCOUNT, "configuration": configuration}
        respond(201, json.dumps(shown).encode())(handler)

    configuration = {"callnotification": {"url": "https://desk.example.com/calls", "method": "POST"}}
    vendor.behave = behave
    process = start(SWITCHBOARD_ENDPOINT=vendor.url)
    process.check({}, HTTPS)

    arguments = {"call_notification": HTTPS["call_notification"]}
    calls = [process.start_create(arguments, urn=f"{URN}{n}") for n in range(AT_ONCE)]

    assert {call.result(SECONDS).id for call in calls} == {f"id-{n}" for n in range(AT_ONCE)}
    assert len(vendor.seen) == AT_ONCE


def test_the_settings_of_the_stack_go_before_those_of_the_environment(
    start: Start, emulator: Emulator, vendor: Server
) -> None:
    process = start(SWITCHBOARD_ENDPOINT=vendor.url)
    other = "AC" + "3" * 32
    process.configure(switchboard_endpoint=emulator.url, twilio_accountSid=other, twilio_authToken=SECRET)

    _, outputs = process.create(HTTPS)

    assert outputs["account_sid"] == other
    assert vendor.seen == []


def test_a_trace_is_written_on_demand_only(start: Start, emulator: Emulator) -> None:
    silent = start(SWITCHBOARD_ENDPOINT=emulator.url)
    loud = start(SWITCHBOARD_ENDPOINT=emulator.url, SWITCHBOARD_LOG="debug")

    silent.create({"call_notification": HTTPS["call_notification"]})
    loud.create({"call_notification": HTTPS["call_notification"]})

    assert silent.stderr.read_text() == ""
    assert "POST" in loud.stderr.read_text()
    assert "-> 201, request id RQ" in loud.stderr.read_text()


def test_a_message_that_the_engine_does_not_take_stops_no_call(start: Start) -> None:
    process = start(SWITCHBOARD_LOG="debug")
    process.engine.is_gone = True

    _, failures = process.check({}, {**HTTPS, "call_notification": {"url": "http://desk.example.com/"}})

    assert failures == []
    assert "the engine did not take a message" in process.stderr.read_text()


def test_the_process_ends_when_the_engine_is_gone_without_a_word(start: Start) -> None:
    process = start()
    process.check({}, HTTPS)

    process.engine_server.stop(None).wait()

    assert process.child.wait(SECONDS) == 0
