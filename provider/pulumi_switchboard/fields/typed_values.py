"""The meaning of plain values, according to the tree of a model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from json import JSONEncoder
from typing import Any, TypeVar, cast, get_origin

from pydantic import BaseModel

from pulumi_switchboard.fields.models import Caseless, Unordered
from pulumi_switchboard.fields.tree import Field, tree
from pulumi_switchboard.fields.values import Bag, is_empty, normalised

ModelT = TypeVar("ModelT", bound=BaseModel)

_as_text = JSONEncoder(sort_keys=True, default=repr).encode


def canonical(model: type[BaseModel], name: str, value: Any) -> Any:
    """The meaning of the value of a model's field."""
    return meaning(tree(model).members[name], value)


def meaning(field: Field, value: Any) -> Any:
    """The value in a form in which values of the same meaning are equal.

    In a field of an object, null, absent, empty and the default are all None; an item of a list or an entry
    of a map is there even if it is empty. Unordered lists are sorted. Texts whose case has no meaning are in
    upper case. Integral floats are ints. Unknown values stay, and are equal to nothing.
    """
    found = _meaning(field, value)
    if field.owner is None:
        return found
    return None if is_empty(found) or found == _meaning_of_default(field) else found


@cache
def _meaning_of_default(field: Field) -> Any:
    return _meaning(field, field.default)


def _meaning(field: Field, value: Any) -> Any:
    if isinstance(value, str):
        return upper(value) if field.has(Caseless) else value
    if isinstance(value, list):
        items = [meaning(field.child(0), item) for item in value]
        order = field.marker(Unordered)
        if order is not None:
            items.sort(key=_as_text)
        return [item for item, _ in groupby(items)] if order is not None and order.once else items
    if isinstance(value, BaseModel):
        value = to_bag(value)
    if isinstance(value, Mapping):
        fields = field.members or {key: field.child(key) for key in value}
        found = {n: meaning(inner, value[n]) for n, inner in fields.items() if value.get(n) is not None}
        return {name: item for name, item in found.items() if item is not None}
    return normalised(value)


def upper(value: Any) -> Any:
    """A text in upper case."""
    return value.upper() if isinstance(value, str) else value


def to_bag(value: BaseModel) -> Bag:
    """The model as a bag, without nulls."""
    return value.model_dump(mode="python", exclude_none=True, warnings=False)


def to_model(model: type[ModelT], value: Mapping[str, Any]) -> ModelT:
    """The model with this value, without validation.

    This is for values from a vendor or from state. A value of the wrong type is kept as it is, a missing
    value gets its default, and a member that the model does not have is left out.
    """
    return cast("ModelT", _decoded(tree(model), value))


def _decoded(field: Field, value: Any) -> Any:
    if field.model is not None and isinstance(value, Mapping):
        names = [name for name, member in field.members.items() if member.is_required]
        given = {name: value[name] for name in field.members if value.get(name) is not None}
        known = {name: _decoded(field.members[name], item) for name, item in given.items()}
        return field.model.model_construct(**{**dict.fromkeys(names), **known})
    if field.inside is not None and isinstance(value, get_origin(field.kind)):
        if isinstance(value, list):
            return [_decoded(field.inside, item) for item in value]
        return {key: _decoded(field.inside, item) for key, item in value.items()}
    return normalised(value)


def member(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A member that is an object; empty if it is anything else."""
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}
