"""How a stack is brought to rest after whatever has happened: what the messages tell a user to do."""

from __future__ import annotations

import json
import re

from tests.engine.stack import Run
from tests.soak.program import Item, Kind, Program
from tests.soak.session import Session
from tests.soak.source import source

UP = ("up", "--yes", "--skip-preview")
MOST_RUNS = 4
TAKEN = re.compile(
    r"could not create twilio\.voice\.ClientConfiguration '([^']+)': unique_name is taken by (\S+)"
)
AGAIN = ("run `pulumi up` again", "run the command again")
REFRESH = "run `pulumi up --refresh`"


def bring_to_rest(session: Session, program: Program) -> Program:
    """Deploy the program until that succeeds, as messages ask; returns it with what they made us add."""
    options: tuple[str, ...] = ()
    for _ in range(MOST_RUNS):
        session.stack.write(source(program))
        run = session.run(*UP, *options)
        if run.status == 0:
            _forget_pending_creates(session)
            return program
        program, options = _as_told(run, program)
    raise AssertionError(f"after {MOST_RUNS} updates there is still something to do")


def _as_told(run: Run, program: Program) -> tuple[Program, tuple[str, ...]]:
    """The program and the options with which the messages of a failed update make us go on."""
    taken = dict(TAKEN.findall(run.output))
    adopting = program
    for item in program.of(Kind.CLIENT):
        if item.place.name in taken and _is_named(item):
            adopting = adopting.changed(item, adopts=taken[item.place.name].rstrip(".,;"))
    if adopting != program:
        return adopting, ()
    if REFRESH in run.output:
        return program, ("--refresh",)
    assert any(advice in run.output for advice in AGAIN), "an undisturbed update has failed"
    return program, ()


def _is_named(item: Item) -> bool:
    """Whether a kill may have left the object of a name that can't tell whose it is."""
    return "unique_name" in item.arguments and item.adopts is None


def _forget_pending_creates(session: Session) -> None:
    """Let Pulumi forget the creates that a kill cut off, which the update has taken up again."""
    checkpoint = json.loads(session.stack.state_text())["checkpoint"]["latest"] or {}
    if checkpoint.get("pending_operations"):
        session.succeed("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
