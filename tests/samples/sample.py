"""What a sample says about a type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Bag = Mapping[str, Any]

UNSENT = ("on_destroy", "deletion_protection")
"""Arguments that no vendor knows."""
REQUIRED = object()
"""Instead of what a field is when it is cleared: it can't be."""


class Outside(Protocol):
    """Changes at a vendor that are not made through Pulumi."""

    def request(self, method: str, path: str, *, json: Any = None, form: Any = None) -> Any:
        """Send a request, which is a success, and return the body of the answer."""
        ...

    def objects(self, type: str) -> dict[str, Any]:
        """The objects of a type at the vendor, by id, as the vendor shows them."""
        ...


@dataclass(frozen=True)
class Field:
    """An argument, or a part of one, and how it changes."""

    path: str
    """Where it is in the arguments, with dots."""
    wire: str
    """Where it is in the object that the vendor shows, with dots."""
    changed: Any
    """Another valid value than the one of the maximal arguments."""
    drifted: Any
    """A third value that is not empty, as the vendor spells it, that somebody else sets."""
    cleared: Any = None
    """What the vendor shows where the argument is not given any more; `REQUIRED` if it must be given."""
    on_wire: Callable[[Any], Any] = lambda value: value
    """The value as the vendor spells it."""
    replaces: bool = False
    """Whether a change needs another object."""
    drifts_with: Sequence[str] = ()
    """Arguments of which nothing is known any more once somebody else has changed this one."""
    drift_switches: Bag = field(default_factory=dict)
    """The emulator's switches with which somebody else can change it."""


@dataclass(frozen=True)
class Invalid:
    """Changes to the minimal arguments that are wrong, and what is said about them."""

    changes: Bag
    message: str
    """The whole message, which begins with the path; a line for each problem."""


@dataclass(frozen=True)
class Setting:
    """What is special about an account setting."""

    others: Bag
    """What somebody else has set before the resource takes the setting over: wire paths and values."""
    unset: Bag
    """What the vendor shows of those paths where nothing is set; empty if there is no object then."""
    on_destroy: str = "restore"
    """The policy with which something that somebody else has set can be taken over."""
    recognisable: Bag = field(default_factory=dict)
    """What somebody else has to set as well for the setting to be recognised as that of the program."""
    requests_over_others: Mapping[str, str] = field(default_factory=dict)
    """The methods of the fewest requests, by verb, where `others` make them differ from the usual ones."""
    lose: Callable[[Outside, Any], None] | None = None
    """Delete what a value of `others` or of the arguments refers to."""


