"""What holds whenever the stack is at rest: one object per resource, as the program says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.engine.programs import token
from tests.engine.stack import Stack
from tests.soak.account import Account, Held
from tests.soak.arguments import empty, fields, given, shown
from tests.soak.program import COLLECTIONS, SAMPLES, SETTINGS, Item, Program
from tests.soak.session import Session
from tests.soak.step import Step

NOTHING_TO_DO = ("preview", "--diff", "--expect-no-changes")


def ids_in_state(stack: Stack, program: Program) -> dict[int, str]:
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
    """The stack and the account are as the step's program says; returns the ids of the resources.

    Args:
        session: The stack.
        account: The account.
        step: The step that was made.
        before: What the account held before it.
        is_clean: Whether nothing went wrong.
    """
    ids = ids_in_state(session.stack, step.after)
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
