"""One Ctrl-C ends all waits of an update, and the next one goes on from there."""

from __future__ import annotations

import time

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold, Injected, Operation

from tests.engine.account import Account
from tests.engine.programs import (
    ALL_AT_ONCE,
    CLIENTS,
    CONFIGURATIONS,
    OPERATION,
    ORCHESTRATOR,
    REPLACED,
    VOICE,
    all_say,
    assert_one_each,
    desks,
    errors,
    ids_in_state,
    support,
    supports,
    warnings,
)
from tests.engine.stack import Stack
from tests.promises import proves

CREATED, UPDATED, DELETED = ([f"{verb}-{number}" for number in range(7)] for verb in ("new", "old", "gone"))
DESKS, OLD_DESKS = ([f"{verb}-{number}" for number in range(5)] for verb in ("new-desk", "old-desk"))
WAITING = len(CREATED + UPDATED + DELETED)
SOON = 30.0
"""Seconds in which it ends on a machine that is busy itself; `make bench` measures the two of the promise."""


@proves("lost.ctrl-c", "lost.open-outcome-in-state", "lost.next-up-continues")
def test_it_ends_creates_updates_and_deletes_at_once_and_the_next_update_sends_nothing_again(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account.of(stack, emulator)
    stack.up(supports([*UPDATED, *DELETED]) + desks(OLD_DESKS), *ALL_AT_ONCE)
    before = {**ids_in_state(stack, ORCHESTRATOR), **ids_in_state(stack, VOICE)}
    pending = [
        emulator.inject(f"{request} {CONFIGURATIONS}{rest}", Operation("PENDING"), times=None)
        for request, rest in (("POST", ""), ("PUT", "/{id}"), ("DELETE", "/{id}"))
    ]
    looks = _held(emulator, OPERATION, Hold(), WAITING)
    stalled = [
        *_held(emulator, f"POST {CLIENTS}", Hold("after"), len(DESKS)),
        *_held(emulator, f"PUT {CLIENTS}/{{id}}", Hold("after"), len(OLD_DESKS)),
    ]
    # A delete is at the same time as creates and updates where it comes before its replacement.
    stack.write(
        supports([*CREATED, *UPDATED], "second")
        + "".join(support(name, "second", "delete_before_replace=True", **REPLACED) for name in DELETED)
        + desks([*DESKS, *OLD_DESKS], "second")
    )
    command = stack.start("up", "--yes", "--skip-preview", *ALL_AT_ONCE)
    for fault in (looks[0], *stalled[::2]):
        fault.wait()
    for fault in looks:
        fault.release()
    interrupted = time.monotonic()
    command.interrupt()
    said = command.output()

    assert time.monotonic() - interrupted < SOON
    assert command.process.returncode != 0
    stack.assert_clean(said)
    created, updated, deleted = (errors(said, verb) for verb in ("create", "update", "delete"))
    assert all_say(
        {name: text for name, text in created.items() if name not in DESKS},
        CREATED,
        "the next update continues to wait for this operation",
    )
    assert all_say({**created, **dict.fromkeys(CREATED, "cancelled")}, [*CREATED, *DESKS], "cancelled")
    assert all("run `pulumi up` again: it looks for the object" in created[name] for name in DESKS)
    assert all("the next update continues to wait for this operation" in updated[name] for name in UPDATED)
    assert all("it is not known whether the object was changed" in updated[name] for name in OLD_DESKS)
    assert all_say(deleted, DELETED, "the update was cancelled", ": PENDING after ")
    kept = {**ids_in_state(stack, ORCHESTRATOR), **ids_in_state(stack, VOICE)}
    assert kept.items() >= before.items()
    assert kept.keys() - before.keys() == set(CREATED)

    for fault in (*pending, *looks, *stalled):
        fault.remove(may_be_idle=True)
    account.new_requests()
    said = stack.up(None, *ALL_AT_ONCE)

    told = warnings(said)
    assert {name for name in told if "unfinished; waiting for it" in told[name]} == {*CREATED, *UPDATED}
    assert {name for name in told if "was created for this resource by an earlier run" in told[name]} == {
        *DESKS
    }
    asked = account.new_requests()
    voice = [request.split()[0] for request in asked if "/v2/Configurations/Client" in request]
    assert "POST" not in voice
    writes = [request.split()[0] for request in asked if "/v2/ControlPlane/Configurations" in request]
    assert "PUT" not in writes
    assert writes.count("DELETE") == len(DELETED), "which find that the objects are gone"
    texts = dict.fromkeys([*CREATED, *UPDATED, *DELETED], "second")
    made = assert_one_each(stack, emulator, ORCHESTRATOR, texts)
    assert {name: made[name] for name in CREATED} == {name: kept[name] for name in CREATED}
    assert_one_each(stack, emulator, VOICE, dict.fromkeys([*DESKS, *OLD_DESKS], "second"))
    stack.assert_settled()


def _held(emulator: Emulator, place: str, hold: Hold, number: int) -> list[Injected]:
    """Hold all requests of a place; the first fault is reached with as many requests."""
    return [emulator.inject(place, hold, nth=number), emulator.inject(place, hold, times=None)]
