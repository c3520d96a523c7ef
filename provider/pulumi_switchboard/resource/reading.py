"""Reading an object, and making sure that it belongs to the account of the credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pulumi_switchboard.errors import AccountMismatchError, MissingError, SwitchboardError, may_pass
from pulumi_switchboard.fields.models import Account, State
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import check_ids
from pulumi_switchboard.resource.polling import SETTLING_SECONDS, poll_until
from pulumi_switchboard.state_keys import ORIGIN
from pulumi_switchboard.vendors.vendor import Origin

StateT = TypeVar("StateT", bound=State)


def guard_account(context: ResourceContext, known: Bag) -> None:
    """Refuse every verb if the object in state belongs to another account than the credentials.

    Raises:
        AccountMismatchError: State names another account or endpoint.
    """
    members = known.get(ORIGIN)
    if not isinstance(members, dict):
        return
    saved = Origin.of(str(members.get("account")), str(members.get("endpoint")))
    if saved == context.origin:
        return
    raise AccountMismatchError(
        "the object belongs to another account or endpoint than the credentials",
        facts=(f"the object is in {saved}", f"the credentials are for {context.origin}"),
        remedy="give the credentials and the endpoint that it was created with. To move to the new "
        "account, destroy this stack with the old ones first, or use another stack",
    )


def of_own_account(context: ResourceContext, state: StateT | None) -> StateT | None:
    """The object, if its ids are valid and it belongs to the account of the settings.

    Raises:
        AccountMismatchError: The vendor shows another account's objects, as an API key of it does.
    """
    if state is None:
        return None
    check_ids(state)
    names = fields_with(context.definition.state, Account)
    shown = {value for name in names if isinstance(value := getattr(state, name, None), str)}
    if shown - {context.origin.account}:
        raise context.origin.mismatch(", ".join(shown))
    return state


def read_own(context: ResourceContext, read: Callable[[], StateT | None]) -> StateT | None:
    """Read an object of the own account. An error of a read never means that something was changed."""
    try:
        return of_own_account(context, read())
    except SwitchboardError as error:
        raise error.without_effect() from error


def read_until_shown(
    context: ResourceContext,
    noun: str,
    state: StateT,
    read: Callable[[], StateT | None],
    differing: Callable[[StateT], list[str]],
) -> StateT | None:
    """The object once the vendor shows what was sent to it, else its last view, which is worth a warning.

    The write has succeeded. So trouble while reading is a warning, too, and the object is not lost.

    Args:
        context: The resource.
        noun: The object in messages.
        state: The vendor's answer to the write.
        read: Reads the object again.
        differing: The fields in which a view differs from what was sent.

    Returns:
        The object, or None if the vendor does not show it at all.
    """
    if not differing(state):
        return state
    try:
        seen = poll_until(
            context, read, lambda seen: seen is not None and not differing(seen), SETTLING_SECONDS
        )
    except SwitchboardError as error:
        context.warn(f"{noun} could not be read again: {error.summary}")
        seen = state
    if seen is not None and (names := differing(seen)):
        context.warn(
            f"{noun} is not shown as it was sent: {', '.join(names)}. `pulumi refresh` shows it as it is"
        )
    return seen


def warn_unread(context: ResourceContext, noun: str, error: SwitchboardError) -> None:
    """Warn that a preview could not read an object that the resource is about to manage.

    Raises:
        SwitchboardError: The create begins with the same read, and would fail for the same reason.
    """
    if not may_pass(error):
        raise error
    context.warn(
        f"{noun} could not be read, so the values that will be overwritten are not listed yet: "
        f"{error.summary}"
    )


def missing(context: ResourceContext, id: str, alternative: str = "") -> MissingError:
    """The error for an id that leads to no object."""
    return MissingError(
        f"{id} does not exist in {context.client.where}",
        remedy=f"check the id, and that the credentials are those of its account{alternative}",
    )


def gone(id: str) -> MissingError:
    """The error for an object that was there before."""
    return MissingError(
        f"{id} is gone: it was deleted outside of this program",
        remedy="run `pulumi up --refresh`, which creates it again",
    )


def warn_of_leaving(context: ResourceContext, noun: str) -> None:
    """Warn that an object leaves state, because the vendor does not have it any more."""
    context.warn(
        f"{noun} is gone: it was deleted outside of this program, or by a run that was interrupted. It "
        "leaves state, and if the program still has it, the next `pulumi up` creates it again"
    )
