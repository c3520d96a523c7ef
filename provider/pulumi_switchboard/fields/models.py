"""The models of definitions, and the markers that describe how a field behaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """An object of the API: the arguments of a type, its state, or an object inside them.

    Its fields have Python names, and each field has a docstring. The definition knows the vendor's names.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, frozen=True)


class AccountSettingInputs(Model):
    """The arguments of an account setting.

    An argument that is not given is not managed. An empty one is managed, and is empty.
    """


class State(Model):
    """An object as the vendor shows it: the arguments and the outputs."""

    body: dict[str, Any] = Field(default_factory=dict, exclude=True, repr=False)
    """All that the vendor shows, also members that the model does not have. It is never saved in state."""
    etag: str = Field(default="", exclude=True, repr=False)
    """The version of the object for `If-Match`, if the vendor shows one. It is never saved in state."""


class Marker:
    """Describes how a field behaves. It is part of the field's `Annotated`."""


@dataclass(frozen=True)
class Replaces(Marker):
    """A change of this field needs a new object."""


@dataclass(frozen=True)
class Unordered(Marker):
    """A list whose order has no meaning."""

    once: bool = False
    """Whether repeated items have no meaning either."""


@dataclass(frozen=True)
class Caseless(Marker):
    """A text in which upper and lower case are the same, or a list of such texts."""


@dataclass(frozen=True)
class Secret(Marker):
    """A value that is always secret."""

    hint: Callable[[Any], str] | None = None
    """Returns the part of the value that the user may see; None if no part may be seen."""


@dataclass(frozen=True)
class Url(Marker):
    """A URL, whose userinfo and query are secret."""


@dataclass(frozen=True)
class WriteOnly(Marker):
    """A value that the vendor accepts but never shows."""


@dataclass(frozen=True)
class Unsent(Marker):
    """An argument for this package, which is not sent to the vendor."""


@dataclass(frozen=True)
class Wire(Marker):
    """Where the vendor has the value and how it is sent, if that does not follow from the field's name."""

    path: str = ""
    """The path in the vendor's object, with dots; empty if it follows from the name."""
    other: str = ""
    """Another path at which the value may be shown."""
    sent_as: Callable[[Any], Any] = lambda value: value
    """How the value is sent."""


@dataclass(frozen=True)
class ProtectsFromDeletion(Marker):
    """An argument that, while it is true, keeps the object from being deleted or replaced."""


@dataclass(frozen=True)
class Id(Marker):
    """The field of the state with the id of the object."""


@dataclass(frozen=True)
class Account(Marker):
    """The field of the state with the account that has the object."""


@dataclass(frozen=True)
class Version(Marker):
    """The field of the state that changes with every write of the object."""


@dataclass(frozen=True)
class CreatedAt(Marker):
    """The field of the state with the time at which the object was created."""


@dataclass(frozen=True)
class Autonamed(Marker):
    """A name that is generated from the resource's name if the program gives none."""


@dataclass(frozen=True)
class WarnIf(Marker):
    """A warning about values that are allowed but probably a mistake.

    `of` returns the warning about a value, or None. The warning must not contain the value.
    """

    of: Callable[[Any], str | None]
