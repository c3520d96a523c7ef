"""Every trick on the stock host, for each pair of Python and SDK: it works, or falls back and says so."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold, Operation

from tests.dynamic.conftest import Start
from tests.dynamic.host import (
    ACCOUNT,
    PROVIDER,
    RESOURCE,
    SECONDS,
    SECRET,
    URN,
    Bag,
    CallFailedError,
    Process,
    pickled,
)
from tests.http.server import Server, reset, respond, serving

INPUTS: Bag = {"call_notification": {"url": "https://desk.example.com/calls", "method": "POST"}}
SHOWN: Bag = {
    "id": "voice_1",
    "account_sid": ACCOUNT,
    "configuration": {"callnotification": INPUTS["call_notification"]},
}
OPERATED = "twilio/orchestrator:Configuration"
CONFIGURATIONS = "conversations.twilio.com/v2/ControlPlane/Configurations"
LOOK = "GET conversations.twilio.com/v2/ControlPlane/Operations/{id}"
CONFIGURATION: Bag = {
    "display_name": "Support",
    "description": "Customer support",
    "conversation_grouping_type": "GROUP_BY_PROFILE",
    "memory_store_id": "mem_store_01k1etk2y5f1y9fpe2epfdtvv2",
    "_stack": "5ac0",
    "_resource": RESOURCE,
}
MANY = 20


@dataclass
class Stalling:
    """A vendor that lets no one go: it answers nothing, or only that there are too many requests."""

    asked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    free: threading.Event = field(default_factory=threading.Event)

    def stall(self, handler: BaseHTTPRequestHandler) -> None:
        """Take a write and answer nothing; there is nothing to be read."""
        if handler.command == "GET":
            respond(400)(handler)
            return
        self.asked.release()
        self.free.wait(2 * SECONDS)
        reset(handler)

    def turn_away(self, handler: BaseHTTPRequestHandler) -> None:
        """Ask for a long wait."""
        respond(429, b"", {"Retry-After": "300"})(handler)
        self.asked.release()

    def wait_for(self, requests: int) -> None:
        """Wait until so many requests are here."""
        for _ in range(requests):
            assert self.asked.acquire(timeout=SECONDS), "the request did not come"


@pytest.fixture
def stalling() -> Iterator[Stalling]:
    """A vendor that stalls, until the end of the test."""
    vendor = Stalling()
    yield vendor
    vendor.free.set()


@pytest.fixture
def vendor() -> Iterator[Server]:
    """A vendor that does as it is told."""
    with serving(respond()) as server:
        yield server


def known(vendor: Server, **members: Any) -> Bag:
    """What state holds of the configuration that the vendor shows."""
    origin = {"account": ACCOUNT, "endpoint": vendor.url}
    return {**INPUTS, "configuration_id": "voice_1", "account_sid": ACCOUNT, "_origin": origin, **members}


def failure(call: Any) -> CallFailedError:
    """How a call that was begun fails."""
    with pytest.raises(grpc.RpcError) as caught:
        call.result(SECONDS)
    return CallFailedError(caught.value)


def answer_reads_and_lose_writes(handler: BaseHTTPRequestHandler) -> None:
    """Take a write, and break off before the answer."""
    if handler.command == "GET":
        respond(200, json.dumps(SHOWN).encode())(handler)
    else:
        reset(handler)


def configured(start: Start, vendor: Server | Emulator, **environment: str) -> Process:
    """A process that has settled in."""
    process = start(SWITCHBOARD_ENDPOINT=vendor.url, **environment)
    process.check({}, INPUTS)
    return process


def test_a_custom_timeout_and_the_name_are_seen_and_an_error_is_clean(
    start_each: Start, vendor: Server, stalling: Stalling
) -> None:
    vendor.behave = stalling.stall

    with pytest.raises(CallFailedError) as caught:
        configured(start_each, vendor).create(INPUTS, timeout=1.0)

    assert caught.value.is_clean
    what, _, why = caught.value.text.partition(": ")
    assert what == "could not create twilio.voice.ClientConfiguration 'support'"
    assert "answer to POST" in why, "be it our own time that is over or the socket's"
    assert caught.value.kept is None


def test_an_update_whose_outcome_is_open_is_kept_in_state_and_settled_by_the_next(
    start_each: Start, vendor: Server
) -> None:
    vendor.behave = answer_reads_and_lose_writes
    process = configured(start_each, vendor)
    new = {**INPUTS, "description": "new"}

    with pytest.raises(CallFailedError) as caught:
        process.update("voice_1", known(vendor), INPUTS, new, timeout=3.0)

    assert caught.value.is_clean
    assert "could not update twilio.voice.ClientConfiguration 'support'" in caught.value.text
    assert caught.value.kept is not None
    id, outputs = caught.value.kept
    assert (id, outputs.pop("__provider")) == ("voice_1", PROVIDER)
    assert outputs["_pending"]

    vendor.behave = respond(200, json.dumps(SHOWN).encode())
    assert process.diff("voice_1", outputs, INPUTS, INPUTS) == (provider_pb2.DiffResponse.DIFF_SOME, [])
    assert "_pending" not in process.update("voice_1", outputs, INPUTS, INPUTS)


def test_a_create_and_a_read_whose_outcome_is_open_are_kept_in_state(start_each: Start) -> None:
    with Emulator() as emulator:
        first, later = configured(start_each, emulator), configured(start_each, emulator)
        first.provider = later.provider = pickled(OPERATED)
        inputs, _ = first.check({}, CONFIGURATION)
        endless = emulator.inject(f"POST {CONFIGURATIONS}", Operation("PENDING"))

        with emulator.inject(LOOK, Hold()) as look:
            call = first.start_create(inputs)
            look.wait()
            first.cancel()
        created = failure(call)
        assert created.kept is not None
        id, outputs = created.kept
        with pytest.raises(CallFailedError) as read:
            later.read(id, outputs, inputs)

        for error, verb in ((created, "create"), (read.value, "read")):
            assert error.text.startswith(f"could not {verb} twilio.orchestrator.Configuration 'support': ")
            assert error.kept is not None
            assert error.kept[0] == id
            assert error.kept[1]["_pending"]
            assert error.kept[1]["__provider"] == first.provider
        endless.release()
        assert "_pending" not in later.read(id, outputs, inputs)[1]


def test_many_calls_run_at_once(start_each: Start, vendor: Server, stalling: Stalling) -> None:
    vendor.behave = stalling.stall
    process = configured(start_each, vendor)

    calls = [process.start_create(INPUTS, urn=f"{URN}{n}") for n in range(8)]

    stalling.wait_for(8)
    vendor.behave = respond(400)
    stalling.free.set()
    assert all(failure(call).is_clean for call in calls)


def test_a_cancel_ends_every_wait_for_an_answer(
    start_each: Start, vendor: Server, stalling: Stalling
) -> None:
    vendor.behave = stalling.stall
    process = configured(start_each, vendor)
    calls = [process.start_create(INPUTS, urn=f"{URN}{n}") for n in range(MANY)]
    stalling.wait_for(MANY)

    process.cancel()

    texts = [failure(call).text for call in calls]
    assert all("before the update was cancelled" in text for text in texts)
    assert all("run `pulumi up` again" in text for text in texts)
    assert len(vendor.seen) == MANY
    assert not stalling.free.is_set(), "no one was let go by the vendor"


def test_a_cancel_ends_every_pause_and_nothing_starts_after_it(
    start_each: Start, vendor: Server, stalling: Stalling
) -> None:
    vendor.behave = stalling.turn_away
    process = configured(start_each, vendor)
    calls = [process.start_create(INPUTS, urn=f"{URN}{n}") for n in range(MANY)]
    stalling.wait_for(1)

    process.cancel()
    calls.append(process.start_create(INPUTS, urn=f"{URN}-late"))

    assert all("the update was cancelled" in failure(call).text for call in calls)
    assert len(vendor.seen) <= MANY


def test_a_call_that_no_one_waits_for_any_more_sends_nothing_more(
    start_each: Start, vendor: Server, stalling: Stalling
) -> None:
    vendor.behave = stalling.turn_away
    process = configured(start_each, vendor)
    call = process.start_create(INPUTS)
    stalling.wait_for(1)
    assert not call.done()

    process.channel.close()
    process.engine_server.stop(None).wait()

    assert process.child.wait(SECONDS) == 0, "it ends, since no call runs"
    assert len(vendor.seen) == 1


def test_in_a_plain_host_all_of_it_falls_back_and_says_so(start_each: Start, vendor: Server) -> None:
    vendor.behave = answer_reads_and_lose_writes
    process = configured(start_each, vendor, SWITCHBOARD_PLAIN_HOST="1", SWITCHBOARD_LOG="debug")

    process.cancel()
    with pytest.raises(CallFailedError) as caught:
        process.create({**INPUTS, "unique_name": "mine"})

    assert not caught.value.is_clean
    assert "no whole answer to POST" in caught.value.text
    said = process.stderr.read_text()
    assert "the host keeps its few threads" in said
    assert "the engine's cancel is not heard" in said
    assert "its end will go unseen" in said
    assert SECRET not in said


def test_in_the_host_of_this_pair_every_trick_works_and_says_so(start_each: Start, vendor: Server) -> None:
    process = configured(start_each, vendor, SWITCHBOARD_LOG="debug")

    assert process.stderr.read_text().splitlines() == [
        "pulumi_switchboard.host: the host runs up to 256 calls at a time",
        "pulumi_switchboard.host: the engine's cancel is heard",
        "pulumi_switchboard.host: this process ends with the engine",
    ]
