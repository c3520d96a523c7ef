"""How a stack is brought to rest after whatever has happened: what the messages tell a user to do."""

from __future__ import annotations

import json
import re

from tests.engine.programs import name_of_class
from tests.engine.stack import Run
from tests.soak.program import Program
from tests.soak.session import Session

UP = ("up", "--yes", "--skip-preview")
MOST_RUNS = 4
TAKEN = re.compile(r"could not create ([\w.]+) '([^']+)': \w+ is taken by (\S+)")
AGAIN = ("run `pulumi up` again", "run the command again")
REFRESH = "run `pulumi up --refresh`"


def bring_to_rest(session: Session, program: Program) -> Program:
    """Deploy the program until that succeeds, as messages ask; returns it with what they made us add."""
    options: tuple[str, ...] = ()
    for _ in range(MOST_RUNS):
        session.write(program)
        run = session.run(*UP, *options)
        if run.status == 0:
            _forget_pending_creates(session)
            return program
        program, options = _as_told(run, program)
    raise AssertionError(f"after {MOST_RUNS} updates there is still something to do")


def _as_told(run: Run, program: Program) -> tuple[Program, tuple[str, ...]]:
    """The program and the options with which the messages of a failed update make us go on."""
    taken = {(where, name): id.rstrip(".,;") for where, name, id in TAKEN.findall(run.output)}
    adopting = program
    for item in program:
        id = taken.get((name_of_class(item.type), item.place.name))
        if id and item.is_named and item.adopts is None:  # A kill may have left the object of the name.
            adopting = adopting.changed(item, adopts=id)
    if adopting != program:
        return adopting, ()
    if REFRESH in run.output:
        return program, ("--refresh",)
    assert any(advice in run.output for advice in AGAIN), "an undisturbed update has failed"
    return program, ()


def _forget_pending_creates(session: Session) -> None:
    """Let Pulumi forget the creates that a kill cut off, which the update has taken up again."""
    checkpoint = json.loads(session.stack.state_text())["checkpoint"]["latest"] or {}
    if checkpoint.get("pending_operations"):
        session.succeed("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
