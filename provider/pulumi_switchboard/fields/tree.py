"""The field tree: each model compiled once, into what validation, comparison, drift and encoding share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pulumi_switchboard.fields.documentation import docstring
from pulumi_switchboard.fields.models import Marker, Unsent

MarkerT = TypeVar("MarkerT", bound=Marker)


@dataclass(frozen=True)
class Field:
    """A value of the API: a field of an object, an item of a list, or an entry of a map.

    An object has members; a list or a map has one field for everything inside. Any other value has neither.
    """

    name: str = ""
    """The name in Python; empty for an item, an entry or a whole model."""
    kind: Any = Any
    """The type of the value, without `Annotated` and without `| None`."""
    markers: tuple[Any, ...] = ()
    default: Any = None
    is_required: bool = False
    owner: type[BaseModel] | None = None
    """The model that has the field."""
    members: Mapping[str, Field] = field(default_factory=dict)
    """The fields of an object, by their names."""
    inside: Field | None = None
    """What a list or a map contains."""

    @property
    def model(self) -> type[BaseModel] | None:
        """The model of an object; None for any other value."""
        return self.kind if isinstance(self.kind, type) and issubclass(self.kind, BaseModel) else None

    @property
    def doc(self) -> str:
        """What the field is for, as its docstring says."""
        return docstring(self.owner, self.name) if self.owner is not None else ""

    def marker(self, kind: type[MarkerT]) -> MarkerT | None:
        """The marker of this kind; None if there is none."""
        return next((marker for marker in self.markers if isinstance(marker, kind)), None)

    def has(self, kind: type[Marker]) -> bool:
        """Whether there is a marker of this kind."""
        return self.marker(kind) is not None

    def child(self, step: str | int) -> Field:
        """The member, item or entry at this step. Anything may be where the model says nothing."""
        return self.members.get(str(step)) or self.inside or ANYTHING

    def walk(self) -> Iterator[Field]:
        """This field, and all fields inside it."""
        yield self
        for inner in (*self.members.values(), *((self.inside,) if self.inside else ())):
            yield from inner.walk()


ANYTHING = Field()


@cache
def tree(model: type[BaseModel]) -> Field:
    """The tree of a model. Fields that never leave the process (`exclude`) are not in it."""
    members = {n: _field(model, n, info) for n, info in model.model_fields.items() if not info.exclude}
    return Field(kind=model, owner=None, members=members)


def _field(owner: type[BaseModel], name: str, info: FieldInfo) -> Field:
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    annotated = (info.annotation, *info.metadata)
    compiled = _compiled(Annotated[annotated] if info.metadata else info.annotation)
    return Field(
        name,
        compiled.kind,
        compiled.markers,
        default,
        info.is_required(),
        owner,
        compiled.members,
        compiled.inside,
    )


def _compiled(annotation: Any) -> Field:
    """The field of an annotation, without what only a field of a model has."""
    kind, markers = _unwrapped(annotation)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return Field(kind=kind, markers=markers, members=tree(kind).members)
    if get_origin(kind) in (list, dict):
        return Field(kind=kind, markers=markers, inside=_compiled(get_args(kind)[-1]))
    return Field(kind=kind, markers=markers)


def _unwrapped(annotation: Any, markers: tuple[Any, ...] = ()) -> tuple[Any, tuple[Any, ...]]:
    """The annotation without `Annotated` and without `| None`, and the markers that were around it."""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return _unwrapped(inner, (*markers, *(item for item in metadata if isinstance(item, Marker))))
    options = [option for option in get_args(annotation) if option is not type(None)]
    if type(None) in get_args(annotation) and len(options) == 1:
        return _unwrapped(options[0], markers)
    return annotation, markers


@cache
def fields_with(model: type[BaseModel], kind: type[Marker]) -> tuple[str, ...]:
    """The names of the fields with a marker of this kind."""
    return tuple(name for name, member in tree(model).members.items() if member.has(kind))


@cache
def fields_containing(model: type[BaseModel], kind: type[Marker]) -> tuple[str, ...]:
    """The names of the fields with a marker of this kind, or with a field inside that has one."""
    members = tree(model).members.items()
    return tuple(name for name, member in members if any(inner.has(kind) for inner in member.walk()))


@cache
def sent_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the fields that are sent to the vendor."""
    return tuple(name for name, member in tree(model).members.items() if not member.has(Unsent))
