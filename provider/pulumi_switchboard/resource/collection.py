"""Objects that are created and deleted: what an API of them can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from pulumi_switchboard.fields.models import Model, State
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import Existing, Moved, Unfinished
from pulumi_switchboard.vendors.vendor import Client

InputsT = TypeVar("InputsT", bound=Model)
StateT = TypeVar("StateT", bound=State)
ClientT = TypeVar("ClientT", bound=Client)


@dataclass(frozen=True)
class Collection(Generic[InputsT, StateT, ClientT]):
    """The functions of an API. Claims, adoption, waiting and so on happen around them."""

    read: Callable[[ResourceContext[ClientT], str], StateT | None]
    """The object with this id, or None if the vendor says that there is none."""
    create: Callable[[ResourceContext[ClientT], InputsT], StateT | Existing[StateT] | Unfinished[StateT]]
    """Creates an object."""
    update: Callable[[ResourceContext[ClientT], str, StateT, InputsT], StateT | Moved | Unfinished[StateT]]
    """Changes an object, which has just been read, to the inputs; drops no member of it."""
    delete: Callable[[ResourceContext[ClientT], str], None]
    """Deletes an object. It is an error here if the object does not exist."""
    list: Callable[[ResourceContext[ClientT]], Iterable[StateT]] = lambda _: ()
    """All objects of the account, if the API has a list. `read` finds an object that is missing in it."""
    find: Callable[[ResourceContext[ClientT], InputsT], StateT | None] | None = None
    """The object that a create would conflict with. None if no request of the API shows it."""
    is_idempotent: bool = False
    """Whether a repeated `create` returns the object of the first one, in later runs as well."""
    search: Callable[[ResourceContext[ClientT], InputsT], StateT | None] = lambda *_: None
    """The same by every other means of the API."""
    is_running: Callable[[ResourceContext[ClientT], Mapping[str, Any]], bool] = lambda *_: False
    """Whether a pending write is still running; does not wait for its end."""
    resume: (
        Callable[
            [ResourceContext[ClientT], str, StateT, Mapping[str, Any]], StateT | Unfinished[StateT] | None
        ]
        | None
    ) = None
    """The object after a pending write, which is waited for. None means that a read shows it."""


AnyCollection: TypeAlias = Collection[Any, Any, Any]
