"""The real provider process of the running interpreter: many calls, its log, and an engine that is gone."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold

from tests.dynamic.conftest import Start
from tests.dynamic.host import ACCOUNT, KEY, SECONDS, SECRET, URN, Bag
from tests.dynamic.test_host import assert_harmless
from tests.promises import proves

CLIENT: Bag = {"call_notification": {"url": "https://desk.example.com/calls"}}
CREATE = "POST voice.twilio.com/v2/Configurations/Client"
AT_ONCE = 64


@proves("process.many-calls", "transport.parallel")
def test_many_calls_run_at_once(start: Start, emulator: Emulator) -> None:
    process = start(SWITCHBOARD_ENDPOINT=emulator.url)
    process.check({}, CLIENT)
    held = [emulator.inject(CREATE, Hold()) for _ in range(AT_ONCE)]

    calls = [process.start_create({**CLIENT, "unique_name": f"{n}"}, f"{URN}{n}") for n in range(AT_ONCE)]
    for hold in held:
        hold.wait()
    for hold in held:
        hold.release()

    assert {call.result(SECONDS).id for call in calls} == set(emulator.state[ACCOUNT][KEY])


@proves("transport.debug-log", "text.harmless", "secret.nowhere-in-plain")
def test_the_log_is_harmless(start: Start, emulator: Emulator) -> None:
    process = start(SWITCHBOARD_ENDPOINT=emulator.url, SWITCHBOARD_LOG="debug")
    evil = {"Twilio-Request-Id": f"evil<{{%x%}}>{SECRET}"}

    with emulator.inject(CREATE, Answer(201, headers=evil, after=True)):
        process.create(CLIENT)

    log = process.stderr.read_text()
    assert "-> 201, request id evil<{ %x%}>[secret], " in log
    assert_harmless(log)


def test_an_engine_that_takes_no_message_stops_no_call(start: Start) -> None:
    process = start(SWITCHBOARD_LOG="debug")
    process.engine.is_gone = True

    _, failures = process.check({}, {"call_notification": {"url": "http://desk.example.com/"}})

    assert failures == []
    assert "the engine did not take a message" in process.stderr.read_text()
