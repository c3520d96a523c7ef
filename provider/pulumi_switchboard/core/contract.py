"""What a configuration type has to say about itself, and what it is given to do its work."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from typing_extensions import Self

from pulumi_switchboard.deadline import Deadline
from pulumi_switchboard.errors import AccountMismatchError, SwitchboardError
from pulumi_switchboard.fields.models import Model, State

if TYPE_CHECKING:
    from pulumi_switchboard.transport.retrying import RetryingClient
    from pulumi_switchboard.vendors.credentials import Sources


@dataclass(frozen=True)
class Origin:
    """Where an object lives. An object of one origin is never looked for at another."""

    account: str
    endpoint: str

    def __str__(self) -> str:
        return f"account {self.account} at {self.endpoint}"

    def mismatch(self, shown: str) -> AccountMismatchError:
        """The error that the vendor shows objects of another account: an API key may be another's."""
        return AccountMismatchError(
            f"the credentials are not those of account {self.account}: they belong to {shown}",
            remedy="set the account SID to the account of the API key",
        )


class Client(Protocol):
    """A vendor's API, signed in for one account."""

    @classmethod
    def sign_in(cls, sources: Sources, line: Callable[[Origin], RetryingClient]) -> Self:
        """The client for the account that the settings name.

        Raises:
            CredentialsError: The credentials are missing, partial or malformed.
        """
        ...

    @property
    def origin(self) -> Origin:
        """Where the objects live that this client sees."""
        ...


InputsT = TypeVar("InputsT", bound=Model)
StateT = TypeVar("StateT", bound=State)
ClientT = TypeVar("ClientT", bound=Client)


@dataclass(frozen=True)
class Call(Generic[ClientT]):
    """All about the moment in which a verb runs."""

    client: ClientT
    deadline: Deadline
    urn: str
    """The resource, as the engine names it; empty where the host does not say."""
    progress: Callable[[str], None]
    """Says what is going on, in the status column of the resource."""
    warn: Callable[[str], None]
    """Leaves a warning with the resource."""
    is_news: Callable[[str], bool] = lambda _: True
    """Whether this part of a warning is not yet known to the user; from now on it is."""
    key: str = ""
    """The first key of the create, the same in every run of the stack's life; empty if that is not known."""
    is_free: Callable[[str], bool] = lambda _: True
    """Whether no resource of the stack holds the object with this id."""
    secrets: frozenset[str] = frozenset()
    """The arguments that the program holds as secrets, beside those that are so by their type."""
    on_destroy: str = ""
    """What becomes of singletons that are destroyed, where the environment overrules the program."""


class Unfinished(Exception):  # noqa: N818 - `raise Unfinished` says what happens
    """A write whose outcome is open: the object goes to state as far as it is known.

    Args:
        state: What is known of the object; its id at least.
        reason: Why the outcome is open, for the user.
        pending: What the next update needs to go on, kept in state beside the object.
    """

    def __init__(
        self, state: State, reason: SwitchboardError, pending: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        super().__init__(str(reason))
        self.state = state
        self.reason = reason
        self.pending = pending


class Existing(Exception):  # noqa: N818 - `raise Existing` says what happens
    """A create that met its own object, made by an earlier run; it is brought to what the program says now.

    Args:
        state: The object.
        why: How it comes to be there, for the user.
    """

    def __init__(self, state: State, why: str) -> None:
        super().__init__(why)
        self.state = state
        self.why = why


class Moved(Exception):  # noqa: N818 - `raise Moved` says what happens
    """The live object has changed while an update had to wait, so what is sent has to be worked out anew."""


class Definition(ABC, Generic[InputsT, StateT, ClientT]):
    """A configuration type: its fields, and how an object of it lives at the vendor.

    The verbs are as plain as the vendor's API. Everything that all types share - validation, diff,
    adoption, claims, guarding the account, waiting for the vendor to show what was sent - happens
    around them.
    """

    key: ClassVar[str]
    """The type's name in state: module and class, as in the type token. Never changes."""
    vendor: type[ClientT]
    """The client that the verbs need."""
    inputs: type[InputsT]
    """The arguments."""
    state: type[StateT]
    """The arguments and the further outputs."""

    can_be_found: ClassVar[bool] = True
    """Whether `find` and `search` see what an earlier run has made; where not, `create` itself meets it."""

    def find(self, call: Call[ClientT], inputs: InputsT) -> StateT | None:  # noqa: ARG002 - for overriding
        """The object that already stands where `create` would make one, if one request can tell."""
        return None

    def search(self, call: Call[ClientT], inputs: InputsT) -> StateT | None:  # noqa: ARG002 - for overriding
        """The same by all means that the API has: something stands there, and `find` does not see it."""
        return None

    def list_all(self, call: Call[ClientT]) -> Iterable[StateT]:  # noqa: ARG002 - for overriding
        """All objects of the account, where the API has a list; `read` finds one that the list leaves out."""
        return ()

    @abstractmethod
    def create(self, call: Call[ClientT], inputs: InputsT) -> StateT:
        """Make the object.

        Raises:
            Existing: An earlier run has made it already.
            Unfinished: The object has an id, and whether it will be made is open.
        """

    @abstractmethod
    def read(self, call: Call[ClientT], id: str) -> StateT | None:
        """The object as the vendor shows it now, or None if the vendor says that it is gone."""

    @abstractmethod
    def update(self, call: Call[ClientT], id: str, live: StateT, inputs: InputsT) -> StateT:
        """Change the live object, just read, to what the inputs say; drop no member of it.

        Raises:
            Moved: The live object is not as it was read any more; nothing was sent that had an effect.
            Unfinished: Whether it will be changed is open.
        """

    def is_open(self, call: Call[ClientT], pending: Mapping[str, Any]) -> bool:  # noqa: ARG002 - for overriding
        """Whether the write that an earlier run left unfinished goes on; its end is not waited for."""
        return False

    def resume(
        self,
        call: Call[ClientT],
        id: str,
        known: StateT,  # noqa: ARG002 - for overriding
        pending: Mapping[str, Any],  # noqa: ARG002
    ) -> StateT | None:
        """The object, once the write that an earlier run left unfinished is over; None if it is not there.

        Raises:
            OperationFailedError: The object was never made, for this reason.
            Unfinished: What becomes of it is open still.
        """
        return self.read(call, id)

    @abstractmethod
    def delete(self, call: Call[ClientT], id: str, known: StateT) -> None:
        """Delete the object. That it is gone already is an error here, and a success to the user."""


AnyDefinition = Definition[Any, Any, Any]


def type_name(key: str) -> str:
    """A type as programs call it, such as `twilio.voice.ClientConfiguration`."""
    return key.replace("/", ".").replace(":", ".")
