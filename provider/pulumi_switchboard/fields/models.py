"""What a field of a definition can be: models, and the markers that say how a field behaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeGuard, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo


class Model(BaseModel):
    """An object of the API: the arguments of a type, its state, or an object nested in them.

    Its fields are named as in Python, each with a docstring; what the vendor calls them is the
    business of the definition.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, frozen=True)


class AccountSettingInputs(Model):
    """The arguments of a singleton.

    One that is left out is not managed; one that is empty is managed, and empty.
    """


class State(Model):
    """What the vendor shows of an object: its arguments and more."""

    body: dict[str, Any] = Field(default_factory=dict, exclude=True, repr=False)
    """The object as the vendor sent it, members that we do not model included; never kept in state."""


class Marker:
    """Says how a field behaves; stands in its `Annotated`."""


@dataclass(frozen=True)
class Replaces(Marker):
    """A change of this field needs a new object."""


@dataclass(frozen=True)
class Unordered(Marker):
    """A list whose order means nothing."""

    once: bool = False
    """Whether it means nothing either that an item is there several times."""


@dataclass(frozen=True)
class Caseless(Marker):
    """A text of which upper and lower case mean the same, or a list of such texts."""


@dataclass(frozen=True)
class Secret(Marker):
    """A value that is secret wherever it shows."""

    hint: Callable[[Any], str] | None = None
    """What of it may be shown to the user; None if nothing."""


@dataclass(frozen=True)
class Url(Marker):
    """A URL; userinfo and query of one are secret."""


@dataclass(frozen=True)
class WriteOnly(Marker):
    """A value that the vendor takes and never shows."""


@dataclass(frozen=True)
class Unsent(Marker):
    """An argument that is meant for us: the vendor knows nothing of it."""


@dataclass(frozen=True)
class Id(Marker):
    """The field of the state that is the id of the object."""


@dataclass(frozen=True)
class Account(Marker):
    """The field of the state that names the account which holds the object."""


@dataclass(frozen=True)
class Version(Marker):
    """The field of the state that moves with every change of the object."""


@dataclass(frozen=True)
class Autonamed(Marker):
    """A name that is made from the resource's own name where the program gives none."""


@dataclass(frozen=True)
class WarnIf(Marker):
    """A remark on values that are allowed, but likely not meant.

    `of` returns the remark on a value, or None. The remark must not repeat the value.
    """

    of: Callable[[Any], str | None]


MarkerT = TypeVar("MarkerT", bound=Marker)


def marker_of(field: FieldInfo, kind: type[MarkerT]) -> MarkerT | None:
    """The marker of this kind that the field carries, be its value optional or not."""
    return next((item for item in _metadata(field) if isinstance(item, kind)), None)


def _metadata(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    for option in get_args(field.annotation):
        if get_origin(option) is Annotated:
            yield from get_args(option)[1:]


def fields_with(model: type[BaseModel], kind: type[Marker]) -> list[str]:
    """The names of the fields that carry a marker of this kind."""
    return [name for name, field in model.model_fields.items() if marker_of(field, kind)]


def fields_containing(model: type[BaseModel], kind: type[Marker]) -> list[str]:
    """The names of the fields that carry a marker of this kind, or in whose value something does."""
    return [
        name
        for name, field in model.model_fields.items()
        if marker_of(field, kind)
        or any(fields_containing(inner, kind) for inner in models_in(field.annotation))
    ]


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models that a value is made of: itself one, or a list or map of some."""
    kind = unwrapped(annotation)
    if is_model(kind):
        return [kind]
    return [model for argument in get_args(kind) for model in models_in(argument)]


def sent_fields(model: type[BaseModel]) -> list[str]:
    """The names of the fields that the vendor knows of."""
    return [name for name, field in model.model_fields.items() if marker_of(field, Unsent) is None]


def unwrapped(annotation: Any) -> Any:
    """The annotation without `Annotated` and without `| None`."""
    if get_origin(annotation) is Annotated:
        return unwrapped(get_args(annotation)[0])
    options = [option for option in get_args(annotation) if option is not type(None)]
    if type(None) in get_args(annotation) and len(options) == 1:
        return unwrapped(options[0])
    return annotation


def is_model(kind: Any) -> TypeGuard[type[BaseModel]]:
    """Whether the kind of a value is an object with fields of ours."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)
