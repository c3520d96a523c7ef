"""What every vendor has: a way to sign in, and a client for one account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pulumi_switchboard.errors import AccountMismatchError
from pulumi_switchboard.transport.retrying import RetryingClient
from pulumi_switchboard.vendors.credentials import Sources


@dataclass(frozen=True)
class Origin:
    """The account and the endpoint of an object. The object is never looked for elsewhere."""

    account: str
    endpoint: str

    def __str__(self) -> str:
        return f"account {self.account} at {self.endpoint}"

    def mismatch(self, shown: str) -> AccountMismatchError:
        """The error if the vendor shows objects of another account, as with an API key of that account."""
        return AccountMismatchError(
            f"the credentials are not those of account {self.account}: they belong to {shown}",
            remedy="set the account SID to the account of the API key",
        )


class Client(Protocol):
    """A vendor's API for one account and one call."""

    @property
    def origin(self) -> Origin:
        """The account and the endpoint of the objects that this client sees."""
        ...


ClientT_co = TypeVar("ClientT_co", bound=Client, covariant=True)


@dataclass(frozen=True)
class Vendor(Generic[ClientT_co]):
    """A vendor."""

    name: str
    sign_in: Callable[[Sources, Callable[[Origin], RetryingClient]], ClientT_co]
    """Makes the client of the account that the settings name, or raises a `CredentialsError`."""
