"""Walks values along the annotations of a model: the typed meaning of plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel

from pulumi_switchboard.core.fields import Unordered, is_model, marker, unwrapped
from pulumi_switchboard.core.values import Bag, is_empty, tidy

EMPTY: dict[type, Any] = {str: "", list: [], dict: {}}

ModelT = TypeVar("ModelT", bound=BaseModel)


def canonical(model: type[BaseModel], name: str, value: Any) -> Any:
    """The value of a field in the form in which two values that mean the same are equal.

    Null, absent, empty and the default are one (None); unordered lists are sorted; integral floats are
    ints. Unknown values stay, and are equal to nothing.
    """
    field = _field(model, name)
    meaning = _canonical(field.kind, value, unordered=field.unordered)
    return None if meaning == field.default else meaning


@dataclass(frozen=True)
class _Field:
    """What the meaning of a field depends on."""

    kind: Any
    unordered: bool
    default: Any


@cache
def _field(model: type[BaseModel], name: str) -> _Field:
    field = model.model_fields[name]
    kind, unordered = unwrapped(field.annotation), marker(field, Unordered) is not None
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return _Field(kind, unordered, _canonical(kind, default, unordered=unordered))


def _canonical(kind: Any, value: Any, *, unordered: bool = False) -> Any:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, BaseModel):
        value = plain(value)
    if isinstance(value, Mapping) and is_model(kind):
        members = {name: canonical(kind, name, value.get(name)) for name in kind.model_fields}
        value = {name: item for name, item in members.items() if item is not None}
    elif isinstance(value, Mapping):
        value = {key: _entry(_inside(kind), item) for key, item in value.items() if item is not None}
    elif isinstance(value, list):
        value = [_canonical(_inside(kind), item) for item in value]
        if unordered:
            value.sort(key=lambda item: json.dumps(item, sort_keys=True, default=repr))
    else:
        value = tidy(value)
    return None if is_empty(value) else value


def _inside(kind: Any) -> Any:
    """The kind of what is in a list or a map."""
    return unwrapped(get_args(kind)[-1]) if get_origin(kind) in (dict, list) else Any


def _entry(kind: Any, value: Any) -> Any:
    """An entry of a user's own map: its key says something, be the value empty or not."""
    meaning = _canonical(kind, value)
    return EMPTY.get(type(value), {}) if meaning is None else meaning


def plain(value: BaseModel) -> Bag:
    """The model as a bag, without nulls."""
    return value.model_dump(mode="python", exclude_none=True, warnings=False)


def decoded(model: type[ModelT], value: Mapping[str, Any]) -> ModelT:
    """The model that holds this value, whatever it is.

    For what a vendor shows and what state holds: rules are for what a user writes, so a value that
    breaks one is taken as it is, what is missing has its default, and what the model does not know
    is left out.
    """
    return cast("ModelT", _decoded(model, value))


def member(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A member that is an object; where the vendor shows anything else, it is as good as empty."""
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}


def _decoded(annotation: Any, value: Any) -> Any:
    kind = unwrapped(annotation)
    if is_model(kind) and isinstance(value, Mapping):
        known = {
            name: _decoded(field.annotation, value[name])
            for name, field in kind.model_fields.items()
            if value.get(name) is not None
        }
        missing = {name: None for name, field in kind.model_fields.items() if field.is_required()}
        return kind.model_construct(**{**missing, **known})
    if get_origin(kind) is dict and isinstance(value, Mapping):
        return {key: _decoded(_inside(kind), item) for key, item in value.items()}
    if get_origin(kind) is list and isinstance(value, list):
        return [_decoded(_inside(kind), item) for item in value]
    return tidy(value)


def drifted(model: type[BaseModel], name: str, written: Any, live: Any) -> Any:
    """What the user wrote for a field, with only those parts replaced that the vendor shows otherwise."""
    if canonical(model, name, written) == canonical(model, name, live):
        return written
    return _mended(model.model_fields[name].annotation, written, live)


def _mended(annotation: Any, written: Any, live: Any) -> Any:
    if not isinstance(written, Mapping) or not isinstance(live, Mapping):
        return live
    kind = unwrapped(annotation)
    mended: Bag = {}
    for key in dict.fromkeys([*written, *live]):
        one, other = written.get(key), live.get(key)
        if is_model(kind) and key in kind.model_fields:
            mended[key] = drifted(kind, key, one, other)
        elif one is None or other is None:
            mended[key] = other
        else:
            inner = _inside(kind)
            same = _canonical(inner, one) == _canonical(inner, other)
            mended[key] = one if same else _mended(inner, one, other)
    return {key: value for key, value in mended.items() if value is not None}
