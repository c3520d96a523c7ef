"""Finds one object by its id or its name, or all that the API's filters let pass."""

from __future__ import annotations

from pulumi_switchboard.accounts.names import Names
from pulumi_switchboard.accounts.objects import LIST_SECONDS, FoundObject, found_object, read_object
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.errors import ConflictError, MissingError, SwitchboardError
from pulumi_switchboard.fields.suggestions import closest
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.resource.reading import read_own

MOST_CLOSEST = 3
"""How many similar names an error lists."""
LOOKS = 2
"""A name that the list has is looked for again once, if its object was renamed or deleted since."""


def find_setting(session: Session, definition: AnyDefinition) -> FoundObject:
    """The account setting.

    Raises:
        MissingError: The account has none.
    """
    found = read_object(session, definition)
    if found is None:
        raise MissingError(
            f"{definition.api.noun} is not set in {_account(session, definition)}",
            facts=_access(definition),
            remedy="set it, or check that the credentials are those of the account that has it",
        )
    return found


def find_by_id(session: Session, definition: AnyDefinition, id: str) -> FoundObject:
    """The object with this id.

    Raises:
        MissingError: There is none.
    """
    found = read_object(session, definition, id)
    if found is None:
        known, facts = _ids(session, definition)
        raise _missing(session, definition, f'with the id "{id}"', _similar(id, known), *facts)
    return found


def find_by_name(names: Names, definition: AnyDefinition, name: str) -> FoundObject:
    """The object with this name.

    Raises:
        MissingError: There is none.
        ConflictError: Several objects have it.
    """
    session, api = names.session, definition.api
    if api.is_key_in_path and (found := _at_its_name(session, definition, name)) is not None:
        return found
    for _ in range(LOOKS if api.pages is not None else 0):
        ids = names.ids(definition, name)
        if len(ids) > 1:
            raise ConflictError(
                f"{len(ids)} objects of {definition.name} in {_account(session, definition)} are named "
                f'"{name}"',
                facts=(f"their ids: {', '.join(ids)}",),
                remedy="give the id of the one that you mean",
            )
        if not ids:
            break
        found = read_object(session, definition, ids[0])
        if found is not None and found.name == name:
            return found
        names.forget(definition)
    raise _missing(session, definition, f'named "{name}"', _similar(name, names.known(definition)))


def _at_its_name(session: Session, definition: AnyDefinition, name: str) -> FoundObject | None:
    """The object that the API shows at its name in place of the id."""
    wanted = to_model(definition.inputs, {definition.api.natural_key: name})
    with session.reading(definition) as context:
        return found_object(context, read_own(context, lambda: definition.api.find(context, wanted)))


def _missing(
    session: Session, definition: AnyDefinition, which: str, similar: str, *facts: str
) -> MissingError:
    """The error for an object that does not exist; `which` and `similar` say which, and what there is."""
    return MissingError(
        f"no {definition.noun} {which} in {_account(session, definition)}{similar}",
        facts=facts,
        remedy="correct it in the program, or check that the credentials are those of its account",
    )


def _similar(wanted: str, known: list[str] | None) -> str:
    """How many objects there are, and which of their names or ids are similar; empty if nobody knows."""
    if known is None:
        return ""
    if not known:
        return " (none exists)"
    count = f"{len(known)} exist{'s' if len(known) == 1 else ''}"
    similar = ", ".join(f'"{one}"' for one in closest(wanted, known, MOST_CLOSEST))
    return f" ({count}; closest: {similar})" if similar else f" ({count})"


def _ids(session: Session, definition: AnyDefinition) -> tuple[list[str] | None, tuple[str, ...]]:
    """The ids of all objects, or None and why they are not known, which is not the error to report."""
    if definition.api.pages is None:
        return None, ()
    try:
        with session.reading(definition, seconds=LIST_SECONDS) as context:
            return list(definition.api.ids(context)), ()
    except SwitchboardError as error:
        return None, (f"the others can't be listed: {error.summary}", *_access(definition))


def _access(definition: AnyDefinition) -> tuple[str, ...]:
    """How to get access to the API, if the account may lack it."""
    return (definition.evidence.access,) if definition.evidence.access else ()


def _account(session: Session, definition: AnyDefinition) -> str:
    """The account of the credentials: its SID, or what the vendor has in its place."""
    with session.reading(definition) as context:
        account = context.origin.account
    return f"the account {account}" if " " in account else account
