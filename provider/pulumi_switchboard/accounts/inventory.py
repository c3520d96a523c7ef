"""What accounts contain: all objects of some types, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pulumi_switchboard.accounts.objects import FoundObject, read_objects
from pulumi_switchboard.accounts.regions import is_available
from pulumi_switchboard.accounts.session import Account, Session, ignore
from pulumi_switchboard.errors import CredentialsError, SwitchboardError
from pulumi_switchboard.resource.advice import with_access
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.vendors.vendor import Vendor


@dataclass(frozen=True)
class Refusal:
    """A type whose objects could not be read."""

    definition: AnyDefinition
    error: SwitchboardError


@dataclass(frozen=True)
class Inventory:
    """What accounts contain."""

    accounts: tuple[Account, ...]
    """Those of the vendors that have credentials."""
    read: tuple[AnyDefinition, ...]
    """The types whose objects are all here."""
    objects: tuple[FoundObject, ...]
    refusals: tuple[Refusal, ...]


def read_inventory(
    session: Session,
    types: Iterable[AnyDefinition],
    progress: Callable[[str], None] = ignore,
) -> Inventory:
    """Read all objects of some types. A type that is refused does not keep the others from being read.

    A type that the account's region does not have is left out.

    Args:
        session: The session.
        types: The types.
        progress: Takes lines about how much has been read, and what is waited for.

    Raises:
        CredentialsError: There are no credentials for any of the types.
        SwitchboardError: The credentials or the endpoint of a vendor cannot be used.
    """
    types = list(types)
    vendors = list(dict.fromkeys(definition.vendor for definition in types))
    accounts = tuple(session.account(vendor) for vendor in vendors if session.is_configured(vendor))
    if not accounts:
        raise _no_credentials(vendors)
    read: list[AnyDefinition] = []
    objects: list[FoundObject] = []
    refusals: list[Refusal] = []
    for definition in types:
        if session.is_configured(definition.vendor) and is_available(definition, session.sources):
            try:
                objects += read_objects(session, definition, progress)
                read.append(definition)
            except SwitchboardError as error:
                refusals.append(Refusal(definition, with_access(error, definition)))
    return Inventory(accounts, tuple(read), tuple(objects), tuple(refusals))


def _no_credentials(vendors: Iterable[Vendor]) -> CredentialsError:
    names = " or ".join(vendor.name for vendor in vendors)
    variables = [", ".join(setting.variable for setting in vendor.settings) for vendor in vendors]
    return CredentialsError(
        f"there are no credentials for {names}",
        facts=tuple(f"{vendor.name} has {known}" for vendor, known in zip(vendors, variables, strict=True)),
        remedy="set these in the environment, or in the configuration of the stack",
    )
