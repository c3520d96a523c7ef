"""The real provider process, for each pair of a Python and a Pulumi SDK.

Everything that the product takes from the undocumented parts of Pulumi's host is tried with each pair.
"""

from __future__ import annotations

import subprocess
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import engine_pb2, provider_pb2
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold, Operation, Reset

from tests.dynamic.conftest import PYTHONS, Start
from tests.dynamic.host import ACCOUNT, KEY, RESOURCE, SECONDS, SECRET, URN, Bag, CallFailedError
from tests.dynamic.saved import PROVIDERS
from tests.dynamic.test_host import assert_harmless
from tests.promises import proves
from tools.pythons.interpreters import installed
from tools.pythons.pairs import PYTHONS as FOLDER
from tools.pythons.pairs import made, pairs

SOME, UNKNOWN = provider_pb2.DiffResponse.DIFF_SOME, provider_pb2.DiffResponse.DIFF_UNKNOWN
HIDDEN: Bag = {"_stack": "5ac0", "_resource": RESOURCE}
CLIENT: Bag = {"call_notification": {"url": "https://desk.example.com/calls"}, **HIDDEN}
CREATE = "POST voice.twilio.com/v2/Configurations/Client"
UPDATE = "PUT voice.twilio.com/v2/Configurations/Client/{id}"
OPERATED = PROVIDERS["twilio/orchestrator:Configuration"]
CONFIGURATION: Bag = {
    "display_name": "Support",
    "description": "Customer support",
    "conversation_grouping_type": "GROUP_BY_PROFILE",
    "memory_store_id": "mem_store_01k1etk2y5f1y9fpe2epfdtvv2",
    **HIDDEN,
}
BEGIN_OPERATION = "POST conversations.twilio.com/v2/ControlPlane/Configurations"
LOOK_AT_OPERATION = "GET conversations.twilio.com/v2/ControlPlane/Operations/{id}"
LESS = 50.0
BROKEN = Answer(503, retry_after=10_000)
"""With less time than the longest wait for a vendor, a call ends at once, and the effect is open."""
MANY = 64
AT_ONCE = 8
"""More calls than the host's own four threads would run."""
PRINT_NAME = """
import sys; from importlib.metadata import version
print(sys.version.split()[0], "pulumi", version("pulumi"), sep="-")
"""

each_pair = pytest.mark.parametrize("python", PYTHONS.values(), ids=[*PYTHONS])


def failure(call: Any) -> CallFailedError:
    with pytest.raises(grpc.RpcError) as caught:
        call.result(SECONDS)
    return CallFailedError(caught.value)


def named(number: int) -> Bag:
    return {**CLIENT, "unique_name": f"desk-{number}"}


def is_empty(emulator: Emulator) -> bool:
    return not emulator.state.get(ACCOUNT, {}).get(KEY)


@proves("process.python-and-sdk")
@pytest.mark.skipif(not FOLDER.is_dir(), reason="`make pythons` was never run")
def test_every_installed_python_has_an_environment_with_the_oldest_and_the_newest_sdk() -> None:
    environments = made()
    assert {pair.name for pair in pairs(installed())} <= set(environments)
    for name, python in environments.items():
        assert subprocess.check_output([python, "-c", PRINT_NAME], text=True).strip() == name


