"""Whoever is killed, and wherever: the next runs end with one object per resource, as the program says."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold

from tests.engine.faults import ids_at_vendor
from tests.engine.kills import Kill, each_kill, up_and_kill
from tests.engine.processes import Command
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

CLIENTS = "voice.twilio.com/v2/Configurations/Client"
KEPT = ["kept-unsent", "kept-changed", "kept-still"]
NEW = ["new-unsent", "new-made", "new-unsaved"]


def program(names: list[str], description: str) -> str:
    """Resources with these names, all with the same description."""
    return f"""
        for name in {names}:
            twilio.voice.ClientConfiguration(
                name, description="{description}", call_notification={{"url": "https://example.com/" + name}}
            )
    """


def assert_as_programmed(stack: Stack, vendor: Vendor, names: list[str], description: str) -> None:
    """There is one object for each resource, of its name and with its content, and nothing is left to do."""
    stack.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    stack.assert_settled()
    clients = vendor.clients()
    assert stack.ids() == set(clients)
    shown = {client["unique_name"].rpartition("-")[0]: client for client in clients.values()}
    assert sorted(shown) == sorted(names)
    assert len(shown) == len(clients)
    assert {client["description"] for client in clients.values()} == {description}


def killed_deletes(stack: Stack, emulator: Emulator, vendor: Vendor, kill: Kill) -> dict[str, str]:
    """Kill a run that deletes two of three, one of which is gone by then; returns the ids from before."""
    stack.up(program(KEPT, "old"))
    ids = ids_at_vendor(vendor)
    stack.write(program(["kept-still"], "old"))
    points = [
        emulator.inject(f"DELETE {CLIENTS}/{ids['kept-unsent']}", Hold("before"), times=None),
        emulator.inject(f"DELETE {CLIENTS}/{ids['kept-changed']}", Hold("after"), times=None),
    ]
    up_and_kill(stack, points, kill)
    assert set(vendor.clients()) == {ids["kept-unsent"], ids["kept-still"]}
    return ids


@each_kill
@pytest.mark.parametrize("edit", ["new", "newer"], ids=["program unchanged", "program edited"])
def test_creates_and_updates_that_were_killed_are_taken_up_where_they_were(
    stack: Stack, emulator: Emulator, vendor: Vendor, kill: Kill, edit: str
) -> None:
    stack.up(program(KEPT, "old"))
    before = stack.ids()
    stack.write(program(KEPT + NEW, "new"))
    emulator.inject(f"POST {CLIENTS}", Answer(201, json=[], after=True), where="new-unsaved")
    points = [
        emulator.inject(f"POST {CLIENTS}", Hold("before"), where="new-unsent"),
        emulator.inject(f"POST {CLIENTS}", Hold("after"), where="new-made"),
        emulator.inject(f"GET {CLIENTS}/{{name}}", Hold("after"), where="new-unsaved", nth=2),
        emulator.inject(f"PUT {CLIENTS}/{{id}}", Hold("before"), where="kept-unsent", times=None),
        emulator.inject(f"PUT {CLIENTS}/{{id}}", Hold("after"), where="kept-changed", times=None),
    ]

    up_and_kill(stack, points, kill)
    assert len(vendor.clients()) == len(KEPT) + 2, "one create was never processed"

    stack.up(program(KEPT + NEW, edit))

    assert before < stack.ids()
    assert_as_programmed(stack, vendor, KEPT + NEW, edit)


@each_kill
def test_deletes_that_were_killed_are_done_by_the_next_run(
    stack: Stack, emulator: Emulator, vendor: Vendor, kill: Kill
) -> None:
    killed_deletes(stack, emulator, vendor, kill)

    stack.up(program(["kept-still"], "new"))

    assert_as_programmed(stack, vendor, ["kept-still"], "new")


def test_deletes_that_were_killed_and_then_taken_back_leave_one_object_each(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    ids = killed_deletes(stack, emulator, vendor, Command.kill_both)

    stack.up(program(KEPT, "old"), "--refresh")

    assert set(vendor.clients()) > {ids["kept-unsent"], ids["kept-still"]}, "what was not deleted lives on"
    assert_as_programmed(stack, vendor, KEPT, "old")


def test_an_update_that_was_killed_and_then_edited_back_is_seen_by_a_refresh(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    stack.up(program(KEPT, "old"))
    stack.write(program(KEPT, "new"))
    points = [emulator.inject(f"PUT {CLIENTS}/{{id}}", Hold("after"), where="kept-changed", times=None)]
    up_and_kill(stack, points, Command.kill_both)

    stack.up(program(KEPT, "old"), "--refresh")

    assert_as_programmed(stack, vendor, KEPT, "old")
