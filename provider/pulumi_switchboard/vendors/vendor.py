"""What every vendor has: a way to sign in, and a client for one account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from pulumi_switchboard.errors import AccountMismatchError
from pulumi_switchboard.fields.wire import Spelling, camel_case
from pulumi_switchboard.settings import Setting
from pulumi_switchboard.transport.loopback import in_one_spelling
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.transport.retrying import RetryingClient
from pulumi_switchboard.vendors.credentials import Given, Sources
from pulumi_switchboard.vendors.encoding import Body
from pulumi_switchboard.vendors.operation import OperationFormat


@dataclass(frozen=True)
class Origin:
    """The account and the endpoint of an object. The object is never looked for elsewhere."""

    account: str
    endpoint: str

    @classmethod
    def of(cls, account: str, endpoint: str) -> Origin:
        """The origin of an object. Neither port nor spelling of a loopback address are part of it."""
        return cls(account, in_one_spelling(endpoint))

    def __str__(self) -> str:
        return f"account {self.account} at {self.endpoint}"

    def at(self, endpoint: str | None) -> str:
        """The origin as a text, with the endpoint as the settings give it, port included, if they do."""
        return str(replace(self, endpoint=endpoint) if endpoint else self)

    def mismatch(self, shown: str) -> AccountMismatchError:
        """The error if the vendor shows objects of another account, as with an API key of that account."""
        return AccountMismatchError(
            f"the credentials are not those of account {self.account}: they belong to {shown}",
            remedy="set the account SID to the account of the API key",
        )


class Client(Protocol):
    """A vendor's APIs for one account and one call."""

    @property
    def origin(self) -> Origin:
        """The account and the endpoint of the objects that this client sees."""
        ...

    @property
    def where(self) -> str:
        """The origin for a message about what is there: the endpoint is as the settings give it."""
        ...

    def exchange(
        self,
        method: str,
        product: str,
        path: str,
        body: Body | None = None,
        *,
        key: str = "",
        etag: str = "",
        is_idempotent: bool = False,
    ) -> Response:
        """Send a request and return its successful answer.

        Args:
            method: The HTTP method.
            product: The product, such as `voice`: the first part of the host.
            path: The path at the product's host, with the query.
            body: An object, or the fields of a form.
            key: The idempotency key, if the API supports one.
            etag: The version that the object must have.
            is_idempotent: Whether the request may be repeated although neither method nor key say so.

        Raises:
            VendorError: The answer is not a success.
        """
        ...


@dataclass(frozen=True)
class Vendor:
    """A vendor."""

    name: str
    sign_in: Callable[[Sources, Callable[[Origin], RetryingClient]], Client]
    """Makes the client of the account that the settings name, or raises a `CredentialsError`.

    The second argument returns what sends the requests to the objects of an origin.
    """
    url: str
    """The URL of one of its hosts, for checks of proxies."""
    settings: tuple[Setting, ...]
    """The settings that its credentials can consist of."""
    credentials: Callable[[Sources], tuple[Given, ...]]
    """Those of them that are used, that of the account first, or raises a `CredentialsError`."""
    operations: OperationFormat | None = None
    """How the vendor shows long-running operations, if it has any."""


@dataclass(frozen=True)
class Product:
    """A product of a vendor: an API with its own host."""

    vendor: Vendor
    name: str
    """The first part of the host."""
    spelling: Spelling = camel_case
    """How the API spells the names of fields in JSON."""