@dataclass(frozen=True, eq=False)
class Sample:
    """A type, and values with which every promise can be tried."""

    type: str
    collection: str
    """Host and path of its objects, or of the one object of an account."""
    minimal: Bag
    """The fewest valid arguments."""
    maximal: Bag
    """All arguments."""
    shown: Bag
    """What the vendor shows of an object with the maximal arguments: wire paths and values."""
    fields: Sequence[Field]
    invalid: Sequence[Invalid]
    """Bad values."""
    same: Sequence[tuple[Bag, Bag]]
    """Pairs of changes to the maximal arguments that mean the same."""
    change: Callable[[Outside, str, Bag], None]
    """Set wire paths of the object with this id to values, without Pulumi; the rest stays."""
    remove: Callable[[Outside, str], None]
    """Delete the object with this id without Pulumi, or unset the account setting."""
    add: Callable[[Outside, Bag], str] | None = None
    """Make an object with the minimal arguments and these wire values, without Pulumi; returns its id, if the
    answer says it."""
    requests: Mapping[str, str] = field(default_factory=dict)
    """The methods of the fewest requests, by verb: `preview`, `create`, `update`, `read` and `delete`."""
    secret_members: Sequence[str] = ()
    """The arguments and outputs that are secret in every resource of the type."""
    secrets: Sequence[str] = ()
    """Texts in the maximal arguments that are secret by the type."""
    write_only: Bag = field(default_factory=dict)
    """Wire values that somebody else gives to members which the vendor never shows."""
    prepare: Callable[[Outside], Bag] = lambda _: {}
    """Make what the arguments refer to; returns what stands for it in the arguments: `{"<first>": id}`."""
    name: str = ""
    """The argument that is generated from the resource's name if it is left out."""
    looks_by_name: int = 1
    """How many requests it takes to find an object by its name."""
    no_look_by_name: Sequence[Bag] = ()
    """Settings of the emulator's switches with which an object is found by its name in the list alone."""
    setting: Setting | None = None
    """Given for an account setting."""
    account: str = "account_sid"
    """The member in which an answer may show the account of an object; empty if none ever does."""
    drifts: Sequence[tuple[Sequence[str], Bag]] = ()
    """Further changes that somebody else makes to the maximal object: the paths of the arguments that differ
    then, and no others, with wire paths and values."""
    unseen: Sequence[Bag] = ()
    """Changes by somebody else to the maximal object that the vendor does not show."""
    newer: Bag = field(default_factory=dict)
    """Members, as wire paths with values, that the vendor knows and this package does not."""
    newer_switches: Bag = field(default_factory=dict)
    """The emulator's switches with which it has those members."""
    is_long_running: bool = False
    """Whether a write starts an operation."""
    has_keys: bool = False
    """Whether the vendor repeats its first answer to an idempotency key."""
    has_versions: bool = False
    """Whether a write can be refused because the object has changed since it was read."""
    slow: Bag = field(default_factory=dict)
    """The switches with which a new object can only be used a minute and more after its operation."""
    never_ready: Bag = field(default_factory=dict)
    """The switches with which a new object can never be used."""
    valid: Sequence[Bag] = ()
    """Changes to the minimal arguments that are right, though they look unusual or reach a limit."""
    remarked: Sequence[Invalid] = ()
    """Changes to the minimal arguments that are right and call for a warning, and the warning."""
    switches: Sequence[Bag] = ()
    """Settings of the emulator's switches under which the whole life of an object must succeed."""
    turns: Sequence[tuple[Bag, Bag]] = ()
    """Changes to the minimal arguments that exclude each other, with what the vendor shows of all of them: to
    give one is to manage all."""
    nameless: Bag = field(default_factory=dict)
    """Settings of the switches under which no answer says which object an operation has made."""

    @property
    def arguments(self) -> list[str]:
        """The names of all arguments, in the order of the definition."""
        return list(self.maximal)

    @property
    def changeable(self) -> list[Field]:
        """The fields that an update can change."""
        return [field for field in self.fields if not field.replaces]

    @property
    def drifting(self) -> list[Field]:
        """The fields that somebody else can change, and an update can change back."""
        return [field for field in self.changeable if field.drifted is not None]

    @property
    def wire_name(self) -> str:
        """The generated name as the vendor spells it."""
        return next(field.wire for field in self.fields if field.path == self.name)

    @property
    def item(self) -> str:
        """The path of one object, as faults name it."""
        return self.path_of("{id}").removeprefix("/")

    def path_of(self, id: str) -> str:
        """The path at which the vendor has the object with this id, with the host."""
        return f"/{self.collection}" if self.setting is not None else f"/{self.collection}/{id}"


NO_URL = "is not an absolute URL: give one such as https://example.com/hook"
"""What is said about a text in place of a webhook."""
OTHER_SCHEME = "must begin with https or http, such as https://example.com/hook"
"""What is said about a URL that no vendor can call."""
PLAIN_HTTP = "is plain http: what is sent there can be read and changed on the way. Use https"
"""What is remarked on a webhook that is not encrypted."""
BAD_POLICY = Invalid({"on_destroy": "keep"}, "on_destroy: must be 'restore', 'reset' or 'retain'")
"""A wrong `on_destroy`, which all account settings have."""


def at(bag: Any, path: str) -> Any:
    """The value at a path with dots; None if there is none. A number is a place in a list."""
    for name in path.split("."):
        if isinstance(bag, list) and name.isdigit():
            bag = bag[int(name)] if int(name) < len(bag) else None
        else:
            bag = bag.get(name) if isinstance(bag, Mapping) else None
    return bag


def resolved(value: Any, prepared: Bag) -> Any:
    """The value with what was prepared in the place of what stands for it."""
    if isinstance(value, Mapping):
        return {name: resolved(item, prepared) for name, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, prepared) for item in value]
    return prepared.get(value, value) if isinstance(value, str) else value


def having(bag: Any, changes: Bag) -> Any:
    """A copy of the bag with other values at paths with dots; None removes a member."""
    for path, value in changes.items():
        bag = _having(bag, path.split("."), value)
    return bag


def _having(bag: Any, path: list[str], value: Any) -> Any:
    name, *rest = path
    if isinstance(bag, list):
        place = int(name)
        new = _having(bag[place], rest, value) if rest else value
        return [*bag[:place], *([] if new is None else [new]), *bag[place + 1 :]]
    members = dict(bag or {})
    new = _having(members.get(name), rest, value) if rest else value
    if new is None:
        members.pop(name, None)
    else:
        members[name] = new
    return members
