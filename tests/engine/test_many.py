"""Many resources at once: each is written once, too many requests cost only time, and so does an outage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Outage, RateLimit

from tests.engine.account import Account
from tests.engine.processes import SECONDS
from tests.engine.programs import (
    ALL_AT_ONCE,
    CLIENTS,
    GO_ON,
    ORCHESTRATOR,
    VOICE,
    all_say,
    assert_one_each,
    desk,
    desks,
    errors,
    ids_in_state,
    supports,
)
from tests.engine.stack import Stack
from tests.promises import proves

DESKS = [f"desk-{number}" for number in range(44)]
TEAMS = [f"team-{number}" for number in range(20)]
NEEDED = 2 * len(DESKS) + 3 * len(TEAMS)
"""Requests of the creates: a look by name and a POST; or a POST, a look at the operation, and a GET."""
NO_CONNECTION = ("no connection to http://", "check the network, the proxy settings and the endpoint")


@proves("transport.parallel", "transport.rate-limit", "update.changed-arguments", "delete.removes")
def test_sixty_four_resources_are_written_once_each_even_if_the_vendor_refuses_too_many_requests(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account.of(stack, emulator)
    storm = emulator.inject("*", RateLimit(20, burst=5, retry_after=None))
    stack.up(supports(TEAMS) + desks(DESKS), *ALL_AT_ONCE)

    assert storm.fired > 0
    storm.remove()
    assert NEEDED <= len(emulator.journal) <= 2 * NEEDED, "on a quiet machine it is a third more at most"
    asked = account.new_steps()
    assert asked.count("POST") == len(DESKS) + len(TEAMS) + refused(emulator)["POST"]
    ids = assert_all(stack, emulator, "first")

    stack.up(supports(TEAMS, "second") + desks(DESKS, "second"), *ALL_AT_ONCE)
    assert account.new_writes() == ["PUT"] * (len(DESKS) + len(TEAMS))
    assert assert_all(stack, emulator, "second") == ids
    stack.assert_settled()
    account.new_requests()

    stack.destroy(*ALL_AT_ONCE)
    assert account.new_writes() == ["DELETE"] * (len(DESKS) + len(TEAMS))
    assert (account.objects(VOICE), account.objects(ORCHESTRATOR)) == ({}, {})


def refused(emulator: Emulator) -> Mapping[str, int]:
    """How many requests of each method were too many."""
    return Counter(entry.method for entry in emulator.journal if entry.status == 429)


def assert_all(stack: Stack, emulator: Emulator, text: str) -> dict[str, str]:
    """There is one object for each resource, with this text; returns the ids."""
    made = assert_one_each(stack, emulator, VOICE, dict.fromkeys(DESKS, text))
    return {**made, **assert_one_each(stack, emulator, ORCHESTRATOR, dict.fromkeys(TEAMS, text))}


@proves("lost.refusal-adds-nothing", "preview.no-needless-request", "transport.retries", "error.what-failed")
def test_an_outage_costs_time_or_a_clean_error_and_nothing_else(stack: Stack, emulator: Emulator) -> None:
    account = Account.of(stack, emulator)
    stack.up(supports(["team"]) + desks(["desk"]))
    before = {**ids_in_state(stack, ORCHESTRATOR), **ids_in_state(stack, VOICE)}
    account.new_requests()

    with emulator.outage():
        stack.assert_settled()
        refreshed = stack.refresh(*GO_ON[:2], fails=True)
        stack.write(supports(["team", "new-team"], "second") + desks(["desk", "new-desk"], "second"))
        updated = stack.up(None, *GO_ON, fails=True)
        destroyed = stack.destroy(*GO_ON, fails=True)
    assert all(text in refreshed for text in NO_CONNECTION)
    assert all_say(errors(updated, "update"), ["team", "desk"], *NO_CONNECTION)
    assert all_say(errors(updated, "create"), ["new-team", "new-desk"], *NO_CONNECTION)
    assert all_say(errors(destroyed, "delete"), ["team", "desk"], *NO_CONNECTION)
    assert {**ids_in_state(stack, ORCHESTRATOR), **ids_in_state(stack, VOICE)} == before
    assert account.new_requests() == []

    # While the vendor is away, no request is on its way whose effect would stay open.
    after = "depends_on=[new_desk]"
    stack.write(
        desk("new-desk", "second")
        + desk("desk", "second", after)
        + supports(["team", "new-team"], "second", after)
    )
    outage = emulator.inject(f"GET {CLIENTS}/{{name}}", Outage())
    command = stack.start("up", "--yes", "--skip-preview", *ALL_AT_ONCE)
    assert command.process.stdout is not None
    said = ""
    with command.process.stdout as lines:
        for line in lines:
            said += line
            if NO_CONNECTION[0] in line:
                outage.release()
    assert command.process.wait(SECONDS) == 0, said
    assert NO_CONNECTION[0] in said
    stack.assert_clean(said)
    assert sorted(account.new_writes()) == ["POST", "POST", "PUT", "PUT"]
    made = assert_one_each(stack, emulator, VOICE, dict.fromkeys(["desk", "new-desk"], "second"))
    made |= assert_one_each(stack, emulator, ORCHESTRATOR, dict.fromkeys(["team", "new-team"], "second"))
    assert made.items() > before.items()
    stack.assert_settled()
