"""What a configuration type is: its key, its vendor, its fields and its API."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from pulumi_switchboard.fields.ids import as_id
from pulumi_switchboard.fields.models import Account, Id, Model, State
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.vendors.vendor import Product, Vendor


class Api(Protocol):
    """The declared API of a type."""

    @property
    def product(self) -> Product:
        """The product that has the API."""
        ...


@dataclass(frozen=True)
class Evidence:
    """What a definition relies on. Each text says which part of it comes from that source."""

    api: str
    """The API as the vendor calls it, with its stage if it is not generally available."""
    page: str
    """The vendor's page about it."""
    access: str = ""
    """How an account gets access, if the API is not open to every account."""
    region: str = ""
    """The only region that has the API, if others lack it."""
    specification: str = ""
    """What the vendor's machine-readable specification says."""
    documentation: str = ""
    """What the vendor's documentation says in prose."""
    third_party: str = ""
    """What code of others that calls the API shows."""
    assumption: str = ""
    """What no source says."""


ApiT_co = TypeVar("ApiT_co", bound=Api, covariant=True)


@dataclass(frozen=True)
class Definition(Generic[ApiT_co]):
    """A configuration type."""

    key: str
    """The name of the type in state: module and class, as in the type token. It never changes."""
    inputs: type[Model]
    """The arguments."""
    state: type[State]
    """The arguments and the other outputs."""
    api: ApiT_co
    """How objects of the type are read and written: a `Collection` or an `AccountSetting`."""
    evidence: Evidence
    """Where the facts above come from."""

    @property
    def vendor(self) -> Vendor:
        """The vendor of the API."""
        return self.api.product.vendor

    @property
    def name(self) -> str:
        """The type as programs write it, such as `twilio.voice.ClientConfiguration`."""
        return type_name(self.key)

    @property
    def noun(self) -> str:
        """An object of the type in messages, such as `voice client configuration`."""
        module, _, name = self.key.rpartition("/")[2].partition(":")
        return f"{module} {' '.join(words(name))}"


AnyDefinition: TypeAlias = Definition[Any]


def words(name: str) -> list[str]:
    """The words of the name of a class, in lower case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower().split()


def type_name(key: str) -> str:
    """A type as programs write it, such as `twilio.voice.ClientConfiguration`."""
    return key.replace("/", ".").replace(":", ".")


def id_of(state: State) -> str:
    """The id of an object."""
    return as_id(getattr(state, fields_with(type(state), Id)[0]))


def check_ids(state: State) -> None:
    """Refuse an object whose id or account cannot be an id.

    Raises:
        LostAnswerError: The answer cannot be relied on.
    """
    for name in (*fields_with(type(state), Id), *fields_with(type(state), Account)):
        if (value := getattr(state, name, None)) is not None:
            as_id(value)
