"""The field tree: each model compiled once, into what validation, comparison, drift and encoding share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pulumi_switchboard.fields.documentation import docstring
from pulumi_switchboard.fields.models import Caseless, Marker, Unsent, WriteOnly

MarkerT = TypeVar("MarkerT", bound=Marker)


@dataclass(frozen=True, eq=False)
class Field:
    """A value of the API: a field of an object, an item of a list, or an entry of a map.

    An object has members; a list or a map has one field for everything inside. Any other value has neither.
    """

    kind: Any = Any
    """The type of the value, without `Annotated` and without `| None`."""
    markers: Mapping[type[Marker], Marker] = field(default_factory=dict)
    """What the model says about the value. A list of caseless texts is not caseless, but its items are."""
    limits: tuple[Any, ...] = ()
    """What else the model says about the value, as pydantic has it: lengths, bounds, validators."""
    members: Mapping[str, Field] = field(default_factory=dict)
    """The fields of an object, by their names."""
    inside: Field | None = None
    """What a list or a map contains."""
    owner: type[BaseModel] | None = None
    """The model that has the field; None for an item, an entry or a whole model."""
    name: str = ""
    """The name in the model that has the field."""
    default: Any = None
    is_required: bool = False

    @cached_property
    def model(self) -> type[BaseModel] | None:
        """The model of an object; None for any other value."""
        return self.kind if isinstance(self.kind, type) and issubclass(self.kind, BaseModel) else None

    @property
    def doc(self) -> str:
        """What the field is for, as its docstring says."""
        return docstring(self.owner, self.name) if self.owner is not None else ""

    @property
    def is_always_present(self) -> bool:
        """Whether state always has a value for the field."""
        return self.is_required or self.default is not None

    def marker(self, kind: type[MarkerT]) -> MarkerT | None:
        """The marker of this kind; None if there is none."""
        return cast("MarkerT | None", self.markers.get(kind))

    def has(self, kind: type[Marker]) -> bool:
        """Whether there is a marker of this kind."""
        return kind in self.markers

    def child(self, step: str | int) -> Field:
        """The member, item or entry at this step. Anything may be where the model says nothing."""
        return self.inside or self.members.get(str(step), ANYTHING)

    def walk(self) -> Iterator[Field]:
        """All fields inside this one, innermost first, and this field."""
        for inner in self.members.values() if self.inside is None else (self.inside,):
            yield from inner.walk()
        yield self


ANYTHING = Field()


@cache
def tree(model: type[BaseModel]) -> Field:
    """The tree of a model. Fields that never leave the process (`exclude`) are not in it."""
    members = {
        name: replace(
            _compiled(info.annotation, info.metadata),
            owner=model,
            name=name,
            default=None if info.is_required() else info.get_default(call_default_factory=True),
            is_required=info.is_required(),
        )
        for name, info in model.model_fields.items()
        if not info.exclude
    }
    return Field(model, members=members)


def _compiled(annotation: Any, metadata: Iterable[Any]) -> Field:
    """The field of an annotation, without what only a field of a model has."""
    kind, found = _unwrapped(annotation)
    every = [*metadata, *found]
    markers = {type(item): item for item in every if isinstance(item, Marker)}
    limits = tuple(item for item in every if not isinstance(item, Marker))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return Field(kind, markers, limits, tree(kind).members)
    if get_origin(kind) not in (list, dict):
        return Field(kind, markers, limits)
    of_items = [markers.pop(Caseless)] if Caseless in markers else []
    return Field(kind, markers, limits, inside=_compiled(get_args(kind)[-1], of_items))


def _unwrapped(annotation: Any) -> tuple[Any, list[Any]]:
    """The annotation without `Annotated` and without `| None`, and the metadata that were around it."""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        kind, more = _unwrapped(inner)
        return kind, [*_flat(metadata), *more]
    options = [option for option in get_args(annotation) if option is not type(None)]
    if type(None) in get_args(annotation) and len(options) == 1:
        return _unwrapped(options[0])
    return annotation, []


def _flat(metadata: Iterable[Any]) -> Iterator[Any]:
    """The metadata, with those that pydantic's `Field(…)` holds in its place."""
    for item in metadata:
        yield from item.metadata if isinstance(item, FieldInfo) else (item,)


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
def required_unshown(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the required fields that the vendor never shows.

    A read that finds that somebody else has changed such a field leaves it out of state.
    """
    return tuple(name for name in fields_with(model, WriteOnly) if tree(model).members[name].is_required)


@cache
def sent_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the fields that are sent to the vendor."""
    return tuple(name for name, member in tree(model).members.items() if not member.has(Unsent))


def sent_values(model: type[BaseModel], bag: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the fields that are sent to the vendor."""
    return {name: bag[name] for name in sent_fields(model) if name in bag}
