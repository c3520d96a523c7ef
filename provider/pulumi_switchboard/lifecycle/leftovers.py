"""Objects that an earlier run, or a request whose answer was lost, has made for a resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_switchboard.errors import (
    ConflictError,
    OperationFailedError,
    SwitchboardError,
)
from pulumi_switchboard.fields.comparison import changed_fields
from pulumi_switchboard.fields.models import Autonamed, Model, State
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.lifecycle.adopt import refuse_replacement
from pulumi_switchboard.lifecycle.apply import apply, unfinished
from pulumi_switchboard.operations.named_create import finish
from pulumi_switchboard.resource.advice import CLEAR_PENDING
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Unfinished, VerbResult
from pulumi_switchboard.resource.polling import LAST_LOOK_SECONDS, SETTLING_SECONDS, poll_until
from pulumi_switchboard.resource.reading import of_own_account
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.state_keys import OPERATION

UNSURE = "it is not known whether the object was created"
OPERATION_SECONDS = 60.0
"""How long an operation may take that a create has started whose answer was lost."""
LOOK_YOURSELF = (
    "look for the object at the vendor. If it is there, give the resource the option import_ with its id; "
    "else run `pulumi up` again"
)


@dataclass(frozen=True)
class Create:
    """One create."""

    context: ResourceContext
    api: Collection
    inputs: Model
    generation: str


def continue_pending(new: Create, pending: Mapping[str, Any]) -> VerbResult | None:
    """Continue the pending create that this resource has had so far; None if nothing became of it."""
    context = new.context
    context.warn(f"an earlier run has left the operation {pending[OPERATION]} unfinished; waiting for it")
    try:
        result = finish(context, new.api, new.inputs, pending)
    except OperationFailedError as error:
        context.warn(f"the create of an earlier run has failed: {error}")
        return None
    if isinstance(result, Unfinished):
        return unfinished(context, result)
    state = of_own_account(context, result)
    because = "was created for this resource by an earlier run"
    return None if state is None else use_own(new, state, f"{id_of(state)} {because}")


def after_failure(new: Create, error: SwitchboardError) -> VerbResult:
    """Continue with the object because of which the create failed, if there is one that can be used.

    That is the object itself, created after all, or another one of the same name.
    """
    context, api = new.context, new.api
    if api.has_idempotency_keys and error.may_have_acted:
        raise error.with_facts(UNSURE, remedy="run `pulumi up` again: it asks for the same object") from error
    if api.has_idempotency_keys or not (error.may_have_acted or error.is_conflict):
        raise error
    try:
        found = _look_for_namesake(new, error)
    except SwitchboardError as trouble:
        error, found = error.with_facts(f"looking for the object failed, too: {trouble.summary}"), None
    if found is None:
        raise _without_namesake(api, error)
    of_own_account(context, found)
    if error.is_conflict:
        return use_namesake(new, found)
    _claim_and_announce(new, found, f"the answer to the create of {id_of(found)} was lost")
    return apply(context, api, id_of(found), found, lambda _: new.inputs)


def _without_namesake(api: Collection, error: SwitchboardError) -> SwitchboardError:
    """The error of a create after which the vendor shows no object, with what to do about that."""
    if not error.may_have_acted:
        return error
    if not api.natural_key:
        return error.with_facts(UNSURE, remedy=LOOK_YOURSELF)
    return error.with_facts(
        f"{UNSURE}; the vendor does not show one so far",
        remedy="run `pulumi up` again: it looks for the object before it creates one",
    )


def _look_for_namesake(new: Create, error: SwitchboardError) -> State | None:
    """The object that a failed create would have conflicted with, or has created."""
    context, api = new.context, new.api

    def look() -> State | None:
        return api.find(context, new.inputs, thorough=True)

    patience = OPERATION_SECONDS if api.operations is not None else SETTLING_SECONDS
    seconds = patience if error.may_have_acted else 0.0
    with context.deadline.overtime(LAST_LOOK_SECONDS):
        return poll_until(context, look, lambda found: found is not None, seconds)


def use_namesake(new: Create, found: State) -> VerbResult:
    """Use an object of the same name, if its name was generated for this resource."""
    names = fields_with(new.context.definition.inputs, Autonamed)
    autoname, found_id = new.context.request.identity.autoname, id_of(found)
    if not names or any(getattr(new.inputs, name) != autoname for name in names):
        if not new.context.is_free(found_id):
            raise ConflictError(
                f"{' and '.join(names)} is taken by {found_id}, which a resource of this stack has",
                remedy="choose another name, or give the resource delete_before_replace=True if it replaces "
                "that object",
            )
        raise ConflictError(
            f"{' and '.join(names)} is taken by {found_id}",
            remedy="choose another name, or give an option to the resource: "
            f'import_="{found_id}" to manage that object with it, aliases=[…] if it is this resource '
            "under an earlier name or parent, delete_before_replace=True if you want to replace it",
        )
    return use_own(new, found, f"{found_id} was created for this resource by an earlier run")


def use_own(new: Create, found: State, found_because: str) -> VerbResult:
    """Use an object that an earlier run made for this resource.

    It goes to state even if it cannot be changed to the inputs: else `destroy` would not know it.
    """
    _claim_and_announce(new, found, found_because, CLEAR_PENDING)
    try:
        return apply(new.context, new.api, id_of(found), found, lambda _: new.inputs)
    except SwitchboardError as error:
        return unfinished(new.context, Unfinished(found, error))


def _claim_and_announce(new: Create, found: State, found_because: str, advice: str = "") -> None:
    """Claim an existing object, and tell the user.

    Raises:
        ConflictError: It cannot become what the program says, or another resource uses it.
    """
    context = new.context
    refuse_replacement(context, found, to_bag(new.inputs))
    context.claim(id_of(found), new.generation)
    differing = changed_fields(context.definition.inputs, found, new.inputs)
    change = f", and changes its {', '.join(differing)}" if differing else ""
    context.warn(f"{found_because}: this resource manages it from now on{change}{advice}")
