"""What holds whenever the stack is at rest: one object per resource, as the program says."""

from __future__ import annotations

from collections.abc import Mapping

from tests.engine.stack import Stack
from tests.soak.account import SETTINGS, Account, Held
from tests.soak.program import COLLECTIONS, Kind, Program
from tests.soak.session import Session
from tests.soak.shown import assert_shows
from tests.soak.step import Step

NOTHING_TO_DO = ("preview", "--diff", "--expect-no-changes")


def ids_in_state(stack: Stack, program: Program) -> dict[int, str]:
    """The ids that state holds, by the numbers of the resources; it holds the program's resources alone."""
    found = [resource for kind in Kind for resource in stack.resources(kind.token)]
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
    for kind in COLLECTIONS:
        _assert_one_object_each(account, step.after, kind, ids, before)
    for kind in SETTINGS:
        account.settings[kind].check(step, before.settings[kind], account.held(kind), ids, is_clean=is_clean)
    if step.after.items:
        session.succeed(*NOTHING_TO_DO)
    return ids


def _assert_one_object_each(
    account: Account, program: Program, kind: Kind, ids: Mapping[int, str], before: Held
) -> None:
    objects, items = account.objects(kind), program.of(kind)
    known = [ids[item.number] for item in items]
    assert sorted(known) == sorted(objects), (
        f"state holds the {kind.value} {known}, the vendor {sorted(objects)}"
    )
    for item in items:
        id = ids[item.number]
        assert_shows(item, objects[id], before.names.get(id))
