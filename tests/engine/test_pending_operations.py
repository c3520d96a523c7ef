"""Operations that outlast their run: what state keeps, what is said, and how the next command goes on."""

from __future__ import annotations

import json
import re

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold, Operation

from tests.engine.account import Account
from tests.engine.programs import (
    ALL_AT_ONCE,
    CONFIGURATIONS,
    GO_ON,
    OPERATION,
    ORCHESTRATOR,
    SHORT,
    all_say,
    assert_one_each,
    errors,
    ids_in_state,
    support,
    supports,
    texts_at_vendor,
    urn,
    warnings,
)
from tests.engine.stack import Stack
from tests.promises import proves

LONG = 3600
CREATE, UPDATE, DELETE = f"POST {CONFIGURATIONS}", f"PUT {CONFIGURATIONS}/{{id}}", f"DELETE {CONFIGURATIONS}"
OVER = (
    "the time given to this call is over",
    "raise custom_timeouts of the resource; the next update waits on for this operation",
)


@proves(
    "lost.open-outcome-in-state",
    "lost.next-up-continues",
    "lost.delete-repeated",
    "read.pending-operation-first",
    "wait.deadline",
    "claims.announced",
    "error.what-failed",
)
def test_pending_operations_stay_in_state_through_refresh_and_a_targeted_update_until_an_up_waits_for_them(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account.of(stack, emulator)
    stack.up(supports(["changed", "deleted"], options=SHORT), *ALL_AT_ONCE)
    before = ids_in_state(stack, ORCHESTRATOR)
    pending = [
        emulator.inject(CREATE, Operation("PENDING"), where='"created"'),
        emulator.inject(UPDATE, Operation("PENDING"), where='"changed"'),
        emulator.inject(f"{DELETE}/{before['deleted']}", Operation("PENDING")),
    ]
    account.new_requests()
    program = supports(["changed", "created"], "second", SHORT) + support("fine", "second")

    said = stack.up(program, *GO_ON, fails=True)

    found = {
        name: text for verb in ("create", "update", "delete") for name, text in errors(said, verb).items()
    }
    assert all_say(found, ["created", "changed", "deleted"], *OVER)
    for error in found.values():
        assert OVER[0] in error.splitlines()[0]
        assert re.search(r"operation proc_job_\w{26}: PENDING after \d+ s and \d+ look", error), error
    kept = ids_in_state(stack, ORCHESTRATOR)
    assert kept.keys() == {"changed", "created", "fine", "deleted"}
    *writes, last = account.new_writes()
    assert (sorted(writes), last) == (["POST", "POST", "PUT"], "DELETE")

    dependent = support("dependent", "second", "depends_on=[created]")
    stack.up(program + dependent, *ALL_AT_ONCE, "--target", urn(stack, ORCHESTRATOR, "dependent"))
    assert account.new_writes() == ["POST"]
    said = stack.refresh("--target", urn(stack, ORCHESTRATOR, "created"))
    assert "Refreshed resource is in an unhealthy state" in said
    assert ids_in_state(stack, ORCHESTRATOR).items() > kept.items()

    for fault in pending:
        fault.release()
    said = stack.up(None, *GO_ON)

    found = warnings(said)
    assert all_say(found, ["created", "changed"], "unfinished: it is waited for")
    assert all(kept[name] in text for name, text in found.items())
    assert account.new_writes() == ["DELETE"], "which finds that it is gone"
    texts = dict.fromkeys(["changed", "created", "fine", "dependent"], "second")
    assert assert_one_each(stack, emulator, ORCHESTRATOR, texts).items() > before.items() - {
        ("deleted", before["deleted"])
    }
    stack.assert_settled()


@proves("lost.next-up-continues", "wait.progress", "wait.terminal-states")
def test_a_destroy_waits_for_pending_operations_shows_their_progress_and_deletes_what_there_is(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account.of(stack, emulator)
    stack.up(supports(["changed"]))
    pending = [
        emulator.inject(CREATE, Operation("PENDING", word="QUEUED"), where='"created"'),
        emulator.inject(UPDATE, Operation("PENDING", word="QUEUED"), where='"changed"'),
    ]
    emulator.inject(CREATE, Operation("FAILED", time=LONG), where='"never"')
    stack.up(supports(["changed", "created", "never"], "second", SHORT), *GO_ON, fails=True)
    names = {"changed", "created", "never"}
    assert ids_in_state(stack, ORCHESTRATOR).keys() == names
    emulator.advance(LONG)

    # The looks are held only so that both have begun to wait.
    fifth_look = emulator.inject(OPERATION, Hold(), nth=5)
    events = stack.folder / "events"
    stack.environment["PULUMI_DEBUG_COMMANDS"] = "true"
    command = stack.start("destroy", "--yes", "--skip-preview", *ALL_AT_ONCE, "--event-log", str(events))
    fifth_look.wait()
    for fault in pending:
        fault.release()
    fifth_look.release()
    said = command.output()

    assert command.process.returncode == 0, said
    stack.assert_clean(said)
    assert texts_at_vendor(emulator, ORCHESTRATOR) == {}
    assert ids_in_state(stack, ORCHESTRATOR) == {}
    shown = _status_messages(events.read_text())
    assert any(re.search(r"operation proc_job_\w{26} QUEUED, \d+ s", text) for text in shown), shown
    assert any("COMPLETED" in text for text in shown), shown
    assert account.new_writes().count("DELETE") >= len(pending)


def _status_messages(events: str) -> list[str]:
    """What the status column has shown, which are the ephemeral messages among the engine's events."""
    found = [json.loads(line).get("diagnosticEvent", {}) for line in events.splitlines()]
    return [item["message"] for item in found if item.get("ephemeral")]