@each_pair
@proves("process.python-and-sdk", "warning.once", "wait.progress", "diff.ignore-changes", "wait.deadline")
@proves("lost.update-settled", "error.what-failed", "credentials.one-source", "transport.debug-log")
@proves("text.harmless", "secret.nowhere-in-plain")
def test_a_resource_lives_in_a_host_with_every_feature(start: Start, emulator: Emulator) -> None:
    process = start(SWITCHBOARD_LOG="debug", SWITCHBOARD_ENDPOINT="http://127.0.0.1:1")
    process.configure(switchboard_endpoint=emulator.url)
    plain = {**CLIENT, "call_notification": {"url": f"http://desk.example.com/{SECRET}"}}
    for urn in (URN, URN, f"{URN}2"):
        assert process.check({}, {**plain, "unique_name": f"of-{urn[-1]}"}, urn)[1] == []
    (twice,) = process.check({}, {**CLIENT, "unique_name": "of-2"}, f"{URN}3")[1]
    assert str(twice).endswith(
        f"the object with this unique_name is managed by two resources; the other one is {URN}2\n"
        "  What to do: remove one of them from the program, or give one of them another unique_name"
    )
    assert process.stderr.read_text().splitlines() == [
        "pulumi_switchboard.host: the host runs up to 256 calls at a time",
        "pulumi_switchboard.host: the engine's Cancel is received",
        "pulumi_switchboard.host: this process ends with the engine",
    ]
    assert [urn for urn, _ in process.engine.warnings()] == [URN, f"{URN}2"]
    assert process.engine.warnings()[0][1].startswith("call_notification.url is plain http")

    inputs, failures = process.check({}, {**CLIENT, "description": "one"})
    assert failures == []
    evil = {"Twilio-Request-Id": f"evil<{{%x%}}>{SECRET}"}
    with emulator.inject(CREATE, Answer(201, headers=evil, after=True)):
        id, outputs = process.create(inputs)
    assert process.read(id, outputs, inputs) == (id, outputs, inputs)
    drifted = {**outputs, "description": "else"}
    assert process.diff(id, drifted, inputs, inputs) == SOME
    assert process.diff(id, drifted, inputs, inputs, "description") == UNKNOWN

    new = {**inputs, "description": "two"}
    with emulator.inject(UPDATE, BROKEN), pytest.raises(CallFailedError) as caught:
        process.update(id, outputs, inputs, new, timeout=LESS)
    assert caught.value.is_clean
    assert "could not update twilio.voice.ClientConfiguration 'support': " in caught.value.text
    assert caught.value.kept is not None
    assert caught.value.kept[0] == id
    pending = caught.value.kept[1]
    assert pending.pop("__provider") == process.provider
    assert pending["_pending"]
    assert process.diff(id, pending, inputs, inputs) == SOME
    updated = process.update(id, pending, inputs, new)
    assert (updated["description"], "_pending" in updated) == ("two", False)

    with emulator.inject(CREATE, Hold()), pytest.raises(CallFailedError) as caught:
        process.create(named(1), timeout=1.0)
    assert caught.value.text.startswith("could not create twilio.voice.ClientConfiguration 'support': ")
    assert "answer to POST" in caught.value.text, "be it our own time that is over or the socket's"

    process.delete(id, updated)
    process.delete(id, updated)
    assert is_empty(emulator)
    line = process.engine.lines[-1]
    assert (line.urn, line.severity, line.ephemeral) == (URN, engine_pb2.INFO, True)
    assert line.message == f"{id} is gone already"
    log = process.stderr.read_text()
    assert "-> 201, request id evil<{ %x%}>[secret], " in log
    assert "-> 200, request id RQ" in log
    assert_harmless(log)


