"""How a stack is brought to rest after whatever has happened, and what holds then."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.engine.programs import name_of_class, token
from tests.engine.stack import Run, Stack
from tests.soak.account import Account, Held
from tests.soak.arguments import empty, fields, given, shown
from tests.soak.program import COLLECTIONS, SAMPLES, SETTINGS, Item, Program
from tests.soak.session import Session
from tests.soak.step import Step

NOTHING_TO_DO = ("preview", "--diff", "--expect-no-changes")
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


def _ids_in_state(stack: Stack, program: Program) -> dict[int, str]:
    """The ids that state holds, by the numbers of the resources; it holds the program's resources alone."""
    found = [resource for type in SAMPLES for resource in stack.resources(token(type))]
    ids = {resource["urn"]: str(resource["id"]) for resource in found}
    assert len(found) == len(ids), f"state holds a resource twice: {found}"
    assert not any(resource.get("delete") for resource in found), f"a delete is left in state: {found}"
    wanted = {item.urn: item.number for item in program}
    assert ids.keys() == wanted.keys(), f"state holds {sorted(ids)}, and not {sorted(wanted)}"
    return {wanted[urn]: id for urn, id in ids.items()}


def assert_at_rest(
    session: Session, account: Account, step: Step, before: Held, *, is_clean: bool
) -> dict[int, str]:
    """The stack and the account are as the step's program says; returns the ids of the resources."""
    ids = _ids_in_state(session.stack, step.after)
    for type in COLLECTIONS:
        _assert_one_object_each(account, step.after, type, ids, before)
    for type in SETTINGS:
        account.settings[type].check(step, before.settings[type], account.held(type), ids, is_clean=is_clean)
    if step.after.items:
        session.succeed(*NOTHING_TO_DO)
    return ids


def _assert_one_object_each(
    account: Account, program: Program, type: str, ids: Mapping[int, str], before: Held
) -> None:
    objects, items = account.objects(type), program.of(type)
    known = [ids[item.number] for item in items]
    assert sorted(known) == sorted(objects), f"state holds the {type} {known}, the vendor {sorted(objects)}"
    for item in items:
        id = ids[item.number]
        _assert_shows(item, objects[id], before.names.get(id), ids)


def _assert_shows(item: Item, body: Mapping[str, Any], old_name: str | None, ids: Mapping[int, str]) -> None:
    """The object is as the program says; one that is not new keeps its generated name."""
    seen, says, own = shown(item.type, body), given(item, ids), SAMPLES[item.type].name
    wanted = {field.path: says.get(field.path, empty(item.type, field.path)) for field in fields(item.type)}
    if own and not item.is_named:
        name = str(seen[own])
        assert name.startswith(f"{item.place.name}-") or old_name, f"{item.variable} has the name {name}"
        wanted[own] = old_name or name
    assert seen == wanted, f"{item.variable} is {seen}, and not {wanted}"
