"""Delete: remove the object, unless another resource uses it by now."""

from __future__ import annotations

from pulumi_switchboard.account_settings import delete as account_settings
from pulumi_switchboard.errors import (
    CancelledError,
    DeadlineError,
    LostAnswerError,
    NotFoundError,
    OperationFailedError,
)
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.pending import is_never_created, is_placeholder, pending_of, resume
from pulumi_switchboard.lifecycle.protection import may_be_deleted
from pulumi_switchboard.lifecycle.writes import send_delete
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Unfinished
from pulumi_switchboard.resource.reading import guard_account
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.state_keys import GENERATION

AGAIN = "run the command again: an object that is already gone counts as deleted"


def delete(context: ResourceContext, id: str, known: Bag) -> None:
    """Delete the object. An object that is already gone counts as deleted."""
    guard_account(context, known)
    api = context.definition.api
    if isinstance(api, AccountSetting):
        account_settings.delete(context, api, id, known)
        return
    if _is_used_by_another(context, id, known):
        return
    own_id = _own_id(context, api, id, known)
    if own_id != id and _is_used_by_another(context, own_id, known):
        return
    if is_placeholder(own_id, known):
        context.progress("the object was never created")
        return
    if not may_be_deleted(context, api, own_id, known):
        return
    try:
        send_delete(context, api, own_id)
    except (CancelledError, DeadlineError) as error:
        raise error.with_remedy(
            f"{AGAIN}. To keep the resource instead, run `pulumi up --refresh`"
        ) from error
    except LostAnswerError as error:
        raise error.with_facts(
            "it is not known whether the object was deleted",
            remedy=AGAIN,
        ) from error
    except NotFoundError:
        context.progress(f"{own_id} is gone already")


def _own_id(context: ResourceContext, api: Collection, id: str, known: Bag) -> str:
    """The object's own id, which is known once its pending write has ended."""
    if not pending_of(known) or is_never_created(known):
        return id
    try:
        state = resume(context, api, id, known)
    except OperationFailedError:
        return id
    if isinstance(state, Unfinished):
        raise state.reason
    if state is None and is_placeholder(id, known):
        context.warn(
            f"the vendor does not show what became of the create {id}, so nothing is deleted. If there is an "
            f"object with the {api.natural_key} of this resource, nobody manages it"
        )
    return id if state is None else id_of(state)


def _is_used_by_another(context: ResourceContext, id: str, known: Bag) -> bool:
    """Whether another resource uses the object; the user is told that the object is left in place."""
    user = context.other_user(id, known.get(GENERATION))
    if user is not None:
        say = context.progress if is_placeholder(id, known) else context.warn
        say(f"{id} is left in place: it is managed as {user or 'another resource'} now")
    return user is not None
