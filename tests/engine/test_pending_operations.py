"""Operations that outlast their run: what state keeps, what is said, and how the next command continues."""

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
    REPLACED,
    SHORT,
    all_say,
    assert_one_each,
    errors,
    ids_in_state,
    support,
    supports,
    urn,
    warnings,
)
from tests.engine.stack import Stack
from tests.promises import proves

LONG = 3600
CREATE, UPDATE, DELETE = f"POST {CONFIGURATIONS}", f"PUT {CONFIGURATIONS}/{{id}}", f"DELETE {CONFIGURATIONS}"
REPLACEMENTS = ["replaced", "never"]
AFTER_ALL = "depends_on=[changed, created, deleted, replaced]"
OVER = (
    "the time given to this call is over",
    "raise custom_timeouts of the resource; the next update continues to wait for this operation",
)


@proves(
    "lost.open-outcome-in-state",
    "lost.next-up-continues",
    "lost.delete-repeated",
    "lost.never-made-is-replaced",
    "read.pending-operation-first",
    "wait.deadline",
    "wait.progress",
    "wait.terminal-states",
    "claims.announced",
    "error.what-failed",
)
def test_pending_operations_stay_in_state_until_an_up_or_a_destroy_waits_for_them(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account.of(stack, emulator)
    stack.up(supports(["changed", "deleted", *REPLACEMENTS], options=SHORT), *ALL_AT_ONCE)
    before = ids_in_state(stack, ORCHESTRATOR)
    pending = [
        *(
            emulator.inject(CREATE, Operation("PENDING"), where=f'"{name}"')
            for name in ("created", "replaced")
        ),
        emulator.inject(UPDATE, Operation("PENDING"), where='"changed"'),
        emulator.inject(f"{DELETE}/{before['deleted']}", Operation("PENDING")),
    ]
    fate = Operation("FAILED", time=LONG, title="Full", detail="The store is full")
    emulator.inject(CREATE, fate, where='"never"')
    account.new_requests()

    def program(after: str = "") -> str:
        first = support("deleted", options=f"{SHORT}, delete_before_replace=True", **REPLACED)
        return (
            supports(["changed", "created"], "second", SHORT)
            + support("fine", "second")
            + first
            + support("replaced", options=SHORT, **REPLACED)
            + support("never", options=f"{SHORT}, {after}", **REPLACED)
        )

    said = stack.up(program(), *ALL_AT_ONCE, fails=True)

    found = {
        name: text for verb in ("create", "update", "delete") for name, text in errors(said, verb).items()
    }
    others = {name: text for name, text in found.items() if name != "deleted"}
    assert all_say(others, ["created", "changed", *REPLACEMENTS], *OVER)
    assert "run the command again: an object that is already gone counts as deleted" in found["deleted"]
    for error in found.values():
        assert OVER[0] in error.splitlines()[0]
        assert re.search(r"operation proc_job_\w{26}: PENDING after \d+ s and \d+ poll", error), error
    assert account.objects(ORCHESTRATOR).keys() >= {before[name] for name in REPLACEMENTS}, (
        "they stay until then"
    )
    kept = ids_in_state(stack, ORCHESTRATOR)
    assert kept.keys() == {*before, "created", "fine"}
    writes = account.new_writes()
    assert (writes.count("PUT"), writes.count("DELETE")) == (1, 1)

    dependent = support("dependent", "second", "depends_on=[created]")
    targets = ("--target", urn(stack, ORCHESTRATOR, "dependent"))
    stack.up(program() + dependent, *ALL_AT_ONCE, *targets)
    assert account.new_writes() == ["POST"]
    said = stack.refresh("--target", urn(stack, ORCHESTRATOR, "created"))
    assert "Refreshed resource is in an unhealthy state" in said

    for fault in pending:
        fault.release()
    emulator.advance(LONG)
    said = stack.up(program(AFTER_ALL) + dependent, *ALL_AT_ONCE, fails=True)

    error = errors(said, "update")["never"]
    assert "was never created: the operation FAILED" in error
    assert "Full: The store is full" in error
    assert "run `pulumi up` again: it creates another one instead" in error
    found = warnings(said)
    assert all("unfinished; waiting for it" in found[name] for name in ("created", "changed", "replaced"))
    assert all(kept[name] in found[name] for name in ("created", "changed"))
    writes = account.new_writes()
    assert writes[0] == "DELETE", "which finds that it is gone"
    assert set(writes[1:]) == {"POST"}, "of the object in its place"
    assert account.objects(ORCHESTRATOR).keys() >= {before[name] for name in REPLACEMENTS}

    stack.up(None, *ALL_AT_ONCE)
    texts = dict.fromkeys(["changed", "created", "fine", "dependent"], "second")
    ids = assert_one_each(
        stack, emulator, ORCHESTRATOR, texts | dict.fromkeys(["deleted", *REPLACEMENTS], "first")
    )
    assert (ids["changed"], ids["created"]) == (before["changed"], kept["created"])
    assert not {ids[name] for name in REPLACEMENTS} & {before[name] for name in REPLACEMENTS}
    stack.assert_settled()
    _destroy_what_is_pending(stack, emulator)


def _destroy_what_is_pending(stack: Stack, emulator: Emulator) -> None:
    """A destroy waits for a pending create and a pending update, and shows that."""
    pending = [
        emulator.inject(CREATE, Operation("PENDING", word="QUEUED"), where='"created-last"'),
        emulator.inject(UPDATE, Operation("PENDING", word="QUEUED"), where='"changed"'),
    ]
    emulator.inject(CREATE, Operation("FAILED", time=LONG), where='"never-made"')
    stack.up(supports(["changed", "created-last", "never-made"], "third", SHORT), *GO_ON, fails=True)
    assert ids_in_state(stack, ORCHESTRATOR).keys() >= {"changed", "created-last", "never-made"}
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
    assert Account(emulator).objects(ORCHESTRATOR) == ids_in_state(stack, ORCHESTRATOR) == {}
    shown = _status_messages(events.read_text())
    assert any(re.search(r"QUEUED after \d+ s \(operation proc_job_\w{26}\)", text) for text in shown), shown
    assert any("COMPLETED" in text for text in shown), shown


def _status_messages(events: str) -> list[str]:
    """What the status column has shown, which are the ephemeral messages among the engine's events."""
    found = [json.loads(line).get("diagnosticEvent", {}) for line in events.splitlines()]
    return [item["message"] for item in found if item.get("ephemeral")]
