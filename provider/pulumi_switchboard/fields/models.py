"""The models of definitions, and the markers that describe how a field behaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, TypeGuard, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo


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


MarkerT = TypeVar("MarkerT", bound=Marker)


def marker_of(field: FieldInfo, kind: type[MarkerT]) -> MarkerT | None:
    """The marker of this kind of a field, which may be optional; None if it has none."""
    return next((item for item in _metadata(field) if isinstance(item, kind)), None)


def _metadata(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    for option in get_args(field.annotation):
        if get_origin(option) is Annotated:
            yield from get_args(option)[1:]


@cache
def fields_with(model: type[BaseModel], kind: type[Marker]) -> tuple[str, ...]:
    """The names of the fields with a marker of this kind."""
    return tuple(name for name, field in model.model_fields.items() if marker_of(field, kind))


@cache
def fields_containing(model: type[BaseModel], kind: type[Marker]) -> tuple[str, ...]:
    """The names of the fields with a marker of this kind, or with a field inside that has one."""
    return tuple(name for name, field in model.model_fields.items() if _contains(field, kind))


def _contains(field: FieldInfo, kind: type[Marker]) -> bool:
    inner = (field for model in models_in(field.annotation) for field in model.model_fields.values())
    return marker_of(field, kind) is not None or any(_contains(field, kind) for field in inner)


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models in an annotation: a model itself, or those in a list or map."""
    kind = unwrapped(annotation)
    if is_model(kind):
        return [kind]
    return [model for argument in get_args(kind) for model in models_in(argument)]


@cache
def sent_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the fields that are sent to the vendor."""
    return tuple(name for name, field in model.model_fields.items() if marker_of(field, Unsent) is None)


def unwrapped(annotation: Any) -> Any:
    """The annotation without `Annotated` and without `| None`."""
    if get_origin(annotation) is Annotated:
        return unwrapped(get_args(annotation)[0])
    options = [option for option in get_args(annotation) if option is not type(None)]
    if type(None) in get_args(annotation) and len(options) == 1:
        return unwrapped(options[0])
    return annotation


def is_model(kind: Any) -> TypeGuard[type[BaseModel]]:
    """Whether the annotation of a value is one of our models."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)