@each_pair
@proves("lost.ctrl-c", "lost.open-outcome-in-state", "read.pending-operation-first", "process.many-calls")
@proves("process.ends")
def test_a_cancel_or_the_end_of_the_engine_ends_every_call(start: Start, emulator: Emulator) -> None:
    process, later = (start(SWITCHBOARD_ENDPOINT=emulator.url) for _ in range(2))
    process.check({}, CLIENT)
    later.provider = OPERATED
    endless = emulator.inject(BEGIN_OPERATION, Operation("PENDING"))
    look = emulator.inject(LOOK_AT_OPERATION, Hold())
    operation = process.start_create(CONFIGURATION, provider=OPERATED)
    look.wait()
    held = [emulator.inject(CREATE, Hold()) for _ in range(AT_ONCE)]
    waiting = [process.start_create(named(n), f"{URN}{n}") for n in range(AT_ONCE)]
    for hold in held:
        hold.wait()
    busy = emulator.inject(CREATE, Answer(429, retry_after=300))
    pausing = process.start_create(named(AT_ONCE), f"{URN}-pausing")
    busy.wait()

    process.cancel()
    late = process.start_create(named(AT_ONCE), f"{URN}-late")

    errors = [failure(call) for call in waiting]
    assert all("before the update was cancelled" in error.text for error in errors)
    assert all("run `pulumi up` again" in error.text for error in errors)
    assert all("the update was cancelled" in failure(call).text for call in (pausing, late))
    created = failure(operation)
    look.remove()
    assert created.kept is not None
    id, outputs = created.kept
    with pytest.raises(CallFailedError) as read:
        later.read(id, outputs, CONFIGURATION)
    for error, verb in ((created, "create"), (read.value, "read")):
        assert error.text.startswith(f"could not {verb} twilio.orchestrator.Configuration 'support': ")
        assert error.kept is not None
        assert error.kept[0] == id
        assert error.kept[1]["_pending"]
        assert error.kept[1]["__provider"] == OPERATED
    endless.release()
    assert "_pending" not in later.read(id, outputs, CONFIGURATION)[1]
    assert process.stderr.read_text() == "", "nothing is logged that nobody has asked for"

    with emulator.inject(CREATE, Answer(429, retry_after=300), times=None) as busy:
        nobody_waits_for = later.start_create(named(1), provider=PROVIDERS[KEY])
        busy.wait()
        assert not nobody_waits_for.done()
        later.channel.close()
        later.engine_server.stop(None).wait()
        assert later.child.wait(SECONDS) == 0
        assert busy.fired == 1


@each_pair
@proves("process.plain-host")
def test_a_plain_host_does_without_the_features_and_says_so(start: Start, emulator: Emulator) -> None:
    plain = {"SWITCHBOARD_PLAIN_HOST": "1", "SWITCHBOARD_ENDPOINT": emulator.url}
    process = start(**plain, SWITCHBOARD_LOG="debug")
    inputs, failures = process.check({}, {**CLIENT, "call_notification": {"url": "http://desk.example.com"}})
    assert failures == []
    said = process.stderr.read_text()
    assert "the host keeps its four threads" in said
    assert "the engine's Cancel is not received" in said
    assert "its end will not be noticed" in said
    assert "is plain http" in said
    assert process.engine.lines == []

    id, outputs = process.create(inputs)
    process.cancel()
    new, _ = process.check(inputs, CLIENT)
    assert process.diff(id, outputs, inputs, new) == SOME
    updated = process.update(id, outputs, inputs, new)
    assert updated["call_notification"]["url"] == "https://desk.example.com/calls"
    assert process.read(id, updated, new)[:2] == (id, updated)
    with emulator.inject(CREATE, Reset()), pytest.raises(CallFailedError) as caught:
        process.create({**named(1), "_stack": "other"})
    assert not caught.value.is_clean
    assert "could not create twilio.voice.ClientConfiguration" in caught.value.text
    assert "no whole answer to POST" in caught.value.text
    process.delete(id, updated)
    assert is_empty(emulator)


@proves("process.many-calls", "transport.parallel")
def test_many_calls_run_at_once_even_where_the_engine_takes_no_message(
    start: Start, emulator: Emulator
) -> None:
    process = start(SWITCHBOARD_ENDPOINT=emulator.url, SWITCHBOARD_LOG="debug")
    process.engine.is_gone = True
    plain = {"call_notification": {"url": "http://desk.example.com/"}}
    assert process.check({}, plain)[1] == []
    assert "the engine did not take a message" in process.stderr.read_text()

    held = [emulator.inject(CREATE, Hold()) for _ in range(MANY)]
    calls = [process.start_create(named(n), f"{URN}{n}") for n in range(MANY)]
    for hold in held:
        hold.wait()
    for hold in held:
        hold.release()

    assert {call.result(SECONDS).id for call in calls} == set(emulator.state[ACCOUNT][KEY])
