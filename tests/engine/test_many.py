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
    supports,
)
from tests.engine.stack import Stack
from tests.promises import proves

DESKS = [f"desk-{number}" for number in range(44)]
TEAMS = [f"team-{number}" for number in range(20)]
NEEDED = 2 * len(DESKS) + 3 * len(TEAMS)
"""Requests of the creates: a look by name and a POST; or a POST, a look at the operation, and a GET."""
AFTER = "depends_on=[desk_0]"
NOTHING_LISTENS = ("nothing listens at ", "What to do: start the emulator with `switchboard emulator")
NO_CONNECTION = ("no connection to http://", "check the network, the proxy settings and the endpoint")


@proves(
    "transport.parallel",
    "transport.rate-limit",
    "transport.retries",
    "update.changed-arguments",
    "delete.removes",
    "lost.refusal-adds-nothing",
    "error.what-failed",
    "endpoint.nothing-listens",
)
def test_sixty_four_resources_are_written_once_each_whatever_the_vendor_refuses_and_through_an_outage(
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

    changed, rest = ["team-0", "desk-0"], supports(TEAMS[2:]) + desks(DESKS[2:])
    stack.write(supports(["team-0", "new-team"], "second") + desks(["desk-0", "new-desk"], "second") + rest)
    with emulator.outage():
        said = stack.up(None, *GO_ON, fails=True)
    assert all_say(errors(said, "update"), changed, *NOTHING_LISTENS)
    assert all_say(errors(said, "create"), ["new-team", "new-desk"], *NOTHING_LISTENS)
    assert all_say(errors(said, "delete"), ["team-1", "desk-1"], *NOTHING_LISTENS)
    assert assert_all(stack, emulator, "first") == ids
    assert account.new_requests() == []

    # While the vendor is away, no request is on its way whose effect would stay open.
    stack.write(
        desk(DESKS[0], "second") + desks(DESKS[1:], "second", AFTER) + supports(TEAMS, "second", AFTER)
    )
    outage = emulator.inject(f"GET {CLIENTS}/{{id}}", Outage())
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
